import type { Sentence } from '../evidence/index.ts'
import type { AccountName } from './account-name.ts'
import type { Continuation } from './continuation.ts'
import { probabilityText } from './false-discovery.ts'
import type { WatchedSubscriber } from './review.ts'
import type { Flag } from './test-log.ts'
import type { SubscriberReads } from './timeline.ts'

/** What stands beside a flag. */
interface About {
  readonly flag: Flag
  readonly reads: SubscriberReads
  readonly shown: AccountName
  /** Days from the first access of all to the last. */
  readonly period: number
  readonly continuation?: Continuation
  /** Last day of the week, since 1970, at whose end the sequential test would have told. */
  readonly week?: number
}

/** A watched subscriber in words. */
export function watchedSubscriber(subscriber: string, about: About): WatchedSubscriber {
  const { flag, reads, continuation } = about
  const { cites } = reads
  const accounts = reads.accounts.length === 1 ? 'one account' : `${reads.accounts.length} accounts`
  const grounds: Sentence[] = [
    { text: `Read without a recorded reason on ${reads.u} of ${about.period} days; ${reads.x} with one.`, cites },
    { text: `The reads without a recorded reason came from ${accounts}: ${listed(reads.accounts)}.`, cites },
  ]
  const group = flag.by?.group
  if (flag.tests.includes('S3') && group !== undefined)
    grounds.push({
      text: `${group.length} of these accounts (${listed(group.map(about.shown).sort())}) also read other subscribers in common without a reason, more often than their shares of all reads say; that they do was found without looking at this subscriber.`,
      cites,
    })
  if (flag.tests.includes('S2') && flag.by?.recurring !== undefined)
    grounds.push({
      text: `The account ${about.shown(flag.by.recurring)} came again and again, as it did to other subscribers.`,
      cites,
    })
  if (continuation !== undefined && flag.tests.includes('S4'))
    grounds.push({
      text: `${continuation.continued} of ${continuation.pairs} times the period asked for began where that of the read before ended${continuation.batons > 0 ? `, ${continuation.batons} times by another account` : ''}.`,
      cites,
    })
  grounds.push({
    text: `If this subscriber were read like the others, reads as these would be met with probability ${probabilityText(flag.logP)} (q ${probabilityText(flag.logQ)} over all subscribers; ${flag.tests.join(', ')}).`,
    cites,
  })
  return {
    subscriber,
    masked: reads.masked,
    p: probabilityText(flag.logP),
    qValue: probabilityText(flag.logQ),
    tests: flag.tests,
    accounts: reads.accounts,
    days: reads.u,
    explainedDays: reads.x,
    first: reads.first,
    last: reads.last,
    grounds,
    cites,
    timeline: reads.timeline,
    ...(reads.timelineMore === 0 ? {} : { timelineMore: reads.timelineMore }),
    ...(about.week === undefined ? {} : { toldInWeek: dayText(about.week) }),
    ...(reads.fields.length === 0 ? {} : { fields: reads.fields }),
    ...(reads.askedTo === '' ? {} : { askedFrom: reads.askedFrom, askedTo: reads.askedTo }),
  }
}

/** A day by its number since 1970. */
function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

const mostListed = 20

/** Names, cut where they are many. */
function listed(names: readonly string[]): string {
  return `${names.slice(0, mostListed).join(', ')}${names.length > mostListed ? ', ...' : ''}`
}
