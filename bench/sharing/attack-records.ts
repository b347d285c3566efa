import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../../src/base/index.ts'
import type { ScenarioTruth } from '../../src/drill/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { Story } from '../../src/intrusion/index.ts'

/** The attacker's records that were written to `out`, as cites name them: hash of the file and number. */
export async function recordsOfAttack(truth: ScenarioTruth, out: string): Promise<ReadonlySet<string>> {
  const hashes = new Map<string, string>()
  for (const { file } of truth.attackRecords ?? [])
    if (!hashes.has(file)) hashes.set(file, sha256(await readFile(join(out, 'case', file))))
  return new Set(
    (truth.attackRecords ?? []).map(({ file, line }) => `${hashes.get(file)} ${file.endsWith('.csv') ? line - 1 : line}`),
  )
}

/** Whether at least half of the records that the steps of a story cite are the attacker's. */
export function isOfAttack(story: Story, known: ReadonlySet<string>): boolean {
  const cited = new Set(story.steps.flatMap((step) => step.cites).flatMap(recordKey))
  const his = [...cited].filter((one) => known.has(one)).length
  return his > 0 && his * 2 >= cited.size
}

function recordKey(cite: Cite): string[] {
  return cite.kind === 'exhibit' && 'n' in cite.at && typeof cite.at.n === 'number' ? [`${cite.sha256} ${cite.at.n}`] : []
}
