import type { Frequencies } from './frequency.ts'
import type { Link, Linkage } from './linkage.ts'
import { model } from './model.ts'
import type { Sample, SampleRow } from './sample.ts'

/** What the sample's rows look like to one source: per sample row the log density and the link it rests on. */
export interface Densities {
  /** -Infinity where the source does not hold the row. By position in `sample.rows`. */
  readonly log: Float64Array
  readonly link: readonly (Link | undefined)[]
}

/** Cells that are weighed: tags that at least one copy holds and that are not set aside. */
export type Weighed = ReadonlySet<string>

/** log P(row | invented): every weighed cell drawn by its frequency (rule P6). */
export function inventedDensity(sample: Sample, frequencies: Frequencies, weighed: Weighed): Float64Array {
  return Float64Array.from(sample.rows, (row) => {
    let sum = 0
    for (const [tag, token] of cells(sample, row)) if (token !== '' && weighed.has(tag)) sum += cellLog(frequencies, tag, token)
    return sum
  })
}

/**
 * log P(row | source) = -log |R| + sum over weighed cells: log(1-noise) when equal, log(noise u) when different,
 * log u when the source does not hold the cell (rules P5, P6). `day` picks the versions valid then.
 */
export function sourceDensity(options: {
  readonly sample: Sample
  readonly linkage: Linkage
  readonly frequencies: Frequencies
  readonly weighed: Weighed
  readonly size: number
  readonly day?: number
}): Densities {
  const { sample, linkage, frequencies, weighed, size, day } = options
  const log = new Float64Array(sample.rows.length).fill(-Infinity)
  const chosen = Array.from<Link | undefined>({ length: sample.rows.length })
  const bits = new Map(linkage.tags.map((tag, bit) => [tag, bit]))
  for (const [at, row] of sample.rows.entries()) {
    for (const link of linkage.links.get(row.n) ?? []) {
      if (day !== undefined && (link.from > day || link.to <= day)) continue
      let sum = -Math.log(size)
      for (const [tag, token] of cells(sample, row)) {
        if (token === '' || !weighed.has(tag)) continue
        const bit = bits.get(tag)
        const u = cellLog(frequencies, tag, token)
        if (bit === undefined || ((link.compared >>> bit) & 1) === 0) sum += u
        else if (((link.equal >>> bit) & 1) === 1) sum += Math.log(1 - model.noise)
        else sum += Math.log(model.noise) + u
      }
      if (sum > (log[at] ?? -Infinity)) {
        log[at] = sum
        chosen[at] = link
      }
    }
  }
  return { log, link: chosen }
}

/** Cells of a row by tag; a tag that stands on two columns counts once, by its first. */
function* cells(sample: Sample, row: SampleRow): Generator<readonly [string, string]> {
  for (const [at, tag] of sample.idTags.entries()) if (sample.idTags.indexOf(tag) === at) yield [tag, row.ids[at] ?? '']
  for (const [at, tag] of sample.fieldTags.entries()) yield [tag, row.fields[at] ?? '']
}

function cellLog(frequencies: Frequencies, tag: string, token: string): number {
  const frequency = frequencies.get(tag)
  return frequency === undefined ? 0 : (frequency.of.get(token) ?? frequency.floor)
}
