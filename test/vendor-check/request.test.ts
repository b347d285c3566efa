import { expect, test } from 'vitest'
import { evidenceRequest } from '../../src/vendor-check/request.ts'

const terms = {
  case: 'meridian',
  operator: 'Meridian Telekom',
  vendor: 'Straits Billing',
  from: '2026-01-01',
  to: '2026-09-30',
  artefacts: ['list of sub-processors <b>', 'two\nlines # not a heading'],
  sample: { sha256: 'ab'.repeat(32), rows: 1886 },
  due: '2026-10-14',
  at: '2026-10-07T00:00:00.000Z',
}

test('V1: the letter asks for everything, names hash, period and day, and accuses nobody', () => {
  const { letter, document } = evidenceRequest(terms)
  for (const part of [
    '2026-01-01 to 2026-09-30',
    '1,886 rows',
    terms.sample.sha256,
    'by 2026-10-14',
    'not legal advice',
    'We have drawn no conclusion',
  ])
    expect(letter).toContain(part)
  expect(letter).not.toMatch(/leak|breach|steal|stole|fault|blame|suspect|!/i)
  expect(document).toMatchObject({
    period: { from: '2026-01-01', to: '2026-09-30' },
    sample: { sha256: terms.sample.sha256, rows: 1886 },
    due: '2026-10-14',
    legalBasis: '',
  })
  expect((document as { wanted: { kind: string }[] }).wanted.map((one) => one.kind)).toEqual([
    'logs',
    'export-jobs',
    'access-lists',
    'named',
    'named',
  ])
})

test('V1: what a person writes stays text in the letter', () => {
  const { letter } = evidenceRequest(terms)
  expect(letter).toContain(String.raw`- list of sub-processors \<b\>`)
  expect(letter).toContain(String.raw`- two lines \# not a heading`)
})
