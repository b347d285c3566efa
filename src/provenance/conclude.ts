import type { Cite, Sentence } from '../evidence/index.ts'
import type { Copy } from './copy.ts'
import { dateSample } from './dating.ts'
import { dayText } from './day.ts'
import { sampleCite, type SampleExhibit } from './exhibit.ts'
import { log10LR, posteriors, type Hypothesis } from './hypothesis.ts'
import { model } from './model.ts'
import { checkDigitsFail, type Sample } from './sample.ts'
import { sourceAnswers, type Known } from './source-answer.ts'
import { joinTwins } from './twins.ts'
import type { SourceAnswer, Verdict } from './verdict.ts'
import type { Weighing } from './weigh.ts'
import { calibrationText, groundsOf, priorText, statementOf, type Outcome } from './wording.ts'

/** Figures of the sample that stand in every verdict. */
export type Facts = Pick<Verdict, 'rows' | 'read' | 'identified' | 'columns'>

/** The verdict from the weighed hypotheses (rules P10-P16). */
export function conclude(options: {
  readonly facts: Facts
  readonly sample: Sample
  readonly exhibit: SampleExhibit
  readonly weighing: Weighing
}): Verdict {
  const { facts, sample, exhibit, weighing } = options
  const { hypotheses, twins } = joinTwins(weighing.hypotheses, weighing.weighed)
  const posterior = posteriors(hypotheses)
  const weightOf = new Map(hypotheses.map((one, at) => [one, posterior[at] ?? 0]))
  const winner = hypotheses.reduce((a, b) => ((weightOf.get(b) ?? 0) > (weightOf.get(a) ?? 0) ? b : a))
  const group = winner.kind === 'copy' ? [winner.linkage.copy.id, ...(twins.get(winner.linkage.copy.id) ?? [])] : []
  const settled = hypotheses
    .filter((one) => one === winner || (one.kind === 'copy' && group.includes(one.linkage.copy.id)))
    .reduce((sum, one) => sum + (weightOf.get(one) ?? 0), 0)

  const parts = winner.kind === 'fabricated' ? undefined : winner.mixture?.part
  const positions = new Set(sample.rows.flatMap((_, at) => (parts?.[at] === 'source' ? [at] : [])))
  const { clock } = weighing
  const dating =
    clock === undefined
      ? undefined
      : dateSample({
          ...weighing,
          sample,
          linkage: clock.linkage,
          span: clock.span,
          ...(positions.size === 0 ? {} : { only: positions }),
        })
  const asOf = dating === undefined ? undefined : { day: dayText(dating.day), from: dayText(dating.from), to: dayText(dating.to) }

  const sources = sourceAnswers({ hypotheses, weightOf, twins, winner, sample, exhibit, asOf, clock: clock?.linkage.copy.id })
  const leaks = hypotheses.flatMap((one) => (one.kind === 'leak' ? [{ one, posterior: weightOf.get(one) ?? 0 }] : []))
  const padding = paddingOf(
    leaks.map(({ one }) => one),
    parts,
    sample,
  )
  const explained = parts === undefined ? 0 : parts.filter((part) => part !== 'invented').length / Math.max(1, sample.rows.length)
  const checksumsFail = checkDigitsFail(sample)
  const unknownCopy = sumOf(hypotheses, weightOf, 'unknown-copy')
  const fabricated = sumOf(hypotheses, weightOf, 'fabricated')
  const met = hypotheses.some((one) => 'linkage' in one && one.linkage.links.size > 0)
  const outcome: Outcome = {
    verdict: verdictOf({ winner, settled, explained, group, foreign: foreignShare(parts), met, checksumsFail }),
    winner,
    runnerUp: runnerUp(hypotheses, weightOf, winner, group),
    source: winner.kind === 'copy' ? sources.find((source) => source.copy === winner.linkage.copy.id) : undefined,
    explained,
    padding,
    dating:
      asOf === undefined || dating === undefined
        ? undefined
        : { ...asOf, cells: dating.cells, contradicting: dating.contradicting },
    checksumsFail,
    met,
  }
  const cite = (rows: readonly number[]): Cite => sampleCite(exhibit, rows)
  return {
    ...facts,
    kind: kindsOf({ hypotheses, weightOf, winner, fabricated, sample }),
    sources,
    unknownCopy,
    knownLeaks: leaks
      .map(({ one, posterior: weight }) => ({
        leak: one.linkage.copy.id,
        posterior: weight,
        containment: share(one.linkage.links.size, sample.rows.length),
      }))
      .toSorted((a, b) => b.posterior - a.posterior || (a.leak < b.leak ? -1 : 1)),
    fabricated,
    padding,
    verdict: outcome.verdict,
    statement: statementOf(outcome),
    grounds: groundsOf({ outcome, sample, facts, cite, setAside: weighing.setAside }),
    prior: priorText(hypotheses),
    calibration: calibrationText(sample),
  }
}

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
        ? 'no row of the sample holds an identifier that could be compared'
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

function verdictOf(facts: {
  readonly winner: Hypothesis
  readonly settled: number
  readonly explained: number
  readonly group: readonly string[]
  readonly foreign: number
  readonly met: boolean
  readonly checksumsFail: boolean
}): Verdict['verdict'] {
  const { winner, settled, explained, group, foreign, met, checksumsFail } = facts
  if (winner.kind === 'fabricated') return settled >= model.settled && (met || checksumsFail) ? 'fabricated' : 'not-established'
  if (!met) return checksumsFail ? 'fabricated' : 'not-established'
  if (settled < model.settled || explained < model.explained) return 'not-established'
  if (winner.kind === 'leak') return 'recycled'
  if (winner.kind === 'unknown-copy') return 'unknown-copy'
  if (group.length > 1) return 'copies-not-separable'
  return foreign >= model.mixed ? 'mixed' : 'agrees-with-copy'
}

function kindsOf(options: {
  readonly hypotheses: readonly Hypothesis[]
  readonly weightOf: ReadonlyMap<Hypothesis, number>
  readonly winner: Hypothesis
  readonly fabricated: number
  readonly sample: Sample
}): Verdict['kind'] {
  const { hypotheses, weightOf, fabricated, sample } = options
  let mixed = 0
  let recycled = 0
  let real = 0
  for (const one of hypotheses) {
    const weight = weightOf.get(one) ?? 0
    if (one.kind === 'fabricated') continue
    const share = one.mixture?.mixed ?? 0
    mixed += weight * share
    if (one.kind === 'leak') recycled += weight * (1 - share)
    else real += weight * (1 - share)
  }
  // A list of logins carries passwords or login pages; a table of subscribers does not (rule P15).
  const combo = sample.columns.some(({ meaning }) => meaning.kind === 'secret') ? 0.95 : 0.01
  return { real, recycled, fabricated: fabricated * (1 - combo), mixed, combo: fabricated * combo }
}

function paddingOf(
  leaks: readonly Known[],
  parts: readonly ('source' | 'leak' | 'invented')[] | undefined,
  sample: Sample,
): Verdict['padding'] {
  const rows = sample.rows.flatMap((_, at) => (parts?.[at] === 'leak' ? [at] : []))
  if (rows.length === 0) return { rows: 0 }
  const [main] = leaks
    .map((leak) => ({ id: leak.linkage.copy.id, rows: rows.filter((at) => leak.densities.link[at] !== undefined).length }))
    .toSorted((a, b) => b.rows - a.rows || (a.id < b.id ? -1 : 1))
  return { rows: rows.length, ...(main === undefined ? {} : { leak: main.id }) }
}

function foreignShare(parts: readonly string[] | undefined): number {
  return parts === undefined ? 0 : share(parts.filter((part) => part !== 'source').length, parts.length)
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function sumOf(hypotheses: readonly Hypothesis[], weightOf: ReadonlyMap<Hypothesis, number>, kind: Hypothesis['kind']): number {
  return hypotheses.reduce((sum, one) => (one.kind === kind ? sum + (weightOf.get(one) ?? 0) : sum), 0)
}

function runnerUp(
  hypotheses: readonly Hypothesis[],
  weightOf: ReadonlyMap<Hypothesis, number>,
  winner: Hypothesis,
  group: readonly string[],
): { readonly hypothesis: Hypothesis; readonly log10LR: number } | undefined {
  const others = hypotheses.filter((one) => one !== winner && !(one.kind === 'copy' && group.includes(one.linkage.copy.id)))
  const [next] = others.toSorted((a, b) => b.log - a.log || (weightOf.get(b) ?? 0) - (weightOf.get(a) ?? 0))
  return next === undefined ? undefined : { hypothesis: next, log10LR: log10LR(winner.log, [next.log]) }
}
