import { expect, test } from 'vitest'
import type { SampleVerdict } from '../../src/app/index.ts'
import { printVerdict } from '../../src/cli/commands/print-verdict.ts'

const cite = { kind: 'copy', copy: 'straits-march', rows: { kind: 'whole' } } as const

const verdict: SampleVerdict = {
  sample: 'sample.csv',
  rows: 1_886,
  read: 1_885,
  identified: 1_880,
  repeated: 3,
  columns: [
    { name: 'tel', meaning: 'msisdn', why: 'values met in straits-march' },
    { name: 'x\u202e1', meaning: 'ignored' },
  ],
  kind: { real: 0.97, recycled: 0.01, fabricated: 0.005, mixed: 0.01, combo: 0.005 },
  sources: [
    {
      copy: 'straits-march',
      holder: 'Straits Billing',
      system: 'CRM',
      cutDay: '2026-03-31',
      posterior: 0.962,
      log10LR: 6,
      rowsInside: 1_880,
      rowsAgreeing: 1_871,
      asOf: { day: '2026-03-31', from: '2026-03-30', to: '2026-04-02' },
      alsoHeldBy: [],
      fields: [],
      cites: [cite],
    },
  ],
  unknownCopy: 0.03,
  knownLeaks: [{ leak: 'forum-2021', posterior: 0.003, containment: 0.1 }],
  fabricated: 0.005,
  padding: { rows: 12, leak: 'forum-2021', elsewhere: 15 },
  verdict: 'agrees-with-copy',
  statement: 'The sample agrees with the extract cut for Straits Billing on 2026-03-31.',
  grounds: [{ text: '1880 of 1885 rows carry an identifier held in it.', cites: [cite] }],
  prior: 'Before looking (set by Aisha Rahman): 82 % shared evenly by 5 registered copies.',
  calibration: 'Calibrated on generated leaks, not in the field.',
  propositions: {
    first: 'the rows were taken from the extract cut for Straits Billing on 2026-03-31',
    second: "the rows were taken from a copy of the operator's records that is not registered",
    log10LR: 3.4,
    words: 'strong support',
  },
  wouldChange: ['More rows of the sample in which values contradict the copy would lower the ratio.'],
  cannotShow: ['A sample says nothing about rows that were not shown.'],
  signs: [
    { sign: 'sequence', log10LR: -0.7, sentence: { text: 'Contract numbers and days do not rise together.', cites: [cite] } },
  ],
}

function printed(one: SampleVerdict, width = 100): string {
  let out = ''
  printVerdict({ out: (text) => (out += text), err: () => undefined, isTty: false, width }, one)
  return out
}

test('the verdict reads from what it says to what it rests on', () => {
  const text = printed(verdict).replaceAll(/\s+/g, ' ')
  const order = [
    'sample.csv: The sample agrees with the extract cut for Straits Billing',
    'ratio The figures give strong support (log10 LR 3.4, ENFSI scale)',
    'posterior 96.2 %. Before looking (set by Aisha Rahman)',
    'as of 2026-03-31 (95 %: 2026-03-30 to 2026-04-02)',
    'rows 1,886 rows in the file, 1,885 read, 1,880 with an identifier; 3 rows repeated, weighed once; 15 rows',
    'The answers side by side',
    'at least 6',
    'Grounds - 1880 of 1885 rows',
    'Signs beside the comparison',
    '-0.7 Contract numbers',
    'What would change this - More rows',
    'What a sample cannot show - A sample says nothing',
    'What every column was taken for',
    'values met in straits-march',
    'Calibrated on generated leaks',
  ]
  const places = order.map((one) => text.indexOf(one))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('sentences break at the width, nothing of them is lost, and nothing of the sample steers the terminal', () => {
  const text = printed({ ...verdict, statement: `${'words and '.repeat(60)}the end` }, 70)
  const prose = text.split('\nThe answers')[0] ?? ''
  expect(Math.max(...prose.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70)
  expect(prose.replaceAll(/\s+/g, ' ')).toContain(`${'words and '.repeat(60)}the end`)
  expect(text).not.toContain('\u202e')
})

test('an answer without figures says so, and shows no empty lists', () => {
  const { propositions, wouldChange, cannotShow, signs, ...bare } = verdict
  expect([propositions, wouldChange, cannotShow, signs].every((one) => one !== undefined)).toBe(true)
  const text = printed({ ...bare, sources: [], columns: [], grounds: [], verdict: 'not-established' })
  expect(text).toContain('no answer reaches 90 %')
  expect(text).toContain('nothing in the sample dates it')
  expect(text).not.toMatch(/Grounds|Signs|What would change|What a sample|ratio/)
})

test('of a sample of which a part was compared, the rows met over all of it stand beside the rows inside', () => {
  const cut: SampleVerdict = {
    ...verdict,
    read: 120_000,
    compared: 50_000,
    sources: verdict.sources.map((one) => ({ ...one, rowsInside: 49_000, rowsAgreeing: 48_000, rowsMet: 117_600 })),
  }
  const text = printed(cut, 200)
  expect(text).toContain('50,000 of them compared')
  expect(text).toContain('rows inside / agreeing / met of all read')
  expect(text).toContain('49000 / 48000 / 117600')
  const linkedByValues = printed({ ...cut, sources: verdict.sources }, 200)
  expect(linkedByValues).toContain('1880 / 1871 / not counted')
  expect(printed(verdict, 200)).not.toMatch(/met of all read|of them compared/)
})
