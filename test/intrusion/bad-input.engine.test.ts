import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { storyFiles } from '../../src/app/index.ts'
import type { Story } from '../../src/intrusion/index.ts'

/** The stories told from a folder of invented records. */
async function told(name: string): Promise<readonly Story[]> {
  const folder = resolve(import.meta.dirname, '../cases/intrusion/bad-input', name)
  return (await storyFiles({ paths: [folder], rules: [], watch: {} })).stories
}

function hops(story: Story | undefined): string[] {
  return (story?.lateralMovement ?? []).map((hop) => `${hop.time.slice(11, 19)} ${hop.from} > ${hop.to}`)
}

test('a clock five minutes ahead is estimated, corrected and stated: the move is told, and when it was', async () => {
  const [story] = await told('clock-ahead')
  expect(hops(story)).toEqual(['10:00:01 ws-01 > app-01'])
  expect(story?.steps.find((step) => step.text.startsWith('Controlled from ws-01'))?.time.slice(11, 19)).toMatch(/^10:00:0/)
  const clocks = story?.gaps.filter((gap) => gap.text.startsWith('The clock of')) ?? []
  expect(clocks).toHaveLength(1)
  expect(clocks[0]?.text).toContain('The clock of app-01 runs 5.0 minutes ahead')
  expect(clocks[0]?.cites).toHaveLength(1)
}, 180_000)

test('what two pairs of records say of a clock is stated and corrects nothing', async () => {
  const stories = await told('clock-too-few-pairs')
  const text = stories.flatMap((story) => story.gaps.map((gap) => gap.text)).join(' ')
  expect(text).toContain('The clock of app-01 may run 5.0 minutes ahead')
  expect(text).toContain('as they stand')
  for (const step of stories.flatMap((story) => story.steps)) expect(step.time.slice(11, 16)).not.toBe('10:00')
}, 180_000)

test('an address of a pool that two sessions had one after the other leads to the session that had it then', async () => {
  const [story] = await told('vpn-address-reused')
  expect(story?.steps.map((step) => step.text).join(' ')).toContain('198.51.100.21 > app-01 (j.ong, ')
  expect(JSON.stringify(story)).not.toContain('198.51.100.20')
  expect(JSON.stringify(story)).not.toContain('vendor1')
  expect(story?.initialAccess).toMatchObject({ kind: 'vpn', where: '198.51.100.21' })
}, 180_000)

test('a cleared log is a step, its silence is told, and nothing is said to have happened in it', async () => {
  const [story] = await told('log-cleared')
  expect(story?.steps.map((step) => step.text).join(' ')).toContain('Security Log Cleared')
  expect(story?.gaps.map((gap) => gap.text)).toEqual(['No log from ws-01 between 2026-03-02 08:00 and 2026-03-02 12:00 UTC.'])
  for (const step of story?.steps ?? []) expect(step.time.slice(11, 16) <= '08:00').toBe(true)
}, 180_000)
