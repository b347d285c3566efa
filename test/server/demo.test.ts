import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import type { Answer } from '../../src/app/index.ts'
import { findingIds } from '../flow/look-inside.ts'
import { breachline, ownFolder } from '../flow/run-breachline.ts'

const url = process.env['BREACHLINE_TEST_SERVER']
const own = ownFolder('server')
afterAll(() => own.release())

/** A workspace of the same id, so that both runs make the same tokens. */
async function demoIn(name: string, settings?: string): Promise<{ answer: Answer; findings: string[] }> {
  const workspace = own.path(name)
  mkdirSync(workspace, { recursive: true })
  writeFileSync(`${workspace}/workspace-id`, '0b3c1f52-7a6e-4c39-9a52-6f2d1c9e8b70\n')
  if (settings !== undefined) writeFileSync(`${workspace}/breachline.toml`, settings)
  const run = await breachline(['demo', '--no-serve', '--json', '--size', '1000', '--workspace', workspace], { env: own.env })
  expect(run.code, run.err).toBe(0)
  const answer = JSON.parse(run.out) as Answer
  return { answer, findings: findingIds(`${workspace}/cases/${answer.case.id}/case.db`) }
}

test('a whole case on a ClickHouse server gives the findings and the answer of the embedded engine', async () => {
  const embedded = await demoIn('embedded')
  const served = await demoIn('served', `[engine]\nurl = "${url ?? ''}"\ndatabase = "breachline_demo"\n`)
  expect({ ...served.answer, at: '' }).toEqual({ ...embedded.answer, at: '' })
  expect(served.findings).toEqual(embedded.findings)
  expect(served.answer.stories?.stories.length).toBeGreaterThan(0)
  expect(served.answer.provenance?.sources[0]?.posterior).toBeGreaterThan(0.9)
})
