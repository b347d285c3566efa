import { minuteText } from '../../base/index.ts'
import { markdownText } from '../markdown-text.ts'
import type { AssessmentVersion } from './version.ts'

/** One line of a situation report: what, by whom or on what, and whether it is new since the time asked for. */
export interface SitrepLine {
  readonly text: string
  /** Findings, decisions or tasks it rests on. */
  readonly rests: readonly string[]
  readonly by?: string
  /** ISO 8601 UTC: when it was decided, adopted, or is due. */
  readonly at?: string
  /** True for what came or changed since. */
  readonly fresh: boolean
}

/** Where the case stands at one moment, for people who were not in the room. */
export interface Sitrep {
  readonly case: { readonly id: string; readonly title: string; readonly operator: string }
  readonly at: string
  /** ISO 8601 UTC; absent: from the beginning. */
  readonly since?: string
  readonly known: readonly SitrepLine[]
  readonly notKnown: readonly SitrepLine[]
  readonly decided: readonly SitrepLine[]
  readonly next: readonly SitrepLine[]
  /** What changed in the assessment since. */
  readonly versions: readonly AssessmentVersion[]
  /** Proposed findings that nobody has ruled on. */
  readonly waiting: number
}

/** Changes of one version that are written out; further ones are counted. */
const told = 12

/** A situation report as plain text in Markdown. New lines since the time asked for are marked `NEW`. */
export function sitrepText(report: Sitrep): string {
  const { since, at } = report
  const head = [
    `# Situation report: ${markdownText(report.case.title)}`,
    '',
    `${markdownText(report.case.operator)}, ${minuteText(at)} UTC${since === undefined ? '' : `; NEW marks what came since ${minuteText(since)} UTC`}. For the people who work on the case; not a public statement.`,
  ]
  const part = (title: string, lines: readonly SitrepLine[], none: string, when = ''): string[] => [
    '',
    `## ${title}`,
    '',
    ...(lines.length === 0 ? [none] : lines.map((one) => lineText(one, when))),
  ]
  return `${[
    ...head,
    ...part('Known (adopted by a named person)', report.known, 'Nothing is adopted yet.'),
    ...part('Not known', report.notKnown, 'No question is open.'),
    ...(report.waiting === 0
      ? []
      : ['', `${report.waiting} proposed findings wait for a ruling ("breachline adopt", "reject", "park").`]),
    ...part(since === undefined ? 'Decided' : 'Decided since', report.decided, 'Nothing was decided in this time.'),
    ...part('Next, by whom', report.next, 'Nothing is open.', 'due '),
    ...versionsText(report.versions),
  ].join('\n')}\n`
}

/** Versions of the assessment as text, for the report and for the terminal. */
export function versionsText(versions: readonly AssessmentVersion[]): string[] {
  return versions.flatMap(({ version, at, added, changes }) => {
    const evidence =
      added.length === 0
        ? 'no new evidence'
        : `new evidence: ${listed(added.map(({ number, file }) => `${number} ${markdownText(file)}`))}`
    if (version === 1)
      return [
        '',
        `## Version 1 of the assessment, ${minuteText(at)} UTC`,
        '',
        `First analysis: ${changes.length} findings; ${evidence}.`,
      ]
    return [
      '',
      `## Version ${version} of the assessment, ${minuteText(at)} UTC`,
      '',
      `${changes.length} changes; ${evidence}.`,
      '',
      ...changes.slice(0, told).map(({ how, subject, before, after, why }) => {
        const said = [
          before === undefined ? '' : `before: ${markdownText(before.text)}`,
          after === undefined ? '' : `now: ${markdownText(after.text)}`,
        ]
        return `- ${how}: ${markdownText(subject)}. ${said.filter((one) => one !== '').join(' ')} Why: ${why}.`
      }),
      ...(changes.length > told ? [`- and ${changes.length - told} more ("breachline statement changes --json").`] : []),
    ]
  })
}

function lineText({ text, rests, by, at, fresh }: SitrepLine, when: string): string {
  const time = at === undefined ? '' : `${when}${minuteText(at)} UTC`
  const who = [by === undefined ? '' : markdownText(by), time].filter((one) => one !== '').join(', ')
  const on =
    rests.length === 0
      ? ''
      : ` [${rests.slice(0, 4).map(shortId).join(', ')}${rests.length > 4 ? `, ${rests.length - 4} more` : ''}]`
  return `- ${fresh ? 'NEW ' : ''}${markdownText(text)}${who === '' ? '' : ` (${who})`}${on}`
}

/** The beginning of a finding's id, long enough for every command; other ids as they are. */
export function shortId(id: string): string {
  return /^F_[0-9a-f]{32}$/.test(id) ? id.slice(0, 10) : id
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')
}
