import type { Cite } from '../evidence/index.ts'
import { writingConflict, type WritingEvidence } from './conflict.ts'
import { dateSample, type Dating } from './dating.ts'
import { dayText } from './day.ts'
import { sampleCite, type SampleExhibit } from './exhibit.ts'
import { expertFigures } from './expert.ts'
import { kindsOf } from './kinds.ts'
import { loginList } from './login-list.ts'
import type { Mixture } from './mixture.ts'
import { isBeside, isTwo, log10LR, posteriors, type Hypothesis, type Known, type Merged } from './hypothesis.ts'
import { cannotShow, wouldChange } from './limits-of-answer.ts'
import { model } from './model.ts'
import { propositionsOf } from './propositions.ts'
import { checkDigitsFail, type Sample } from './sample.ts'
import { secondDay } from './second-day.ts'
import { comparedOf, sourceAnswers } from './source-answer.ts'
import { joinTwins } from './twins.ts'
import type { Verdict } from './verdict.ts'
import type { Weighing } from './weigh.ts'
import { calibrationText, groundsOf, priorText, statementOf, type Outcome } from './wording.ts'

/** Figures of the sample that stand in every verdict. */
export type Facts = Pick<Verdict, 'rows' | 'read' | 'identified' | 'columns'>

/** The verdict from the weighed hypotheses (rules P10-P20). */
export function conclude(options: {
  readonly facts: Facts
  readonly sample: Sample
  readonly exhibit: SampleExhibit
  readonly weighing: Weighing
  /** How the way of writing agrees with every copy. */
  readonly written: WritingEvidence
  readonly priorSetBy?: string
}): Verdict {
  const { facts, sample, exhibit, weighing } = options
  const { examined, clock } = weighing
  const joined = joinTwins(weighing.hypotheses, examined)
  const { hypotheses } = joined
  const logins = loginList(
    sample,
    hypotheses.flatMap((one) => ('linkage' in one ? [one.linkage] : [])),
  )
  const posterior = logins === undefined ? posteriors(hypotheses) : listed(hypotheses)
  const weightOf = new Map(hypotheses.map((one, at) => [one, posterior[at] ?? 0]))
  const winner = hypotheses.reduce((a, b) => ((weightOf.get(b) ?? 0) > (weightOf.get(a) ?? 0) ? b : a))
  const close = closeCopies(hypotheses, weightOf, winner)
  const twins = withClose(joined.twins, close)
  const group = 'linkage' in winner ? [winner.linkage.copy.id, ...(twins.get(winner.linkage.copy.id) ?? [])] : []
  const settled = hypotheses
    .filter((one) => one === winner || ('linkage' in one && one.kind !== 'leak' && group.includes(one.linkage.copy.id)))
    .reduce((sum, one) => sum + (weightOf.get(one) ?? 0), 0)

  const mixture = winner.kind === 'fabricated' ? undefined : winner.mixture
  const comes = rowsByPart(mixture)
  const beside = isBeside(winner)
  const own = new Set(comes.flatMap(({ part, row }) => (part.of === 'source' || (part.of === 'second' && !beside) ? [row] : [])))
  const leaks = hypotheses.flatMap((one) => (one.kind === 'leak' ? [{ one, posterior: weightOf.get(one) ?? 0 }] : []))
  const padded = comes.flatMap(({ part, row }) => (part.of === 'leak' ? [row] : []))
  const second = isTwo(winner) ? Math.round(rowsOfSecond(winner) * examined.rows.length) : 0
  const padding = {
    ...paddingOf(comes),
    elsewhere: comes.length - own.size + second,
  }

  const datedBy = clock === undefined ? undefined : { ...weighing, ...clock }
  const dating =
    datedBy === undefined ? undefined : dateSample({ ...datedBy, weight: 1, ...(own.size === 0 ? {} : { only: own }) })
  const otherDay = datedBy === undefined || dating === undefined ? undefined : secondDay({ ...datedBy, dating, own })
  const asOf = dating === undefined ? undefined : dayRange(dating)

  const sources = sourceAnswers({ hypotheses, weightOf, twins, winner, sample, exhibit, asOf, clock: clock?.linkage.copy.id })
  const explained = comes.filter(({ part }) => part.of !== 'invented').length / Math.max(1, examined.rows.length)
  const checksumsFail = checkDigitsFail(sample)
  const fabricated = sumOf(hypotheses, weightOf, 'fabricated')
  const met = hypotheses.some((one) => 'linkage' in one && one.linkage.links.size > 0)
  const isMixed = (mixture?.mixed ?? 0) >= 0.5
  const outcome: Outcome = {
    verdict: logins === undefined ? verdictOf({ winner, settled, explained, group, isMixed, met, checksumsFail }) : 'login-list',
    logins,
    winner,
    runnerUp: runnerUp(hypotheses, weightOf, winner, group),
    source:
      'linkage' in winner && winner.kind !== 'leak'
        ? sources.find((source) => source.copy === winner.linkage.copy.id)
        : undefined,
    explained,
    padding,
    padded: padded.map((at) => examined.rows[at]?.n ?? 0).toSorted((a, b) => a - b),
    dating:
      asOf === undefined || dating === undefined
        ? undefined
        : { ...asOf, cells: dating.cells, contradicting: dating.contradicting },
    second: otherDay === undefined ? undefined : { day: dayText(otherDay.day), rows: otherDay.rows },
    checksumsFail,
    met,
  }
  const cite = (rows: readonly number[]): Cite => sampleCite(exhibit, rows)
  const propositions = propositionsOf(outcome)
  const conflict = writingConflict({ verdict: outcome.verdict, winner, group, evidence: options.written, sample: cite([]) })
  return {
    ...facts,
    ...comparedOf(sample),
    repeated: examined.repeated,
    kind: kindsOf({ hypotheses, weightOf, fabricated, logins: logins !== undefined }),
    sources,
    unknownCopy: sumOf(hypotheses, weightOf, 'unknown-copy'),
    knownLeaks: leaks
      .map(({ one, posterior: weight }) => ({
        leak: one.linkage.copy.id,
        posterior: weight,
        containment: share(one.linkage.links.size, sample.rows.length),
      }))
      .toSorted((a, b) => b.posterior - a.posterior || (a.leak < b.leak ? -1 : 1)),
    fabricated,
    padding,
    ...(isTwo(winner)
      ? {
          merged: {
            copies: [winner.linkage.copy.id, winner.second.copy.id],
            shares: [1 - winner.secondShare, winner.secondShare],
          },
        }
      : {}),
    verdict: outcome.verdict,
    statement: statementOf(outcome),
    grounds: [
      ...groundsOf({ outcome, sample, facts, cite, setAside: weighing.setAside, repeated: examined.repeated }),
      ...(conflict === undefined ? [] : [conflict]),
    ],
    prior: priorText(hypotheses, options.priorSetBy),
    priorShares: weighing.prior,
    calibration: calibrationText(sample),
    ...(propositions === undefined ? {} : { propositions }),
    signs: weighing.signs,
    wouldChange: wouldChange(outcome),
    cannotShow: cannotShow(outcome),
    expert: expertFigures({ weighing, hypotheses, dating, second: otherDay }),
  }
}

/** Share of the rows that the first copy does not hold as they stand: all of the second where it has fewer fields. */
function rowsOfSecond({ mixture, onlySecond }: Merged): number {
  const [first = 0, second = 0] = mixture.shares
  return mixture.lacking ? Math.max(onlySecond, Math.min(first, second)) : onlySecond
}

function dayRange(dating: Dating): { readonly day: string; readonly from: string; readonly to: string } {
  return { day: dayText(dating.day), from: dayText(dating.from), to: dayText(dating.to) }
}

/** Copies so close to the likeliest that the sample does not tell them apart (rule P14); [] when it does. */
function closeCopies(
  hypotheses: readonly Hypothesis[],
  weightOf: ReadonlyMap<Hypothesis, number>,
  winner: Hypothesis,
): readonly string[] {
  if (winner.kind !== 'copy' || (weightOf.get(winner) ?? 0) >= model.settled) return []
  const near = hypotheses.filter((one): one is Known => one.kind === 'copy' && winner.log - one.log < model.close)
  const held = near.reduce((sum, one) => sum + (weightOf.get(one) ?? 0), 0)
  return near.length > 1 && held >= model.settled ? near.map((one) => one.linkage.copy.id).toSorted() : []
}

function withClose(
  twins: ReadonlyMap<string, readonly string[]>,
  close: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const joined = new Map(twins)
  for (const id of close) {
    joined.set(id, [...new Set([...(joined.get(id) ?? []), ...close])].filter((other) => other !== id).toSorted())
  }
  return joined
}

/** The posterior on a list of logins: it stands with the answers that are no copy of a table (rule P15). */
function listed(hypotheses: readonly Hypothesis[]): number[] {
  const found = posteriors(hypotheses)
  return hypotheses.map((one, at) => (found[at] ?? 0) * (1 - model.loginList) + (one.kind === 'fabricated' ? model.loginList : 0))
}

function verdictOf(facts: {
  readonly winner: Hypothesis
  readonly settled: number
  readonly explained: number
  readonly group: readonly string[]
  readonly isMixed: boolean
  readonly met: boolean
  readonly checksumsFail: boolean
}): Verdict['verdict'] {
  const { winner, settled, explained, group, isMixed, met, checksumsFail } = facts
  if (winner.kind === 'fabricated') return settled >= model.settled && (met || checksumsFail) ? 'fabricated' : 'not-established'
  if (!met) return checksumsFail ? 'fabricated' : 'not-established'
  if (settled < model.settled) return 'not-established'
  if (isTwo(winner)) return 'mixed'
  if (explained < model.explained) return isMixed && explained >= model.partly ? 'mixed' : 'not-established'
  if (winner.kind === 'leak') return 'recycled'
  if (winner.kind === 'unknown-copy') return 'unknown-copy'
  if (group.length > 1) return 'copies-not-separable'
  return isMixed ? 'mixed' : 'agrees-with-copy'
}

/** Each examined row with the part that explains it best; [] when the answer is no copy or leak. */
function rowsByPart(mixture: Mixture | undefined): readonly { readonly row: number; readonly part: Mixture['parts'][number] }[] {
  if (mixture === undefined) return []
  return [...mixture.part].flatMap((at, row) => {
    const part = mixture.parts[at]
    return part === undefined ? [] : [{ row, part }]
  })
}

function paddingOf(comes: ReturnType<typeof rowsByPart>): Verdict['padding'] {
  const counts = new Map<string, number>()
  for (const { part } of comes) if (part.of === 'leak') counts.set(part.copy ?? '', (counts.get(part.copy ?? '') ?? 0) + 1)
  const [most] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  if (most === undefined) return { rows: 0 }
  return { rows: counts.values().reduce((sum, one) => sum + one, 0), leak: most[0] }
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
  const others = hypotheses.filter(
    (one) => one !== winner && !('linkage' in one && one.kind !== 'leak' && group.includes(one.linkage.copy.id)),
  )
  const [next] = others.toSorted((a, b) => b.log - a.log || (weightOf.get(b) ?? 0) - (weightOf.get(a) ?? 0))
  return next === undefined ? undefined : { hypothesis: next, log10LR: log10LR(winner.log, [next.log]) }
}
