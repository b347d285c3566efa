import { epochMs } from '../../base/index.ts'
import type { Preservation } from '../../casefile/index.ts'
import type { RequestAct, RequestTerms } from './act.ts'

/** An act with the decision that keeps it. */
export interface EnteredRequestAct {
  readonly act: RequestAct
  /** `D4`. */
  readonly number: string
  readonly by: string
  /** When it was entered, ISO 8601 UTC. */
  readonly at: string
  readonly reason: string
}

/** `stated`: answered in words, and the evidence is still outstanding. */
export type RequestState = 'drafted' | 'sent' | 'stated' | 'answered' | 'refused' | 'closed'

/** A request with its life so far. */
export interface TrackedRequest {
  /** `RQ1`; `P1` for a preservation request to the owner of a log source of the inventory. */
  readonly number: string
  readonly kind: 'evidence' | 'preservation'
  readonly to: RequestTerms['to']
  readonly what: readonly string[]
  readonly period?: { readonly from: string; readonly to: string }
  readonly reference?: string
  readonly draftedBy: string
  readonly draftedAt: string
  /** SHA-256 of the text as drafted. */
  readonly textSha256: string
  readonly terms?: RequestTerms
  readonly state: RequestState
  /** ISO 8601; absent where nobody knows how long the records are kept. */
  readonly due?: string
  readonly dueFrom: RequestTerms['dueFrom']
  /** Not answered by evidence, refused or closed, and its time is past. */
  readonly overdue: boolean
  /** What is to be done next, in words; absent when it is closed. */
  readonly next?: string
  readonly life: readonly {
    readonly act: RequestAct['act']
    readonly at: string
    readonly by: string
    readonly text: string
    readonly decision: string
  }[]
  /** Hashes of what came back, exhibits by number. */
  readonly evidence: readonly { readonly sha256: string; readonly exhibit?: string }[]
}

/** All requests of a case with their state as of `now` (ISO 8601 UTC): overdue ones first, then by due time, closed ones last. */
export function trackRequests(options: {
  readonly entered: readonly EnteredRequestAct[]
  readonly preservations: readonly Preservation[]
  /** Name of the owner of a log source, where the inventory has one. */
  readonly ownerOf: (source: string) => string | undefined
  readonly words: (act: RequestAct) => string
  readonly now: string
}): readonly TrackedRequest[] {
  const { entered, preservations, ownerOf, words, now } = options
  const drafts = entered.flatMap((one) => (one.act.act === 'draft' ? [{ ...one, act: one.act }] : []))
  const begun: readonly Begun[] = [
    ...preservations.map((one): Begun => ({
      number: one.number,
      kind: 'preservation',
      to: { kind: 'owner', name: ownerOf(one.source) ?? `the owner of ${one.source}` },
      what: [`log source ${one.source}`],
      period: { from: one.from, to: one.to },
      draftedBy: one.by.join(', '),
      draftedAt: one.at,
      textSha256: one.text,
      ...(one.due === undefined ? {} : { due: one.due }),
      dueFrom: { kind: 'retention', source: one.source },
    })),
    ...drafts.map(({ act, by, at }, index): Begun => {
      const { textSha256, ...terms } = act
      return {
        number: `RQ${index + 1}`,
        kind: act.kind,
        to: act.to,
        what: act.what,
        ...(act.period === undefined ? {} : { period: act.period }),
        reference: act.reference,
        draftedBy: by,
        draftedAt: at,
        textSha256,
        terms,
        due: act.due,
        dueFrom: act.dueFrom,
      }
    }),
  ]
  return begun
    .map((one) => {
      const acts = entered.filter(({ act }) => act.act !== 'draft' && act.request === one.number)
      return trackOne(one, { acts, words, now })
    })
    .toSorted((a, b) => rank(a) - rank(b) || compare(a.due ?? '9999', b.due ?? '9999') || compare(a.number, b.number))
}

type Begun = Omit<TrackedRequest, 'state' | 'overdue' | 'life' | 'evidence' | 'next'>

function trackOne(
  begun: Begun,
  on: { readonly acts: readonly EnteredRequestAct[]; readonly words: (act: RequestAct) => string; readonly now: string },
): TrackedRequest {
  const { acts, words, now } = on
  const answers = acts.flatMap(({ act }) => (act.act === 'answer' ? [act] : []))
  const state = acts.reduce<RequestState>((before, { act }) => after(before, act), 'drafted')
  const extended = acts.findLast(({ act }) => act.act === 'extend')?.act
  const due = extended?.act === 'extend' ? extended.due : begun.due
  const waits = state === 'drafted' || state === 'sent' || state === 'stated'
  const overdue = waits && due !== undefined && epochMs(due) < epochMs(now)
  const next = nextOf(state, { overdue, reminded: acts.some(({ act }) => act.act === 'remind') })
  return {
    ...begun,
    ...(due === undefined ? {} : { due }),
    state,
    overdue,
    ...(next === undefined ? {} : { next }),
    life: acts.map(({ act, by, at, number, reason }) => ({
      act: act.act,
      at: 'at' in act ? act.at : at,
      by,
      text: `${words(act)}: ${reason}`,
      decision: number,
    })),
    evidence: answers.flatMap((one) => [
      ...one.exhibits.map(({ number, sha256 }) => ({ sha256, exhibit: number })),
      ...one.hashes.map((sha256) => ({ sha256 })),
    ]),
  }
}

function after(before: RequestState, act: RequestAct): RequestState {
  switch (act.act) {
    case 'send':
      return before === 'drafted' ? 'sent' : before
    case 'answer':
      return act.gives === 'evidence' || before === 'answered' ? 'answered' : 'stated'
    case 'refuse':
      return 'refused'
    case 'close':
      return 'closed'
    case 'draft':
    case 'remind':
    case 'extend':
      return before
  }
}

function nextOf(
  state: RequestState,
  { overdue, reminded }: { readonly overdue: boolean; readonly reminded: boolean },
): string | undefined {
  switch (state) {
    case 'drafted':
      return 'send it'
    case 'sent':
      if (!overdue) return 'wait for the answer'
      return reminded ? 'remind again, or go to who can order it' : 'remind'
    case 'stated':
      return 'a statement is no evidence: ask for the files'
    case 'answered':
      return 'check what came against what was asked, then close'
    case 'refused':
      return 'decide what follows from the refusal, then close'
    case 'closed':
      return undefined
  }
}

function rank(one: TrackedRequest): number {
  return one.state === 'closed' ? 2 : one.overdue ? 0 : 1
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
