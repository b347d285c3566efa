import type { AccountName } from './account-name.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { BusyDay } from './busy-days.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { probabilityText } from './false-discovery.ts'
import { powerSentence } from './power.ts'
import type { BusyAccountDay, LookupReview, TogetherRead, Unjustified } from './review.ts'
import type { Testing } from './testing.ts'
import type { SubscriberReads } from './timeline.ts'
import type { AccountExcess } from './unjustified.ts'

type Tested = Extract<Testing, { kind: 'tested' }>
type Pairs = readonly (readonly [string, string])[]

/** What the tests say of themselves: permutation, alarm over the whole log, power. */
export function aboutTests(testing: Tested): Pick<LookupReview, 'permutation' | 'globalAlarm' | 'power'> {
  const { permutation, log, alarm, power } = testing
  const silent = permutation.flagged === 0
  const value = log.higherCriticism.toFixed(1)
  return {
    ...(permutation.runs === 0
      ? {}
      : {
          permutation: {
            runs: permutation.runs,
            flagged: permutation.flagged,
            silent,
            text: silent
              ? `With accounts and reasons exchanged at random within the day, the same tests flag nobody (${permutation.runs === 1 ? 'one permutation' : `${permutation.runs} permutations`}).`
              : `With accounts and reasons exchanged at random within the day, the same tests still flag ${permutation.flagged} subscribers: this log does not behave as the tests assume, and what is flagged below must not be relied on alone.`,
          },
        }),
    globalAlarm: {
      value,
      permuted: permutation.higherCriticism.toFixed(1),
      alarm,
      text: alarm
        ? `Over the whole log more subscribers have reads without a reason than chance allows (higher criticism ${value}, at most ${permutation.higherCriticism.toFixed(1)} in permutations), whether or not one of them stands out.`
        : `The log as a whole shows no more reads without a reason than chance allows (higher criticism ${value}).`,
    },
    ...(power.length === 0 ? {} : { power: { text: powerSentence(power), points: power } }),
  }
}

/** The queue of the unjustified: single accounts on single subscribers, and accounts beyond their peers. */
export function unjustifiedOf(options: {
  readonly testing: Testing
  readonly reads: ReadonlyMap<string, SubscriberReads>
  readonly excesses: readonly AccountExcess[]
  readonly cite: CiteOf
  readonly shown: AccountName
}): Unjustified[] {
  const { testing, reads, cite } = options
  const again =
    testing.kind !== 'tested'
      ? []
      : [...testing.log.recurring].flatMap(([subscriber, flag]): Unjustified[] => {
          const one = reads.get(subscriber)
          const login = flag.by?.recurring
          if (one === undefined || login === undefined) return []
          const account = options.shown(login)
          const own = one.timeline.filter((day) => day.account === account && day.explained !== 'explained')
          const cites = own.flatMap((day) => day.cites.slice(0, 1)).slice(0, 50)
          return [
            {
              kind: 'again-and-again',
              account,
              subscriber,
              masked: one.masked,
              p: probabilityText(flag.logP),
              qValue: probabilityText(flag.logQ),
              grounds: [
                {
                  text: `This account read the same subscriber on ${own.length} days without a recorded reason, and never with one.`,
                  cites,
                },
              ],
              cites,
            },
          ]
        })
  return [
    ...options.excesses.map((one) => excess({ ...one, account: options.shown(one.account) }, cite)),
    ...again.sort((a, b) => exponent(a.p) - exponent(b.p) || (a.account === b.account ? 0 : a.account < b.account ? -1 : 1)),
  ]
}

function exponent(p: string): number {
  return Number(p.slice(p.indexOf('e') + 1))
}

function excess(one: AccountExcess, cite: CiteOf): Unjustified {
  const cites = citesOf(one.cites, cite)
  const peers = one.team === '' ? 'accounts' : `accounts of the team ${one.team}`
  const text =
    one.kind === 'many-without-reason'
      ? `Of ${one.n} subscriber-days of reading ${one.k} have no recorded reason; of as many by other ${peers} about ${one.expected.toFixed(1)} have none.`
      : `On ${one.k} of ${one.n} subscriber-days its own tickets are the only reason and were opened after the read; with other ${peers} about ${one.expected.toFixed(1)} would be.`
  return {
    kind: one.kind,
    account: one.account,
    p: probabilityText(one.logP),
    qValue: probabilityText(one.logQ),
    grounds: [{ text, cites }],
    cites,
  }
}

/** Days of bulk, as the review shows them. */
export function busyOf(
  days: readonly BusyDay[],
  { cite, shown }: { readonly cite: CiteOf; readonly shown: AccountName },
): BusyAccountDay[] {
  return days
    .toSorted((a, b) => a.logP - b.logP || (a.day + a.account < b.day + b.account ? -1 : 1))
    .map((one) => ({
      account: shown(one.account),
      day: one.day,
      subscribers: one.subscribers,
      usual: one.usual.toFixed(1),
      p: probabilityText(one.logP),
      qValue: probabilityText(one.logQ),
      cites: citesOf(one.cites, cite),
    }))
}

const mostTogether = 50

/** Lists of subscribers read together, masked. */
export function togetherOf(testing: Tested, reads: ReadonlyMap<string, SubscriberReads>, shown: AccountName): TogetherRead[] {
  return testing.together.map((one) => {
    const known = one.subscribers.slice(0, mostTogether)
    return {
      subscribers: known.map((subscriber) => ({ subscriber, masked: reads.get(subscriber)?.masked ?? '' })),
      size: one.subscribers.length,
      accounts: one.accounts.map(shown).sort(),
      days: one.days,
      cites: known.flatMap((subscriber) => reads.get(subscriber)?.cites.slice(0, 2) ?? []).slice(0, 50),
    }
  })
}

/** Accounts that read many subscribers on many days: told, not listed. */
export function habitNotes(habits: readonly string[], whole: readonly Cite[]): Sentence[] {
  return habits.length === 0
    ? []
    : [
        {
          text: `${habits.length === 1 ? `The account ${habits[0]} reads` : `${habits.length} accounts (${habits.slice(0, 10).join(', ')}${habits.length > 10 ? ', ...' : ''}) read`} far more subscribers on some days than on others as a habit; such days are not listed one by one.`,
          cites: whole,
        },
      ]
}

function citesOf(some: Pairs, cite: CiteOf): Cite[] {
  return some.filter(([source]) => source !== '').map(([source, n]) => cite(source, Number(n)))
}
