import type { TrackedRequest } from '../response/index.ts'
import { columns, counted, oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** Overdue ones first, with what is to be done next. */
export function printRequests(terminal: Terminal, requests: readonly TrackedRequest[]): void {
  if (requests.length === 0)
    return terminal.out('nothing was asked of anybody; "breachline request draft" and "breachline preserve request" do\n')
  const rows = requests.map((one) => [
    one.number,
    one.overdue ? 'OVERDUE' : one.state,
    one.state === 'closed' ? '' : dueText(one),
    one.to.name,
    `${one.kind}: ${one.what.join('; ')}`,
    one.next ?? '',
  ])
  // The next thing to do stands before what is asked: the last column is cut to the width.
  terminal.out(
    `${columns([['', 'state', 'due', 'to', 'next', 'what'], ...rows.map(([a = '', b = '', c = '', d = '', e = '', f = '']) => [a, b, c, d, f, e])], terminal.width)}\n`,
  )
  const late = requests.filter(({ overdue }) => overdue).length
  if (late > 0) terminal.out(`\n${counted(late, 'request')} overdue\n`)
}

/** One request with its life. */
export function printRequest(terminal: Terminal, one: TrackedRequest): void {
  const width = Math.min(110, terminal.width)
  const line = (text: string): void => terminal.out(`${wrapped(text, { width, indent: '  ', hang: 2 })}\n`)
  terminal.out(
    `${one.number}  ${one.kind}, to ${oneLine(one.to.name)} (${one.to.kind}): ${one.state}${one.overdue ? ', OVERDUE' : ''}\n`,
  )
  for (const what of one.what) line(`- ${what}`)
  if (one.period !== undefined) line(`period: ${one.period.from} to ${one.period.to}`)
  line(`due: ${dueText(one)}${fromWhat(one)}`)
  line(`drafted: ${one.draftedBy}, ${one.draftedAt.slice(0, 16)}Z, text ${one.textSha256.slice(0, 16)}`)
  for (const each of one.life) line(`${each.decision}: ${each.text} (${each.by})`)
  for (const each of one.evidence) line(`came back: ${each.exhibit ?? 'not in the case'} ${each.sha256}`)
  if (one.next !== undefined) line(`next: ${one.next}`)
}

function dueText({ due }: TrackedRequest): string {
  return due === undefined ? 'at once: retention not known' : `${due.slice(0, 16)}Z`
}

function fromWhat({ dueFrom }: TrackedRequest): string {
  return dueFrom.kind === 'duty'
    ? ` (by ${dueFrom.duty})`
    : dueFrom.kind === 'retention'
      ? ` (retention of ${dueFrom.source})`
      : ''
}
