import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { run, scratch } from '../cli/fake.ts'

// Both sides with their own folder, keys and workspace; only files named here pass between them.
const home = scratch()
const vendorSide = scratch()
const file = (name: string): string => join(home, name)
const theirs = (name: string): string => join(vendorSide, name)
const workspace = ['--workspace', file('ws')]
const person = (n: number): string[] => [`01${20_000_000 + n}`, `Noor Zubaidah ${'abcdefghij'[n % 10]}${n}`]
const list = (from: number, to: number): string[][] => Array.from({ length: to - from }, (_, n) => person(from + n))

function table(path: string, header: string, rows: readonly string[][]): void {
  writeFileSync(path, `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`)
}

const commit = (out: string, more: readonly string[] = []): Promise<{ code: number; out: string; err: string }> =>
  run(
    ['vendor-check', 'commit', '--file', theirs('records.csv'), '--seed-file', theirs('seed'), '--item', 'msisdn+name']
      .concat(['--columns', theirs('columns.json'), '--country', 'MY', '--case', 'meridian-1', '--out', theirs(out)])
      .concat(more),
    vendorSide,
  )
const ask = (out: string, more: readonly string[] = []) =>
  run(
    ['vendor-check', 'ask', ...workspace, '--case', 'meridian-1', '--sample', file('sample.csv'), '--handed', file('handed.csv')]
      .concat(['--commitment', theirs('check/commitment.json'), '--controls', '10', '--out', file(out)])
      .concat(more),
    home,
  )
const answer = (question: string, out: string, more: readonly string[] = []) =>
  run(
    ['vendor-check', 'answer', '--ask', file(question), '--seed-file', theirs('seed'), '--out', theirs(out), ...more],
    vendorSide,
  )
const read = (from: string, more: readonly string[] = []) =>
  run(
    [
      'vendor-check',
      'read',
      ...workspace,
      '--answer',
      theirs(from),
      '--set',
      theirs('check/set.bin'),
      '--out',
      file('transcript.json'),
    ].concat(more),
    home,
  )

beforeAll(async () => {
  table(theirs('records.csv'), 'subscriber_no,customer', [...list(0, 300), ['none', 'Nobody']])
  writeFileSync(theirs('columns.json'), '{"subscriber_no":"msisdn","customer":"name"}')
  table(file('sample.csv'), 'msisdn,name,plan', [
    ...list(50, 80).map((row) => [...row, 'gold']),
    ...list(7_000, 7_010).map((row) => [...row, '']),
  ])
  table(file('handed.csv'), 'msisdn,name', list(75, 140))
  for (const step of [
    () => commit('check'),
    () => ask('ask.json'),
    () => answer('ask.json', 'answer.json'),
    () => read('answer.json'),
  ]) {
    const done = await step()
    expect([done.code, done.err]).toEqual([0, expect.any(String)])
  }
})

test('V10 to V14: all steps by files: the count, the controls, the transcript', async () => {
  const said = await read('answer.json', ['--json'])
  const document = JSON.parse(said.out) as { hits: object; sizes: object; sentences: string[] }
  expect(document.hits).toEqual({ sample: 30, handed: 10, never: 0 })
  expect(document.sizes).toEqual({ sample: 40, handed: 10, never: 10 })
  const plain = await read('answer.json')
  expect(plain.out).toContain('30 of 40 sample rows stand in the set of 300 the vendor committed to on 2026-10-07')
  expect(plain.out).toContain(
    "By the asker's own records 5 of the sample's items had been handed to the vendor; at least as many were found.",
  )
  expect(plain.out).toContain('A negative alone proves nothing')
  const checked = await run(['vendor-check', 'verify', '--transcript', file('transcript.json')])
  expect([checked.code, checked.err.includes('Error')]).toEqual([0, false])
  expect(checked.out).toContain('the transcript of case meridian-1 holds')
  expect(checked.out).toContain('that the set holds everything the vendor has')
})

test('V8: no value of any person stands in a file that passes between the parties, nor in what counting keeps', () => {
  const kept = readdirSync(file('ws/vendor-check')).map((name) => file(`ws/vendor-check/${name}/state.json`))
  const passed = [
    theirs('check/commitment.json'),
    theirs('check/set.bin'),
    file('ask.json'),
    theirs('answer.json'),
    file('transcript.json'),
  ]
  const values = [...list(0, 300), ...list(7_000, 7_010)].flatMap(([number = '', name = '']) => [
    number,
    `6${number}`,
    name,
    name.toLowerCase(),
  ])
  values.push('Zubaidah', 'zubaidah', 'subscriber_no')
  for (const path of [...passed, ...kept, theirs('seed.ledger.jsonl')]) {
    const text = readFileSync(path, 'latin1')
    expect(values.filter((value) => text.includes(value))).toEqual([])
  }
  expect(kept.length).toBeGreaterThan(0)
})

test('V8: secrets can be read by their owner alone', () => {
  const [folder = ''] = readdirSync(file('ws/vendor-check'))
  for (const path of [
    theirs('seed'),
    theirs('seed.ledger.jsonl'),
    file(`ws/vendor-check/${folder}/state.json`),
    file('ask.json'),
  ])
    expect(statSync(path).mode & 0o077).toBe(0)
})

test('V9: the same question again is answered again, the same, and costs nothing', async () => {
  const again = await answer('ask.json', 'answer-again.json')
  expect(again.code).toBe(0)
  expect(readFileSync(theirs('answer-again.json'), 'utf8')).toBe(readFileSync(theirs('answer.json'), 'utf8'))
  expect(readFileSync(theirs('seed.ledger.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
})

test('V9: a second question of the case needs a reason, and the limit holds for both together', async () => {
  expect((await ask('ask-2.json')).code).toBe(0)
  const refused = await answer('ask-2.json', 'answer-2.json')
  expect([refused.code, refused.err]).toEqual([
    3,
    expect.stringContaining('another question of case meridian-1 was counted already'),
  ])
  const beyond = await answer('ask-2.json', 'answer-2.json', ['--another', 'first sample was cut', '--limit', '119'])
  expect(beyond.err).toContain('60 items were answered in case meridian-1; 60 more would pass the limit of 119')
  expect(existsSync(theirs('answer-2.json'))).toBe(false)
  expect(readFileSync(theirs('seed.ledger.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
  expect((await answer('ask-2.json', 'answer-2.json', ['--another', 'first sample was cut'])).code).toBe(0)
  expect(readFileSync(theirs('seed.ledger.jsonl'), 'utf8')).toContain('"because":"first sample was cut"')
})

test('wrong files and wrong order are named, and nothing is left half written', async () => {
  const wrong = async (args: readonly string[], why: string, side = home): Promise<void> => {
    const done = await run(['vendor-check', ...args], side)
    expect([done.code, done.err]).toEqual([3, expect.stringContaining(why)])
  }
  const text = readFileSync(theirs('answer.json'), 'utf8')
  writeFileSync(theirs('cut.json'), text.slice(0, 2000))
  const changed = (_: string, before: string, digit: string): string => `${before}${digit === '0' ? '1' : '0'}`
  writeFileSync(theirs('changed.json'), text.replace(/("elements": \[\n {2}")(.)/, changed))
  writeFileSync(theirs('cut.bin'), readFileSync(theirs('check/set.bin')).subarray(0, -3))
  const set = ['--set', theirs('check/set.bin'), '--out', file('none.json')]
  await wrong(['read', ...workspace, '--answer', theirs('cut.json'), ...set], 'is no JSON document, or is cut short')
  await wrong(['read', ...workspace, '--answer', theirs('changed.json'), ...set], 'was changed after it was written')
  await wrong(
    ['read', ...workspace, '--answer', file('ask.json'), ...set],
    'is vendor-check ask 1, not the answer this step needs',
  )
  await wrong(['read', '--workspace', file('other'), '--answer', theirs('answer.json'), ...set], 'was asked from this workspace')
  await wrong(
    ['read', ...workspace, '--answer', theirs('answer.json'), '--set', theirs('cut.bin'), '--out', file('none.json')],
    'cut.bin is cut short',
  )
  await wrong(
    ['answer', '--ask', theirs('check/commitment.json'), '--seed-file', theirs('seed'), '--out', theirs('n.json')],
    'not the ask',
  )
  await wrong(
    ['answer', '--ask', file('ask.json'), '--seed-file', theirs('nothing'), '--out', theirs('n.json')],
    'there is no seed file',
  )
  writeFileSync(theirs('other-seed'), 'ab'.repeat(32), { mode: 0o600 })
  await wrong(
    ['answer', '--ask', file('ask.json'), '--seed-file', theirs('other-seed'), '--out', theirs('n.json')],
    'this seed is not the one',
  )
  writeFileSync(theirs('open-seed'), 'ab'.repeat(32), { mode: 0o644 })
  await wrong(
    ['answer', '--ask', file('ask.json'), '--seed-file', theirs('open-seed'), '--out', theirs('n.json')],
    'other users of this machine',
  )
  await wrong(['verify', '--transcript', theirs('answer.json')], 'not the transcript')
  const again = await commit('check')
  expect(again.err).toContain('is there already')
  const other = await run(
    [
      'vendor-check',
      'ask',
      ...workspace,
      '--case',
      'else',
      '--sample',
      file('sample.csv'),
      '--handed',
      file('handed.csv'),
    ].concat(['--commitment', theirs('check/commitment.json')]),
    home,
  )
  expect(other.err).toContain('the commitment is for case "meridian-1", not "else"')
  expect([theirs('n.json'), file('none.json')].filter((path) => existsSync(path))).toEqual([])
})

test('an answer with a ledger that was lost or spoilt is refused', async () => {
  const ledger = theirs('seed.ledger.jsonl')
  const kept = readFileSync(ledger, 'utf8')
  try {
    writeFileSync(ledger, `${kept}{"kind":"answer"}\n`)
    expect((await answer('ask.json', 'n.json')).err).toMatch(/line \d+ of .* cannot be read/)
    writeFileSync(ledger, '')
    expect((await answer('ask.json', 'n.json')).err).toContain('knows no commitment')
  } finally {
    writeFileSync(ledger, kept)
  }
})

test('columns that cannot be told are named by kind, and nothing of the table is repeated', async () => {
  const done = await run(
    [
      'vendor-check',
      'commit',
      '--file',
      theirs('records.csv'),
      '--seed-file',
      theirs('s2'),
      '--case',
      'c',
      '--out',
      theirs('c2'),
    ],
    vendorSide,
  )
  expect([done.code, done.err]).toEqual([3, expect.stringContaining('is known to hold msisdn')])
  expect(existsSync(theirs('c2'))).toBe(false)
})

test('V1: a request is written and recorded', async () => {
  const done = await run(
    [
      'vendor-check',
      'request',
      ...workspace,
      '--case',
      'meridian-1',
      '--operator',
      'Meridian Telekom',
      '--vendor',
      'Straits Billing',
    ]
      .concat(['--period', '2026-01-01..2026-09-30', '--sample', file('sample.csv'), '--rows', '40', '--due', '2026-10-14'])
      .concat(['--artefact', 'list of sub-processors', '--out', file('letters')]),
    home,
  )
  expect(done.code).toBe(0)
  const letter = readFileSync(file('letters/evidence-request-straits-billing.md'), 'utf8')
  expect(letter).toContain('list of sub-processors')
  expect(letter).not.toContain('Zubaidah')
  for (const [option, value, why] of [
    ['--period', '2026-09-30..2026-01-01', 'the period ends before it begins'],
    ['--due', '14 October', 'is no day'],
    ['--hash', 'abc', 'is no SHA-256'],
  ] as const) {
    const terms = { '--period': '2026-01-01..2026-09-30', '--due': '2026-10-14', '--hash': 'ab'.repeat(32), [option]: value }
    const bad = await run(
      [
        'vendor-check',
        'request',
        ...workspace,
        '--case',
        'meridian-1',
        '--vendor',
        'V',
        '--out',
        file('bad'),
        ...Object.entries(terms).flat(),
      ],
      home,
    )
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining(why)])
  }
  expect(existsSync(file('bad'))).toBe(false)
})
