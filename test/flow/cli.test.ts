import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// One small generated case, worked on with the real program as a person would: register, judge, investigate, rule, report, verify.

const folder = mkdtempSync(join(tmpdir(), 'breachline-flow-cli-'))
const bin = join(import.meta.dirname, '../../bin/breachline')
const env = { ...process.env, BREACHLINE_KEYS: join(folder, 'keys'), BREACHLINE_AS: undefined, CI: '1' }
const drill = join(folder, 'drill')
const files = (name: string): string => join(drill, 'case', name)
const workspace = ['--workspace', join(folder, 'workspace')]
let serving: ChildProcess | undefined

function breachline(...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(bin, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

function json<T>(...args: string[]): T {
  const { code, out, err } = breachline(...args, '--json')
  expect(err).not.toMatch(/internal error/)
  expect([0, 10]).toContain(code)
  return JSON.parse(out) as T
}

interface Truth {
  readonly lookups: { readonly watched: readonly string[] }
}

beforeAll(() => {
  expect(breachline('drill', 'new', '--seed', '1', '--size', '5000', '--out', drill).code).toBe(0)
})
afterAll(() => {
  serving?.kill('SIGINT')
  rmSync(folder, { recursive: true, force: true })
})

test('copies and leaks are registered with the meaning of every column, and a sample is judged against them', () => {
  const own = ['--kind', 'own', '--holder', 'Meridian Telekom', '--system', 'CRM', '--as-of', '2026-10-05', '--history']
  const at = [...workspace, '--country', 'MY']
  const copy = json<{ copy: string; rows: number; fields: { name: string; meaning: string }[]; faults: unknown[] }>(
    'copy',
    'add',
    ...own,
    '--file',
    files('copies/crm.csv'),
    ...at,
  )
  expect(copy).toMatchObject({ copy: 'crm', faults: [] })
  expect(copy.fields).toContainEqual({ name: 'msisdn', meaning: 'msisdn' })
  const leak = ['--name', 'forum-2021', '--date', '2021-06-11', '--approved-by', 'Aisha Rahman']
  expect(json('leak', 'add', ...leak, '--file', files('leaks/forum-2021.csv'), ...at)).toMatchObject({ copy: 'forum-2021' })
  expect(json<{ copies: unknown[] }>('copy', 'list', ...workspace).copies).toHaveLength(2)

  const verdict = json<{
    kind: Record<string, number>
    sources: { posterior: number }[]
    knownLeaks: { posterior: number }[]
    unknownCopy: number
    fabricated: number
  }>('provenance', files('sample/sample.csv'), ...workspace)
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)
  expect(sum(Object.values(verdict.kind))).toBeCloseTo(1, 9)
  const parts = [...verdict.sources, ...verdict.knownLeaks].map((one) => one.posterior)
  expect(sum([...parts, verdict.unknownCopy, verdict.fabricated])).toBeCloseTo(1, 9)
  expect(existsSync(join(folder, 'workspace', 'cases'))).toBe(false)
})

test('lookups: re-identification gives the numbers of the truth and records the purpose; without it none leaves', () => {
  const truth = JSON.parse(readFileSync(join(drill, 'truth.json'), 'utf8')) as Truth
  const args = ['lookups', files('audit/crm-access.csv'), files('audit/cdr-db-postgresql.log')]
  const how = [
    '--explanations',
    files('explain/contacts.csv'),
    '--country',
    'MY',
    '--zone',
    '+08:00',
    '--base',
    '5000',
    ...workspace,
  ]
  const masked = breachline(...args, ...how, '--json')
  for (const number of truth.lookups.watched) expect(masked.out).not.toContain(number)
  type Review = { watched: { value?: string }[] }
  const open = json<Review>(...args, ...how, '--reidentify', 'test of the numbers')
  const values = open.watched.map((one) => one.value)
  expect(values.length).toBeGreaterThan(0)
  expect(values.every((value) => value !== undefined && truth.lookups.watched.includes(value))).toBe(true)
})

test('story: the logs give a story, and the temporary lake leaves nothing', () => {
  const told = json<{ stories: { hosts: unknown[] }[]; events: number }>('story', files('logs'))
  expect(told.stories.length).toBeGreaterThan(0)
  expect(told.events).toBeGreaterThan(1_000)
})

test('a case: investigated, shown, ruled on, rebuilt with the same findings, reported without holders, verified', () => {
  const answer = json<{ case: { id: string } }>('investigate', join(drill, 'case'), ...workspace)
  const { id } = answer.case
  const view = json<{ findings: { id: string }[]; exhibits: { id: string }[] }>('case', 'show', id, ...workspace)
  const finding = view.findings[0]?.id ?? ''
  expect(json('adopt', finding.slice(0, 14), '--reason', 'checked', '--case', id, ...workspace)).toMatchObject({
    status: 'adopted',
  })
  expect(json('case', 'show', id, '--cite', 'E1', ...workspace)).toMatchObject({ exhibit: { number: 'E1' } })
  const rebuilt = json<{ findings: number; same: number }>('rebuild', id, ...workspace)
  expect(rebuilt.same).toBe(rebuilt.findings)
  const report = breachline('report', '--case', id, '--format', 'json', ...workspace).out
  expect(report).not.toContain('Antrian')
  expect(breachline('report', '--case', id, '--format', 'json', '--release-holders', ...workspace).out).toContain('Antrian')
  expect(breachline('affected', 'counts', '--case', id, ...workspace).out).toMatch(/^source,category,/)
  const verified = json<{ ok: boolean; head: string }>('verify', id, ...workspace)
  expect(verified.ok).toBe(true)
  expect(breachline('verify', id, '--head', verified.head, ...workspace).code).toBe(0)
  expect(breachline('verify', id, '--head', 'a'.repeat(64), ...workspace).code).toBe(3)
  const scores = json<{ scores: { name: string; value: string }[] }>('drill', 'score', drill, '--case', id, ...workspace).scores
  expect(scores.find((one) => one.name === 'lookups: watched persons found')?.value).toMatch(/^(1[5-9]|20) of 20$/)
})

test('small commands hand themselves over to a running serve; others name the process', async () => {
  const id = json<{ cases: { id: string }[] }>('case', 'list', ...workspace).cases[0]?.id ?? ''
  serving = spawn(bin, ['serve', ...workspace], { env, stdio: 'ignore' })
  const note = join(folder, 'workspace', 'run', 'serve.json')
  for (let n = 0; n < 150 && !existsSync(note); n += 1) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(json('note', 'written through the server', '--case', id, ...workspace)).toMatchObject({ number: 'N1' })
  const decided = [
    '--kind',
    'awareness',
    '--text',
    'We were aware',
    '--reason',
    'comparison',
    '--moment',
    '2026-10-06T09:12:00+08:00',
  ]
  expect(json('decide', ...decided, '--case', id, ...workspace)).toMatchObject({ number: 'D1' })
  const stories = (): { id: string; steps: { host: string }[]; decisions?: string[] }[] =>
    json<{ stories: { stories: ReturnType<typeof stories> } }>('case', 'show', id, ...workspace).stories.stories
  const before = stories()
  const [told] = before
  const host = told?.steps.at(-1)?.host ?? ''
  const cut = ['--host', host, '--reason', 'known work', '--case', id]
  expect(json('cut-story', told?.id.slice(0, 12) ?? '', ...cut, ...workspace)).toMatchObject({ number: 'D2' })
  const after = stories()
  expect(after).toHaveLength(before.length + 1)
  const parts = after.filter((one) => one.decisions?.includes('D2') === true)
  expect(parts.map((one) => new Set(one.steps.map((step) => step.host)).has(host)).toSorted()).toEqual([false, true])
  const joined = ['join-stories', ...parts.map((one) => one.id), '--reason', 'one after all', '--case', id]
  expect(json(...(joined as [string, ...string[]]), ...workspace)).toMatchObject({ number: 'D3' })
  expect(stories().map((one) => one.steps.length)).toEqual(before.map((one) => one.steps.length))
  expect(breachline('cut-story', 'S_none', ...cut, ...workspace)).toMatchObject({ code: 2 })
  expect(json<{ cases: unknown[] }>('case', 'list', ...workspace).cases).toHaveLength(1)
  expect(breachline('adopt', 'zzz', '--reason', 'x', '--case', id, ...workspace)).toMatchObject({ code: 3 })
  const locked = breachline('rebuild', id, ...workspace)
  expect(locked.code).toBe(4)
  expect(locked.err).toMatch(/in use by process \d+ \(serve\)/)
})

test('a changed exhibit fails the verification with code 3', () => {
  const loose = join(folder, 'loose')
  const at = ['--workspace', loose]
  const text = join(folder, 'note.txt')
  writeFileSync(text, 'We have your data.\n')
  expect(json('case', 'new', '--title', 'One file', ...at)).toMatchObject({ id: 'one-file' })
  expect(json<{ added: unknown[] }>('evidence', 'add', text, '--reference', ...at).added).toHaveLength(1)
  expect(breachline('verify', 'one-file', ...at).code).toBe(0)
  writeFileSync(text, 'We have your dada.\n')
  const { code, out } = breachline('verify', join(loose, 'cases', 'one-file'), ...at)
  expect(code).toBe(3)
  expect(out).toContain('FAILED')
})
