import type { Story } from '../../src/intrusion/index.ts'
import { lengthOf, placedName, type Campaign } from './campaign.ts'

/** What a campaign gave; everything to be summed. */
export interface CampaignScore {
  /** Stories that tell of the campaign. */
  readonly stories: number
  /** Stories that also tell of what is not the campaign's. */
  readonly mixed: number
  /** 1 when the strongest of them names the true beginning. */
  readonly entries: number
  readonly hostsRight: number
  readonly hostsCalled: number
  readonly hosts: number
  readonly movesRight: number
  readonly moves: number
  /** Steps of the campaign of which a story tells anything, of how many. */
  readonly stagesTold: number
  readonly stages: number
  /** Pairs of told stages: in the right order, in the wrong one, all (those in different stories are in none). */
  readonly inOrder: number
  readonly outOfOrder: number
  readonly pairs: number
  /** Hops and sentences told, and those that are the campaign's. */
  readonly edgesRight: number
  readonly edges: number
  readonly hopsRight: number
  readonly hops: number
}

const toleranceMs = 300_000

/** Compares what was told with what was stitched. Whose a sentence is, is told by the files it cites: `step-N.json`, `noise-N.json`. */
export function scoreCampaign(campaign: Campaign, stories: readonly Story[]): CampaignScore {
  const own = stories.filter((story) => {
    const cited = story.steps.map((step) => stageOf(step.cites))
    return 2 * cited.filter((stage) => stage !== undefined).length > cited.length
  })
  const called = new Set(
    own.flatMap((story) => story.hosts.flatMap((host) => (host.status === 'compromised' ? [bare(host.name)] : []))),
  )
  const pairs = truePairs(campaign, 'moves')
  const anyPair = [...pairs, ...truePairs(campaign, 'acts'), ...truePairs(campaign, 'attempts')]
  const hops = own.flatMap((story) => story.lateralMovement)
  const isTrue = (hop: (typeof hops)[number], among: typeof pairs): boolean =>
    among.some((pair) => pair.from === bare(hop.from) && pair.to === bare(hop.to) && within(hop.time, pair))
  const hopsRight = hops.filter((hop) => isTrue(hop, anyPair)).length
  const sentences = own.flatMap((story) => story.steps)
  const sentencesRight = sentences.filter((step) => stageOf(step.cites) !== undefined && isPlayer(campaign, step)).length
  const order = orderOf(own)
  const [strongest] = own
  return {
    stories: own.length,
    mixed: own.filter((story) => story.steps.some((step) => stageOf(step.cites) === undefined)).length,
    entries: strongest?.initialAccess !== undefined && campaign.entry.includes(bare(strongest.initialAccess.where)) ? 1 : 0,
    hostsRight: campaign.compromised.filter((host) => called.has(host)).length,
    hostsCalled: called.size,
    hosts: campaign.compromised.length,
    movesRight: pairs.filter((pair) => hops.some((hop) => hop.certainty >= 0.5 && isTrue(hop, [pair]))).length,
    moves: pairs.length,
    ...order,
    stages: campaign.steps.length,
    edgesRight: hopsRight + sentencesRight,
    edges: hops.length + sentences.length,
    hopsRight,
    hops: hops.length,
  }
}

/** Pairs of hosts whose logs are at hand, with the time of their set. */
function truePairs(
  { steps }: Campaign,
  of: 'moves' | 'acts' | 'attempts',
): readonly { readonly from: string; readonly to: string; readonly begin: number; readonly end: number }[] {
  return steps.flatMap((step) =>
    step.set[of]
      .filter((one) => of !== 'moves' || step.set.hosts.some((host) => host.name === one.to && host.logs))
      .map(({ from, to }) => ({
        from: placedName(step, from),
        to: placedName(step, to),
        begin: step.at - toleranceMs,
        end: step.at + lengthOf(step.set) + toleranceMs,
      })),
  )
}

function within(time: string, { begin, end }: { readonly begin: number; readonly end: number }): boolean {
  const at = Date.parse(`${time.slice(0, 23)}Z`)
  return at >= begin && at <= end
}

/** Is the step on a host that plays a part in its set? */
function isPlayer(campaign: Campaign, step: Story['steps'][number]): boolean {
  const stage = stageOf(step.cites)
  const placed = stage === undefined ? undefined : campaign.steps[stage]
  if (placed === undefined) return false
  const players = placed.set.hosts.filter((host) => host.role !== 'bystander').map((host) => placedName(placed, host.name))
  return players.includes(bare(step.host))
}

/** Stages by when they are first told, and how their pairs are ordered against the truth. */
function orderOf(stories: readonly Story[]): Pick<CampaignScore, 'stagesTold' | 'inOrder' | 'outOfOrder' | 'pairs'> {
  const told = new Map<number, { readonly story: number; readonly place: number }>()
  for (const [story, { steps }] of stories.entries())
    for (const [place, step] of steps.entries()) {
      const stage = stageOf(step.cites)
      if (stage !== undefined && !told.has(stage)) told.set(stage, { story, place })
    }
  const stages = [...told.keys()].sort((a, b) => a - b)
  let [inOrder, outOfOrder, pairs] = [0, 0, 0]
  for (const [index, early] of stages.entries())
    for (const late of stages.slice(index + 1)) {
      pairs += 1
      const [one, other] = [told.get(early), told.get(late)]
      if (one === undefined || other === undefined || one.story !== other.story || one.place === other.place) continue
      if (one.place < other.place) inOrder += 1
      else outOfOrder += 1
    }
  return { stagesTold: stages.length, inOrder, outOfOrder, pairs }
}

/** Number of the campaign's step that a sentence cites; undefined for what is not the campaign's. */
function stageOf(cites: Story['steps'][number]['cites']): number | undefined {
  for (const cite of cites) {
    const found = cite.kind === 'exhibit' ? /step-(\d+)\.json/.exec(cite.file)?.[1] : undefined
    if (found !== undefined) return Number(found)
  }
  return undefined
}

function bare(name: string): string {
  return /^[\d.]+$/.test(name) ? name : (name.toLowerCase().split('.')[0] ?? '')
}
