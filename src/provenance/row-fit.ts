import { emptiness, heldOf, ofBits, type Emptiness, type Held } from './emptiness.ts'
import type { Examined } from './examined.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'
import { model } from './model.ts'

/**
 * How one row of the sample sits in one source, before the noise is known: log P = base + equal log(1-noise) + different log(noise) + what its empty
 * cells say, where base = -log |R| + log u of cells that differ or that the source does not hold (rules P5, P6).
 */
export interface RowFit {
  readonly link: Link
  readonly base: number
  readonly equal: number
  readonly different: number
  /** The source's fields; by their bits those that are empty in the sample's row, and those that are empty in the source alone. */
  readonly held: readonly Held[]
  readonly blank: number
  readonly added: number
}

/** Cells of fields that the source does not hold, by row: left empty, or filled in; and whether there are any. */
export interface Foreign {
  readonly blank: Uint8Array
  readonly filled: Uint8Array
  readonly any: boolean
}

export function foreignOf(blank: Uint8Array, filled: Uint8Array): Foreign {
  return { blank, filled, any: blank.some((count) => count > 0) || filled.some((count) => count > 0) }
}

/** One source seen from the sample: per examined row the likeliest link, undefined where no identifier meets. */
export interface SourceFit {
  /** Rows of the source, on its day where it has a history. */
  readonly size: number
  /** What drawing one certain row costs, log |R| of the model; tempered (rule P9). */
  readonly cost: number
  readonly rows: readonly (RowFit | undefined)[]
  readonly held: readonly Held[]
  /** By row: the source's fields that are empty in the sample, by their bits. */
  readonly blanks: Uint32Array
  readonly foreign: Foreign
  /** log u of the cells of a row, for a row of anybody in the source: values by their frequencies, identifiers of others in it as swapped. */
  readonly anybody: Float64Array
}

/** Fits every examined row to a source; `day` picks the versions valid then. */
export function fitSource(options: {
  readonly examined: Examined
  readonly linkage: Linkage
  readonly size: number
  readonly cost: number
  /** By tag: how often the copies that hold the field leave it empty. */
  readonly usuallyEmpty: ReadonlyMap<string, number>
  readonly day?: number
}): SourceFit {
  const { examined, linkage, size, cost, usuallyEmpty, day } = options
  const tags = tagsOf(examined, linkage)
  const swapped = Math.log(model.swapped) - Math.log(linkage.size)
  const held = tags.filter(({ bit }) => bit >= 0)
  const count = examined.rows.length
  const blanks = new Uint32Array(count)
  const foreignBlank = new Uint8Array(count)
  const foreignFilled = new Uint8Array(count)
  const anybody = new Float64Array(count)
  const ids = linkage.tags.reduce((mask, tag, bit) => (tag.startsWith('field:') ? mask : mask | (1 << bit)), 0)
  // By row the identifiers that are equal in any link.
  const met = Uint32Array.from(
    examined.rows,
    (row) => (linkage.links.get(row.n) ?? []).reduce((mask, link) => mask | link.equal, 0) & ids,
  )
  const given = new Float64Array(count)
  for (const { tag, logs, bit } of tags) {
    const usual = usuallyEmpty.get(tag) ?? 0
    const tells = usual < model.oftenEmpty
    for (const [position, u] of logs.entries()) {
      const empty = Number.isNaN(u)
      if (!empty)
        anybody[position] =
          (anybody[position] ?? 0) + (bit >= 0 && (((met[position] ?? 0) >>> bit) & 1) === 1 ? Math.max(u, swapped) : u)
      if (bit >= 0) blanks[position] = (blanks[position] ?? 0) | (empty ? 1 << bit : 0)
      else if (!tells) given[position] = (given[position] ?? 0) + Math.log(empty ? usual : 1 - usual)
      else if (empty) foreignBlank[position] = (foreignBlank[position] ?? 0) + 1
      else foreignFilled[position] = (foreignFilled[position] ?? 0) + 1
    }
  }
  for (const [position, log] of given.entries()) anybody[position] = (anybody[position] ?? 0) + log
  // The likeliest link: at the usual noise, without the fields that the source does not hold.
  const usual = emptiness(held, model.noise.usual)
  const rows = examined.rows.map((row, position): RowFit | undefined => {
    let best: RowFit | undefined
    let most = -Infinity
    for (const link of linkage.links.get(row.n) ?? []) {
      if (day !== undefined && (link.from > day || link.to <= day)) continue
      const fit = fitLink({ link, position, tags, held, blank: blanks[position] ?? 0, start: -cost + (given[position] ?? 0) })
      const log = rowLog(fit, model.noise.usual, usual)
      if (best === undefined || log > most) [best, most] = [fit, log]
    }
    return best
  })
  return { size, cost, rows, held, blanks, foreign: foreignOf(foreignBlank, foreignFilled), anybody }
}

/** A weighed tag: log u by row, its bit in the linkage (-1: the source does not hold the field), how often the source leaves it empty. */
interface Tag extends Held {
  readonly tag: string
  readonly logs: Float64Array
}

function tagsOf(examined: Examined, linkage: Linkage): readonly Tag[] {
  const bits = new Map(linkage.tags.map((tag, bit) => [tag, bit]))
  return [...examined.cells].map(([tag, logs]) => ({
    tag,
    logs,
    bit: bits.get(tag) ?? -1,
    ...heldOf(linkage.copy, tag),
  }))
}

function fitLink(options: {
  readonly link: Link
  readonly position: number
  readonly tags: readonly Tag[]
  readonly held: readonly Held[]
  readonly blank: number
  readonly start: number
}): RowFit {
  const { link, position, tags, held, blank } = options
  let base = options.start
  let equal = 0
  let different = 0
  let added = 0
  for (const { logs, bit } of tags) {
    const u = logs[position] ?? Number.NaN
    if (Number.isNaN(u)) continue
    if (bit < 0) base += u
    else if (((link.compared >>> bit) & 1) === 0) {
      base += u
      added |= 1 << bit
    } else if (((link.equal >>> bit) & 1) === 1) equal += 1
    else {
      different += 1
      base += u
    }
  }
  return { link, base, equal, different, held, blank, added }
}

function rowLog(fit: RowFit, noise: number, empty: Emptiness): number {
  const cells = fit.base + fit.equal * Math.log1p(-noise) + fit.different * Math.log(noise)
  return cells + empty.filled + ofBits(fit.blank, empty.blank) + ofBits(fit.added, empty.added)
}

/**
 * log P(row | source) under a share of damaged cells, but for the fields that the source does not hold (`foreign`). A row that meets nothing, or meets
 * somebody else by a damaged identifier, may still be a row of the source whose every identifier was damaged; one without identifiers tells nothing.
 */
export function densityOf(fit: SourceFit, examined: Examined, noise: number): Float64Array {
  const damaged = Math.log(Math.min(0.5, noise * model.noise.identifiers))
  const comparable = examined.identifiers.some((count) => count > 0)
  const known = new Map<readonly Held[], Emptiness>()
  const emptyOf = (held: readonly Held[]): Emptiness => {
    const found = known.get(held) ?? emptiness(held, noise)
    known.set(held, found)
    return found
  }
  const empty = emptyOf(fit.held)
  return Float64Array.from(fit.rows, (row, position) => {
    const unmet = comparable
      ? (examined.identifiers[position] ?? 0) * damaged +
        (fit.anybody[position] ?? 0) +
        empty.filled +
        ofBits(fit.blanks[position] ?? 0, empty.blank)
      : -Infinity
    return row === undefined ? unmet : Math.max(unmet, rowLog(row, noise, emptyOf(row.held)))
  })
}

/** log P of every row with what the fields say that the source does not hold, when a share of them is left empty; the same array when there are none. */
export function withForeign(log: Float64Array, { blank, filled, any }: Foreign, share: number): Float64Array {
  if (!any) return log
  const empty = Math.log(share)
  const given = Math.log(1 - share)
  const all = new Float64Array(log.length)
  for (let at = 0; at < all.length; at += 1) all[at] = (log[at] ?? 0) + ((blank[at] ?? 0) * empty + (filled[at] ?? 0) * given)
  return all
}
