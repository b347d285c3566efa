import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/app/index.ts'
import { badFiles, hostilePost, writeBad } from './bad-files.ts'
import { drillIn } from './begun.ts'
import { findingIds, inside, lakeRows } from './look-inside.ts'
import { breachline, ownFolder, type Ended } from './run-breachline.ts'

const own = ownFolder('bad-input')
afterAll(() => own.release())

let good: Answer
let goodFindings: readonly string[]

beforeAll(async () => {
  good = answerOf(await drillIn(own.path()))
  goodFindings = findingsOf('workspace')
})

test('every kind of bad file is a fault with its place and what to do, and the good files answer as before', async () => {
  const folder = own.path('bad-case')
  cpSync(own.path('drill', 'case'), folder, { recursive: true })
  writeBad(folder, badFiles)
  // The id of a workspace names its token key: accounts and subscribers go by the same tokens.
  mkdirSync(own.path('bad'))
  copyFileSync(own.path('workspace', 'workspace-id'), own.path('bad', 'workspace-id'))
  const run = await investigated('bad', folder)
  const answer = answerOf(run)
  for (const { name, fault } of badFiles) {
    const met = answer.faults.kept.filter((one) => one.where.file === name || one.where.file.startsWith(`${name}/`))
    expect(met.map((one) => one.code).join(' '), JSON.stringify(name)).toContain(fault)
    for (const one of met) expect(one.todo).not.toBe('')
  }
  expect(answer.faults.kept.find((one) => one.where.file === 'zz-quote.csv')?.where.line).toBe(3)
  expect(
    answer.faults.kept.find((one) => one.where.file === 'logs/zz-endless.ndjson' && one.code.includes('too-long'))?.where.line,
  ).toBe(70_001)
  expect(answer.faults.kept.find((one) => one.where.file === 'zz-estate/inventory.toml')?.where.line).toBeGreaterThan(1)

  expect(answer.provenance).toEqual(good.provenance)
  expect(answer.lookups).toEqual(good.lookups)
  expect(answer.threads).toEqual(good.threads)
  expect(answer.stories?.stories).toEqual(good.stories?.stories)
  expect(goodFindings.filter((id) => !findingsOf('bad').includes(id))).toEqual([])
  const after = await inside(own.path('bad'))
  expect(after.verified.map((one) => one.failures)).toEqual([[]])
  expect(lakeRows(own.path('bad')).ofNobody).toEqual({})
}, 300_000)

test('nothing of the evidence steers the terminal, in words or as JSON', async () => {
  const folder = own.path('hostile-case')
  mkdirSync(folder)
  writeBad(folder, [hostilePost, ...badFiles.filter(({ name }) => name.includes('\n') || name === 'zz-unknown.bin')])
  const words = await breachline(['investigate', folder, '--workspace', own.path('hostile')], { env: own.env })
  expect(words.code, words.err).toBe(0)
  expect(words.out).toContain(String.raw`A1 "\u{1b}]0;owned\u{7}\u{1b}[2J Posted by @nobody on 3 February 2026: \u{202e}we`)
  expect(words.err).toContain('\\u{1b}[31mred\\u{a}\\u{202e}gpj.bin')
  const json = await breachline(['investigate', folder, '--json', '--workspace', own.path('hostile')], { env: own.env })
  expect(json.code, json.err).toBe(0)
  expect(json.out).toContain('\\u202e')
  for (const text of [words.out, words.err, json.out, json.err]) expect(text.match(steering) ?? []).toEqual([])
  // Nothing is lost by it: the parsed document holds the post as it is.
  expect(JSON.stringify(answerOf(json).threads)).toContain('\u202e')
})

test('no cell of an exported table runs as a formula, whatever the evidence is called and holds', async () => {
  const folder = own.path('formula-case')
  mkdirSync(folder)
  const rows = Array.from({ length: 30 }, (_, n) => `=1+1|cmd,+6012345${String(n).padStart(4, '0')},@SUM(1)`)
  writeFileSync(join(folder, '=HYPERLINK(A1).csv'), ['name,msisdn,plan', ...rows, ''].join('\n'))
  const run = await breachline(['investigate', folder, '--role', '*.csv=sample', '--workspace', own.path('formula')], {
    env: own.env,
  })
  expect(run.code, run.err).toBe(0)
  const table = await breachline(['affected', 'counts', '--workspace', own.path('formula')], { env: own.env })
  expect(table.code, table.err).toBe(0)
  const lines = table.out.trimEnd().split('\r\n')
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.filter((line) => /(?:^|,)"?[=+@\t-]/.test(line))).toEqual([])
})

test('input of which nothing can be read ends with 3 and names the files', async () => {
  const folder = own.path('unreadable-case')
  mkdirSync(folder)
  writeBad(
    folder,
    badFiles.filter(({ name }) => ['zz-unknown.bin', 'zz-empty.csv', 'logs/zz-cut.evtx'].includes(name)),
  )
  const run = await breachline(['investigate', folder, '--workspace', own.path('unreadable')], { env: own.env })
  expect(run.code).toBe(3)
  expect(run.err).toContain('nothing in the files given could be read')
  expect(run.err).toContain('zz-unknown.bin')
  expect(run.out).toBe('')
  const empty = own.path('empty-case')
  mkdirSync(empty)
  expect((await breachline(['investigate', empty, '--workspace', own.path('unreadable')], { env: own.env })).code).toBe(3)
})

test('a wrong breachline-case.toml ends with 3 and names its place', async () => {
  const folder = own.path('settings-case')
  mkdirSync(folder)
  writeFileSync(join(folder, 'breachline-case.toml'), '[case]\ntitle = "x"\n[[files]]\nglob = "*.csv"\nrole = "sampel"\n')
  const run = await breachline(['investigate', folder, '--workspace', own.path('settings')], { env: own.env })
  expect(run.code).toBe(3)
  expect(run.err).toContain('files.0.role')
})

// Root may read everything: there the run is nobody's, where nobody may reach this checkout.
const nobody = 65_534
const isRoot = process.getuid?.() === 0
const mayRun = !isRoot || spawnSync(process.execPath, ['-e', ''], { cwd: import.meta.dirname, uid: nobody }).status === 0

test.skipIf(!mayRun)(
  `what may not be read is a fault${mayRun ? '' : ' (skipped: root, and nobody may not read this checkout)'}`,
  async () => {
    const folder = own.path('denied-case')
    const shared = own.path('denied')
    mkdirSync(folder)
    mkdirSync(shared)
    writeBad(folder, [hostilePost])
    writeFileSync(join(folder, 'denied.csv'), 'a,b\n1,2\n')
    mkdirSync(join(folder, 'closed'))
    for (const name of ['denied.csv', 'closed']) chmodSync(join(folder, name), 0)
    for (const path of [own.path(), shared]) chmodSync(path, 0o777)
    const run = await breachline(['investigate', folder, '--json', '--workspace', join(shared, 'workspace')], {
      env: { ...own.env, BREACHLINE_KEYS: join(shared, 'keys') },
      ...(isRoot ? { uid: nobody } : {}),
    })
    chmodSync(join(folder, 'closed'), 0o700)
    expect(run.code, run.err).toBe(0)
    const { faults, threads } = answerOf(run)
    expect(faults.kept.map((one) => [one.where.file, one.code])).toEqual([
      ['closed', 'not-permitted'],
      ['denied.csv', 'not-permitted'],
    ])
    expect(threads.length).toBe(1)
  },
)

// Controls but newline, and characters that turn or hide text.
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

async function investigated(workspace: string, folder: string): Promise<Ended> {
  const run = await breachline(['investigate', folder, '--json', '--workspace', own.path(workspace)], { env: own.env })
  expect(run.code, run.err).toBe(0)
  return run
}

function answerOf(run: Ended): Answer {
  return JSON.parse(run.out) as Answer
}

function findingsOf(workspace: string): string[] {
  return findingIds(own.path(workspace, 'cases', good.case.id, 'case.db'))
}
