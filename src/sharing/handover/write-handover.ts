import { csvCell, printable, unreachable } from '../../base/index.ts'
import { redactHolders } from '../redact-holders.ts'
import type { CaseView } from '../view.ts'
import { storiesOf, timelineOf, type TimelineEntry } from './timeline.ts'

/** Tools of one's own team that a case is handed over to. */
export const handoverFormats = ['timesketch', 'iris', 'thehive'] as const
export type HandoverFormat = (typeof handoverFormats)[number]

/**
 * The case for a tool of one's own team: JSON lines for Timesketch, the CSV of events that DFIR-IRIS uploads into a case, or the JSON that
 * TheHive's `POST /api/v1/case` takes. Own hosts and accounts stand in it, holders of copies only with `releaseHolders`; it is not for others.
 * Source: docs of Timesketch, "Import from JSON or CSV"; iris-web, upload of events as CSV (2.0 on); TheHive 5 API, InputCase.
 */
export function writeHandover(view: CaseView, format: HandoverFormat, options: { readonly releaseHolders: boolean }): string {
  const shown = options.releaseHolders ? view : redactHolders(view)
  switch (format) {
    case 'timesketch':
      return timelineOf(shown)
        .map((entry) => `${JSON.stringify(timesketchLine(entry, shown))}\n`)
        .join('')
    case 'iris':
      return irisCsv(shown)
    case 'thehive':
      return `${JSON.stringify(theHiveCase(shown), undefined, 2)}\n`
    default:
      return unreachable(format)
  }
}

/** `message`, `datetime` and `timestamp_desc` are what Timesketch asks for; `timestamp` counts microseconds since 1970. */
function timesketchLine({ at, timeOf, text, host, account, tags, status, cites }: TimelineEntry, view: CaseView): object {
  return {
    message: text,
    datetime: at.replace('Z', '+00:00'),
    timestamp: Number(BigInt(Date.parse(`${at.slice(0, 23)}Z`)) * 1000n + BigInt(at.slice(23, 26))),
    timestamp_desc: timeOf,
    ...(host === '' ? {} : { hostname: host }),
    ...(account === '' ? {} : { username: account }),
    tag: tags,
    data_type: 'breachline:case',
    case: view.case.id,
    ...(status === '' ? {} : { status }),
    evidence: cites,
  }
}

const irisColumns = [
  'event_date',
  'event_tz',
  'event_title',
  'event_category',
  'event_content',
  'event_raw',
  'event_source',
  'event_assets',
  'event_iocs',
  'event_tags',
] as const

/** Assets and indicators are left empty: IRIS takes only those that its case holds already. */
function irisCsv(view: CaseView): string {
  const rows = timelineOf(view).map(({ at, timeOf, text, host, account, tags, status, cites }): readonly string[] => [
    at.slice(0, 23),
    '+00:00',
    `${timeOf}${host === '' ? '' : ` on ${host}`}`,
    'Unspecified',
    [text, ...(account === '' ? [] : [`account: ${account}`]), ...(status === '' ? [] : [status])].join('; '),
    '',
    cites,
    '',
    '',
    tags.map((tag) => tag.replace(/[|,;]/g, ' ')).join('|'),
  ])
  // Date and zone are ours, and are read as they stand.
  return [irisColumns, ...rows].map((row) => `${row.map((cell, at) => (at < 2 ? cell : csvCell(cell))).join(',')}\n`).join('')
}

const tlpAmber = 2

/** A case of TheHive: what stands and what is open as its description, what is due as tasks. Severity is left to its reader (2, medium). */
function theHiveCase(view: CaseView): object {
  const { assessment } = view
  const lines = [
    `**${view.case.operator}** · ${view.case.id} · as of ${view.generatedAt}`,
    '',
    plain(assessment.headline),
    '',
    ...assessment.assertions.map((one) => `- ${one.status}: "${plain(one.words)}". ${plain(one.ground.text)}`),
    '',
    ...storiesOf(view).flatMap(({ story, status }) => [
      `## ${plain(story.title)} (${status})`,
      ...story.steps.map((step) => `- ${step.time} ${plain(step.host)}: ${plain(step.text)}`),
      '',
    ]),
  ]
  const techniques = storiesOf(view).flatMap(({ story }) => story.steps.flatMap((step) => step.techniques))
  const start = timelineOf(view).find(({ timeOf }) => timeOf !== 'Decision')?.at
  return {
    title: view.case.title,
    description: lines.join('\n'),
    severity: 2,
    ...(start === undefined ? {} : { startDate: Date.parse(start) }),
    tags: ['breachline', `breachline:case=${view.case.id}`, ...new Set(techniques)],
    flag: false,
    tlp: tlpAmber,
    pap: tlpAmber,
    tasks: view.due.duties
      .filter(({ status }) => status === 'running' || status === 'overdue')
      .map((one) => ({
        title: `${plain(one.recipient)}: ${plain(one.step)}`,
        group: 'due',
        description: `${plain(one.dueText)} (${one.id})`,
        ...(one.due === undefined ? {} : { dueDate: Date.parse(one.due) }),
      })),
  }
}

/** Text that stands in a line of Markdown as it is: nothing unseen, no markup, no link to follow. */
function plain(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]>#|]/g, (sign) => `\\${sign}`)
    .replace(/\bhttp(?=s?:)/gi, 'hxxp')
}
