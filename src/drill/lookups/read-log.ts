import { Random } from '../random.ts'

/** What a generated log of reads is like. Rates are per subscriber and 90 days unless said otherwise. */
export interface ReadLogOptions {
  readonly seed: number
  /** Subscribers of the operator, accounts of its staff, accounts of a team, days of the log. */
  readonly size: number
  readonly accounts: number
  readonly teamSize: number
  readonly days: number
  /** Contacts of a subscriber: lognormal with this mean and sigma. */
  readonly contacts: number
  readonly sigma: number
  /** Share of contacts that leave no reason: beta over accounts with this mean. */
  readonly unexplained: number
  /** Share of contacts that go to the same account again, and that stay in the teams of the subscriber's region. */
  readonly sticky: number
  readonly regional: number
  /** Share of reads without a reason for which the account opens a ticket of its own. */
  readonly ownTickets: number
  readonly targets: number
  readonly stolen: number
  /** Covert reads of a target in a week. */
  readonly rate: number
  /** Share of covert reads that come with a forged own ticket, and share made beside a genuine contact. */
  readonly forged: number
  readonly piggyBack: number
  /** Covert reads ask for the time since the last one, whichever account made it. */
  readonly continuing: boolean
  /** Subscribers that many are curious about, and accounts that read a person they know: per million subscribers. */
  readonly famous: number
  readonly acquainted: number
  readonly variant: ReadLogVariant
}

/** What goes wrong in a log. */
export type ReadLogVariant =
  | 'plain'
  | 'reason-outage'
  | 'clock-jump'
  | 'renamed-accounts'
  | 'reads-everybody'
  | 'shared-terminals'
  | 'duplicated-shipping'
  | 'portfolios'

export const ordinaryReadLog: ReadLogOptions = {
  seed: 1,
  size: 100_000,
  accounts: 4_000,
  teamSize: 50,
  days: 90,
  contacts: 0.25,
  sigma: 1.4,
  unexplained: 0.05,
  sticky: 0.15,
  regional: 0.3,
  ownTickets: 0.25,
  targets: 20,
  stolen: 6,
  rate: 0.5,
  forged: 0,
  piggyBack: 0,
  continuing: false,
  famous: 200,
  acquainted: 300,
  variant: 'plain',
}

/** Where the log goes, row by row. Times are seconds from its first midnight; accounts and subscribers are numbers. */
export interface ReadLogSink {
  access(row: GeneratedRead): void
  reason(row: GeneratedReason): void
}

export interface GeneratedRead {
  readonly at: number
  readonly account: number
  readonly subscriber: number
  /** Days from and to which usage was asked for; absent for other reads. */
  readonly window?: readonly [number, number]
  readonly host: string
  readonly source: number
}

export interface GeneratedReason {
  readonly at: number
  readonly subscriber: number
  readonly kind: 'customer' | 'system' | 'agent'
  readonly account?: number
  readonly team?: number
}

/** The three classes of a generated log; all other subscribers are clean. */
export interface ReadLogTruth {
  readonly targets: readonly number[]
  readonly petty: ReadonlySet<number>
  readonly stolen: readonly number[]
}

const daySeconds = 86_400

/** Writes a log of reads with the reasons for them, and gives the truth about it. */
export function generateReads(options: ReadLogOptions, sink: ReadLogSink): ReadLogTruth {
  const random = new Random(options.seed, 'reads')
  const staff = staffOf(options)
  const outage = options.variant === 'reason-outage' ? Math.floor(options.days * 0.6) : -10
  const jump = options.variant === 'clock-jump' ? Math.floor(options.days * 0.5) : -10
  const portfolio = options.variant === 'portfolios' ? 10_000 : 0

  function read(
    subscriber: number,
    account: number,
    given: { day: number; explained: boolean; covert?: boolean; window?: readonly [number, number] },
  ): void {
    const at = given.day * daySeconds + 8 * 3600 + random.below(10 * 3600)
    const source = account % 2
    // A clock that stands five days ahead for four days: its reads no longer meet their reasons.
    const shift = source === 1 && given.day >= jump && given.day < jump + 4 ? 5 * daySeconds : 0
    const window = given.window ?? (random.chance(0.2) ? ([given.day - 30, given.day] as const) : undefined)
    const row = {
      at: at + shift,
      account: staff.nameOf(account, given.day),
      subscriber,
      host: hostOf(account, given.covert === true),
      source,
      ...(window === undefined ? {} : { window }),
    }
    sink.access(row)
    if (options.variant === 'duplicated-shipping' && subscriber % 3 === 0) sink.access({ ...row, source: 2 })
    if (given.explained && (given.day < outage || given.day >= outage + 3)) {
      const kind = random.chance(0.8) ? 'customer' : 'system'
      const before = at - 60 * (1 + random.below(50))
      sink.reason({
        at: before,
        subscriber,
        kind,
        ...(random.chance(0.5) ? { account: row.account } : { team: staff.teamOf(account) }),
      })
    }
    if (!given.explained && random.chance(given.covert === true ? options.forged : options.ownTickets))
      sink.reason({
        at: at + random.between(-3_000, 3_000),
        subscriber,
        kind: 'agent',
        account: row.account,
        team: staff.teamOf(account),
      })
  }

  function hostOf(account: number, covert: boolean): string {
    if (options.variant === 'shared-terminals') return `hall-${account % 40}`
    return covert && account % 2 === 0 ? 'jump-01' : `desk-${account}`
  }

  // A team states itself beside its accounts now and then; once is enough.
  for (let account = 0; account < options.accounts; account += 1)
    for (const name of new Set([staff.nameOf(account, 0), staff.nameOf(account, options.days)]))
      sink.reason({ at: 0, subscriber: account % options.size, kind: 'agent', account: name, team: staff.teamOf(account) })

  const perContact = options.contacts * Math.exp(-(options.sigma * options.sigma) / 2)
  const chosen = new Random(options.seed, 'chosen')
  const targets = new Set<number>()
  while (targets.size < options.targets) targets.add(chosen.below(options.size))
  const stolen = new Random(options.seed, 'stolen')
    .shuffled(Array.from({ length: options.accounts }, (_one, at) => at))
    .slice(0, options.stolen)
  const scale = options.days / 90
  for (let subscriber = 0; subscriber < options.size; subscriber += 1) {
    const careless = random.chance(0.002) ? 8 : 1
    const rate = scale * perContact * Math.exp(options.sigma * random.normal())
    const contacts = random.poisson(Math.min(rate, 300))
    let account = -1
    const kept = subscriber < portfolio ? Math.floor(subscriber / 50) : -1
    for (let contact = 0; contact < contacts + (kept === -1 ? 0 : 3); contact += 1) {
      const day = random.below(options.days)
      if (kept !== -1) account = kept
      else if (account === -1 || !random.chance(options.sticky)) account = staff.pick(random, subscriber, options.regional)
      const lacking = kept === -1 ? Math.min(0.6, (staff.unexplained[account] ?? 0) * careless) : 0.3
      const explained = !random.chance(lacking)
      read(subscriber, account, { day, explained })
      if (explained && targets.has(subscriber) && random.chance(options.piggyBack)) {
        const thief = random.pick(stolen)
        read(subscriber, thief, { day, explained: false, covert: true })
      }
    }
  }
  for (const subscriber of targets) covert(subscriber)
  const petty = pettyReads()
  if (options.variant === 'reads-everybody')
    for (let subscriber = 0; subscriber < options.size; subscriber += 3)
      read(subscriber, options.accounts - 1, { day: random.below(options.days), explained: false })
  return {
    targets: [...targets].sort((a, b) => a - b),
    petty,
    stolen: [...new Set(stolen.flatMap((one) => [staff.nameOf(one, 0), staff.nameOf(one, options.days)]))],
  }

  function covert(subscriber: number): void {
    const days = Array.from({ length: random.poisson((options.rate * options.days) / 7) }, () => random.below(options.days)).sort(
      (a, b) => a - b,
    )
    let until = -30
    for (const day of days) {
      read(subscriber, random.pick(stolen), {
        day,
        explained: false,
        covert: true,
        ...(options.continuing ? { window: [until, day] as const } : {}),
      })
      until = day
    }
  }

  function pettyReads(): Set<number> {
    const some = new Random(options.seed, 'petty')
    const found = new Set<number>()
    const clean = (): number => {
      for (;;) {
        const one = some.below(options.size)
        if (!targets.has(one) && !found.has(one)) return one
      }
    }
    const many = (perMillion: number): number => Math.round((perMillion * options.size) / 1_000_000)
    for (let n = many(options.famous); n > 0; n -= 1) {
      const subscriber = clean()
      found.add(subscriber)
      for (let reads = some.poisson(1.5); reads > 0; reads -= 1)
        read(subscriber, staff.pick(some, subscriber, 0), { day: some.below(options.days), explained: false })
    }
    for (let n = many(options.acquainted); n > 0; n -= 1) {
      const subscriber = clean()
      found.add(subscriber)
      const account = staff.pick(some, subscriber, 0)
      for (let reads = some.between(1, 6); reads > 0; reads -= 1)
        read(subscriber, account, { day: some.below(options.days), explained: false })
    }
    return found
  }
}

interface Staff {
  readonly unexplained: Float64Array
  teamOf(account: number): number
  /** The number an account is logged under on a day: renamed accounts have another from the middle of the log on. */
  nameOf(account: number, day: number): number
  pick(random: Random, subscriber: number, regional: number): number
}

function staffOf(options: ReadLogOptions): Staff {
  const random = new Random(options.seed, 'staff')
  const teams = Math.max(1, Math.floor(options.accounts / options.teamSize))
  const unexplained = Float64Array.from({ length: options.accounts }, () => {
    const [a, b] = [gamma(random, 2), gamma(random, Math.round(2 / options.unexplained - 2))]
    return a / (a + b)
  })
  const regions = Math.min(10, teams)
  return {
    unexplained,
    teamOf: (account) => account % teams,
    nameOf: (account, day) =>
      options.variant === 'renamed-accounts' && account % teams === 1 % teams && day >= options.days / 2
        ? account + options.accounts
        : account,
    pick(from, subscriber, regional) {
      // Some do more than others: the larger of two draws is taken in three of four.
      const draw = (): number => Math.max(from.below(options.accounts), from.chance(0.25) ? from.below(options.accounts) : 0)
      let account = draw()
      if (from.chance(regional)) account = account - (account % regions) + (subscriber % regions)
      return Math.min(options.accounts - 1, account)
    },
  }
}

/** Gamma variate of a whole shape and scale 1. */
function gamma(random: Random, shape: number): number {
  let sum = 0
  for (let n = 0; n < shape; n += 1) sum += random.wait(1)
  return sum
}
