import { fixed, momentText, type Canonical, type Moment } from '../base/index.ts'
import type { Proposal } from '../casefile/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Assertion, Deadline, Quoted, Statement, Thread } from './thread.ts'

const longest = 300
const speaks = {
  actor: 'claims',
  victim: 'states',
  vendor: 'states',
  authority: 'states',
  researcher: 'reports',
  press: 'reports',
} as const

/**
 * One finding per assertion, demand, deadline and victim's statement of the threads. The subject is the thread's id; the posted
 * words stand in `text` and `value`, never in the identity.
 */
export function proposals(threads: readonly Thread[]): Proposal[] {
  return threads.flatMap((thread) => [
    ...thread.assertions.map((one) => assertionProposal(thread, one)),
    ...thread.demands.map((one) => demandProposal(thread, one)),
    ...thread.deadlines.map((one) => deadlineProposal(thread, one)),
    ...thread.statements.filter((one) => one.by === 'victim').map((one) => statementProposal(thread, one)),
  ])
}

function proposal(
  thread: Thread,
  what: { code: string; params: Proposal['params']; cites: readonly Cite[]; text: string; value: unknown },
): Proposal {
  const grounds = [{ text: what.text, cites: what.cites }]
  return { kind: 'claim', subject: thread.id, grounds, producer: 'claims', ...what }
}

function assertionProposal(thread: Thread, one: Assertion): Proposal {
  const { quantity } = one
  return proposal(thread, {
    code: `claim-${one.kind}`,
    params: {
      by: one.by,
      quantity: quantity === undefined || Number.isSafeInteger(quantity) ? quantity : fixed(quantity, 6),
      qualifier: one.qualifier,
      strict: one.strict,
      unit: one.unit,
      subject: one.subject?.toWellFormed(),
      victim: one.victim?.toWellFormed(),
      data: one.data,
      standing: one.standing,
      points: one.points,
    },
    cites: [one.cite, ...(one.also ?? [])],
    text: `${speaker(thread, one.by)} ${speaks[one.by]}: ${quoted(one.text)}`,
    value: one,
  })
}

function demandProposal(thread: Thread, one: Quoted): Proposal {
  const { quantity } = one
  const amount = quantity === undefined || Number.isSafeInteger(quantity) ? quantity : fixed(quantity, 8)
  return proposal(thread, {
    code: 'claim-demand',
    params: { points: one.points, quantity: amount, unit: one.unit },
    cites: [one.cite],
    text: `${speaker(thread, 'actor')} demands: ${quoted(one.text)}`,
    value: one,
  })
}

function deadlineProposal(thread: Thread, one: Deadline): Proposal {
  const when = one.every === undefined ? (one.at ? momentText(one.at) : 'at a time that is not known') : `every ${one.every}`
  return proposal(thread, {
    code: 'claim-deadline',
    params: { every: one.every, at: one.at && momentParams(one.at) },
    cites: [one.cite],
    text: `${speaker(thread, 'actor')} sets a deadline, ${when}: ${quoted(one.text)}`,
    value: one,
  })
}

function statementProposal(thread: Thread, one: Statement): Proposal {
  return proposal(thread, {
    code: 'claim-victim-statement',
    params: { name: one.name, points: one.points, at: one.at && momentParams(one.at) },
    cites: [one.cite],
    text: `${one.name ?? 'The victim'} states: ${quoted(one.text)}`,
    value: one,
  })
}

function momentParams(moment: Moment): Canonical {
  return { at: moment.at, zone: moment.zone, bound: moment.bound }
}

function speaker(thread: Thread, by: Assertion['by']): string {
  switch (by) {
    case 'actor':
      return thread.actor === '' ? 'The actor' : thread.actor
    case 'victim':
      return thread.victims.find((one) => one.standing === 'named')?.name ?? 'The victim'
    case 'vendor':
      return 'A vendor'
    case 'authority':
      return 'An authority'
    case 'researcher':
      return 'Researchers'
    case 'press':
      return 'The press'
  }
}

function quoted(text: string): string {
  return `\u201c${text.length > longest ? `${text.slice(0, longest).toWellFormed()}\u2026` : text}\u201d`
}
