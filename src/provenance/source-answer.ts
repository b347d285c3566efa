import { limits } from '../base/index.ts'
import { ones } from './bits.ts'
import type { Copy } from './copy.ts'
import { placesText } from './copy-details.ts'
import { sampleCite, type SampleExhibit } from './exhibit.ts'
import { log10LR, type Hypothesis } from './hypothesis.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'
import type { SourceAnswer } from './verdict.ts'

/** The answers over copies, the likeliest first. */
export function sourceAnswers(options: {
  readonly hypotheses: readonly Hypothesis[]
  readonly weightOf: ReadonlyMap<Hypothesis, number>
  readonly twins: ReadonlyMap<string, readonly string[]>
  readonly winner: Hypothesis
  readonly sample: Sample
  readonly exhibit: SampleExhibit
  readonly asOf: SourceAnswer['asOf']
  /** Id of the copy whose history dates the sample. */
  readonly clock: string | undefined
}): SourceAnswer[] {
  const { hypotheses, weightOf, twins, winner, sample, exhibit, asOf, clock } = options
  return hypotheses
    .flatMap((one): SourceAnswer[] => {
      if (one.kind !== 'copy') return []
      const { copy } = one.linkage
      const also = twins.get(copy.id) ?? []
      const others = hypotheses.filter(
        (other) => other !== one && !(other.kind === 'copy' && also.includes(other.linkage.copy.id)),
      )
      const inside = sample.rows.filter((row) => one.linkage.links.has(row.n)).map((row) => row.n)
      const links = one.fit.rows.flatMap((row) => (row === undefined ? [] : [row.link]))
      const dated = ('linkage' in winner && winner.linkage === one.linkage) || copy.id === clock
      return [
        {
          copy: copy.id,
          holder: copy.holder,
          system: copy.system,
          ...(copy.kind === 'extract' ? { cutDay: copy.asOf } : {}),
          ...placesOf(copy),
          posterior:
            (weightOf.get(one) ?? 0) + mergedInto(hypotheses, copy.id).reduce((sum, pair) => sum + (weightOf.get(pair) ?? 0), 0),
          log10LR: log10LR(
            Math.max(one.log, ...mergedInto(hypotheses, copy.id).map((pair) => pair.log)),
            others.filter((other) => !mergedInto(hypotheses, copy.id).includes(other)).map((other) => other.log),
          ),
          rowsInside: inside.length,
          rowsAgreeing: links.filter(agrees).length,
          ...metOf(one.linkage, sample),
          ...(dated && asOf !== undefined ? { asOf } : {}),
          alsoHeldBy: also,
          fields: one.linkage.tags.map((tag, bit) => ({
            field: tag.replace(/^field:/, ''),
            compared: links.filter((link) => ((link.compared >>> bit) & 1) === 1).length,
            equal: links.filter((link) => ((link.equal >>> bit) & 1) === 1).length,
          })),
          cites: [sampleCite(exhibit, inside), { kind: 'copy', copy: copy.id, rows: copyRows(links) }],
        },
      ]
    })
    .toSorted((a, b) => b.posterior - a.posterior || b.log10LR - a.log10LR || (a.copy < b.copy ? -1 : 1))
}

/** How many rows were compared, where not all were (rule P1). */
export function comparedOf(sample: Sample): { readonly compared?: number } {
  return sample.read > sample.rows.length ? { compared: sample.rows.length } : {}
}

/** Rows met over all rows read, where only some were compared; rows linked by their values alone were not looked for among the others. */
function metOf(linkage: Linkage, sample: Sample): Pick<SourceAnswer, 'rowsMet'> {
  return sample.read > sample.rows.length && !('weights' in linkage) ? { rowsMet: linkage.metRows } : {}
}

function placesOf(copy: Copy): { readonly places?: string } {
  const places = placesText(copy)
  return places === undefined ? {} : { places }
}

/** The pairs of copies of which this one is the larger part: they count for it. */
function mergedInto(hypotheses: readonly Hypothesis[], copy: string): readonly Hypothesis[] {
  return hypotheses.filter((one) => one.kind === 'merged' && one.linkage.copy.id === copy)
}

/** Rows of the copy that links rest on, for a cite. */
export function copyRows(links: readonly Link[]): { kind: 'set'; unit: 'row'; n: readonly number[] } | { kind: 'whole' } {
  return links.length === 0
    ? { kind: 'whole' }
    : {
        kind: 'set',
        unit: 'row',
        n: [...new Set(links.map((link) => link.row))].toSorted((a, b) => a - b).slice(0, limits.citesPerSentence),
      }
}

/** A linked row agrees when at least four of five compared cells are equal (rule P16). */
export function agrees(link: Link): boolean {
  return ones(link.compared) > 0 && ones(link.equal) * 5 >= ones(link.compared) * 4
}
