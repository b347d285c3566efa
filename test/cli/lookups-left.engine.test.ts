import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { zip } from '../formats/zip-bytes.ts'
import type { LookupReview } from '../../src/lookups/index.ts'
import { run, scratch } from './fake.ts'

const cases = resolve(import.meta.dirname, '../cases/lookups/left')

type Answer = LookupReview & { readonly faults: readonly { readonly code: string; readonly what: string }[] }

function given(home: string): { readonly folder: string; readonly archive: string } {
  const folder = join(home, 'host7')
  mkdirSync(folder)
  cpSync(join(cases, 'bash-with-times/home'), join(folder, 'home'), { recursive: true })
  cpSync(join(cases, 'psql/var'), join(folder, 'var'), { recursive: true })
  const archive = join(home, 'staging.zip')
  writeFileSync(archive, zip([{ name: 'out/subs.csv', data: readFileSync(join(cases, 'table/subs.csv')) }]))
  return { folder, archive }
}

const place = ['--country', 'MY', '--zone', '+08:00']

test('what was left behind is told beside the review, from hidden histories and from inside an archive', async () => {
  const home = scratch()
  const { folder, archive } = given(home)
  const args = ['lookups', '--left-behind', folder, '--left-behind', archive, ...place, '--workspace', join(home, 'w')]
  const { code, out, err } = await run([...args, '--json'], home)
  expect(code, err).toBe(0)
  const review = JSON.parse(out) as Answer
  expect(review.leftBehind).toMatchObject({ subscribers: 7, asked: 5, inFiles: 2 })
  expect(review.leftBehind?.findings.map((one) => one.kind).toSorted()).toEqual(['history', 'history', 'table'])
  expect(review.tested).toBe(0)
  expect(review.watched).toEqual([])
  const table = review.leftBehind?.findings.find((one) => one.kind === 'table')
  expect(table?.sentence.cites[0]).toMatchObject({ member: 'out/subs.csv', at: { kind: 'row', n: 1 } })
  const printed = await run(args, home)
  expect(printed.out).toContain('left behind by the actor: 7 subscribers named, 5 in queries, 2 in files')
  expect(printed.out).toContain('no time recorded')
  for (const text of [out, printed.out]) {
    expect(text).not.toMatch(/6012300\d{4}|900101/)
    expect(text).not.toContain('select ')
  }
})

test('command lines of logs, and histories among them, are read where they are handed over as audit logs', async () => {
  const home = scratch()
  const { folder } = given(home)
  const logs = [join(cases, 'auditd/audit.log'), join(cases, 'windows/security.jsonl')]
  const { code, out, err } = await run(['lookups', ...logs, folder, ...place, '--workspace', join(home, 'w'), '--json'], home)
  expect(code, err).toBe(0)
  const review = JSON.parse(out) as Answer
  expect(review.leftBehind?.findings.map((one) => one.kind).toSorted()).toEqual([
    'command-lines',
    'command-lines',
    'history',
    'history',
  ])
  expect(review.faults).toEqual([])
})

test('a history without a query is told as such', async () => {
  const home = scratch()
  const history = join(cases, 'none-history/.bash_history')
  const { code, err } = await run(['lookups', '--left-behind', history, ...place, '--workspace', join(home, 'w')], home)
  expect(code).not.toBe(0)
  expect(err).toContain("nothing that was left behind names a subscriber's record")
  expect(err).not.toContain('60123000012')
})

test('a case keeps what was left behind: command lines of its logs too, as findings with cites', async () => {
  const home = scratch()
  const { folder, archive } = given(home)
  cpSync(join(cases, 'auditd/audit.log'), join(folder, 'audit.log'))
  cpSync(archive, join(folder, 'staging.zip'))
  writeFileSync(
    join(folder, 'breachline-case.toml'),
    '[case]\nid = "left"\ncountry = "MY"\nzone = "+08:00"\n[[files]]\nglob = "staging.zip"\nrole = "left-behind"\n',
  )
  const workspace = ['--workspace', join(home, 'w')]
  const first = await run(['investigate', folder, ...workspace, '--json'], home)
  expect(first.code, first.err).toBe(0)
  const kept = await run(['lookups', '--case', 'left', ...workspace, '--json'], home)
  expect(kept.code, kept.err).toBe(0)
  const { leftBehind } = JSON.parse(kept.out) as Answer
  expect(leftBehind).toMatchObject({ subscribers: 8, asked: 6, inFiles: 2 })
  expect(leftBehind?.findings.map((one) => one.kind).toSorted()).toEqual(['command-lines', 'history', 'history', 'table'])
  const shown = await run(['case', 'show', 'left', ...workspace, '--json'], home)
  expect(shown.out).toContain('queries-left-behind')
  expect(shown.out).toContain('subscribers-in-recovered-file')
  expect(shown.out).toContain('records of subscribers in files that the actor left behind: fewer than 5 persons')
})
