import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Watch } from '../base/index.ts'
import { generalise, type Gate, type RuleDraft, type SharedRule } from '../sharing/index.ts'
import { huntRules } from './hunt-rules.ts'
import type { CitedRecord, StoryBounds } from './share-records.ts'
import type { Workspace } from './workspace.ts'

const mostDetections = 200_000

/** Where rules found something, and over how many events they were run. */
interface Tried {
  readonly found: ReadonlyMap<string, { inside: number; outside: number }>
  readonly events: number
  /** The search ended early: nothing is known of what was not seen. */
  readonly cut: boolean
}

/**
 * Sigma rules made from the records of a story, each tried on all logs of the case: offered only when it finds records of the story
 * and none outside it, and no wider rule that does so says the same.
 */
export async function triedRules(options: {
  readonly workspace: Workspace
  readonly caseId: string
  readonly records: readonly CitedRecord[]
  readonly bounds: StoryBounds
  readonly gate: Gate
  /** Detections after which a search ends; 200,000 unless told. */
  readonly most?: number
  readonly watch: Watch
}): Promise<SharedRule[]> {
  let drafts = generalise(options.records, options.gate)
  while (drafts.length > 0) {
    const { found, events, cut } = await tryOut(drafts, options)
    const countsOf = ({ id }: RuleDraft): { inside: number; outside: number } => found.get(id) ?? { inside: 0, outside: 0 }
    const quiet = drafts.filter((one) => countsOf(one).outside === 0)
    // Cut short, nothing is known of what was not seen: without what finds the most, the others can be tried to the end.
    drafts = cut && quiet.length === drafts.length ? withoutLoudest(quiet, (one) => countsOf(one).inside) : quiet
    if (cut) continue
    const offered = new Map(drafts.flatMap(({ id }) => (found.has(id) ? [[id, found.get(id)?.inside ?? 0]] : [])))
    return drafts.flatMap(({ id, title, yaml, steps, within }) => {
      const inside = offered.get(id)
      if (inside === undefined || within.some((wider) => offered.has(wider))) return []
      return [{ id, title, yaml, behaviours: steps, found: inside, triedOn: events - inside }]
    })
  }
  return []
}

function withoutLoudest(drafts: readonly RuleDraft[], countOf: (one: RuleDraft) => number): readonly RuleDraft[] {
  const most = Math.max(...drafts.map(countOf))
  return drafts.filter((one) => countOf(one) < most)
}

async function tryOut(
  drafts: readonly RuleDraft[],
  { workspace, caseId, bounds, most = mostDetections, watch }: Parameters<typeof triedRules>[0],
): Promise<Tried> {
  const folder = await mkdtemp(join(tmpdir(), 'breachline-rules-'))
  try {
    for (const draft of drafts) await writeFile(join(folder, `${draft.id}.yml`), draft.yaml)
    const found = new Map<string, { inside: number; outside: number }>()
    const { searched, cut } = await huntRules({
      workspace,
      caseId,
      named: [],
      folders: [folder],
      onlyGiven: true,
      most,
      watch,
      found: (detection) => {
        const one = found.get(detection.rule) ?? { inside: 0, outside: 0 }
        if (bounds.isNear(detection)) one.inside += 1
        else one.outside += 1
        found.set(detection.rule, one)
      },
    })
    return { found, cut, events: searched.reduce((sum, one) => sum + one.events, 0) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
