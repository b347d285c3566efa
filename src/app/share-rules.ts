import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Watch } from '../base/index.ts'
import { generalise, type Gate, type SharedRule } from '../sharing/index.ts'
import { huntRules } from './hunt-rules.ts'
import type { CitedRecord, StoryBounds } from './share-records.ts'
import type { Workspace } from './workspace.ts'

const mostDetections = 200_000

/**
 * Sigma rules made from the records of a story, each tried on all logs of the case: offered only when it finds records of the story
 * and none outside it.
 */
export async function triedRules(options: {
  readonly workspace: Workspace
  readonly caseId: string
  readonly records: readonly CitedRecord[]
  readonly bounds: StoryBounds
  readonly gate: Gate
  readonly watch: Watch
}): Promise<SharedRule[]> {
  const { workspace, caseId, bounds, watch } = options
  const drafts = generalise(options.records, options.gate)
  if (drafts.length === 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'breachline-rules-'))
  try {
    for (const draft of drafts) await writeFile(join(folder, `${draft.id}.yml`), draft.yaml)
    const found = new Map<string, { inside: number; outside: number }>()
    const summary = await huntRules({
      workspace,
      caseId,
      named: [],
      folders: [folder],
      onlyGiven: true,
      most: mostDetections,
      watch,
      found: (detection) => {
        const one = found.get(detection.rule) ?? { inside: 0, outside: 0 }
        if (bounds.isNear(detection)) one.inside += 1
        else one.outside += 1
        found.set(detection.rule, one)
      },
    })
    // Cut short, nothing is known of what was not seen.
    if (summary.cut) return []
    const events = summary.searched.reduce((sum, one) => sum + one.events, 0)
    return drafts.flatMap(({ id, title, yaml, steps }) => {
      const { inside, outside } = found.get(id) ?? { inside: 0, outside: 0 }
      if (inside === 0 || outside > 0) return []
      return [{ id, title, yaml, behaviours: steps, found: inside, triedOn: events - inside }]
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
