import type { Sentence } from '../evidence/index.ts'
import type { Facts } from './conclude.ts'
import type { Copy } from './copy.ts'
import { sampleCite, type SampleExhibit } from './exhibit.ts'
import { model } from './model.ts'
import type { Sample } from './sample.ts'
import { comparedOf } from './source-answer.ts'
import type { SourceAnswer, Verdict } from './verdict.ts'
import { calibrationText } from './wording.ts'

/** The verdict on a sample that cannot be compared: empty, without identifiers, or nothing is registered. */
export function emptyVerdict(options: {
  readonly facts: Facts
  readonly sample: Sample
  readonly exhibit: SampleExhibit
  readonly copies: readonly Copy[]
}): Verdict {
  const { facts, sample, exhibit, copies } = options
  const why =
    facts.read === 0
      ? 'the sample holds no row that could be read'
      : facts.identified === 0
        ? 'no row of the sample holds an identifier, and none meets a record of a copy by its other values'
        : 'no copy is registered that the sample could be compared with'
  const own = copies.filter((copy) => copy.kind !== 'leak')
  const leaks = copies.filter((copy) => copy.kind === 'leak')
  const prior = model.prior
  const leakShare = leaks.length === 0 ? 0 : prior.leaks
  const rest = own.length === 0 ? 0 : 1 - prior.unknownCopy - prior.fabricated - leakShare
  const total = rest + prior.unknownCopy + prior.fabricated + leakShare
  const ground: Sentence = { text: `Not established: ${why}.`, cites: [sampleCite(exhibit, [])] }
  return {
    ...facts,
    ...comparedOf(sample),
    kind: {
      real: (rest + prior.unknownCopy) / total,
      recycled: leakShare / total,
      fabricated: prior.fabricated / total,
      mixed: 0,
      combo: 0,
    },
    sources: own
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((copy): SourceAnswer => ({
        copy: copy.id,
        holder: copy.holder,
        system: copy.system,
        posterior: rest / own.length / total,
        log10LR: 0,
        rowsInside: 0,
        rowsAgreeing: 0,
        alsoHeldBy: [],
        fields: [],
        cites: [{ kind: 'copy', copy: copy.id, rows: { kind: 'whole' } }],
      })),
    unknownCopy: prior.unknownCopy / total,
    knownLeaks: leaks.map((leak) => ({ leak: leak.id, posterior: leakShare / leaks.length / total, containment: 0 })),
    fabricated: prior.fabricated / total,
    padding: { rows: 0 },
    verdict: 'not-established',
    statement: `Not established: ${why}. The figures given are the prior, not evidence.`,
    grounds: [ground],
    prior: 'The prior alone: the sample could not be compared.',
    calibration: calibrationText(sample),
  }
}
