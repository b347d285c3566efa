import type { Proposal } from '../casefile/index.ts'
import type { Cite } from '../evidence/index.ts'
import { bulkText } from './bulk-text.ts'
import { decoyProposal } from './decoy-reads.ts'
import { leftProposal } from './left/left-proposal.ts'
import type { LookupReview, NumbersLeftOut, Unjustified, WatchedSubscriber } from './review.ts'

/** Unjustified reads that are put to a ruling, the most striking first; the review holds all of them. */
const mostUnjustified = 200

/** What the review says, as findings to be adopted or not by a person. Same evidence, same findings. */
export function proposals(review: LookupReview): Proposal[] {
  return [
    ...(review.decoys ?? []).map(decoyProposal),
    ...(review.leftBehind?.findings ?? []).map(leftProposal),
    ...review.watched.map(watchedProposal),
    ...review.bulk.map((one): Proposal => ({
      kind: 'lookup',
      subject: `account:${one.account}`,
      code: 'bulk-read',
      params: { at: one.at, rows: one.rows },
      cites: one.cites,
      text:
        one.file !== undefined
          ? `Used to read a file that holds the records of many: ${bulkText(one)}.`
          : one.rows < 0
            ? 'Used for a read of a whole table; the log does not say how many rows it returned.'
            : `Used for a read that returned ${one.rows} rows.`,
      confidence: one.rows < 0 ? 'moderate' : 'high',
      grounds: [
        {
          text: `The account ${one.account} ${one.file !== undefined ? `read the ${bulkText(one)},` : one.rows < 0 ? 'asked for rows of a table with subscribers and named none' : `was answered with ${one.rows} rows`} at ${one.at}.`,
          cites: one.cites,
        },
      ],
      producer: 'lookups',
      value: one,
    })),
    ...review.accounts.filter((one) => one.beyondChance === true).map(accountProposal),
    ...(review.busyDays ?? []).map((one): Proposal => ({
      kind: 'lookup',
      subject: `account:${one.account}`,
      code: 'busy-day',
      params: { day: one.day, subscribers: one.subscribers, usual: one.usual, q: one.qValue },
      cites: one.cites,
      text: `Used to read ${one.subscribers} subscribers on ${one.day}; ${one.usual} are usual.`,
      confidence: confidence(one.qValue),
      grounds: [{ text: `Subscribers read by the account ${one.account} on ${one.day}: ${one.subscribers}.`, cites: one.cites }],
      producer: 'lookups',
      value: one,
    })),
    ...(review.numbersLeftOut ?? []).map(leftOutProposal),
    ...(review.unjustified ?? []).slice(0, mostUnjustified).map(unjustifiedProposal),
    ...review.notRecorded.map((one): Proposal => ({
      kind: 'coverage',
      subject: `audit:${sourceOf(one.cites)}`,
      code: 'identifier-not-recorded',
      params: { accesses: one.accesses },
      cites: one.cites,
      text: `${one.accesses} accesses do not say whose record was read.`,
      grounds: [{ text: one.why, cites: one.cites }],
      producer: 'lookups',
      value: one,
    })),
  ]
}

function accountProposal(one: LookupReview['accounts'][number]): Proposal {
  return {
    kind: 'lookup',
    subject: `account:${one.account}`,
    code: 'account-read-watched-subscribers',
    params: { watched: one.watched, unexplained: one.unexplained, q: one.qValue ?? '' },
    cites: one.cites ?? [],
    text: `Used to read ${one.watched} watched subscribers without a recorded reason. Who sat at the account is not established.`,
    confidence: confidence(one.qValue ?? '1.0e+0'),
    grounds: one.grounds,
    producer: 'lookups',
    value: one,
  }
}

/** What a log leaves out limits what any review of it can say: it belongs to the coverage. */
function leftOutProposal({ missing, places, widest, files, sentence }: NumbersLeftOut): Proposal {
  return {
    kind: 'coverage',
    subject: `source:${sourceOf(sentence.cites)}`,
    code: 'record-numbers-left-out',
    params: { missing, places, widest, files },
    cites: sentence.cites,
    text: `The own numbers of an access log leave out ${missing} ${missing === 1 ? 'record' : 'records'}: reads may be missing.`,
    confidence: 'high',
    grounds: [sentence],
    producer: 'lookups',
    value: { missing, places, widest, files },
  }
}

const unjustifiedCodes = {
  'again-and-again': 'one-subscriber-again-and-again',
  'many-without-reason': 'many-reads-without-reason',
  'tickets-afterwards': 'tickets-after-reads',
} as const satisfies Record<Unjustified['kind'], string>

function unjustifiedProposal(one: Unjustified): Proposal {
  return {
    kind: 'lookup',
    subject: `account:${one.account}`,
    code: unjustifiedCodes[one.kind],
    params: { q: one.qValue, ...(one.subscriber === undefined ? {} : { subscriber: one.subscriber }) },
    cites: one.cites,
    text: one.grounds[0]?.text ?? '',
    confidence: confidence(one.qValue),
    grounds: one.grounds,
    producer: 'lookups',
    value: one,
  }
}

function watchedProposal(one: WatchedSubscriber): Proposal {
  return {
    kind: 'lookup',
    subject: `subscriber:${one.subscriber}`,
    code: 'read-without-recorded-reason',
    params: { days: one.days, explainedDays: one.explainedDays, accounts: one.accounts, q: one.qValue },
    cites: one.cites,
    text: one.grounds[0]?.text ?? '',
    confidence: confidence(one.qValue),
    grounds: one.grounds,
    producer: 'lookups',
    value: one,
  }
}

/** By the power of ten of q: a flag at the level itself is one in twenty by chance. */
function confidence(q: string): 'low' | 'moderate' | 'high' {
  const exponent = Number(q.slice(q.indexOf('e') + 1))
  return exponent < -3 ? 'high' : exponent < -2 ? 'moderate' : 'low'
}

/** The exhibit of the first cite: a file name would make the finding depend on where the evidence lies. */
function sourceOf(cites: readonly Cite[]): string {
  const [first] = cites
  return first?.kind === 'exhibit' ? first.sha256 : ''
}
