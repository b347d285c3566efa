import type { Cite, Sentence } from '../evidence/index.ts'
import type { Copy } from './copy.ts'
import { isTwo, type Hypothesis } from './hypothesis.ts'
import { model } from './model.ts'
import type { Sample } from './sample.ts'
import { copyRows } from './source-answer.ts'
import type { SourceAnswer, Verdict } from './verdict.ts'

/** What the sentences are made of. */
export interface Outcome {
  readonly verdict: Verdict['verdict']
  readonly winner: Hypothesis
  readonly runnerUp: { readonly hypothesis: Hypothesis; readonly log10LR: number } | undefined
  readonly source: SourceAnswer | undefined
  /** Share of the rows that the answer and known leaks explain. */
  readonly explained: number
  readonly padding: Verdict['padding']
  /** Sample rows that agree better with a known leak. */
  readonly padded: readonly number[]
  readonly dating:
    | { readonly day: string; readonly from: string; readonly to: string; readonly cells: number; readonly contradicting: number }
    | undefined
  /** Rows that contradict the day and agree on another one. */
  readonly second: { readonly day: string; readonly rows: number } | undefined
  /** A list of logins, and of which sort. */
  readonly logins: 'stealer' | 'combination' | undefined
  readonly checksumsFail: boolean
  readonly met: boolean
}

/** `the extract cut for Halcyon Print on 2026-03-01` */
export function copyName(copy: Copy): string {
  switch (copy.kind) {
    case 'own':
      return `the copy in ${copy.system} of ${copy.holder}`
    case 'extract':
      return `the extract cut for ${copy.holder} on ${copy.asOf}`
    case 'leak':
      return `the earlier leak ${copy.id} (known since ${copy.asOf})`
  }
}

/** An answer as the end of "the rows were taken from …". */
export function answerName(answer: Hypothesis): string {
  switch (answer.kind) {
    case 'copy':
    case 'leak':
      return copyName(answer.linkage.copy)
    case 'merged':
      return `${copyName(answer.linkage.copy)} and ${copyName(answer.second.copy)} together`
    case 'unknown-copy':
      return "a copy of the operator's records that is not registered"
    case 'fabricated':
      return answer.seeded ? 'invention around real identifiers' : 'invention'
  }
}

/** The verdict in one sentence. It speaks of copies, never of who did it. */
export function statementOf(outcome: Outcome): string {
  const { verdict, winner, source, padding, dating, explained } = outcome
  const copy = 'linkage' in winner ? copyName(winner.linkage.copy) : ''
  const dated = dating === undefined ? '' : `, with the values of ${dating.day} (95 %: ${dating.from} to ${dating.to})`
  switch (verdict) {
    case 'agrees-with-copy':
      return `The sample agrees with ${copy}${dated}.`
    case 'mixed':
      if (isTwo(winner))
        return `The sample agrees with two copies put together: ${percent(1 - winner.secondShare)} of the rows with ${copy}, ${percent(winner.secondShare)} with ${copyName(winner.second.copy)}.`
      return `The sample agrees with ${copy === '' ? "the operator's records (a copy that is not registered)" : copy}${dated}, mixed with rows from elsewhere${padding.rows === 0 ? '' : ` (${padding.rows} rows agree better with ${padding.leak === undefined ? 'known leaks' : `the earlier leak ${padding.leak}`})`}.`
    case 'copies-not-separable':
      return `The sample agrees with ${copy}${dated}; on the rows and fields tested it cannot be told apart from ${(source?.alsoHeldBy ?? []).join(', ')}.`
    case 'unknown-copy':
      return `The sample agrees with the operator's records${dated}, but with no registered copy better than with a copy that is not registered.`
    case 'recycled':
      return `The sample agrees with ${copy}: its rows were public before.`
    case 'fabricated':
      if (winner.kind === 'fabricated' && winner.seeded)
        return 'The sample is consistent with invention around real identifiers: numbers or addresses occur in registered copies, the values beside them agree no better than chance.'
      return outcome.met
        ? 'The sample is consistent with invention: identifiers occur in registered copies, the values beside them agree no better than chance.'
        : 'The sample is consistent with invention: no row meets a registered copy, and check digits fail.'
    case 'login-list':
      return outcome.logins === 'stealer'
        ? "The sample is a list of login pages, names and passwords as malware on users' own machines collects them, not a copy of a table of subscribers."
        : 'The sample is a list of logins and passwords as they are put together from many earlier leaks, not a copy of a table of subscribers.'
    case 'not-established':
      if (!outcome.met)
        return 'Not established: no row of the sample meets a registered copy or known leak. The rows may be invented or of other people.'
      return explained < model.explained && winner.kind !== 'fabricated'
        ? `Not established: the best answer explains ${percent(explained)} of the rows, fewer than ${percent(model.explained)}.`
        : 'Not established: no answer is likely enough.'
  }
}

/** The deciding grounds, three at most, each with its rows. */
export function groundsOf(options: {
  readonly outcome: Outcome
  readonly sample: Sample
  readonly facts: { readonly rows: number; readonly read: number; readonly identified: number }
  readonly cite: (rows: readonly number[]) => Cite
  readonly setAside: readonly string[]
  readonly repeated: number
}): Sentence[] {
  const { outcome, sample, cite } = options
  const { winner, dating, padding, second } = outcome
  const grounds: Sentence[] = [containment(options)]
  const next = comparison(outcome)
  if (next !== undefined) grounds.push({ text: next.text, cites: [cite([]), ...next.cites] })
  if (dating !== undefined && winner.kind !== 'fabricated') {
    const cut = winner.kind === 'copy' && winner.linkage.copy.kind === 'extract' ? winner.linkage.copy : undefined
    const inside = cut !== undefined && cut.asOf >= dating.from && cut.asOf <= dating.to
    const against = cut === undefined ? '' : `; the extract was cut on ${cut.asOf}, ${inside ? 'inside' : 'outside'} that range`
    grounds.push({
      text: `${dating.cells} changing values date the rows to ${dating.day} (95 %: ${dating.from} to ${dating.to}), ${dating.contradicting} of them contradict that day${against}.`,
      cites: [cite([])],
    })
  }
  if (second !== undefined)
    grounds.push({
      text: `${second.rows} rows contradict that day and agree with ${second.day}: two extracts may have been put together.`,
      cites: [cite([])],
    })
  if (padding.rows > 0) {
    const leak: Cite[] = padding.leak === undefined ? [] : [{ kind: 'copy', copy: padding.leak, rows: { kind: 'whole' } }]
    grounds.push({
      text: `${padding.rows} of ${sample.rows.length} rows agree better with the earlier leak ${padding.leak ?? ''} than with the answer given.`,
      cites: [cite(outcome.padded), ...leak],
    })
  }
  if (options.repeated > 0)
    grounds.push({
      text: `${options.repeated} rows repeat another row in every compared value; each is weighed once.`,
      cites: [cite([])],
    })
  if (options.setAside.length > 0) {
    grounds.push({
      text: `Set aside because they are written unlike every registered copy: ${options.setAside.map((tag) => tag.replace(/^field:/, '')).join(', ')}.`,
      cites: [cite([])],
    })
  }
  return grounds
}

function containment(options: Parameters<typeof groundsOf>[0]): Sentence {
  const { outcome, sample, cite } = options
  const { winner, source } = outcome
  const total = sample.rows.length
  if ((winner.kind === 'copy' || winner.kind === 'merged') && source !== undefined) {
    const rows = sample.rows.filter((row) => winner.linkage.links.has(row.n)).map((row) => row.n)
    const links = winner.fit.rows.flatMap((row) => (row === undefined ? [] : [row.link]))
    return {
      text: `${source.rowsInside} of ${total} rows ${sample.identified * 2 < sample.read ? 'are linked by their values alone, without a usable identifier, to rows of' : 'carry an identifier held in'} ${copyName(winner.linkage.copy)}, and ${source.rowsAgreeing} of them agree in at least four of five values compared${source.rowsMet === undefined ? '' : `; of all ${sample.read} rows read, ${source.rowsMet} carry an identifier held in it`}.`,
      cites: [cite(rows), { kind: 'copy', copy: source.copy, rows: copyRows(links) }],
    }
  }
  if (winner.kind === 'leak') {
    const rows = sample.rows.filter((row) => winner.linkage.links.has(row.n)).map((row) => row.n)
    const links = winner.fit.rows.flatMap((row) => (row === undefined ? [] : [row.link]))
    return {
      text: `${rows.length} of ${total} rows stand in ${copyName(winner.linkage.copy)}.`,
      cites: [cite(rows), { kind: 'copy', copy: winner.linkage.copy.id, rows: copyRows(links) }],
    }
  }
  if (winner.kind === 'fabricated') {
    const checks = outcome.checksumsFail ? ' More than half of the check digits of device or card numbers are wrong.' : ''
    return {
      text: `The rows are explained no better by any registered copy or known leak than by drawing each value on its own.${checks}`,
      cites: [cite([])],
    }
  }
  return {
    text: outcome.met
      ? "The rows agree with the operator's records on one day better than with any extract that is registered."
      : `None of the ${total} rows carries an identifier that stands in a registered copy or known leak.`,
    cites: [cite([])],
  }
}

function comparison(outcome: Outcome): { readonly text: string; readonly cites: readonly Cite[] } | undefined {
  const { runnerUp } = outcome
  if (runnerUp === undefined || !outcome.met) return undefined
  const { hypothesis, log10LR } = runnerUp
  const capped = Math.abs(log10LR) >= model.capLog10 ? 'at least ' : ''
  const name = answerName(hypothesis)
  const rows = 'linkage' in hypothesis ? ` (${hypothesis.linkage.links.size} rows inside)` : ''
  return {
    text: `The rows are ${capped}10^${Math.abs(log10LR).toFixed(1)} times ${log10LR >= 0 ? 'likelier' : 'less likely'} under this answer than under the next best, ${name}${rows}.`,
    cites: 'linkage' in hypothesis ? [{ kind: 'copy', copy: hypothesis.linkage.copy.id, rows: { kind: 'whole' } }] : [],
  }
}

/** Where the prior came from, in words. */
export function priorText(hypotheses: readonly Hypothesis[], setBy: string | undefined): string {
  const of = (kind: Hypothesis['kind']): number =>
    hypotheses.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.prior, 0)
  const copies = hypotheses.filter((one) => one.kind === 'copy').length
  return `Before looking (${setBy === undefined ? 'the standing assumption; nobody set another' : `set by ${setBy}`}): ${percent(of('copy') + of('merged'))} shared evenly by ${copies} registered copies (alone or two together), ${percent(of('unknown-copy'))} for a copy that is not registered, ${percent(of('leak'))} for known leaks, ${percent(of('fabricated'))} for invention.`
}

/** What the figures rest on, in words. */
export function calibrationText(sample: Sample): string {
  const cut =
    sample.read > sample.rows.length
      ? ` ${sample.rows.length} of ${sample.read} rows were compared, chosen by a hash of their identifiers.`
      : ''
  return `Calibrated on generated leaks, not in the field (bench provenance); rows of one slice are not taken as independent; likelihood ratios are not given beyond 10^${model.capLog10}.${cut}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}
