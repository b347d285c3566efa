import { ristretto255 } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { answerTo } from '../../src/vendor-check/answer.ts'
import { checkAnswer } from '../../src/vendor-check/check-answer.ts'
import { caseKey } from '../../src/vendor-check/commit.ts'
import { readDocument, documentText, sealed, type Answer, type Ask, type Transcript } from '../../src/vendor-check/documents.ts'
import { elementsOf, hexOf, runOf, sortedRun } from '../../src/vendor-check/elements.ts'
import { readAnswer } from '../../src/vendor-check/read-answer.ts'
import { evaluateRows } from '../../src/vendor-check/rows-proof.ts'
import { sentencesOf } from '../../src/vendor-check/sentences.ts'
import { proveShuffle } from '../../src/vendor-check/shuffle-proof.ts'
import { deriveKey, multiply, product } from '../../src/vendor-check/suite.ts'
import { makeSet } from '../../src/vendor-check/token-set.ts'
import { verifyTranscript } from '../../src/vendor-check/verify-transcript.ts'
import { asked, at, bulk, committed, items, seed, watch } from './parties.ts'

const vendor = items(0, 200)
// 25 rows of the vendor, 15 of nobody; 20 rows known to have been handed over.
const sample = [...items(10, 35), ...items(5_000, 5_015)]
const handed = items(100, 120)
const work = { bulk, watch }

const count = await committed([...vendor, undefined])
const question = await asked(count.commitment, sample, handed)
const honest = await answerTo(question.ask, { seed, at, bulk, watch })

const rows = await committed(vendor, { mode: 'rows' })
const rowsQuestion = await asked(rows.commitment, sample, handed)
const rowsHonest = await answerTo(rowsQuestion.ask, { seed, at, bulk, watch })

const read = (given: { ask?: Ask; answer?: Answer; state?: string; set?: typeof count.set } = {}) =>
  readAnswer({ ...question, set: count.set, answer: honest, at, bulk, watch, ...given })
const resealed = <T extends { id: string }>({ id: _id, ...body }: T): T => sealed(body) as unknown as T

test('V11, V12: an honest vendor: controls as expected, and exactly the rows that stand in both', async () => {
  const { hits, transcript, rows: told } = await read()
  expect(hits).toEqual({ sample: 25, handed: 20, never: 0 })
  expect(told).toBeUndefined()
  expect(transcript.sentences[0]).toBe(
    'Controls: 20 of 20 rows known to have been handed over were found, 0 of 20 pairs that nobody was given were found. Both are as they should be.',
  )
  expect(transcript.sentences[1]).toBe(
    '25 of 40 sample rows stand in the set of 200 the vendor committed to on 2026-10-07, before it saw the question.',
  )
  expect(transcript.sentences.at(-1)).toMatch(/^A negative alone proves nothing/)
})

test('V7: counting, the answer is in an order that says nothing, the state names no row, and both are repeatable', async () => {
  expect(honest.elements).toEqual(honest.elements.toSorted())
  expect(question.ask.elements).toEqual(question.ask.elements.toSorted())
  expect(Object.keys(JSON.parse(question.state) as object).sort()).toEqual(['blinds', 'mode', 'salt'])
  expect(await answerTo(question.ask, { seed, at, bulk, watch })).toEqual(honest)
})

test('V8: no two questions share an element, though the items are the same', async () => {
  const other = await asked(count.commitment, sample, handed, 'another')
  expect(new Set([...question.ask.elements, ...other.ask.elements]).size).toBe(2 * question.ask.elements.length)
})

test('V10: on an order the rows are told, each by its number', async () => {
  const told = await readAnswer({ ...rowsQuestion, set: rows.set, answer: rowsHonest, at, bulk, watch })
  expect(told.hits).toEqual({ sample: 25, handed: 20, never: 0 })
  expect(told.rows).toEqual(Array.from({ length: 25 }, (_, n) => n + 1))
  const check = await verifyTranscript(told.transcript, work)
  expect(check.notChecked.at(-1)).toMatch(/^the hits themselves/)
})

test('V3: another case or mode has another key', () => {
  const key = (of: string, mode: 'count' | 'rows'): string =>
    Buffer.from(caseKey(seed, { case: of, mode }).public).toString('hex')
  expect(new Set([key('a', 'count'), key('a', 'rows'), key('b', 'count'), key('b', 'rows')]).size).toBe(4)
})

test('V9: a vendor that uses another key is found out, whether it says so or not', async () => {
  const other = new Uint8Array(32).fill(6)
  await expect(answerTo(question.ask, { seed: other, at, bulk, watch })).rejects.toThrow('this seed is not the one')
  const key = caseKey(other, question.ask.commitment)
  const run = runOf(question.ask.elements)
  const answered = sortedRun(Buffer.concat(elementsOf(run).map((one) => multiply(key.secret, one))))
  const rounds = await proveShuffle({ context: question.ask.id, key, asked: run, answered }, work)
  const answer = resealed({ ...honest, elements: hexOf(answered), rounds })
  await expect(read({ answer })).rejects.toThrow(/round \d+ of the proof does not hold/)
  // the same with the committed public key beside the other secret
  const posing = { secret: key.secret, public: Buffer.from(count.commitment.publicKey, 'hex') }
  const posed = await proveShuffle({ context: question.ask.id, key: posing, asked: run, answered }, work)
  await expect(read({ answer: resealed({ ...answer, rounds: posed }) })).rejects.toThrow(/round \d+ of the proof/)
})

test('V9: a vendor that spoils elements so that hits become misses is found out', async () => {
  const run = runOf(question.ask.elements)
  const key = caseKey(seed, question.ask.commitment)
  const good = elementsOf(run).map((one) => multiply(key.secret, one))
  const spoil = async (change: (list: Uint8Array[]) => void): Promise<Answer> => {
    const list = [...good]
    change(list)
    const answered = sortedRun(Buffer.concat(list))
    const rounds = await proveShuffle({ context: question.ask.id, key, asked: run, answered }, work)
    return resealed({ ...honest, elements: hexOf(answered), rounds })
  }
  const doubled = deriveKey(seed, 'any').secret
  const one = await spoil((list) => list.splice(3, 1, multiply(doubled, list[3] as Uint8Array)))
  await expect(read({ answer: one })).rejects.toThrow(/round \d+ of the proof does not hold/)
  // Two changed so that their sum stays as it was.
  const point = (bytes: Uint8Array | undefined) => ristretto255.Point.fromBytes(bytes as Uint8Array)
  const { BASE } = ristretto255.Point
  const pair = await spoil((list) =>
    list.splice(3, 2, point(list[3]).add(BASE).toBytes(), point(list[4]).subtract(BASE).toBytes()),
  )
  await expect(read({ answer: pair })).rejects.toThrow(/round \d+ of the proof does not hold/)
  const twice = await spoil((list) => list.splice(3, 1, list[4] as Uint8Array))
  await expect(read({ answer: twice })).rejects.toThrow('is not in the order of its bytes')
})

test('V9: a proof of another question, in another order, or changed does not hold', async () => {
  const rounds = honest.rounds ?? []
  await expect(read({ answer: resealed({ ...honest, rounds: rounds.toReversed() }) })).rejects.toThrow(/round/)
  const [first, ...rest] = rounds
  const key = caseKey(seed, question.ask.commitment)
  const opening = hexOf(product(Buffer.from(first?.opening ?? '', 'hex'), key.secret))[0] ?? ''
  const changed = resealed({ ...honest, rounds: [{ anchor: first?.anchor ?? '', list: first?.list ?? '', opening }, ...rest] })
  await expect(read({ answer: changed })).rejects.toThrow('round 1 of the proof')
  const other = await asked(count.commitment, sample, handed, 'another')
  const replayed = resealed({ ...honest, ask: other.ask.id })
  await expect(read({ ...other, answer: honest })).rejects.toThrow('belongs to another question')
  await expect(read({ ...other, answer: replayed })).rejects.toThrow(/round \d+ of the proof does not hold/)
})

test('V10: rows: another key, swapped answers and shuffled proofs are found out', async () => {
  const readRows = (answer: Answer) => readAnswer({ ...rowsQuestion, set: rows.set, answer, at, bulk, watch })
  const other = caseKey(new Uint8Array(32).fill(6), rowsQuestion.ask.commitment)
  const { evaluated, proofs } = await evaluateRows(other, runOf(rowsQuestion.ask.elements), '', work)
  await expect(readRows(resealed({ ...rowsHonest, elements: hexOf(evaluated), proofs: [...proofs] }))).rejects.toThrow(
    'the proof of batch 1 does not hold',
  )
  const [a = '', b = '', ...rest] = rowsHonest.elements
  await expect(readRows(resealed({ ...rowsHonest, elements: [b, a, ...rest] }))).rejects.toThrow('the proof of batch 1')
  const { proofs: _proofs, ...without } = rowsHonest
  await expect(readRows(resealed(without as Answer))).rejects.toThrow('the proof of batch 1')
  await expect(readRows(resealed({ ...rowsHonest, proofs: [...proofs, ...proofs] }))).rejects.toThrow('the proof of batch 2')
})

test('V11: a vendor that leaves one row in ten out of its set is seen in the controls', async () => {
  const thinned = await committed(vendor.filter((_, n) => n % 10 !== 3))
  const again = await asked(thinned.commitment, sample, handed)
  const answer = await answerTo(again.ask, { seed, at, bulk, watch })
  const { hits, transcript } = await readAnswer({ ...again, set: thinned.set, answer, at, bulk, watch })
  expect(hits.handed).toBe(18)
  expect(transcript.sentences[0]).toMatch(
    /18 of 20 rows known to have been handed over .* Rows handed over are missing from the set/,
  )
  expect(transcript.sentences.at(-3)).toBe(
    'A set with one row in ten left out at random would have shown in the controls with a chance of 87.8 %.',
  )
})

test('V11: a vendor that takes the published sample out of its set is seen where the asker handed some of it over', async () => {
  const known = items(10, 22)
  const thinned = await committed(vendor.filter((item) => !sample.includes(item) || item === known[0]))
  const again = await asked(thinned.commitment, sample, handed, 'asker', known.length)
  const answer = await answerTo(again.ask, { seed, at, bulk, watch })
  const { hits, transcript } = await readAnswer({ ...again, set: thinned.set, answer, at, bulk, watch })
  expect(hits).toEqual({ sample: 1, handed: 20, never: 0 })
  expect(transcript.sentences[2]).toBe(
    "By the asker's own records 12 of the sample's items had been handed to the vendor; fewer were found, so at least 11 of them are missing from the set: deleted since, written otherwise, or left out. Ask which.",
  )
})

test('V5: a set made after the commitment is refused', async () => {
  const later = await committed(vendor.slice(0, 150))
  await expect(read({ set: later.set })).rejects.toThrow('the set has 150 tokens and another root than the commitment')
  await expect(read({ set: makeSet(new Uint8Array(8)) })).rejects.toThrow('the set has 1 tokens')
})

test('V8: state changed, elements malformed, lists cut: refused, nothing counted', async () => {
  await expect(read({ state: question.state.replace('"mode"', '"Mode"') })).rejects.toThrow('has been changed since')
  await expect(read({ answer: resealed({ ...honest, elements: honest.elements.slice(1) }) })).rejects.toThrow(
    'the answer has 79 elements',
  )
  const zero = ['00'.repeat(32), ...honest.elements.slice(1)]
  await expect(read({ answer: resealed({ ...honest, elements: zero }) })).rejects.toThrow('an element of the answer is malformed')
  for (const bad of ['00'.repeat(32), 'ff'.repeat(32), question.ask.elements[1] ?? ''])
    await expect(
      answerTo(resealed({ ...question.ask, elements: [bad, ...question.ask.elements.slice(1)] }), { seed, at, bulk, watch }),
    ).rejects.toThrow('of the question is malformed, twice there, or out of order')
})

test('V7, V8: too few rows, too many items, no controls, another order: refused before anything is written', async () => {
  await expect(asked(count.commitment, sample.slice(0, 19), handed)).rejects.toThrow('the sample has 19 different items')
  await expect(asked(count.commitment, sample, [])).rejects.toThrow('there are no controls')
  await expect(asked(count.commitment, [], handed)).rejects.toThrow('no row of the sample has msisdn and name')
  await expect(asked({ ...rows.commitment, order: 'Order 18' }, sample, handed)).rejects.toThrow(
    'on the order "Order 18", and another one',
  )
  await expect(asked(count.commitment, items(0, 20_001), handed)).rejects.toThrow('20041 items are more than the 20000')
})

test('V14: a third party checks the transcript, and finds what was changed in it', async () => {
  const { transcript } = await read()
  const kept = readDocument('transcript', documentText(transcript), 't.json')
  const check = await verifyTranscript(kept, work)
  expect(check.hits).toEqual({ sample: 25, handed: 20, never: 0 })
  expect(check.sentences).toEqual(transcript.sentences)
  const found = transcript.found as NonNullable<Transcript['found']>
  const without = (n: number): Transcript => {
    const { at: places, unblinded, places: leaves, paths, proofs } = found.sample
    const cut = <T>(list: readonly T[]): T[] => list.filter((_, place) => place !== n)
    return resealed({
      ...transcript,
      hits: { ...transcript.hits, sample: 24 },
      sentences: sentencesOf(transcript.ask, { ...transcript.hits, sample: 24 }),
      found: { ...found, sample: { at: cut(places), unblinded: cut(unblinded), places: cut(leaves), paths: cut(paths), proofs } },
    })
  }
  await expect(verifyTranscript(without(0), work)).rejects.toThrow('the hits among "sample" are not proven')
  const hits = { ...transcript.hits, sample: 26 }
  const more = resealed({ ...transcript, hits, sentences: sentencesOf(transcript.ask, hits) })
  await expect(verifyTranscript(more, work)).rejects.toThrow('25 of 26 are shown')
  const taken = { ...transcript.hits, never: 20 }
  const stolen = resealed({
    ...transcript,
    found: { ...found, never: found.handed },
    hits: taken,
    sentences: sentencesOf(transcript.ask, taken),
  })
  await expect(verifyTranscript(stolen, work)).rejects.toThrow('the hits among "never" are not proven: the proof of batch 1')
  const said = resealed({ ...transcript, sentences: ['The vendor did it.'] })
  await expect(verifyTranscript(said, work)).rejects.toThrow('the sentences do not follow from the counts')
  const anchors = { ...(transcript.ask.anchors as NonNullable<Ask['anchors']>) }
  anchors.handed = anchors.sample
  const shared = resealed({ ...transcript, ask: resealed({ ...transcript.ask, anchors }) })
  await expect(verifyTranscript(shared, work)).rejects.toThrow('two classes share one blind')
  const { found: _found, ...bare } = transcript
  await expect(verifyTranscript(resealed(bare as Transcript), work)).rejects.toThrow('the proof of the hits is missing')
  const answer = resealed({ ...transcript.answer, rounds: (transcript.answer.rounds ?? []).toReversed() })
  await expect(verifyTranscript(resealed({ ...transcript, answer }), work)).rejects.toThrow(/round \d+ of the proof/)
})

test('V9: an answer in another order than that of its bytes is refused: it could tell of rows', async () => {
  const answer = resealed({ ...honest, elements: honest.elements.toReversed() })
  await expect(read({ answer })).rejects.toThrow('is not in the order of its bytes')
})

test('V9: an answer must hold against the commitment inside its own question', async () => {
  const elsewhere = await committed(vendor, { seed: new Uint8Array(32).fill(9) })
  const ask = resealed({ ...question.ask, commitment: elsewhere.commitment })
  const answer = resealed({ ...honest, ask: ask.id, commitment: elsewhere.commitment.id })
  await expect(checkAnswer({ ask, answer }, work)).rejects.toThrow(/round \d+ of the proof does not hold/)
})
