import type { Lake } from '../store/index.ts'
import type { Known } from './hypothesis.ts'
import { linkByWeights } from './linked-weights.ts'
import { carryLinks } from './carried-links.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'
import { agrees } from './source-answer.ts'
import type { Weighing } from './weigh.ts'

/** Share of the rows that must be without a link, and rows, before a copy is looked at again. */
const unlinkedShare = 0.04
const leastRows = 20
/** Fields beside the identifiers that must be comparable. */
const leastFields = 2

/**
 * Rows whose identifiers meet nothing may be rows of a copy with damaged identifiers, or come from elsewhere. The copies and the leak that
 * explain most of the sample are looked at again by agreement weights (rule P4), for those rows only. Undefined when there is nothing to look at.
 */
export async function secondLook(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly linkages: readonly Linkage[]
  readonly weighing: Weighing
}): Promise<readonly Linkage[] | undefined> {
  const { lake, sample, linkages, weighing } = options
  const worth = new Set(worthLooking({ weighing, sample, linkages }).map((one) => one.linkage))
  if (worth.size === 0) return undefined
  const again: Linkage[] = []
  let found = false
  for (const linkage of linkages) {
    if (!worth.has(linkage)) {
      again.push(linkage)
      continue
    }
    const { copy, loadId } = linkage
    const weighted = await linkByWeights({ lake, sample, copy, loadId })
    const links = new Map(linkage.links)
    for (const [n, rows] of weighted.links) {
      if (links.has(n)) continue
      found = true
      links.set(
        n,
        rows.map((row) => relabelled(row, weighted.tags, linkage.tags)),
      )
    }
    again.push({ ...linkage, links })
  }
  if (!found) return undefined
  return carryLinks({
    lake,
    sample,
    linkages: again,
    donors: again.flatMap((one, at) => (one === linkages[at] ? [] : [one.copy])),
  })
}

/**
 * The likeliest copy, the own system's history and the likeliest leak, where they leave rows of many without a link. A row that agrees with another copy or
 * leak by an identifier has a sound one: nothing of it is looked for.
 */
function worthLooking(options: {
  readonly weighing: Weighing
  readonly sample: Sample
  readonly linkages: readonly Linkage[]
}): readonly Known[] {
  const { weighing, sample, linkages } = options
  const known = weighing.hypotheses.filter((one): one is Known => one.kind === 'copy' || one.kind === 'leak')
  const likeliest = (kind: Known['kind']): Known[] =>
    known
      .filter((one) => one.kind === kind)
      .toSorted((a, b) => b.log - a.log || (a.linkage.copy.id < b.linkage.copy.id ? -1 : 1))
      .slice(0, 1)
  const clock = known.filter((one) => one.linkage === weighing.clock?.linkage)
  const sound = new Set(linkages.flatMap(({ links }) => [...links].flatMap(([n, list]) => (list.some(agrees) ? [n] : []))))
  return [...new Set([...likeliest('copy'), ...likeliest('leak'), ...clock])].filter(({ linkage }) => {
    const without = sample.rows.filter((row) => !sound.has(row.n) && !linkage.links.has(row.n)).length
    const fields = linkage.tags.filter((tag) => tag.startsWith('field:')).length
    const most = linkage.links.size * 2 >= sample.rows.length
    return most && fields >= leastFields && sample.rows.length >= leastRows && without >= sample.rows.length * unlinkedShare
  })
}

/** The same link with its masks in the order of other tags. */
function relabelled(link: Link, from: readonly string[], to: readonly string[]): Link {
  let compared = 0
  let equal = 0
  for (const [bit, tag] of to.entries()) {
    const at = from.indexOf(tag)
    if (at < 0) continue
    compared |= ((link.compared >>> at) & 1) << bit
    equal |= ((link.equal >>> at) & 1) << bit
  }
  return { ...link, compared, equal }
}
