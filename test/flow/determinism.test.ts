import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/app/index.ts'
import { drillIn, drillWorkspaceId } from './begun.ts'
import { standingFindings } from './look-inside.ts'
import { breachline, ownFolder, type Ended } from './run-breachline.ts'

const own = ownFolder('determinism')
afterAll(() => own.release())

const namesByToken = /\bA-[0-9a-f]{12}\b|"subject":"subscriber:/

let reference: Run

interface Run {
  readonly answer: unknown
  readonly findings: readonly string[]
  readonly naming: readonly string[]
}

beforeAll(async () => {
  reference = seen('workspace', await drillIn(own.path()))
  expect(reference.findings.length).toBeGreaterThan(20)
})

test('the same findings and the same answer whatever the zone of the machine and the order in which folders are given', async () => {
  const [left, right] = [own.path('left'), own.path('right')]
  cpSync(own.path('drill', 'case'), left, { recursive: true })
  mkdirSync(right)
  for (const name of ['logs', 'sample', 'explain', 'claim']) renameSync(join(left, name), join(right, name))
  const forwards = await run('forwards', [left, right])
  expect(forwards.findings).toEqual(reference.findings)
  expect(await run('east', [left, right], { zone: 'Asia/Kolkata' })).toEqual(forwards)
  expect(await run('backwards', [right, left], { zone: 'America/Los_Angeles' })).toEqual(forwards)
})

// Subscribers and accounts whose reads were reviewed go by keyed tokens: a finding that names one has the same id only under the same key. No
// other finding knows the key.
test('another token key changes the findings that name a subscriber or an account by token and no others', async () => {
  const other = await run('other-key', [own.path('drill', 'case')], { id: '22222222-2222-4222-8222-222222222222' })
  expect(other.naming.length).toBe(reference.naming.length)
  const rest = (one: Run): string[] => one.findings.filter((id) => !one.naming.includes(id))
  expect(rest(other)).toEqual(rest(reference))
  expect(rest(other).length).toBeGreaterThan(20)
  expect(other.naming.filter((id) => reference.naming.includes(id))).toEqual([])
})

async function run(
  name: string,
  paths: readonly string[],
  given: { readonly zone?: string; readonly id?: string } = {},
): Promise<Run> {
  const workspace = own.path(name)
  mkdirSync(workspace)
  // The id of a workspace names its token key.
  writeFileSync(join(workspace, 'workspace-id'), `${given.id ?? drillWorkspaceId}\n`)
  const ended = await breachline(['investigate', ...paths, '--json', '--workspace', workspace], {
    env: { ...own.env, TZ: given.zone ?? 'UTC' },
  })
  expect(ended.code, ended.err).toBe(0)
  return seen(name, ended)
}

function seen(name: string, ended: Ended): Run {
  const answer = JSON.parse(ended.out) as Answer
  const standing = standingFindings(own.path(name, 'cases', answer.case.id, 'case.db'))
  const may = new Set(['at', 'seconds', 'case'])
  return {
    answer: JSON.parse(JSON.stringify(answer, (key, value: unknown) => (may.has(key) ? undefined : value))),
    findings: standing.map((one) => one.id).sort(),
    naming: standing.filter((one) => namesByToken.test(JSON.stringify(one))).map((one) => one.id),
  }
}
