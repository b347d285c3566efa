import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readBlind, readCorpus } from '../../bench/claims/corpus.ts'
import { f1, scoreDocument, sum } from '../../bench/claims/score.ts'
import { sha256 } from '../../src/base/index.ts'

const folder = resolve(import.meta.dirname, '../cases/claims/corpus')
const corpus = readCorpus(folder)
const all = corpus.flatMap((one) => one.documents)

test('the corpus is as frozen: 60 documents written first, 120 and more in all, 20 and more tricky', () => {
  const frozen = JSON.parse(readFileSync(join(folder, 'frozen.json'), 'utf8')) as Record<string, string>
  expect(Object.fromEntries(corpus.map(({ file }) => [file, sha256(readFileSync(join(folder, file)))]))).toEqual(frozen)
  expect(corpus.filter(({ file }) => file.startsWith('first')).flatMap((one) => one.documents)).toHaveLength(60)
  expect(all.length).toBeGreaterThanOrEqual(120)
  expect(all.filter((one) => one.tricky).length).toBeGreaterThanOrEqual(20)
  expect(new Set(all.map((one) => one.name)).size).toBe(all.length)
})

test.each(['blind-2', 'blind-3'])('%s is as frozen: 60 documents of an author who had not seen the reader', (name) => {
  const part = join(folder, name)
  const frozen = JSON.parse(readFileSync(join(part, 'frozen.json'), 'utf8')) as Record<string, string>
  const files = readCorpus(part)
  expect(Object.fromEntries(files.map(({ file }) => [file, sha256(readFileSync(join(part, file)))]))).toEqual(frozen)
  expect(files.flatMap((one) => one.documents)).toHaveLength(60)
})

test('texts of another author are read as well as told, those never seen apart', async () => {
  const { seen, unseen } = readBlind(folder)
  const tuned = await Promise.all(seen.map(scoreDocument))
  const blind = await Promise.all(unseen.map(scoreDocument))
  expect(f1(sum(...tuned.map((one) => one.assertions)))).toBeGreaterThanOrEqual(0.85)
  expect(f1(sum(...blind.map((one) => one.assertions)))).toBeGreaterThanOrEqual(0.5)
  expect(f1(sum(...blind.map((one) => one.amounts)))).toBeGreaterThanOrEqual(0.65)
  expect(f1(sum(...blind.map((one) => one.names)))).toBeGreaterThanOrEqual(0.65)
})

test('assertions, amounts with deadlines, and names are read as well as claimed, of both halves', async () => {
  for (const half of ['first', 'second']) {
    const documents = corpus.filter(({ file }) => file.startsWith(half)).flatMap((one) => one.documents)
    const scores = await Promise.all(documents.map(scoreDocument))
    expect(f1(sum(...scores.map((one) => one.assertions)))).toBeGreaterThanOrEqual(0.92)
    expect(f1(sum(...scores.map((one) => one.amounts)))).toBeGreaterThanOrEqual(0.95)
    expect(f1(sum(...scores.map((one) => one.names)))).toBeGreaterThanOrEqual(0.98)
  }
  const scores = await Promise.all(all.map(scoreDocument))
  expect(f1(sum(...scores.map((one) => one.names)))).toBeGreaterThanOrEqual(0.98)
})

test('the score counts what is missed and what is read too much', () => {
  expect(f1({ hit: 1, missed: 1, extra: 0 })).toBeCloseTo(2 / 3)
  expect(f1({ hit: 1, missed: 0, extra: 2 })).toBe(0.5)
  expect(f1({ hit: 0, missed: 0, extra: 0 })).toBe(1)
})
