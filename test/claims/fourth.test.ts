import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCorpus } from '../../bench/claims/corpus.ts'
import { f1, scoreDocument, sum } from '../../bench/claims/score.ts'

test('the fourth part is read as well as told', async () => {
  const documents = readCorpus(join(import.meta.dirname, '../cases/claims/fourth')).flatMap((one) => one.documents)
  expect(documents).toHaveLength(50)
  const scores = await Promise.all(documents.map(scoreDocument))
  const of = (what: 'assertions' | 'amounts' | 'names') => f1(sum(...scores.map((one) => one[what])))
  expect(of('assertions')).toBeGreaterThanOrEqual(0.79)
  expect(of('amounts')).toBeGreaterThanOrEqual(0.79)
  expect(of('names')).toBeGreaterThanOrEqual(0.93)
})
