import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { detectFiles } from '../../../src/app/index.ts'
import { writeScenario, type ScenarioTruth } from '../../../src/drill/index.ts'
import { generalise, type StoryRecord } from '../../../src/sharing/index.ts'
import { gate } from '../redaction/sample-view.ts'

const folder = mkdtempSync(join(tmpdir(), 'wide-quiet-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const record = (category: string, fields: Record<string, string>): StoryRecord => ({
  product: category === 'webserver' ? '' : 'windows',
  category,
  service: '',
  eventId: '',
  fields,
  steps: [1],
  techniques: [],
  tactics: [],
})
const upload = { 'cs-method': 'POST', 'sc-status': '200', 'cs-uri-stem': '/forms/a.aspx', 'cs-uri-query': 'n=../x.aspx' }
const picture = { 'cs-method': 'GET', 'sc-status': '200', 'cs-uri-stem': '/a.png', 'sc-bytes': '52428800' }
const wide = generalise(
  [
    record('webserver', upload),
    record('webserver', picture),
    record('process_creation', { ParentImage: 'C:\\x\\w3wp.exe', Image: 'C:\\x\\cmd.exe' }),
    record('process_creation', { ParentImage: 'C:\\x\\cmd.exe', Image: 'C:\\Windows\\Temp\\a.exe' }),
    record('file_event', { Image: 'C:\\x\\w3wp.exe', TargetFilename: 'C:\\x\\a.aspx' }),
    record('file_event', { Image: 'C:\\x\\cmd.exe', TargetFilename: 'C:\\$Recycle.Bin\\a.rar' }),
  ],
  gate,
).filter((one, _, all) => all.some((other) => other.within.includes(one.id)) || /^A Picture|^Accepted|^Answered/.test(one.title))
mkdirSync(join(folder, 'rules'))
for (const { id, yaml } of wide) writeFileSync(join(folder, 'rules', `${id}.yml`), yaml)

async function foundIn(scenario: 'benign' | 'softcell'): Promise<ReadonlyMap<string, number>> {
  const out = join(folder, scenario)
  const options = scenario === 'benign' ? { hosts: 60, work: 0.25 } : { hosts: 26, work: 0.05 }
  const truth: ScenarioTruth = await writeScenario({ scenario, seed: 310, options, out, watch: {} })
  expect(truth.files.length).toBeGreaterThan(5)
  const found = new Map<string, number>()
  await detectFiles({
    paths: [join(out, 'case')],
    rules: [join(folder, 'rules')],
    onlyGiven: true,
    found: ({ title }) => void found.set(title, (found.get(title) ?? 0) + 1),
    watch: {},
  })
  return found
}

test('wide rules find nothing in ordinary work and in work that looks like an intruder’s', async () => {
  expect(wide.length).toBe(7)
  expect([...(await foundIn('benign'))]).toEqual([])
})

test('the same rules find what an intruder does', async () => {
  expect([...(await foundIn('softcell')).keys()].toSorted()).toEqual(
    wide
      .map((one) => one.title)
      .filter((title) => !title.startsWith('Script Written'))
      .toSorted(),
  )
})
