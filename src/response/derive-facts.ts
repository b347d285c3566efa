import type { Moment } from '../base/index.ts'
import type { Post, Thread } from '../claims/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { AwarenessDecision, Candidate, Facts } from './facts.ts'

/** What the case knows, as plain data; `app` fills it from the case folder, the rooms' answers and the case file. */
export interface CaseKnowledge {
  readonly zone?: string
  readonly jurisdictions: readonly string[]
  readonly zones?: Readonly<Record<string, string>>
  readonly roles: Facts['roles']
  readonly threads: readonly Thread[]
  /** When somebody opened the case, with the cite of the case file. */
  readonly opened?: { readonly at: Moment; readonly cites: readonly Cite[] }
  /** Intrusions found: when they begin, in words, with cites. */
  readonly intrusions?: readonly { readonly from: string; readonly text: string; readonly cites: readonly Cite[] }[]
  /** When the analysis first found something (detections by the operator's own means). */
  readonly detections?: readonly { readonly at: Moment; readonly text: string; readonly cites: readonly Cite[] }[]
  /** Counted persons per source and category; suppressed cells carry no number. */
  readonly affected?: { readonly groups: readonly AffectedCount[] }
  readonly decisions?: readonly AwarenessDecision[]
  readonly judgements?: Facts['judgements']
  readonly done?: Facts['done']
  readonly entries?: Facts['entries']
}

interface AffectedCount {
  readonly category: string
  readonly persons?: number
  readonly cites: readonly Cite[]
}

/**
 * Facts for the clocks from what the case knows. Per thread: its first post (and the first report of one), the victim's and an
 * authority's first statement. A post is the moment from which the operator could have been informed; when it was, a person decides.
 * Persons: the largest single count is a lower bound, because sources can overlap; an upper bound is never derived.
 */
export function factsFrom(known: CaseKnowledge): Facts {
  const candidates: Candidate[] = [
    ...known.threads.flatMap(threadCandidates),
    ...(known.intrusions ?? []).map((one): Candidate => ({
      kind: 'occurrence',
      at: { at: one.from, zone: 'stated' },
      ...(known.opened === undefined || known.opened.at.at <= one.from ? {} : { learned: known.opened.at }),
      text: `Earliest step of an intrusion found in the logs: ${one.text}`,
      cites: one.cites,
    })),
    ...(known.detections ?? []).map((one): Candidate => ({ kind: 'detection', at: one.at, text: one.text, cites: one.cites })),
    ...(known.opened === undefined
      ? []
      : [{ kind: 'suspicion', at: known.opened.at, text: 'The case was opened.', cites: known.opened.cites } as const]),
  ]
  const groups = known.affected?.groups ?? []
  const largest = groups.filter((one) => one.persons !== undefined).toSorted((a, b) => (b.persons ?? 0) - (a.persons ?? 0))[0]
  return {
    ...(known.zone === undefined ? {} : { zone: known.zone }),
    jurisdictions: known.jurisdictions,
    zones: known.zones ?? {},
    roles: known.roles,
    candidates,
    decisions: known.decisions ?? [],
    persons: largest?.persons === undefined ? { cites: [] } : { min: largest.persons, cites: largest.cites },
    judgements: known.judgements ?? {},
    dataCategories: [...new Set(groups.map((one) => one.category))].sort(),
    done: known.done ?? [],
    entries: known.entries ?? {},
  }
}

const publicWords = [
  {
    by: 'victim',
    kind: 'suspicion',
    text: "The operator's own public statement on the claim; it knew of the claim by then at the latest.",
  },
  { by: 'authority', kind: 'informed-by-third-party', text: "An authority's public statement on the claim." },
  { by: 'vendor', kind: 'informed-by-third-party', text: "A vendor's statement on the claim." },
] as const

function threadCandidates(thread: Thread): Candidate[] {
  const actor = thread.actor === '' ? 'an unnamed actor' : thread.actor
  const found: Candidate[] = []
  const firstPost = earliest(
    thread.posts.filter((one) => one.at !== undefined),
    (one) => one.at,
  )
  if (firstPost !== undefined) {
    found.push(
      informed(
        firstPost.at,
        `First post of the claim by ${actor}; the operator could have been informed from then on.`,
        firstPost.one,
      ),
    )
  }
  const reported = earliest(
    thread.posts.filter((one) => one.reportedAt !== undefined),
    (one) => one.reportedAt,
  )
  if (reported !== undefined && (firstPost === undefined || reported.at.at !== firstPost.at.at)) {
    found.push(informed(reported.at, `First public report of the claim by ${actor}.`, reported.one))
  }
  for (const { by, kind, text } of publicWords) {
    const said = earliest(
      thread.statements.filter((one) => one.by === by && one.at !== undefined),
      (one) => one.at,
    )
    if (said !== undefined) found.push({ kind, at: said.at, text, cites: [said.one.cite] })
  }
  return found
}

function informed(at: Moment, text: string, post: Post): Candidate {
  return { kind: 'informed-by-third-party', at, text, cites: [post.cite] }
}

function earliest<T>(
  items: readonly T[],
  when: (item: T) => Moment | undefined,
): { readonly at: Moment; readonly one: T } | undefined {
  let first: { at: Moment; one: T } | undefined
  for (const one of items) {
    const at = when(one)
    if (at !== undefined && (first === undefined || at.at < first.at.at)) first = { at, one }
  }
  return first
}
