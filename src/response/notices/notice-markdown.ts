import { answerMarkdown, citesOf, type ExhibitName } from '../field-answers.ts'
import { markdownText as md } from '../markdown-text.ts'
import type { Notice } from './notice.ts'

/**
 * A notice as Markdown for the page, one heading per field of the law's form. What nothing answers is marked `[MISSING: ...]`;
 * proposed findings are listed apart and never fill a field.
 */
export function noticeMarkdown(notice: Notice, exhibitName?: ExhibitName): string {
  const { duty, apart, fields } = notice
  const missing = fields.filter((one) => one.open !== undefined)
  const lines = [
    `# Draft: ${md(duty.step)}`,
    '',
    '**Draft, not sent. Not legal advice; to be checked by counsel.**',
    '',
    `- Law: ${md(duty.law)}`,
    `- To: ${md(duty.recipient)}`,
    `- Due: ${md(duty.due ?? 'without a fixed end, or not counted yet')}`,
    `- Rule: ${md(duty.lawStatus)}; source ${md(duty.source.text)}${duty.source.url === '' ? '' : ` <${duty.source.url}>`}, read ${duty.source.read}`,
    ...(notice.follows === undefined ? [] : [`- Follows: ${notice.follows.number} of ${md(notice.follows.at)}`]),
    ...duty.thresholds.map((one) => `- Threshold, met: ${one.met}: ${md(one.text)}`),
    ...duty.exemptions.map((one) => `- Exemption, not decided: ${md(one.text)}`),
    '',
    ...fields.flatMap(({ label, answers, open, notNeeded }) => {
      const said = answers.map((one) => answerMarkdown(one, exhibitName))
      const body =
        said.length > 0
          ? said.map((one) => (said.length === 1 ? one : `- ${one}`))
          : notNeeded === undefined
            ? [`[MISSING: ${md(label)}]`, '', `What would answer it: ${md(open ?? '')}.`]
            : [md(notNeeded)]
      return [`## ${md(label)}`, '', ...body, '']
    }),
    '---',
    '',
    `Fields: ${fields.length}; missing: ${missing.length}.`,
    '',
    ...section(
      'Does not fit together',
      notice.contradictions.map((one) => md(one.text)),
    ),
    ...section(
      'Proposed, not adopted (no part of the notice)',
      apart.map((one) => `${md(one.text)}${citesOf(one.cites, exhibitName)}`),
    ),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, '', ...items.map((one) => `- ${one}`), '']
}
