import { printable } from '../base/index.ts'
import { citeText } from '../evidence/index.ts'
import { localText, nextDue } from '../response/index.ts'
import { restsOnLeftAlone } from '../lookups/index.ts'
import { counted, figure, percent } from './figures.ts'
import { redactHolders } from './redact-holders.ts'
import { assertionRuling } from './report-assessment.ts'
import { statusShape } from './report-status.ts'
import { asOfText, posteriorOf, propositionsText } from './verdict-words.ts'
import type { CaseView } from './view.ts'

const mostLines = 40

/**
 * The assessment for a terminal: at most 40 lines, none wider than `width` columns, no control characters from evidence.
 * Each assertion takes a line with status, words and cite, and a line with its ground or what is missing, as far as there is room.
 */
export function terminalAssessment(
  given: CaseView,
  options: { readonly width: number; readonly releaseHolders?: boolean },
): string {
  const view = options.releaseHolders === true ? given : redactHolders(given)
  const width = Math.max(40, options.width)
  const head = [
    `${view.case.title}  (${view.case.operator}, case ${view.case.id})`,
    ...wrap(view.assessment.headline, width, 3),
    ...(view.assessment.threads ?? []).slice(0, 1).flatMap((one) => wrap(one.summary.text, width, 4)),
    '',
  ]
  const tail = ['', ...answers(view)]
  const room = mostLines - head.length - tail.length
  const assertions = assertionLines(view, room)
  const copy = tail.findIndex((one) => one.startsWith('Copy '))
  const more = copyLines(view, { width, room: room - assertions.length })
  return [...head, ...assertions, ...tail.slice(0, copy + 1), ...more, ...tail.slice(copy + 1)]
    .map((line) => fit(line, width))
    .join('\n')
}

/** What stands under the line "Copy", each part whole or not at all: both propositions, day, prior, what would change it, signs, limits. */
function copyLines(view: CaseView, { width, room }: { readonly width: number; readonly room: number }): string[] {
  const verdict = view.provenance[0]?.verdict
  if (verdict === undefined) return []
  const asOf = asOfText(verdict)
  const posterior = posteriorOf(verdict)
  const parts = [
    `${posterior === undefined ? '' : `Posterior ${percent(posterior)}. `}${verdict.prior}`,
    ...(verdict.propositions === undefined ? [] : [propositionsText(verdict.propositions)]),
    ...(asOf === undefined || verdict.statement.includes(asOf) ? [] : [`As of ${asOf}.`]),
    ...(verdict.wouldChange ?? []).slice(0, 1).map((one) => `Would change it: ${one}`),
    ...(verdict.cannotShow ?? []).slice(0, 1).map((one) => `Cannot show: ${one}`),
    ...(verdict.signs ?? [])
      .filter((one) => one.log10LR !== 0)
      .toSorted((a, b) => Math.abs(b.log10LR) - Math.abs(a.log10LR))
      .slice(0, 1)
      .map((one) => `Sign ${one.log10LR > 0 ? 'of real rows' : 'of invention'}: ${one.sentence.text}`),
  ]
  const shown: string[] = []
  for (const part of parts) {
    const wrapped = wrap(part, width - 10, 6).map((one) => `${' '.repeat(10)}${one}`)
    if (shown.length + wrapped.length > room) break
    shown.push(...wrapped)
  }
  return shown
}

function assertionLines(view: CaseView, room: number): string[] {
  const { assertions } = view.assessment
  const names = new Map(view.exhibits.map((one) => [one.sha256, one.id]))
  const both = assertions.length * 2 <= room
  const shown = both ? assertions.length : Math.min(assertions.length, assertions.length <= room ? room : room - 1)
  const lines = assertions.slice(0, shown).flatMap((one) => {
    const ruling = assertionRuling(view, one)?.status
    const mark = ruling === undefined || ruling === 'proposed' ? '' : ` [${ruling}]`
    const first = `${statusShape[one.status]} ${one.status.padEnd(12)} ${one.assertion} "${line(one.words)}"${mark} (${citeText(one.cite, (sha) => names.get(sha))})`
    const why = one.status === 'open' && one.missing.length > 0 ? `needs: ${one.missing[0]}` : one.ground.text
    return both ? [first, `               ${line(why)}`] : [first]
  })
  const rest = assertions.length - shown
  return rest > 0 ? [...lines, `  and ${counted(rest, 'further assertion')}`] : lines
}

/** The six questions, one line each. */
function answers(view: CaseView): string[] {
  const [posts, assertions] = view.threads.reduce(([a, b], one) => [a + one.posts.length, b + one.assertions.length], [0, 0])
  const verdict = view.provenance[0]?.verdict
  const story = view.stories?.stories[0]
  const persons = personsBySource(view)
  const next = nextDue(view.due)
  const silent = view.coverage.gaps.length
  const said: readonly (readonly [string, string])[] = [
    ['Claimed', `${counted(view.threads.length, 'thread')}, ${counted(posts, 'post')}, ${counted(assertions, 'assertion')}`],
    ['Copy', verdict?.statement ?? 'no sample given'],
    ...(view.provenance[0]?.dayOne === undefined ? [] : [['Systems', view.provenance[0].dayOne.statement] as const]),
    ...(view.provenance.length > 1
      ? [
          [
            'Samples',
            view.provenance.map((one) => `${one.sample}: ${one.verdict.verdict.replaceAll('-', ' ')}`).join('; '),
          ] as const,
        ]
      : []),
    [
      'How in',
      view.stories === undefined
        ? 'no logs given'
        : story === undefined
          ? 'no story joins the detections'
          : `${story.title}; ${counted(story.hosts.length, 'host')}`,
    ],
    [
      'Records',
      view.lookups === undefined || restsOnLeftAlone(view.lookups)
        ? 'no audit logs given'
        : `${counted(view.lookups.watched.length, 'subscriber')} read without a recorded reason beyond chance`,
    ],
    ['Affected', persons.length === 0 ? 'nobody counted' : `persons by source: ${persons.join('; ')}`],
    [
      'Due',
      next === undefined
        ? 'no date runs'
        : `${next.step}: ${next.status}, ${localText(next.due ?? '', view.case.zone)}${next.start?.provisional === true ? ', provisional' : ''}`,
    ],
    ...misfitLine(view),
    ...losingLine(view),
    ['Gaps', `${counted(silent, 'gap')} in the logs, ${counted(view.faults.total, 'fault')} in reading`],
  ]
  return said.map(([name, text]) => `${name.padEnd(9)} ${line(text)}`)
}

/** What was handed over and does not fit claim or sample, the most telling rule first. */
function misfitLine({ assessment }: CaseView): (readonly [string, string])[] {
  const order = ['H4', 'H3', 'H2', 'H6', 'H5', 'H1']
  const found = (assessment.mismatches ?? []).toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule))
  const [first] = found
  if (first === undefined) return []
  return [['Handed', `${found.length > 1 ? `${counted(found.length, 'mismatch', 'mismatches')}; ` : ''}${first.text}`]]
}

/** The next log to be overwritten, when one will be. */
function losingLine({ lostNext }: CaseView): (readonly [string, string])[] {
  const next = lostNext?.sources.filter((one) => one.status === 'losing') ?? []
  const [first] = next
  if (first === undefined) return []
  return [
    [
      'Losing',
      `${first.text}${next.length > 1 ? ` ${counted(next.length - 1, 'further source')}: "breachline preserve list"` : ''}`,
    ],
  ]
}

/** Evidence on one line: controls written out, white space joined. */
function line(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ')).trim()
}

function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line(text).split(' ')) {
    if (current !== '' && columns(current) + 1 + columns(word) > width) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  if (current !== '') lines.push(current)
  return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''} …`] : lines
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u

function columns(text: string): number {
  let sum = 0
  for (const { segment } of graphemes.segment(text)) sum += wide.test(segment) ? 2 : 1
  return sum
}

/** Cuts a line to `width` columns with an ellipsis; evidence may be long and wide. */
function fit(text: string, width: number): string {
  const safe = printable(text).replaceAll(/[\t\n]/g, ' ')
  let result = ''
  let used = 0
  for (const { segment } of graphemes.segment(safe.slice(0, width * 20))) {
    const next = wide.test(segment) ? 2 : 1
    if (used + next > width - 1) return columns(safe.slice(0, width * 20)) <= width ? safe : `${result}…`
    result += segment
    used += next
  }
  return result
}

/** Per source the largest count of any category: the same persons stand in several. */
function personsBySource({ affected }: CaseView): string[] {
  const sources = [...new Set(affected.groups.map((one) => one.source))]
  return sources.map((source) => {
    const groups = affected.groups.filter((one) => one.source === source)
    const counts = groups.flatMap((one) => one.persons ?? [])
    const most =
      counts.length > 0
        ? figure(Math.max(...counts))
        : groups.some((one) => one.suppressed)
          ? `fewer than ${affected.floor}`
          : 'not known'
    return `${source} ${most} (${counted(groups.length, 'category', 'categories')} of data)`
  })
}
