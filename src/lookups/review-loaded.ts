import type { Watch } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { AccountName } from './account-name.ts'
import { accountsOf } from './accounts.ts'
import { setAside } from './aside.ts'
import { blindSources } from './blind-sources.ts'
import { busyDays } from './busy-days.ts'
import { loadDays } from './days.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { numberGaps } from './gaps.ts'
import { level } from './level.ts'
import { locationNote, networkAccounts, networkNotes } from './location.ts'
import { namesOf } from './names.ts'
import type { LookupReview } from './review.ts'
import { clearSuperseded } from './superseded.ts'
import { loadSubscribers } from './tested.ts'
import { testSubscribers, type Testing } from './testing.ts'
import { readsOf } from './timeline.ts'
import { aboutTests, busyOf, habitNotes, togetherOf, unjustifiedOf } from './told.ts'
import { readOf, totalsOf } from './totals.ts'
import { accountExcesses } from './unjustified.ts'
import { watchedSubscriber } from './watched.ts'
import { wideReads } from './wide-reads.ts'

interface LoadedOptions {
  /** Loads of accesses and of reasons, sorted. */
  readonly accesses: readonly string[]
  readonly reasons: readonly string[]
  /** Sources by the key that rows carry. */
  readonly names: ReadonlyMap<string, { readonly file: string }>
  readonly cite: CiteOf
  /** What accounts are called; their logins unless told. */
  readonly shown?: AccountName
  readonly subscriberBase?: number
  readonly permutations: number
  /** Clear the weeks that those of this review stand in for, when it is done (`superseded.ts`). */
  readonly clear?: boolean
  readonly watch?: Watch
}

/** The review of what has been loaded. */
export async function reviewLoaded(lake: Lake, options: LoadedOptions): Promise<LookupReview> {
  const { cite, names, accesses, shown = (login) => login } = options
  const fileOf = (source: string): string => names.get(source)?.file ?? source
  const step = (name: string): void => {
    options.watch?.signal?.throwIfAborted()
    options.watch?.report?.({ step: name, done: 0, total: 0, unit: 'steps' })
  }
  const numbered = await namesOf(lake, options)
  const days = await loadDays(lake, { ...options, names: numbered })
  const totals = await totalsOf(lake, options)
  const daysOf = { days, names: numbered }
  const aside = await setAside(lake, { ...daysOf, ...totals, cite, fileOf, shown })
  const subscribers = await loadSubscribers(lake, aside.tested)
  const read = await readOf(lake, { days, subscribers })
  const accountsTested = aside.accounts.map((one) => one.account)
  step('testing who read whose records')
  const testing = await testSubscribers(lake, {
    ...totals,
    ...daysOf,
    loads: accesses,
    tested: aside.tested,
    subscribers,
    accounts: accountsTested,
    base: options.subscriberBase ?? 0,
    permutations: options.permutations,
  })
  step('telling who read whose records')
  const log = testing.kind === 'tested' ? testing.log : undefined
  const together = testing.kind === 'tested' ? testing.together : []
  const told = new Set([
    ...(log?.flags.keys() ?? []),
    ...(log?.recurring.keys() ?? []),
    ...together.flatMap((one) => one.subscribers.slice(0, 50)),
  ])
  const reads = await readsOf(lake, { ...options, subscribers: [...told], shown })
  const watched = [...(log?.flags ?? [])]
    .sort(([, one], [, other]) => one.logP - other.logP)
    .flatMap(([subscriber, flag]) => {
      const of = reads.get(subscriber)
      if (of === undefined || testing.kind !== 'tested') return []
      const [continuation, week] = [testing.continuations.get(subscriber), testing.weeks.get(subscriber)]
      return watchedSubscriber(subscriber, {
        flag,
        reads: of,
        shown,
        period: totals.period,
        ...(continuation === undefined ? {} : { continuation }),
        ...(week === undefined ? {} : { week }),
      })
    })
  const wide = await wideReads(lake, { accesses, cite, shown })
  const busy = await busyDays(lake, { ...daysOf, accounts: accountsTested })
  const excesses = totals.reasons === 0 ? [] : await accountExcesses(lake, { ...daysOf, accounts: aside.accounts })
  const whole = wholeCites(options)
  const accounts = await accountsOf(lake, {
    accesses,
    reasons: options.reasons,
    ...daysOf,
    watched,
    routing: log?.routing,
    takeOvers: testing.takeOvers,
    cite,
    shown,
  })
  const numbersLeftOut = await numberGaps(lake, { accesses, cite, fileOf })
  // What covert reads make of an account is told once, in their queue.
  const covert = new Set(accounts.filter((one) => one.beyondChance === true).map((one) => one.account))
  const blind = await blindSources(lake, { accesses, names, cite })
  if (options.clear === true) await clearSuperseded(lake, days)
  return {
    accesses: totals.accesses,
    subscribers: read.subscribers,
    from: totals.from,
    to: totals.to,
    notRecorded: blind,
    watched,
    accounts,
    bulk: wide.bulk,
    busyDays: busyOf(busy.days, { cite, shown }),
    unjustified: unjustifiedOf({
      testing,
      reads,
      excesses: excesses.filter((one) => !covert.has(shown(one.account))),
      cite,
      shown,
    }),
    ...(testing.kind === 'tested' ? { together: togetherOf(testing, reads, shown), ...aboutTests(testing) } : {}),
    q: level,
    tested: testing.kind === 'tested' ? testing.tests : 0,
    ...(numbersLeftOut.length === 0 ? {} : { numbersLeftOut }),
    notes: [
      ...testNotes(testing, { base: options.subscriberBase, whole, network: networkAccounts(numbered).length > 0 }),
      ...repeatedNote(read.repeated, whole),
      ...aside.notes,
      ...numbersLeftOut.map((one) => one.sentence),
      ...wide.notes,
      ...(await networkNotes(lake, { accesses, names: numbered, cite })),
      ...(await locationNote(lake, { accesses, whole })),
      ...habitNotes(busy.habits.map(shown).sort(), whole),
    ],
  }
}

function wholeCites({ names, cite }: LoadedOptions): Sentence['cites'] {
  return [...names.keys()].map((source) => {
    const whole = cite(source, 1)
    return whole.kind === 'exhibit' ? { ...whole, at: { kind: 'whole' } } : whole
  })
}

function repeatedNote(repeated: number, cites: Sentence['cites']): Sentence[] {
  if (repeated === 0) return []
  return [
    {
      text: `${repeated} ${repeated === 1 ? 'access stands' : 'accesses stand'} in the logs more than once (same account, subscriber, time, operation and machine); the tests count days, so that nothing weighs twice.`,
      cites,
    },
  ]
}

function testNotes(
  testing: Testing,
  { base, whole, network }: { base: number | undefined; whole: Sentence['cites']; network: boolean },
): Sentence[] {
  if (whole.length === 0) return []
  const note = (text: string): Sentence => ({ text, cites: whole })
  if (testing.kind === 'tested')
    return base === undefined
      ? [note(`The size of the subscriber base is not stated: only the ${testing.tests} subscribers who were read were tested.`)]
      : [
          note(
            `${testing.tests} subscribers were tested; at the level of ${level * 100} % about one flag in twenty is expected to be chance.`,
          ),
        ]
  switch (testing.why) {
    case 'no-accesses':
      return [
        note(
          `No access${network ? ' but those of the signalling network' : ''} names a subscriber that could be read: nobody was tested.`,
        ),
      ]
    case 'no-reasons':
      return [
        note(
          'No recorded reasons were given: reads without a reason cannot be told from others, and nobody was tested. Give the contacts, tickets and assignments of the period.',
        ),
      ]
    case 'too-many-unexplained':
      return [
        note(
          'More than three in ten days of reading have no recorded reason: the lack of one singles nobody out, and nobody was tested. Look for reasons kept elsewhere.',
        ),
      ]
  }
}
