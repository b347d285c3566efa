import { printable } from '../../base/index.ts'
import { citeText, type Cite } from '../../evidence/index.ts'
import type { Story } from '../../intrusion/index.ts'
import { bulkText } from '../../lookups/index.ts'
import type { CaseView } from '../view.ts'

/** Something with a time that the case knows. */
export interface TimelineEntry {
  /** Fixed-width UTC with microseconds. */
  readonly at: string
  /** What the time is of: `Attack step`, `Post`, … */
  readonly timeOf: string
  readonly text: string
  readonly host: string
  readonly account: string
  readonly tags: readonly string[]
  /** What a person did with the finding it belongs to; `` for what is no finding. */
  readonly status: string
  /** Where it stands in the evidence: `E3 record 12`. */
  readonly cites: string
}

/**
 * All that has a time in a case, in order: posts, statements, what stories are made of, reads in bulk, decisions. Rejected stories are left out; text is made printable.
 */
export function timelineOf(view: CaseView): readonly TimelineEntry[] {
  const names = new Map(view.exhibits.map((one) => [one.sha256, one.id]))
  const citesText = (cites: readonly Cite[]): string => cites.map((cite) => citeText(cite, (hash) => names.get(hash))).join('; ')
  const entry = (
    at: string,
    timeOf: string,
    text: string,
    more: Partial<TimelineEntry> & { readonly of?: readonly Cite[] },
  ): TimelineEntry => ({
    at: microsOf(at),
    timeOf,
    text: oneLine(text),
    host: oneLine(more.host ?? ''),
    account: oneLine(more.account ?? ''),
    tags: (more.tags ?? []).map(oneLine).filter((tag) => tag !== ''),
    status: more.status ?? '',
    cites: more.cites ?? citesText(more.of ?? []),
  })
  const posts = view.threads.flatMap((thread) => [
    ...thread.posts.flatMap((post) => {
      const time = post.at ?? post.reportedAt
      const timeOf = post.at === undefined ? 'Post, not later than' : 'Post'
      return time === undefined ? [] : [entry(time.at, timeOf, post.text, { tags: ['claim', thread.actor], of: [post.cite] })]
    }),
    ...thread.statements.flatMap((one) =>
      one.at === undefined
        ? []
        : [entry(one.at.at, 'Statement', one.text, { tags: ['statement', one.by, one.name ?? ''], of: [one.cite] })],
    ),
  ])
  const attack = storiesOf(view).flatMap(({ story, status }) => [
    ...story.steps.map((step) =>
      entry(step.time, 'Attack step', step.text, {
        host: step.host,
        tags: [step.tactic, ...step.techniques],
        status,
        of: step.cites,
      }),
    ),
    ...story.lateralMovement.map((move) =>
      entry(move.time, 'Lateral movement', `${move.from} to ${move.to} by ${move.means}`, {
        host: move.to,
        account: move.account,
        tags: ['lateral movement'],
        status,
        of: move.cites,
      }),
    ),
  ])
  const bulk = (view.lookups?.bulk ?? []).map((one) =>
    entry(
      one.at,
      'Read in bulk',
      one.file === undefined && one.rows >= 0 ? `${one.rows.toLocaleString('en-US')} rows returned to one read` : bulkText(one),
      {
        account: one.account,
        tags: ['record access'],
        of: one.cites,
      },
    ),
  )
  const people = view.decisions.map((one) =>
    entry(one.at, 'Decision', `${one.by}: ${one.text}`, { tags: ['decision'], cites: one.id }),
  )
  return [...posts, ...attack, ...bulk, ...people].toSorted((a, b) =>
    a.at === b.at ? (a.text < b.text ? -1 : 1) : a.at < b.at ? -1 : 1,
  )
}

/** Stories that were not rejected, strongest first, each with what was done with its finding: `proposed`, `adopted`, `parked`. */
export function storiesOf(view: CaseView): readonly { readonly story: Story; readonly status: string }[] {
  return (view.stories?.stories ?? []).flatMap((story) => {
    const finding = view.findings.find(
      (one) => one.kind === 'story' && one.subject === `story:${story.id}` && one.withdrawn !== true,
    )
    const status = finding?.status ?? 'proposed'
    return status === 'rejected' ? [] : [{ story, status }]
  })
}

function microsOf(at: string): string {
  const [whole, part = ''] = at.replace(/Z$/, '').split('.')
  return `${whole}.${part.padEnd(6, '0').slice(0, 6)}Z`
}

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}
