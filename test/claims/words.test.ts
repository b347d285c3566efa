import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { claimDocuments, readClaims, type Thread } from '../../src/claims/index.ts'

const folder = join(import.meta.dirname, '../cases/claims/words')
const read = <T>(file: string, shape: z.ZodType<T>): T => shape.parse(parse(readFileSync(join(folder, file), 'utf8')))

async function threadsOf(text: string): Promise<Thread[]> {
  const { documents } = await claimDocuments({ file: 'a.txt', bytes: Buffer.from(text) })
  return readClaims(documents).threads
}

const benign = read('benign.yaml', z.array(z.object({ name: z.string(), text: z.string() }).strict()))

test.each(benign)('no thread comes of: $name', async ({ text }) => {
  expect(await threadsOf(text)).toEqual([])
})

const wording = z.array(
  z.object({ kind: z.string(), by: z.string(), says: z.array(z.string()), not: z.array(z.string()) }).strict(),
)
const wordings = [...read('readings.yaml', wording), ...read('fields.yaml', wording)]

/** A sentence in a text of its speaker: an own post, a notice, an order. */
const around: Readonly<Record<string, (sentence: string) => string>> = {
  actor: (sentence) => `Posted by quayrat\n\nWe hacked Harrow Net yesterday.\n\n${sentence}\n`,
  victim: (sentence) => `Statement by Harrow Net\n\nWe want to inform our customers of an incident.\n\n${sentence}\n`,
  authority: (sentence) => `Digital Services Commission\nOrder No. 14 of 2026\n\nIn the matter of Harrow Net\n\n${sentence}\n`,
}

const cases = wordings.flatMap(({ kind, by, says, not }) => [
  ...says.map((sentence) => ({ kind, by, sentence, found: true })),
  ...not.map((sentence) => ({ kind, by, sentence, found: false })),
])

test.each(cases)('$by $kind $found: $sentence', async ({ kind, by, sentence, found }) => {
  const threads = await threadsOf((around[by] as (text: string) => string)(sentence))
  const readings = threads.flatMap((thread) => thread.readings ?? []).filter((one) => one.text.includes(sentence))
  expect(readings.some((one) => one.kind === kind && one.by === by)).toBe(found)
})

const issuers = read('issuers.yaml', z.array(z.object({ by: z.string(), words: z.string(), text: z.string() }).strict()))

test.each(issuers)('whose words: $by, $words', async ({ by, words, text }) => {
  const readings = (await threadsOf(text)).flatMap((thread) => thread.readings ?? []).filter((one) => one.text.includes(words))
  expect([...new Set(readings.filter((one) => one.kind !== 'unread').map((one) => one.by))]).toEqual([by])
})
