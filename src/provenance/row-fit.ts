import type { Examined } from './examined.ts'
import type { Link, Linkage } from './linkage.ts'
import type { Copy } from './copy.ts'
import { model } from './model.ts'
import { tokenTag } from './tokenise.ts'

/**
 * How one row of the sample sits in one source, before the noise is known: log P = base + equal log(1-noise) + different log(noise),
 * where base = -log |R| + log u of cells that differ or that the source does not hold (rules P5, P6).
 */
export interface RowFit {
  readonly link: Link
  readonly base: number
  readonly equal: number
  readonly different: number
}

/** One source seen from the sample: per examined row the likeliest link, undefined where no identifier meets. */
export interface SourceFit {
  /** What drawing one certain row costs, log |R| of the model; tempered (rule P9). */
  readonly cost: number
  readonly rows: readonly (RowFit | undefined)[]
  /** Log of a row of anybody in the source: values by their frequencies, empty where the source is empty; per identifier it carries, log noise is to be added. */
  readonly anybody: Float64Array
}

/** Fits every examined row to a source; `day` picks the versions valid then. */
export function fitSource(options: {
  readonly examined: Examined
  readonly linkage: Linkage
  readonly cost: number
  readonly day?: number
}): SourceFit {
  const { examined, linkage, cost, day } = options
  const tags = tagsOf(examined, linkage)
  const rows = examined.rows.map((row, position): RowFit | undefined => {
    let best: RowFit | undefined
    for (const link of linkage.links.get(row.n) ?? []) {
      if (day !== undefined && (link.from > day || link.to <= day)) continue
      const fit = fitLink({ link, position, tags, start: -cost })
      if (best === undefined || value(fit) > value(best)) best = fit
    }
    return best
  })
  return { cost, rows, anybody: anybodyOf(examined, tags) }
}

function anybodyOf(examined: Examined, tags: readonly Tag[]): Float64Array {
  const log = Float64Array.from(examined.invented)
  const { lost, foreign } = model.empty
  for (const { logs, bit, empty, filled } of tags) {
    const blank = bit < 0 ? foreign : empty + (1 - empty) * lost
    for (const [position, u] of logs.entries())
      log[position] =
        (log[position] ?? 0) + (Number.isNaN(u) ? Math.log(blank) - Math.log(1 - filled) : Math.log(1 - blank) - Math.log(filled))
  }
  return log
}

/** A weighed tag: log u by row, its bit in the linkage (-1: the source does not hold the field), how often the source leaves it empty. */
interface Tag {
  readonly logs: Float64Array
  readonly bit: number
  readonly empty: number
  /** Share of the sample's rows that have a value. */
  readonly filled: number
}

function tagsOf(examined: Examined, linkage: Linkage): readonly Tag[] {
  const bits = new Map(linkage.tags.map((tag, bit) => [tag, bit]))
  return [...examined.cells].map(([tag, logs]) => ({
    logs,
    bit: bits.get(tag) ?? -1,
    empty: emptyShare(linkage.copy, tag),
    filled: examined.filled.get(tag) ?? 0.5,
  }))
}

/** Share of the rows of a copy in which a field is empty. */
function emptyShare(copy: Copy, tag: string): number {
  const column = copy.columns.find(
    ({ meaning }) => (meaning.kind === 'identifier' || meaning.kind === 'field') && tokenTag(meaning) === tag,
  )
  return copy.profile?.columns.find(({ name }) => name === column?.name)?.empty ?? model.empty.usual
}

function fitLink(options: {
  readonly link: Link
  readonly position: number
  readonly tags: readonly Tag[]
  readonly start: number
}): RowFit {
  const { link, position, tags } = options
  const { lost, foreign } = model.empty
  let base = options.start
  let equal = 0
  let different = 0
  for (const { logs, bit, empty } of tags) {
    const u = logs[position] ?? Number.NaN
    const blank = empty + (1 - empty) * lost
    if (Number.isNaN(u)) base += Math.log(bit < 0 ? foreign : blank)
    else if (bit < 0) base += u + Math.log(1 - foreign)
    else if (((link.compared >>> bit) & 1) === 0) base += u + Math.log(lost)
    else {
      base += Math.log(1 - blank)
      if (((link.equal >>> bit) & 1) === 1) equal += 1
      else {
        different += 1
        base += u
      }
    }
  }
  return { link, base, equal, different }
}

/** log P of a row at the usual noise. */
export function value(fit: RowFit): number {
  return fit.base + fit.equal * Math.log1p(-model.noise.usual) + fit.different * Math.log(model.noise.usual)
}

/**
 * log P(row | source) under a share of damaged cells. A row that meets nothing, or meets somebody else by a damaged identifier, may still be a
 * row of the source whose every identifier was damaged; one without identifiers tells nothing.
 */
export function densityOf(fit: SourceFit, examined: Examined, noise: number): Float64Array {
  const equal = Math.log1p(-noise)
  const different = Math.log(noise)
  const damaged = Math.log(Math.min(0.5, noise * model.noise.identifiers))
  const comparable = examined.identifiers.some((count) => count > 0)
  return Float64Array.from(fit.rows, (row, position) => {
    const unmet = comparable ? (examined.identifiers[position] ?? 0) * damaged + (fit.anybody[position] ?? 0) : -Infinity
    return row === undefined ? unmet : Math.max(unmet, row.base + row.equal * equal + row.different * different)
  })
}

/** A copy that was handed out again on another day: the people of `copy`, their values by the history of `own` (rule P12). */
export function refreshed(options: {
  readonly examined: Examined
  readonly own: SourceFit
  readonly ownLinkage: Linkage
  readonly copy: SourceFit
  readonly copyLinkage: Linkage
}): SourceFit {
  const { examined, own, ownLinkage, copy, copyLinkage } = options
  const ownBits = new Set(ownLinkage.tags)
  const copyBits = new Map(copyLinkage.tags.map((tag, bit) => [tag, bit]))
  const rows = own.rows.map((fit, position): RowFit | undefined => {
    if (fit === undefined) return undefined
    const there = copy.rows[position]
    if (there === undefined) return undefined
    let base = fit.base + own.cost - copy.cost
    let { equal, different } = fit
    for (const [tag, logs] of examined.cells) {
      const u = logs[position] ?? Number.NaN
      const bit = copyBits.get(tag)
      if (Number.isNaN(u) || bit === undefined || ownBits.has(tag) || ((there.link.compared >>> bit) & 1) === 0) continue
      // A field the history does not hold: as in the copy that was handed out before.
      base -= Math.log(1 - model.empty.foreign)
      if (((there.link.equal >>> bit) & 1) === 1) {
        equal += 1
        base -= u
      } else different += 1
    }
    return { link: fit.link, base, equal, different }
  })
  return { cost: copy.cost, rows, anybody: own.anybody }
}
