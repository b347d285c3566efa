import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { bytesSource, sha256, sha256Of } from '../../src/base/index.ts'
import { addExhibit, custody, exhibit, exhibits, openExhibit, sweepDrafts, verify } from '../../src/evidence/index.ts'
import { hashBlocks } from '../../src/evidence/block-hash.ts'
import { aCase, add, aFile, at } from './a-case.ts'

test('an exhibit keeps hash, size, acquisition; what is not known says unknown', async () => {
  const one = aCase()
  const { exhibit: added, outcome } = await add(one, aFile(one.folder, 'auth.csv', 'ts,account\n'))
  expect(outcome).toBe('new')
  expect(added).toMatchObject({
    number: 'E1',
    size: 11,
    kind: 'csv',
    role: 'logs',
    mode: 'copied',
    sha256: sha256('ts,account\n'),
  })
  expect(added.acquisitions).toEqual([
    expect.objectContaining({
      by: 'Aisha Rahman',
      when: 'unknown',
      from: 'unknown',
      how: { tool: 'unknown', version: 'unknown', method: 'unknown' },
      authority: 'unknown',
      clockOffset: 'unknown',
      hashAtSource: 'unknown',
    }),
  ])
  expect(exhibit(one.store.db, 'E1')).toEqual(added)
  expect(exhibit(one.store.db, added.sha256)).toEqual(added)
  expect(exhibit(one.store.db, 'E2')).toBeUndefined()
  const entries = custody(one.store.db, 'E1')
  expect(entries.map((entry) => entry.act)).toEqual(['exhibit-acquired'])
  expect(entries[0]?.detail['sha256']).toBe(added.sha256)
})

test('the same bytes twice are one exhibit with both acquisitions; the very same acquisition is not doubled', async () => {
  const one = aCase()
  const options = { kind: 'csv', role: 'sample', mode: 'copied' as const, by: one.aisha, at }
  const file = bytesSource('sample.csv', Buffer.from('a,b\n1,2\n'))
  await addExhibit(one.store, { ...options, file, acquisition: { from: 'forum' } })
  const again = await addExhibit(one.store, { ...options, file, acquisition: { from: 'mail' } })
  expect(again.outcome).toBe('again')
  expect(again.exhibit.acquisitions.map((acquired) => acquired.from)).toEqual(['forum', 'mail'])
  const same = await addExhibit(one.store, { ...options, file, acquisition: { from: 'mail' } })
  expect(same.outcome).toBe('known')
  expect(exhibits(one.store.db)).toHaveLength(1)
  expect(custody(one.store.db).map((entry) => entry.act)).toEqual(['exhibit-acquired', 'exhibit-acquired-again'])
})

test('a resumed run records nothing twice, though its clock went on', async () => {
  const one = aCase()
  const file = bytesSource('a.log', Buffer.from('x'))
  const options = { file, kind: 'text', role: 'logs', mode: 'copied' as const, by: one.aisha, at, once: true }
  await addExhibit(one.store, { ...options, acquisition: { when: '2026-10-06T09:00:00Z' } })
  const again = await addExhibit(one.store, { ...options, acquisition: { when: '2026-10-06T09:05:00Z' } })
  expect(again.outcome).toBe('known')
  const elsewhere = await addExhibit(one.store, { ...options, acquisition: { when: '2026-10-06T09:05:00Z', from: 'mail' } })
  expect(elsewhere.outcome).toBe('again')
})

test('a copy is read-only, content-addressed, and opens as it was; a reference is not copied', async () => {
  const one = aCase()
  const copied = (await add(one, aFile(one.folder, 'a.csv', 'copied bytes'))).exhibit
  const stored = join(one.store.directory, copied.sha256.slice(0, 2), copied.sha256)
  expect(statSync(stored).mode & 0o777).toBe(0o400)
  expect(await sha256Of(await openExhibit(one.store, copied))).toBe(copied.sha256)
  const referenced = (await add(one, aFile(one.folder, 'b.csv', 'referenced bytes'), 'referenced')).exhibit
  expect(existsSync(join(one.store.directory, referenced.sha256.slice(0, 2), referenced.sha256))).toBe(false)
  expect(await sha256Of(await openExhibit(one.store, referenced))).toBe(referenced.sha256)
})

test('a hash told by the source that differs is a fault, and the exhibit is kept', async () => {
  const one = aCase()
  const options = { kind: 'text', role: 'logs', mode: 'copied' as const, by: one.aisha, at }
  const file = bytesSource('a.log', Buffer.from('x'))
  const wrong = await addExhibit(one.store, { ...options, file, acquisition: { hashAtSource: sha256('y') } })
  expect(wrong.faults.map((one_) => one_.code)).toEqual(['hash-at-source-differs'])
  const right = await addExhibit(one.store, { ...options, file, acquisition: { hashAtSource: sha256('x').toUpperCase() } })
  expect(right.faults).toEqual([])
})

test('missing files, folders and aborted copies leave nothing behind', async () => {
  const one = aCase()
  await expect(add(one, join(one.folder, 'none.csv'))).rejects.toMatchObject({ code: 'file-unreadable' })
  await expect(add(one, one.folder)).rejects.toMatchObject({ code: 'file-not-regular' })
  const stop = new AbortController()
  stop.abort()
  const options = { kind: 'text', role: 'logs', mode: 'copied' as const, by: one.aisha, at, acquisition: {} }
  const file = bytesSource('a.log', Buffer.from('x'))
  await expect(addExhibit(one.store, { ...options, file, watch: { signal: stop.signal } })).rejects.toThrow()
  expect(exhibits(one.store.db)).toEqual([])
  expect(readdirSync(join(one.store.directory, '.partial'))).toEqual([])
})

test('a half-written draft of a killed process is ignored, swept, and the file can be added', async () => {
  const one = aCase()
  const drafts = join(one.store.directory, '.partial')
  mkdirSync(drafts, { recursive: true })
  writeFileSync(join(drafts, 'left-over'), 'half a fi')
  const added = await add(one, aFile(one.folder, 'a.csv', 'half a file, whole now'))
  expect(added.outcome).toBe('new')
  const answer = await verify({ db: one.store.db, evidenceDir: one.store.directory })
  expect(answer).toMatchObject({ ok: true, failures: [] })
  writeFileSync(join(drafts, `${process.pid}-in-work`), 'a draft of a running process')
  expect(sweepDrafts(one.store.directory)).toBe(1)
  expect(readdirSync(drafts)).toEqual([`${process.pid}-in-work`])
})

for (const delay of [0, 9, 31])
  test(`a process killed while it adds leaves the case whole (${delay} ms into a copy)`, async () => {
    const one = aCase()
    const path = aFile(one.folder, 'big.bin', Buffer.alloc(16 * 1024 * 1024, 7))
    const drafts = join(one.store.directory, '.partial')
    const script = join(import.meta.dirname, 'add-in-a-loop.ts')
    const child = spawn(process.execPath, [script, one.folder, path], { stdio: 'ignore' })
    const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)))
    await vi.waitUntil(() => exhibits(one.store.db).length > 0 && readdirSync(drafts).length > 0, {
      timeout: 25_000,
      interval: 1,
    })
    await new Promise((done) => setTimeout(done, delay))
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const killed = readdirSync(drafts).length
    expect(sweepDrafts(one.store.directory)).toBe(killed)
    const answer = await verify({ db: one.store.db, evidenceDir: one.store.directory })
    expect(answer.failures).toEqual([])
    expect(exhibits(one.store.db).length).toBeGreaterThan(0)
    expect(custody(one.store.db).length).toBe(exhibits(one.store.db).length)
    await add(one, path)
    expect((await verify({ db: one.store.db, evidenceDir: one.store.directory })).ok).toBe(true)
  })

test('block hashes do not depend on how the bytes are cut into chunks', async () => {
  const bytes = Buffer.alloc(200_000, 0).map((_, index) => index % 251)
  const whole = await hashBlocks(bytesSource('x', bytes))
  expect(whole.blocks.length).toBe(4 * 32)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 20 }), async (sizes) => {
      const cut = {
        ...bytesSource('x', bytes),
        async *stream() {
          for (let from = 0, n = 0; from < bytes.length; n += 1) {
            const to = from + (sizes[n % sizes.length] ?? 1)
            yield bytes.subarray(from, to)
            from = to
          }
        },
      }
      expect(await hashBlocks(cut)).toEqual(whole)
    }),
    { numRuns: 25 },
  )
})
