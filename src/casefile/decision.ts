import { canonicalJson, UserError, type Canonical, type Moment } from '../base/index.ts'
import { custodyHead } from '../evidence/index.ts'
import type { Db } from '../store/index.ts'
import { acts, wordsOf, writeAct, type Act, type ActBy } from './act.ts'
import { findings } from './findings.ts'

/** `awareness`: the moment from which the law's clocks run is decided by a person, with a reason. */
export type DecisionKind =
  | 'awareness'
  | 'containment'
  | 'notify'
  | 'do-not-notify'
  | 'release'
  | 'scope'
  | 'handover'
  | 'story'
  | 'other'

export interface NewDecision extends ActBy {
  readonly kind: DecisionKind
  /** What is decided, in a sentence. */
  readonly text: string
  readonly reason: string
  /** The moment decided on; needed for `awareness`. */
  readonly moment?: Moment
  /** What it is about: ids of findings, trigger events, duties, tasks. */
  readonly about?: readonly string[]
  /** What it changes, in the form of the room that applies it. */
  readonly change?: Canonical
}

/** A decision with what was known when it was made. */
export interface Decision {
  readonly id: string
  /** `D1`, `D2`, … */
  readonly number: string
  readonly kind: DecisionKind
  readonly text: string
  readonly reason: string
  readonly moment?: Moment
  readonly about: readonly string[]
  readonly change?: Canonical
  readonly by: readonly string[]
  readonly at: string
  readonly custody: number
  readonly known: Known
}

/** The state of the case at the time of a decision. */
export interface Known {
  /** Hash and number of the last custody entry; '' and 0 for an empty chain. */
  readonly custodyHash: string
  readonly custodyCount: number
  /** Findings proposed or parked, and findings adopted, withdrawn ones left out. */
  readonly openFindings: number
  readonly adoptedFindings: number
}

/**
 * Records a decision, signed by who decides (and a second person when given), with the head of the chain and the number of open
 * findings at that time. Sending the same decision twice records it once. Throws a UserError without text or reason, or for
 * `awareness` without a moment.
 */
export function decide(db: Db, decision: NewDecision): Decision {
  const hint = 'Give both the text of the decision and the reason for it.'
  const text = wordsOf(decision.text, { what: 'A decision', hint })
  const reason = wordsOf(decision.reason, { what: 'The reason of a decision', hint })
  if (decision.kind === 'awareness' && decision.moment === undefined)
    throw new UserError({
      code: 'moment-missing',
      message: 'A decision on awareness needs the moment of awareness.',
      hint: 'Give the moment, such as `--moment 2026-10-06T09:12:00+08:00`.',
      exitCode: 2,
    })
  return db.transaction(() => {
    const content = {
      kind: decision.kind,
      text,
      reason,
      moment: momentOf(decision.moment),
      about: decision.about ?? [],
      ...(decision.change === undefined ? {} : { change: decision.change }),
    }
    const present = decisions(db).find(
      (one) => (decision.id === undefined || one.id === decision.id) && one.at === decision.at && sameContent(one, content),
    )
    if (present !== undefined && present.by[0] === decision.by.name) return present
    return decisionOf(
      writeAct(db, { ...decision, kind: 'decision', prefix: 'D', body: { ...content, known: { ...knownNow(db) } } }),
    )
  })
}

/** All decisions in the order they were made. */
export function decisions(db: Db): readonly Decision[] {
  return acts(db, 'decision').map(decisionOf)
}

/** What the case knows now, as a decision would record it. */
function knownNow(db: Db): Known {
  const head = custodyHead(db)
  const standing = findings(db, { withdrawn: false })
  return {
    custodyHash: head?.hash ?? '',
    custodyCount: head?.count ?? 0,
    openFindings: standing.filter((one) => one.status === 'proposed' || one.status === 'parked').length,
    adoptedFindings: standing.filter((one) => one.status === 'adopted').length,
  }
}

type Content = Pick<Decision, 'kind' | 'text' | 'reason' | 'about' | 'change'> & { readonly moment: Canonical | undefined }

function sameContent(one: Decision, content: Content): boolean {
  const key = (each: Content): string =>
    canonicalJson([each.kind, each.text, each.reason, each.about, each.moment ?? null, each.change ?? null])
  return key({ ...one, moment: momentOf(one.moment) }) === key(content)
}

function momentOf(moment: Moment | undefined): Canonical | undefined {
  if (moment === undefined) return undefined
  return { at: moment.at, zone: moment.zone, bound: moment.bound, text: moment.text?.toWellFormed() }
}

function decisionOf(act: Act): Decision {
  const body = act.body as unknown as Pick<Decision, 'kind' | 'text' | 'reason' | 'moment' | 'about' | 'change' | 'known'>
  return { ...body, id: act.id, number: `D${act.number}`, by: act.by, at: act.at, custody: act.custody }
}
