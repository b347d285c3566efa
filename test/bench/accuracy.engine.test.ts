import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accuracyText } from '../../bench/provenance/accuracy-text.ts'
import { measureAccuracy } from '../../bench/provenance/accuracy.ts'
import type { Answered } from '../../bench/provenance/answer.ts'
import { reliabilityPicture } from '../../bench/provenance/picture.ts'

const folder = mkdtempSync(join(tmpdir(), 'accuracy-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('accuracy of provenance: one world, six leaks, every one judged and written down', async () => {
  const out = join(folder, 'leaks.jsonl')
  const said: string[] = []
  const result = await measureAccuracy({
    seeds: [5],
    leaks: [0, 1, 2, 3, 4, 5],
    size: 2_000,
    out,
    report: (line) => said.push(line),
  })
  // Leaks that took long, on a machine that does other things too, are told beside.
  expect(said.filter((line) => line.includes('leaks judged'))).toHaveLength(1)
  expect(result.score).toMatchObject({ leaks: 6, errors: 0 })
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
  const answers = lines.map((line) => JSON.parse(line) as Answered)
  expect(answers.map(({ truth }) => truth.leak)).toEqual([0, 1, 2, 3, 4, 5])
  for (const { sources, unknownCopy, knownLeaks, fabricated, registered } of answers) {
    expect(sources.map(({ copy }) => copy).toSorted()).toEqual(registered.copies)
    const sum = [...sources, ...knownLeaks].reduce((total, { posterior }) => total + posterior, unknownCopy + fabricated)
    expect(sum).toBeCloseTo(1, 6)
  }
  expect(accuracyText(result)).toContain('right answer first')
  expect(reliabilityPicture(result)).toMatch(/^<svg[^]*<\/svg>\n$/)
})
