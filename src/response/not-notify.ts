import { markdownText } from './markdown-text.ts'
import type { Duty } from './duty.ts'
import type { HarmAssessment } from './harm.ts'

/** A decision of a named person that a notice is not given. */
export interface NotNotified {
  readonly number: string
  readonly duty: string
  readonly by: string
  readonly at: string
  readonly reason: string
  /** Custody head at the time of the decision. */
  readonly custody: { readonly hash: string; readonly count: number }
}

/**
 * The decision not to notify as a document (Markdown): which duty, what was known, how each threshold and exemption stood, what the rules
 * of harm proposed and who decided otherwise, the reason, and what would open it again.
 */
export function notNotifiedText(options: {
  readonly decision: NotNotified
  /** The duty as of the decision; undefined when it did not apply then. */
  readonly duty?: Duty
  readonly why?: string
  readonly law: string
  readonly harm: HarmAssessment
  readonly caseTitle: string
}): string {
  const { decision, duty, harm } = options
  const md = markdownText
  const lines = [
    `# Decision ${md(decision.number)}: no notice under ${md(options.law)}`,
    '',
    '**Not legal advice. A record of what was decided, by whom, knowing what.**',
    '',
    `- Case: ${md(options.caseTitle)}`,
    `- Duty: ${md(duty === undefined ? decision.duty : `${duty.step}, to ${duty.recipient}`)} (\`${decision.duty.replaceAll('`', '')}\`)`,
    `- Decided by: ${md(decision.by)}`,
    `- Decided at: ${md(decision.at)}`,
    `- Reason: ${md(decision.reason)}`,
    `- Chain of custody at that time: ${decision.custody.count} entries, head ${md(decision.custody.hash || 'none')}`,
    '',
    '## How the rule stood',
    '',
    ...(duty === undefined ? [`- ${md(options.why ?? 'The duty did not apply on the facts then known.')}`] : dutyLines(duty)),
    '',
    '## Harm, as proposed by rule and decided',
    '',
    ...harm.severity.parts.map((one) => `- ENISA severity: ${md(one)}`),
    ...(harm.severity.score === undefined
      ? ['- ENISA severity: not computed; the kinds of data are not stated']
      : [
          `- ENISA severity: ${harm.severity.score.map((one) => one.toFixed(2)).join(' to ')}, ${harm.severity.bands.join(' to ')}`,
        ]),
    ...harm.proposals.flatMap((one) => [
      `- ${md(one.regime)}, ${md(one.judgement)}: proposed ${one.proposed}; ${md(one.reasons.join(' '))}`,
      one.decided === undefined
        ? '  - no person has decided on it'
        : `  - decided ${one.decided.answer} by ${md(one.decided.by)}: ${md(one.decided.reason)}`,
    ]),
    `- ${md(harm.disclaimer)}`,
    '',
    '## What opens this again',
    '',
    '- a count of persons that meets a threshold, a kind of data not known then, a publication, or a later decision on harm',
    '- the clock that would have run is the one shown above; a notice after it carries the reasons for the delay',
    '',
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function dutyLines(duty: Duty): string[] {
  const md = markdownText
  return [
    `- Clock: ${md(duty.dueText)}`,
    ...duty.thresholds.map((one) => `- Threshold, met: ${one.met}: ${md(one.text)}`),
    ...duty.exemptions.map((one) => `- Exemption, ${one.met === 'unknown' ? 'not decided' : one.met}: ${md(one.text)}`),
    `- Rule: ${md(duty.lawStatus)}; ${md(duty.source.text)}, read ${duty.source.read}`,
    ...(duty.notes ?? []).map((one) => `- ${md(one)}`),
  ]
}
