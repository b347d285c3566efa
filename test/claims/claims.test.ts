import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, printable } from '../../src/base/index.ts'
import { findingId } from '../../src/casefile/index.ts'
import { claimDocuments, proposals, readClaims, type ClaimDocument } from '../../src/claims/index.ts'
import type { PictureReading } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

async function text(file: string, content: string): Promise<ClaimDocument> {
  const [document] = (await claimDocuments({ file, bytes: Buffer.from(content) })).documents
  if (!document) throw new Error(`nothing read in ${file}`)
  return document
}

const claim =
  'Hacker group Pale Otter claimed to have breached Meridian Telekom and stolen 1,886 lines of customer data. It demanded a public statement every two hours.\nMeridian Telekom said it found no evidence in its own systems.\n'

test('one finding for each assertion, demand, deadline and statement of the victim; ids do not depend on names of files', async () => {
  const one = readClaims([await text('a.txt', claim)]).threads
  const other = readClaims([await text('elsewhere/b.txt', claim)]).threads
  const made = proposals(one)
  expect(made.map((proposal) => proposal.code)).toEqual([
    'claim-access',
    'claim-data-taken',
    'claim-denial',
    'claim-demand',
    'claim-deadline',
    'claim-victim-statement',
  ])
  const ids = made.map(findingId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(proposals(other).map(findingId)).toEqual(ids)
  for (const proposal of made) {
    expect(proposal.cites.length).toBeGreaterThan(0)
    expect(() => canonicalJson(proposal.params as never)).not.toThrow()
  }
})

test('a zone assumed for an article shifts its times and says so', async () => {
  const document = await text('a.txt', `[UPDATE: 5 February 2024 - 6:14pm] ${claim}`)
  const assumed = readClaims([document], { zone: '+08:00' }).threads[0]?.posts[0]?.reportedAt
  expect(assumed).toMatchObject({ at: '2024-02-05T10:14:00.000000Z', zone: 'assumed', bound: 'not-later-than' })
})

test('a screenshot belongs to the post that names it; one of its own is read as a report', async () => {
  const line = 'Hacker group Pale Otter claimed to have breached Meridian Telekom'
  const region = { x: 1, y: 2, width: 300, height: 20 }
  const picture: PictureReading = {
    kind: 'picture',
    format: 'png',
    width: 400,
    height: 100,
    text: line,
    confidence: 90,
    words: [],
    lines: [{ text: line, region }],
  }
  const shot = (sha256: string, file: string): ClaimDocument => ({ kind: 'picture', sha256, file, picture })
  const post = {
    record: 1,
    id: '5',
    text: 'We hacked Meridian Telekom.',
    attachments: [{ file: 'photos/photo_1.png', what: 'photo', included: true }],
  } as const
  const chat: ClaimDocument = {
    kind: 'chat',
    sha256: 'c'.repeat(64),
    file: 'claim/result.json',
    chats: [{ name: 'Pale Otter', type: 'public_channel', id: '1', posts: [post] }],
  }
  const joined = readClaims([shot('a'.repeat(64), 'claim/photos/photo_1.png'), chat]).threads
  expect(joined).toHaveLength(1)
  expect(joined[0]?.posts[0]?.attachments).toEqual([
    {
      file: 'photos/photo_1.png',
      text: line,
      cite: { kind: 'exhibit', sha256: 'a'.repeat(64), file: 'claim/photos/photo_1.png', at: { kind: 'whole' } },
    },
  ])
  expect(joined[0]?.assertions.every((one) => one.cite.kind === 'exhibit' && one.cite.sha256 === 'c'.repeat(64))).toBe(true)
  const alone = readClaims([shot('a'.repeat(64), 'other/photo_1.png'), chat]).threads
  expect(alone[0]?.posts[0]?.attachments).toEqual([{ file: 'photos/photo_1.png' }])
  const cites = alone[0]?.assertions.flatMap((one) => [one.cite, ...(one.also ?? [])])
  expect(cites).toContainEqual(expect.objectContaining({ at: { kind: 'region', ...region } }))
})

test('words of others in the same chat are not the actor\u2019s', async () => {
  const messages = [
    {
      id: 1,
      type: 'message',
      date_unixtime: '1791190800',
      from: 'quartz_fox',
      text: 'We stole 500 GB of billing data from Meridian Telekom.',
    },
    { id: 2, type: 'message', date_unixtime: '1791190801', from: 'reader', text: 'I have 7 records of my own music.' },
  ]
  const document = await text('result.json', JSON.stringify({ name: 'Market', type: 'private_group', id: 1, messages }))
  const { threads } = readClaims([document])
  const fox = threads.find((thread) => thread.actor === 'quartz_fox')
  expect(fox?.assertions.map((one) => one.quantity)).toEqual([500])
  expect(fox?.posts).toHaveLength(1)
})

test('text with control characters stays as it is in the data and prints harmlessly', async () => {
  const hostile = 'Hacker group Pale Otter claimed to have breached Meridian Telekom \u001b[2J\u202eatad'
  const [thread] = readClaims([await text('a.txt', hostile)]).threads
  expect(thread?.assertions[0]?.text).toBe(hostile)
  expect(printable(thread?.assertions[0]?.text ?? '')).not.toMatch(/[\u001b\u202e]/)
})

test('any text gives threads without an exception, the same in any order, in linear time', async () => {
  const words = fc.constantFrom(
    'Hacker',
    'group',
    'Otter',
    'claimed',
    'to',
    'have',
    'breached',
    '1,886',
    'lines',
    'of',
    '“',
    '”',
    '.',
    '\n',
    'It',
    'said',
    'within',
    '2',
    'hours',
    'The',
    'company',
    '[UPDATE: 5 February 2024]',
    '\u202e',
    '4.2M',
    '"',
    'data',
    ':',
    '…',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(words, { minLength: 1, maxLength: 80 }),
      fc.array(words, { minLength: 1, maxLength: 40 }),
      async (a, b) => {
        const documents = [await text('a.txt', `x ${a.join(' ')}`), await text('b.txt', `y ${b.join(' ')}`)]
        expect(readClaims(documents)).toEqual(readClaims([...documents].reverse()))
      },
    ),
    { seed: 11, numRuns: 150 },
  )
  const long = 'Hacker group Otter have have breached breached Meridian 1 1,1 1 "the company said '.repeat(6_000)
  const document = await text('long.txt', long)
  const started = coreTime()
  readClaims([document])
  expect(coreTime() - started).toBeLessThan(10_000)
})
