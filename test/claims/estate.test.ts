import { expect, test } from 'vitest'
import { claimDocuments, readClaims, type Party } from '../../src/claims/index.ts'

const parties: readonly Party[] = [
  { entry: 'vendor:corvane', revision: 1, name: 'Corvane', relation: 'vendor' },
  { entry: 'system:quillbox', revision: 1, name: 'Quillbox', relation: 'system of ours' },
]

async function readingsOf(text: string, of: readonly Party[]): Promise<string[]> {
  const { documents } = await claimDocuments({ file: 'a.txt', bytes: Buffer.from(text) })
  const { threads } = readClaims(documents, { parties: of })
  return threads.flatMap((thread) => (thread.readings ?? []).map((one) => `${one.kind}: ${one.subject ?? ''}`))
}

const post =
  'Posted by quayrat\n\nWe hacked Harrow Net.\n\nWe broke in with the badge of Corvane and copied Quillbox, all records.\n'

test('a vendor and a system of the inventory are known by their names', async () => {
  const read = await readingsOf(post, parties)
  expect(read).toContain('third-party: Corvane')
  expect(read).toContain('system: Quillbox')
  const without = await readingsOf(post, [])
  expect(without.filter((one) => /^(?:third-party|system)/.test(one))).toEqual([])
})

test('a name inside another word is none, and naming alone says nothing', async () => {
  const inside = await readingsOf(post.replace('Corvane', 'Corvanett'), parties)
  expect(inside.join()).not.toContain('Corvane')
  const told = await readingsOf('Posted by quayrat\n\nWe hacked Harrow Net.\n\nCorvane is a fine company.\n', parties)
  expect(told.join()).not.toContain('Corvane')
})
