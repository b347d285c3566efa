import { expect, test } from 'vitest'
import { isRight, topOf, type Answered } from '../../bench/provenance/answer.ts'
import { accuracyCommand } from '../../bench/provenance/command.ts'
import { shareOf } from '../../bench/provenance/intervals.ts'
import { scoreAnswers } from '../../bench/provenance/score.ts'

type Source = Answered['sources'][number]

function source(copy: string, posterior: number, more: Partial<Source> = {}): Source {
  return { copy, posterior, log10LR: 0, rowsInside: 0, rowsAgreeing: 0, alsoHeldBy: [], fields: [], ...more }
}

function answer(truth: Partial<Answered['truth']>, given: Partial<Answered>): Answered {
  const sources = given.sources ?? []
  return {
    truth: {
      seed: 1,
      leak: 1,
      kind: 'real',
      from: ['x01'],
      n: 500,
      fields: ['msisdn'],
      changesPerYear: 0.5,
      slice: 'random',
      noise: 0,
      damagedCells: 0,
      mixing: { share: 0 },
      twins: [],
      ...truth,
    },
    registered: { copies: ['own-crm', 'x01', 'x02'], leaks: [] },
    ms: 1,
    verdict: 'agrees-with-copy',
    kind: { real: 1, recycled: 0, fabricated: 0, mixed: 0, combo: 0 },
    priorShares: { copy: 0.85 / 3, leak: 0, merged: 0, unknownCopy: 0.1, fabricated: 0.05 },
    unknownCopy: 0,
    fabricated: 0,
    knownLeaks: [],
    paddingShare: 0,
    features: { rows: 500, read: 500, identified: 500, columns: 1 },
    ...given,
    sources,
  }
}

const rightOne = answer({}, { sources: [source('x01', 0.95), source('x02', 0.05)] })
const wrongOne = answer({}, { sources: [source('x02', 0.9), source('x01', 0.1)] })

test('copies that cannot be told apart are one answer with their posteriors added', () => {
  const twins = answer(
    {},
    { sources: [source('x02', 0.48, { alsoHeldBy: ['x01'] }), source('x01', 0.47, { alsoHeldBy: ['x02'] })], unknownCopy: 0.05 },
  )
  expect(topOf(twins)).toEqual({ ids: ['x02', 'x01'], posterior: 0.95 })
  expect(isRight(topOf(twins), twins.truth)).toBe(true)
  const equal = answer({ twins: ['x02'] }, { sources: [source('x02', 0.9)] })
  expect(isRight(topOf(equal), equal.truth)).toBe(true)
  expect(isRight(topOf(wrongOne), wrongOne.truth)).toBe(false)
})

test('rows of the own system of long ago may be an unregistered copy; those of last month may not', () => {
  const unknown = { unknownCopy: 1 }
  const earlier = answer({ from: ['own-crm'], daysBack: 91 }, unknown)
  const recent = answer({ from: ['own-crm'], daysBack: 30 }, unknown)
  expect(isRight(topOf(earlier), earlier.truth)).toBe(true)
  expect(isRight(topOf(recent), recent.truth)).toBe(false)
})

test('right first counts leaks of 200 rows and more whose copy is registered', () => {
  const small = answer({ n: 199 }, { sources: [source('x02', 1)] })
  const hidden = answer({ from: ['unregistered'] }, { sources: [source('x02', 1)] })
  const score = scoreAnswers([rightOne, wrongOne, small, hidden])
  expect(score.rightFirst).toMatchObject({ hits: 1, n: 2 })
  expect(score.small).toMatchObject({ hits: 0, n: 1 })
  expect(score.notBlamed).toMatchObject({ hits: 0, n: 1 })
})

test('naming the own system, or nobody, blames no holder; an equal registered copy is left out', () => {
  const hidden = { from: ['unregistered'] }
  const score = scoreAnswers([
    answer(hidden, { sources: [source('own-crm', 0.9)] }),
    answer(hidden, { sources: [source('x01', 0.8)], verdict: 'not-established' }),
    answer(hidden, { unknownCopy: 1, verdict: 'unknown-copy' }),
    answer({ ...hidden, twins: ['x01'] }, { sources: [source('x01', 1)] }),
  ])
  expect(score.notBlamed).toMatchObject({ hits: 3, n: 3 })
})

test('calibration: posteriors of 0.8 right four times in five have no error, of 1 right half of the time one of a half', () => {
  const many = (posterior: number, right: number, of: number): Answered[] =>
    Array.from({ length: of }, (_, at) =>
      answer({}, { sources: [source(at < right ? 'x01' : 'x02', posterior)], unknownCopy: 1 - posterior }),
    )
  // The order within a bin is that of the list: right and wrong ones take turns so that every bin has its share.
  const turns = Array.from({ length: 20 }, () => many(0.8, 4, 5)).flat()
  expect(scoreAnswers(turns).calibration.expectedError).toBeCloseTo(0, 10)
  const sure = Array.from({ length: 50 }, () => many(1, 1, 2)).flat()
  expect(scoreAnswers(sure).calibration.expectedError).toBeCloseTo(0.5, 10)
})

test('Cllr: 1 when the posterior is the prior, small when it is right, large when it is wrong', () => {
  const prior = (1 - 0.15) / 3
  const nothing = answer({}, { sources: ['own-crm', 'x01', 'x02'].map((copy) => source(copy, prior)) })
  expect(scoreAnswers([nothing]).cllr.fromPosterior).toBeCloseTo(1, 10)
  expect(scoreAnswers([answer({}, { sources: [source('x01', 1), source('x02', 0)] })]).cllr.fromPosterior).toBeLessThan(0.001)
  expect(scoreAnswers([answer({}, { sources: [source('x02', 1), source('x01', 0)] })]).cllr.fromPosterior).toBeGreaterThan(10)
})

test('days: error, coverage and width by the own system, for leaks of its history and of unregistered copies', () => {
  const dated = (day: string, from: string, to: string): readonly Source[] => [source('own-crm', 1, { asOf: { day, from, to } })]
  const own = { from: ['own-crm'], day: '2025-03-10' }
  const score = scoreAnswers([
    answer(own, { sources: dated('2025-03-11', '2025-03-09', '2025-03-12') }),
    answer(own, { sources: dated('2025-03-20', '2025-03-15', '2025-03-22') }),
    answer({ from: ['unregistered'], day: '2025-03-10' }, { sources: dated('2025-03-10', '2025-03-10', '2025-03-10') }),
    answer({ day: '2025-03-10' }, { sources: dated('2024-01-01', '2024-01-01', '2024-01-01') }),
    answer(own, { sources: [source('own-crm', 1)] }),
  ])
  expect(score.asOf.about500).toMatchObject({ n: 4, dated: 3, medianError: 1, coverage: { hits: 2, n: 3 } })
  expect(score.asOf.about500.meanWidth).toBeCloseTo(10 / 3, 10)
})

test('kinds: balanced accuracy is the mean of the recalls; padding within five points', () => {
  const said = (truth: Answered['truth']['kind'], kind: 'real' | 'mixed', paddingShare = 0): Answered =>
    answer(
      { kind: truth, mixing: { share: 0.2 } },
      { kind: { real: 0, recycled: 0, fabricated: 0, mixed: 0, combo: 0, [kind]: 1 }, paddingShare },
    )
  const score = scoreAnswers([
    said('real', 'real'),
    said('real', 'real'),
    said('real', 'mixed'),
    said('mixed', 'mixed', 0.24),
    said('mixed', 'mixed', 0.1),
  ])
  expect(score.kinds.balanced).toBeCloseTo((2 / 3 + 1) / 2, 10)
  expect(score.kinds.confusion).toEqual({ real: { real: 2, mixed: 1 }, mixed: { mixed: 2 } })
  expect(score.padding).toMatchObject({ n: 2, within5: { hits: 1 } })
  expect(score.padding.meanError).toBeCloseTo(0.07, 10)
})

test('the interval of a share (Wilson, 95 %)', () => {
  const { from, to } = shareOf(97, 100)
  expect(from).toBeCloseTo(0.9155, 3)
  expect(to).toBeCloseTo(0.9897, 3)
  expect(shareOf(10, 10)).toMatchObject({ share: 1, to: 1 })
  expect(shareOf(0, 0)).toMatchObject({ from: 0, to: 1 })
})

test('options that mean nothing are said', async () => {
  const given = { signal: new AbortController().signal, report: () => undefined }
  for (const wrong of [{ leak: '3' }, { seeds: '9-3' }, { seeds: 'all' }, { seeds: '0-1', leaks: 'x' }, { seed: '-1' }])
    await expect(accuracyCommand({ ...given, ...wrong })).rejects.toMatchObject({ code: 'usage', exitCode: 2 })
})
