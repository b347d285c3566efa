import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readClaims } from '../../src/claims/index.ts'
import { expectCitesOpen, factsOf, readFolder } from './facts.ts'

const seeds = resolve(import.meta.dirname, '../../../shared/seeds')
const here = existsSync(seeds)
const title = here ? 'the three source documents' : 'the three source documents (skipped: no shared data)'
const want = JSON.parse(readFileSync(resolve(import.meta.dirname, '../cases/claims/seeds/want.json'), 'utf8')) as unknown

test.skipIf(!here)(`${title} give two threads with the facts written down`, async () => {
  const read = await readFolder(seeds, (name) => name.endsWith('.txt'))
  expect(read.faults).toEqual([])
  expect(read.threads.map(factsOf)).toEqual(want)
  for (const thread of read.threads) expect(expectCitesOpen(thread, read)).toBeGreaterThan(15)
})

test.skipIf(!here)(`${title}: report times bound the posts and are never their times`, async () => {
  const { threads } = await readFolder(seeds, (name) => name.endsWith('.txt'))
  const posts = threads.flatMap((thread) => thread.posts)
  expect(posts.map((post) => post.reportedAt?.at.slice(0, 16))).toEqual([
    '2024-02-05T15:27',
    '2024-02-05T18:14',
    '2024-02-05T20:00',
  ])
  for (const post of posts) {
    expect(post.at).toBeUndefined()
    expect(post.source).toBe('reported')
    expect(post.reportedAt).toMatchObject({ bound: 'not-later-than', zone: 'unknown' })
  }
})

test.skipIf(!here)(`${title}: what must not be found`, async () => {
  const { documents, threads } = await readFolder(seeds, (name) => name.endsWith('.txt'))
  const names = JSON.stringify(
    threads.map((thread) => [thread.actor, thread.victims.map((one) => one.name), thread.statements.map((one) => one.name)]),
  )
  for (const name of ['CelcomDigi', 'Malaysia Airlines', 'Proton', 'Samsung', 'Airbus', 'APT 10', 'Telegram'])
    expect(names).not.toContain(name)
  const all = threads.flatMap((thread) => thread.assertions)
  expect(all.some((one) => one.unit !== undefined && one.quantity === 9)).toBe(false)
  expect(all.filter((one) => one.kind === 'attribution').every((one) => one.by !== 'actor' && one.by !== 'victim')).toBe(true)
  expect(threads.flatMap((thread) => thread.deadlines).filter((one) => one.every === undefined)).toEqual([])
  const backwards = readClaims([...documents].reverse())
  expect(backwards.threads).toEqual(threads)
})
