import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queriesIn, queryReader, splitStatements } from '../../src/statements/index.ts'

const read = queryReader()

/** Subscribers and tables that the queries of a command line name. */
function asked(command: string): { named: string[]; tables: string[]; bulk: boolean }[] {
  return queriesIn(command)
    .flatMap((text) => splitStatements(text))
    .map(({ text }) => read(text))
    .filter((one) => one.tables.length > 0)
    .map(({ subscribers, tables, bulk }) => ({
      named: subscribers.map(({ value }) => (value.kind === 'literal' ? value.text : '?')),
      tables: [...tables],
      bulk,
    }))
}

const one = (tables: string, ...named: string[]): ReturnType<typeof asked> => [
  { named, tables: [tables], bulk: named.length === 0 },
]

test.each<[string, ReturnType<typeof asked>]>([
  [`mysql -h db7 -u crm crm -e "select name from subscribers where msisdn='60123000012'"`, one('subscribers', '60123000012')],
  // Arguments parted by blanks, as auditd and some agents give them: the quotes are lost.
  [`mysql crm -e select msisdn, name from subscribers where msisdn='60123000012'`, one('subscribers', '60123000012')],
  [
    `sudo -u postgres psql -d cdr -tAc "select * from cdr.calls where a_msisdn = '+60123000012'"`,
    one('cdr.calls', '+60123000012'),
  ],
  [
    `echo "select imsi from hlr where msisdn in ('60123000012','60123000013')" | mysql -N crm`,
    one('hlr', '60123000012', '60123000013'),
  ],
  [
    `sqlplus -s app@BILL <<EOF\nset pagesize 0\nselect name from customers where nric = '900101-14-5678';\nEOF`,
    one('customers', '900101-14-5678'),
  ],
  [`ssh db1 "mysql -e 'select * from subscribers where msisdn=60123000012'"`, one('subscribers', '60123000012')],
  [
    `clickhouse-client --query="SELECT * FROM cdr WHERE msisdn = '60123000012' FORMAT CSV" > /tmp/o.csv`,
    one('cdr', '60123000012'),
  ],
  [`mongosh crm --eval 'db.subscribers.find({msisdn: "60123000012"},{name:1})'`, one('subscribers', '60123000012')],
  [
    `mongosh crm --eval 'db.getCollection("subs").find({imsi: {$in: ["502120000000001","502120000000002"]}})'`,
    one('subs', '502120000000001', '502120000000002'),
  ],
  [
    `"C:\\Program Files\\MySQL\\bin\\mysql.exe" -e "select * from subscribers where msisdn='60123000012'"`,
    one('subscribers', '60123000012'),
  ],
  [`cmd.exe /c "sqlcmd -S db -Q \\"select name from subs where msisdn='60123000012'\\""`, one('subs', '60123000012')],
  [`psql -c "\\copy (select msisdn, name from subscribers) to '/tmp/s.csv' csv"`, one('subscribers')],
  [`psql crm <<< "select name from subscribers where msisdn='60123000012'"`, one('subscribers', '60123000012')],
  [
    `docker exec db mysql -e "use crm; select * from subscribers where msisdn = '60123000012' limit 5"`,
    one('subscribers', '60123000012'),
  ],
  ['grep 60123000012 /var/log/app.log', []],
  ['mysql -P 3306 -u root crm', []],
  ['mysql crm < q.sql', []],
  [`vim "select name from subscribers where msisdn='60123000012'"`, []],
])('%s', (command, want) => {
  expect(asked(command)).toEqual(want)
})

test('statements of a script are parted at their ends, not inside texts and remarks', () => {
  const script = `-- one; two\nset echo off\nselect ';' from a -- ;\nwhere x = 1;\n/* ; */ select 2\\g\nselect 3\n/\nselect 4\ngo\nselect 5`
  expect(splitStatements(script).map(({ text, from }) => [text, script.slice(from, from + text.length) === text])).toEqual([
    ['set echo off', true],
    ["select ';' from a -- ;\nwhere x = 1", true],
    ['select 2', true],
    ['select 3', true],
    ['select 4', true],
    ['select 5', true],
  ])
})

test('in a history a line that begins a statement ends one that was never sent; one that goes on is kept whole', () => {
  const texts = (script: string): string[] => splitStatements(script, { entries: true }).map(({ text }) => text)
  expect(texts('select * from a\nselect 2;')).toEqual(['select * from a', 'select 2'])
  expect(texts('select * from a where x in (\nselect 2\n);')).toEqual(['select * from a where x in (\nselect 2\n)'])
  expect(texts('select 1 union all\nselect 2;')).toEqual(['select 1 union all\nselect 2'])
})

test('any command line is answered', () => {
  const word = fc.constantFrom(
    'mysql',
    'psql -c',
    "'",
    '"',
    '\\',
    '<<EOF',
    '\n',
    'EOF',
    ';',
    '|',
    'select',
    "x='1'",
    '(',
    'ssh h',
    '--query=',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 8 })), { maxLength: 60 }), (parts) => {
      for (const text of queriesIn(parts.join(' ')))
        for (const { text: query } of splitStatements(text, { entries: true })) read(query)
    }),
    { numRuns: 500 },
  )
})

test('hostile command lines and scripts take linear time', () => {
  for (const text of [
    `mysql ${'"'.repeat(40_000)}`,
    `mysql ${"\\'".repeat(40_000)}`,
    `mysql ${'<<A\n'.repeat(20_000)}`,
    `mysql -e "${'('.repeat(40_000)}"`,
    `mysql ${'ssh "mysql '.repeat(4_000)}`,
    `db.${'a.'.repeat(40_000)}find(`,
  ]) {
    const before = process.cpuUsage().user
    queriesIn(text)
    read(text)
    for (const script of [
      text,
      'select a\n'.repeat(20_000),
      "'\n".repeat(20_000),
      '/*\n'.repeat(20_000),
      '-- x\n'.repeat(20_000),
    ])
      splitStatements(script, { entries: true })
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(5_000)
  }
})
