import { epochMs } from '../../base/index.ts'
import type { AtRiskAct } from './act.ts'

/** An authority that was asked, or that asked for a delay by itself. */
export interface AskedAuthority {
  readonly name: string
  /** ISO 8601 UTC. */
  readonly askedAt?: string
  readonly answer?: 'go' | 'delay' | 'none'
  /** End of the delay, ISO 8601 UTC. */
  readonly until?: string
  readonly ref?: string
  /** The until-date is past: ask whether the request still stands. */
  readonly over?: boolean
}

/** What an authority was asked and said of a person, from the acts on this person in their order. `now`: ISO 8601 UTC. */
export function authorityOf(acts: readonly { readonly act: AtRiskAct }[], now: string): AskedAuthority | undefined {
  const asked = acts.findLastIndex(({ act }) => act.act === 'ask')
  // An answer counts for the question before it; a delay may come unasked.
  const answered = acts.findLast(({ act }, at) => act.act === 'authority-answer' && at > asked)?.act
  const question = acts[asked]?.act
  if (question?.act !== 'ask' && answered?.act !== 'authority-answer') return undefined
  return {
    name: answered?.act === 'authority-answer' ? answered.authority : question?.act === 'ask' ? question.authority : '',
    ...(question?.act === 'ask' ? { askedAt: question.at } : {}),
    ...(answered?.act === 'authority-answer'
      ? {
          answer: answered.answer,
          ...(answered.until === undefined ? {} : { until: answered.until, over: epochMs(answered.until) <= epochMs(now) }),
          ...(answered.ref === undefined ? {} : { ref: answered.ref }),
        }
      : {}),
  }
}
