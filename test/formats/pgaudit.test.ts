import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { readPgAudit, type PgAuditOptions } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

async function read(text: string, options: PgAuditOptions = {}) {
  return collect(readPgAudit(bytesSource('db.log', Buffer.from(text)), options))
}

const prefix = '2026-07-01 09:12:33.123 +08 [4711] agent7@cdr 10.1.2.3 crm app '

test('an entry over several lines is one record with its time, its statement and its values', async () => {
  const { records, faults } = await read(
    [
      '2026-07-01 09:12:00.000 +08 [911] LOG:  checkpoint starting: time',
      `${prefix}LOG:  AUDIT: SESSION,2,1,READ,SELECT,TABLE,public.account,"select *`,
      '\t    from account where msisdn = $1 and note = ""x""","""+60120000001"",<not logged>",3',
      `${prefix}LOG:  connection authorized: user=agent7`,
      `${prefix}ERROR:  relation "x" does not exist`,
      '\tat character 15',
      '',
    ].join('\n'),
  )
  expect(faults).toEqual([])
  expect(records).toEqual([
    {
      n: 2,
      line: 2,
      time: { at: expect.stringContaining('2026-07-01T01:12:33.'), zone: 'stated' },
      user: 'agent7',
      database: 'cdr',
      host: '10.1.2.3',
      application: 'crm app',
      session: '4711',
      statementId: '2',
      class: 'READ',
      command: 'SELECT',
      object: 'public.account',
      statement: 'select *\n    from account where msisdn = $1 and note = "x"',
      parameters: ['+60120000001', '<not logged>'],
      rows: 3,
    },
  ])
})

test('values that are not logged are told from none', async () => {
  const entry = (parameter: string): string => `${prefix}LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,${parameter}\n`
  const { records } = await read(entry('<not logged>') + entry('<none>') + entry('a'))
  expect(records.map((one) => one.parameters)).toEqual(['not-logged', [], ['a']])
  expect(records[0]).not.toHaveProperty('rows')
})

test('a statement logged once is known to the entries that refer to it, in its own session only', async () => {
  const other = prefix.replace('4711', '4712')
  const { records } = await read(
    [
      `${prefix}LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,a,select * from a join b using (id),<none>`,
      `${prefix}LOG:  AUDIT: SESSION,1,2,READ,SELECT,TABLE,b,<previously logged>,<previously logged>`,
      `${other}LOG:  AUDIT: SESSION,1,2,READ,SELECT,TABLE,b,<previously logged>,<previously logged>`,
    ].join('\n'),
  )
  expect(records.map((one) => one.statement)).toEqual([
    'select * from a join b using (id)',
    'select * from a join b using (id)',
    '',
  ])
  expect(records[2]?.parameters).toBe('not-logged')
})

test.each([
  ['%m %u %d [%p]: ', '2026-07-01 09:12:33.123 UTC u d [12]: ', '2026-07-01T09:12:33.', 'stated'],
  ['%t:%r:%u@%d:[%p]:', '2026-07-01 09:12:33 MYT:10.1.2.3(5021):u@d:[12]:', '2026-07-01T01:12:33.000000Z', 'assumed'],
  ['%n %c %a %u %d ', '1782868353.123 66.1a2 app u d ', '2026-07-01T01:12:33.123000Z', 'stated'],
  ['%m [%5p] %q%u@%d/%a 100%% ', '2026-07-01 09:12:33.123 +08 [   12] u@d/a b 100% ', '2026-07-01T01:12:33.', 'stated'],
])('the prefix %s is read', async (template, line, at, zone) => {
  const { records, faults } = await read(`${line}LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,<none>\n`, {
    prefix: template,
    zone: '+08:00',
  })
  expect(faults).toEqual([])
  expect(records).toMatchObject([{ time: { at: expect.stringContaining(at), zone }, user: 'u', database: 'd' }])
})

test('lines that fit nothing, cut entries and wrong times are faults with their line; the rest is read', async () => {
  const good = `${prefix}LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,<none>`
  const { records, faults } = await read(
    [
      'no log line',
      good,
      `${prefix}LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,"select 1`,
      good,
      `${prefix}LOG:  AUDIT: SESSION,1`,
      good.replace('2026-07', '2026-13'),
      good,
    ].join('\n'),
  )
  expect(records.map((one) => one.line)).toEqual([2, 4, 7])
  expect(faults.map((one) => [one.code, one.where.line])).toEqual([
    ['pgaudit-line-unread', 1],
    ['pgaudit-entry-wrong', 3],
    ['pgaudit-entry-wrong', 5],
    ['pgaudit-time-wrong', 6],
  ])
})

test('a template without a time, or with an unknown escape, is refused', async () => {
  await expect(read('', { prefix: '%u ' })).rejects.toMatchObject({ code: 'pgaudit-prefix' })
  await expect(read('', { prefix: '%m %y ' })).rejects.toMatchObject({ code: 'pgaudit-prefix' })
})

test('any statement and any values come back', async () => {
  const text = fc
    .string({ unit: fc.constantFrom('a', ' ', ',', '"', "'", '\n', '\t', '$1', 'é', 'LOG:  ', ':'), maxLength: 20 })
    .filter((value) => value.trim() !== '')
  const quoted = (value: string): string => (/[,"\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { minLength: 1, maxLength: 3 }), async (statement, values) => {
      const payload = `SESSION,1,1,READ,SELECT,,,${quoted(statement)},${quoted(values.map(quoted).join(','))},7`
      const { records, faults } = await read(`${prefix}LOG:  AUDIT: ${payload.replaceAll('\n', '\n\t')}\n`)
      expect(faults).toEqual([])
      expect(records).toMatchObject([{ statement, parameters: values, rows: 7 }])
    }),
    { numRuns: 300 },
  )
})

test('hostile logs take linear time', async () => {
  const started = coreTime()
  await read(`${prefix}LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,"${'x\n'.repeat(20_000)}`)
  await read(`${prefix}${' LOG: '.repeat(50_000)}`)
  await read(`${prefix}LOG:  AUDIT: ${'",'.repeat(200_000)}`)
  expect(coreTime() - started).toBeLessThan(8_000)
})
