import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCorpus } from '../../bench/claims/corpus.ts'
import { f1, scoreDocument, sum } from '../../bench/claims/score.ts'

const parts = readCorpus(join(import.meta.dirname, '../cases/claims/third'))

test.each(parts)('the third part is read as well as told: $file', async ({ documents }) => {
  const scores = await Promise.all(documents.map(scoreDocument))
  const of = (what: 'assertions' | 'amounts' | 'names') => f1(sum(...scores.map((one) => one[what])))
  expect(of('assertions')).toBeGreaterThanOrEqual(0.74)
  expect(of('amounts')).toBeGreaterThanOrEqual(0.88)
  expect(of('names')).toBeGreaterThanOrEqual(0.75)
})
