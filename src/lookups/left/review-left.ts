import { fault, limits, UserError, type Fault, type Locator } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { queryReader } from '../../statements/index.ts'
import { accountPseudonym, type AccountName } from '../account-name.ts'
import { sourceKey, type ReadingContext } from '../source.ts'
import { subscriberReader } from '../subscriber.ts'
import { askedQueries, oneQueryOnce, queriesOf } from './asked-queries.ts'
import { FindingBuilder } from './finding.ts'
import type { LeftBehind, LeftFinding, LeftPlace } from './left-behind.ts'
import { leftReading, type AskedQuery, type LeftReading, type LeftSource } from './left-source.ts'
import { Persons } from './persons.ts'
import { queryRead, type QueryRead } from './query-read.ts'
import { recoveredTable, recoveredText, type Recovered } from './recovered-rows.ts'
import { shownCite } from './shown-cite.ts'

interface LeftOptions extends ReadingContext {
  /** What accounts are called; their pseudonyms unless told. */
  readonly accountName?: AccountName
  /** Command lines of logs that were read already. */
  readonly commands?: AsyncIterable<LoggedCommand>
  /** The persons that may be told, by token; all unless told. Counts are of all. */
  readonly only?: ReadonlySet<string>
}

/** What was left behind, and where a subscriber stands in it, told or not. */
export interface ReviewedLeft {
  readonly left: LeftBehind | undefined
  readonly placesOf: (token: string) => readonly LeftPlace[]
  /** Tokens of the first persons asked for that may not be told. */
  readonly unshown: readonly string[]
  readonly faults: readonly Fault[]
}

/** A command line of a log, and where it stands. */
export interface LoggedCommand {
  readonly sha256: string
  readonly member?: string
  readonly file: string
  readonly at: Locator
  /** '' where none is recorded. */
  readonly time: string
  readonly account: string
  readonly host: string
  readonly command: string
}

/** A query of a whole table that is not known to hold subscribers until all others were read. */
interface Pending {
  readonly read: QueryRead
  readonly builder: FindingBuilder
  readonly time: string
  readonly cite: Cite
}

/** Findings, and queries of whole tables that wait: a log may hold the command lines of many accounts. */
const [mostFindings, mostPending] = [2_000, 10_000]

/**
 * What the actor left behind (rules K1 to K8): files that were recovered, and command lines of logs. Gives undefined where nothing of it names a subscriber's record, and
 * the faults of all sources in their order.
 */
export async function reviewLeft(sources: readonly LeftSource[], options: LeftOptions): Promise<ReviewedLeft> {
  const faults: Fault[] = []
  const builders = new Map<string, FindingBuilder>()
  const pending: Pending[] = []
  const persons = new Persons()
  const looked: LeftSource[] = []
  const read = queryReader()
  const subscriberOf = subscriberReader(options)
  const shown = options.accountName ?? ((login: string) => accountPseudonym(options.key, login))
  const unique = [...new Map(sources.map((one) => [sourceKey(one), one])).values()].sort((a, b) =>
    sourceKey(a) < sourceKey(b) ? -1 : 1,
  )
  for (const left of unique) {
    options.watch?.signal?.throwIfAborted()
    try {
      await ofSource(left, await leftReading(left))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      // A log handed over for something else is told where it is read for that.
      if (left.log !== true) faults.push(fault(error.code, error.message, { file: left.source.name }, error.hint))
    }
  }
  const once = oneQueryOnce()
  for await (const { sha256, member, file, at, time, account, host, command } of options.commands ?? []) {
    const source = member === undefined ? file : `${file}/${member}`
    const cite: Cite = { kind: 'exhibit', sha256, file, ...(member === undefined ? {} : { member }), at }
    for (const query of once(queriesOf(command), { time, host }))
      asked({ query, account, host, time }, { key: `${sha256}/${member ?? ''}`, kind: 'command-lines', source, cite })
  }
  for (const { read: one, builder, time, cite } of pending)
    if (one.tables.some((table) => persons.holds(table))) builder.query(one, { time, cite })
  const telling = new Set([...builders].filter(([, one]) => one.size > 0).map(([key]) => key.split('\u0000')[0]))
  faults.push(...looked.filter((left) => !telling.has(sourceKey(left))).map(nobodyIn))
  const findings = [...builders.values()].flatMap((one) => one.done() ?? [])
  const placesOf = (token: string): readonly LeftPlace[] => persons.placesOf(token)
  if (findings.length === 0) return { left: undefined, placesOf, unshown: [], faults }
  const atLeast = persons.full || [...builders.values()].some((one) => one.full)
  return {
    left: { ...persons.counts(), ...(atLeast ? { atLeast } : {}), findings, persons: persons.told(options.only) },
    placesOf,
    unshown: persons.unshown(options.only),
    faults,
  }

  async function ofSource(left: LeftSource, reading: LeftReading): Promise<void> {
    const { country, watch } = options
    const more = { country, subscriberOf, watch }
    switch (reading.kind) {
      case 'history':
      case 'script':
      case 'command-lines':
        await ofQueries(left, reading)
        break
      case 'table': {
        const table = await recoveredTable(left, { format: reading.format, ...more })
        await ofRows(left, { kind: 'table', ...table })
        break
      }
      case 'text': {
        // Numbers of a query are told with it.
        const lines = await ofQueries(left, { kind: 'script', of: 'shell' })
        await ofRows(left, { kind: 'text', besides: lines, ...recoveredText(left, more) })
        break
      }
      case 'none':
        faults.push(notRead(left, reading.seen))
        return
    }
    if (left.log !== true) looked.push(left)
  }

  /** Gives the lines on which queries stand. */
  async function ofQueries(left: LeftSource, reading: Parameters<typeof askedQueries>[1]): Promise<ReadonlySet<number>> {
    const lines = new Set<number>()
    for await (const batch of askedQueries(left, reading, options.watch)) {
      faults.push(...batch.faults.slice(0, limits.faultsKept))
      for (const one of batch.records) {
        if (one.at.kind === 'line') lines.add(one.at.n)
        asked(one, { key: sourceKey(left), kind: reading.kind, source: nameOf(left), cite: citeOf(left, one.at) })
      }
    }
    return lines
  }

  function asked(
    { query, account: login, host, time }: Omit<AskedQuery, 'at'>,
    {
      key,
      kind,
      source,
      cite,
    }: { readonly key: string; readonly kind: LeftFinding['kind']; readonly source: string; readonly cite: Cite },
  ): void {
    const one = queryRead(query, { reading: read(query), subscriberOf })
    if (one === undefined) return
    const account = shown(login.toLowerCase())
    const builder = builderOf(key, { kind, source, account, host })
    if (builder === undefined) return
    if (one.whole && !one.certain) {
      if (pending.length < mostPending) pending.push({ read: one, builder, time, cite })
      return
    }
    const tokens = one.subscribers.map(({ token }) => token)
    const told = shownCite(cite, tokens, options.only)
    builder.query(one, { time, cite: told })
    persons.asked(one, { kind, source, account, ...(time === '' ? {} : { at: time }), fields: one.fields, cites: [told] })
  }

  async function ofRows(
    left: LeftSource,
    { kind, rows, fields, besides }: Recovered & { readonly kind: 'table' | 'text'; readonly besides?: ReadonlySet<number> },
  ): Promise<void> {
    const builder = builderOf(sourceKey(left), { kind, source: nameOf(left), account: '', host: left.host ?? '' })
    if (builder === undefined) return
    const place = { kind, source: nameOf(left), account: '', fields: builder.fields(fields) }
    const file = { place, cite: (at: Locator) => citeOf(left, at) }
    for await (const batch of rows) {
      faults.push(...batch.faults.slice(0, limits.faultsKept))
      for (const { at, subscriber } of batch.records) {
        if (at.kind === 'line' && besides?.has(at.n) === true) continue
        builder.row(subscriber.token, () => citeOf(left, at))
        persons.inFile(subscriber, file, at)
      }
    }
  }

  function builderOf(source: string, of: Pick<LeftFinding, 'kind' | 'source' | 'account' | 'host'>): FindingBuilder | undefined {
    const key = [source, of.kind, of.account, of.host].join('\u0000')
    const known = builders.get(key)
    if (known !== undefined || builders.size >= mostFindings) return known
    const builder = new FindingBuilder(of, options.only)
    builders.set(key, builder)
    return builder
  }
}

function nameOf({ source, member }: LeftSource): string {
  return member === undefined || source.name.endsWith(member) ? source.name : `${source.name}/${member}`
}

function citeOf({ sha256, member, source }: LeftSource, at: Locator): Cite {
  return { kind: 'exhibit', sha256, file: source.name, ...(member === undefined ? {} : { member }), at }
}

function notRead({ source }: LeftSource, seen: string): Fault {
  return fault(
    'left-not-read',
    `Not read for what was left behind: ${seen}.`,
    { file: source.name },
    'Give histories, scripts, tables or texts; unpack what is packed twice.',
  )
}

function nobodyIn({ source }: LeftSource): Fault {
  return fault(
    'left-nobody',
    "Nothing in this file names a subscriber's record in a way that is read.",
    { file: source.name },
    'Say which column names the subscriber (--map with {"subscriber": "..."}), and the country of numbers without one (--country).',
    0,
  )
}
