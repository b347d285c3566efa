import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LookupReview } from '../../src/lookups/index.ts'
import { newCase, run, scratch } from './fake.ts'

const head = 'ts,account,subscriber,operation,source_host,rows,seq\n'
const row = (day: number, n: number, account = 'ann'): string =>
  `2026-02-${String(day).padStart(2, '0')}T09:00:${String(n % 60).padStart(2, '0')}+08:00,${account},+601200${String(10_000 + n)},view,desk-1,1,${n}\n`

test('an access table that grows is kept in segments, each an audit log of its case, and the case is reviewed again with all of them', async () => {
  const home = scratch()
  const workspace = join(home, 'workspace')
  const audit = join(home, 'audit')
  mkdirSync(audit)
  const log = join(audit, 'crm.csv')
  const inside = ['--workspace', workspace, '--case', 'calm']
  const done = async (args: readonly string[]): Promise<string> => {
    const { code, out, err } = await run([...args], home)
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    return out
  }
  const reviewed = async (): Promise<LookupReview> =>
    JSON.parse(await done(['lookups', ...inside, '--again', '--json'])) as LookupReview

  await done([...newCase('Calm', 'calm'), '--workspace', workspace])
  writeFileSync(log, head + [1, 2, 3].map((n) => row(3, n)).join(''))
  const first = await done(['watch', audit, '--audit', '--once', ...inside])
  expect(first).toContain('segment 1 as E1')
  expect(await reviewed()).toMatchObject({ accesses: 3, subscribers: 3, notRecorded: [] })

  appendFileSync(log, [5, 6].map((n) => row(10, n, 'bob')).join(''))
  await done(['watch', audit, '--audit', '--once', ...inside])
  const review = await reviewed()
  expect(review).toMatchObject({ accesses: 5, subscribers: 5, to: '2026-02-10T01:00:06.000000Z' })
  // The head stands before the rows of the second segment, and no row stands in both.
  const told = review.notes.map((note) => note.text).join('\n')
  expect(told).not.toContain('stand in the logs more than once')

  // Nothing new: nothing is read twice.
  await done(['watch', audit, '--audit', '--once', ...inside])
  expect((await reviewed()).accesses).toBe(5)
}, 180_000)

test('what is no audit log of a case is refused, and a table is not followed without --audit', async () => {
  const home = scratch()
  const log = join(home, 'crm.csv')
  writeFileSync(log, head + row(3, 1))
  const workspace = ['--workspace', join(home, 'workspace')]
  expect(await run(['watch', log, '--audit', ...workspace], home)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--audit goes with --case'),
  })
  expect(await run(['watch', log, '--map', log, ...workspace], home)).toMatchObject({
    code: 2,
    err: expect.stringContaining('go with --audit'),
  })
  expect(await run(['lookups', log, '--again', ...workspace], home)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--again goes with --case'),
  })
  const { out } = await run(['watch', log, '--once', '--json', ...workspace], home)
  expect(out).toContain('not followed')
  expect(out).not.toContain('"segment"')
})
