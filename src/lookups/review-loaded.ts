import type { Watch } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import { accountsOf } from './accounts.ts'
import { setAside } from './aside.ts'
import { blindSources } from './blind-sources.ts'
import { busyDays } from './busy-days.ts'
import { loadDays } from './days.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { numberGaps } from './gaps.ts'
import { level } from './level.ts'
import { namesOf } from './names.ts'
import type { LookupReview } from './review.ts'
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
  readonly subscriberBase?: number
  readonly permutations: number
  readonly watch?: Watch
}

/** The review of what has been loaded. */
export async function reviewLoaded(lake: Lake, options: LoadedOptions): Promise<LookupReview> {
  const { cite, names, accesses } = options
  const fileOf = (source: string): string => names.get(source)?.file ?? source
  const step = (name: string): void => {
    options.watch?.signal?.throwIfAborted()
    options.watch?.report?.({ step: name, done: 0, total: 0, unit: 'steps' })
  }
  const numbered = await namesOf(lake, options)
  const days = await loadDays(lake, { ...options, names: numbered })
  const totals = await totalsOf(lake, options)
  const daysOf = { days, names: numbered }
  const aside = await setAside(lake, { ...daysOf, ...totals, cite, fileOf })
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
  const shown = new Set([
    ...(log?.flags.keys() ?? []),
    ...(log?.recurring.keys() ?? []),
    ...together.flatMap((one) => one.subscribers.slice(0, 50)),
  ])
  const reads = await readsOf(lake, { ...options, subscribers: [...shown] })
  const watched = [...(log?.flags ?? [])]
    .sort(([a, one], [b, other]) => one.logP - other.logP || (a < b ? -1 : 1))
    .flatMap(([subscriber, flag]) => {
      const of = reads.get(subscriber)
      if (of === undefined || testing.kind !== 'tested') return []
      const [continuation, week] = [testing.continuations.get(subscriber), testing.weeks.get(subscriber)]
      return watchedSubscriber(subscriber, {
        flag,
        reads: of,
        period: totals.period,
        ...(continuation === undefined ? {} : { continuation }),
        ...(week === undefined ? {} : { week }),
      })
    })
  const wide = await wideReads(lake, { accesses, cite })
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
  })
  // What covert reads make of an account is told once, in their queue.
  const covert = new Set(accounts.filter((one) => one.beyondChance === true).map((one) => one.account))
  return {
    accesses: totals.accesses,
    subscribers: read.subscribers,
    from: totals.from,
    to: totals.to,
    notRecorded: await blindSources(lake, { accesses, names, cite }),
    watched,
    accounts,
    bulk: wide.bulk,
    busyDays: busyOf(busy.days, cite),
    unjustified: unjustifiedOf({ testing, reads, excesses: excesses.filter((one) => !covert.has(one.account)), cite }),
    ...(testing.kind === 'tested' ? { together: togetherOf(testing, reads), ...aboutTests(testing) } : {}),
    q: level,
    tested: testing.kind === 'tested' ? testing.tests : 0,
    notes: [
      ...testNotes(testing, { base: options.subscriberBase, whole }),
      ...repeatedNote(read.repeated, whole),
      ...aside.notes,
      ...(await numberGaps(lake, { accesses, cite, fileOf })),
      ...wide.notes,
      ...habitNotes(busy.habits, whole),
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

function testNotes(testing: Testing, { base, whole }: { base: number | undefined; whole: Sentence['cites'] }): Sentence[] {
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
      return [note('No access names a subscriber that could be read: nobody was tested.')]
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
