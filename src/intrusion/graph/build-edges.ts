import { canonicalJson, sha256, type Watch } from '../../base/index.ts'
import type { Lake, LoadWriter } from '../../store/index.ts'
import { accountNames, accountOriginsSql, namedAccountsSql, type AccountOrigin } from './account-names.ts'
import { addressOwners, lentSql, ownerRunsSql, type AddressOwner } from './address-owners.ts'
import { accountNamesTable, addressOwnersTable, edgeStagingTables, edgeTables, hostClocksTable } from './edge-tables.ts'
import type { EdgeKind } from './edge.ts'
import { directoryRules } from './directory-rules.ts'
import { draftsSql } from './edge-rule.ts'
import { edgeDaysSql, edgesIntoSql, edgesOutSql } from './final-edges.ts'
import { clockPairsSql, hostClocks, type ClockPair, type HostClock } from './host-clocks.ts'
import { keepFacts, readFactsSql, takeFactsSql } from './keep-facts.ts'
import { linking } from './linked-edges.ts'
import { hostChangeRules } from './host-change-rules.ts'
import { logonRules } from './logon-rules.ts'
import { processRules } from './process-rules.ts'
import { otherStartsSql, seenRunningSql, sysmonStartsSql } from './process-starts.ts'
import { serverRules } from './server-rules.ts'

/** What building edges gave. */
export interface BuiltEdges {
  /** Load of the lake that holds the edges. */
  readonly load: string
  /** Whether they stood there already. */
  readonly reused: boolean
  /** Clocks of hosts that share records with others; those not applied are stated as unknown. */
  readonly clocks: readonly HostClock[]
  /** Whose addresses were when. */
  readonly owners: readonly AddressOwner[]
  /** Edges by kind, most first. */
  readonly kinds: readonly { readonly kind: EdgeKind; readonly edges: number }[]
}

/** Changed whenever owners, accounts or clocks are worked out otherwise; statements speak for themselves. */
const identityVersion = 1
/** Rows of identity that come out of the engine: runs of owners, names of accounts, origins. */
const mostRows = '2000000'

const drafting = [...processRules, ...logonRules, ...hostChangeRules, ...directoryRules, ...serverRules]
const statements = [
  readFactsSql,
  sysmonStartsSql,
  otherStartsSql,
  seenRunningSql,
  draftsSql(drafting),
  ...linking.map((one) => one.sql),
  edgeDaysSql,
  edgesIntoSql,
  edgesOutSql,
  ownerRunsSql,
  lentSql,
  namedAccountsSql,
  accountOriginsSql,
  clockPairsSql,
]
const version = sha256(Buffer.from(canonicalJson([identityVersion, ...statements])))

/**
 * Builds the edges of some committed loads of events, as one load of the lake: whole or not at all, once for the same loads and
 * rules. Events are read once for each load; what is added to a case is joined with what was read before. In: the lake with `edgeTables` and `edgeStagingTables`. Throws what the engine throws, and on the watch's signal.
 */
export async function buildEdges(options: {
  readonly lake: Lake
  readonly loads: readonly string[]
  readonly watch?: Watch
  /** Facts that one slice of a join holds, about; the edges do not depend on it. */
  readonly factsAtOnce?: number
}): Promise<BuiltEdges> {
  const { lake, watch = {}, factsAtOnce = 3_000_000 } = options
  const loads = [...new Set(options.loads)].sort((a, b) => Number(BigInt(a) - BigInt(b)))
  const key = `edges:${version}:${sha256(Buffer.from(loads.join(',')))}`
  const sets = lake.committed(key) === undefined ? await keepFacts({ lake, loads, watch }) : []
  const { id, reused } = await lake.load({ key, tables: [...edgeTables, ...edgeStagingTables] }, (writer) =>
    fill({ lake, loads, sets, writer, watch, factsAtOnce }),
  )
  const of = { load: id }
  const { engine } = lake
  return {
    load: id,
    reused,
    clocks: await engine.rows<HostClock>(
      'SELECT * EXCEPT (load_id, micros), toFloat64(micros) AS micros FROM host_clocks WHERE load_id = {load:UInt64} ORDER BY host',
      of,
    ),
    owners: await engine.rows<AddressOwner>(
      `SELECT address, node, ${isoSql('since')} AS since, ${isoSql('until')} AS until, toFloat64(votes) AS votes FROM address_owners WHERE load_id = {load:UInt64} ORDER BY address, address_owners.since`,
      of,
    ),
    kinds: await engine.rows<{ kind: EdgeKind; edges: number }>(
      'SELECT kind, toFloat64(count()) AS edges FROM edges_into WHERE load_id = {load:UInt64} GROUP BY kind ORDER BY edges DESC, kind',
      of,
    ),
  }
}

function isoSql(column: string): string {
  return `concat(replaceOne(toString(${column}), ' ', 'T'), 'Z')`
}

interface Building {
  readonly lake: Lake
  readonly loads: readonly string[]
  /** Loads that hold their facts. */
  readonly sets: readonly string[]
  readonly writer: LoadWriter
  readonly watch: Watch
  readonly factsAtOnce: number
}

async function fill({ lake, loads, sets, writer, watch, factsAtOnce }: Building): Promise<void> {
  const { engine } = lake
  const load = writer.loadId
  await engine.run(takeFactsSql, { load, loads, sets })
  const slices = await slicesOf(lake, load, factsAtOnce)
  // Statements about what is not there would make nothing, and are not even read by the engine.
  const perSlice: readonly (readonly [string, number, () => Promise<readonly string[]> | readonly string[]])[] = [
    ['telling processes apart', 3, () => [sysmonStartsSql, seenRunningSql, otherStartsSql]],
    ['joining', 1, async () => draftingOf(await wordsOf(lake, 'SELECT DISTINCT what FROM edge_facts', load))],
    // A connection is recorded on another host than it leads to: all drafts come first.
    ['joining', linking.length, async () => linkingOf(await wordsOf(lake, 'SELECT DISTINCT rule FROM edge_drafts', load))],
    ['weighing edges', 1, () => [edgeDaysSql]],
    ['storing edges', 1, () => [edgesIntoSql]],
  ]
  const steps = 3 + slices * perSlice.reduce((sum, [, most]) => sum + most, 0)
  let done = 1
  const step = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: what, done, total: steps, unit: 'steps' })
    await work()
    done += 1
  }
  await step('telling hosts and accounts apart', () => identify(lake, writer))
  for (const [what, most, statementsOf] of perSlice) {
    const all = await statementsOf()
    for (let slice = 0; slice < slices; slice += 1)
      for (const statement of all) await step(what, () => engine.run(statement, { load, slice, slices }))
    done += slices * (most - all.length)
  }
  await step('storing edges', () => engine.run(edgesOutSql, { load }))
  await step('clearing up', async () => {
    for (const { name } of edgeStagingTables) await clear(lake, name, load)
  })
}

/** What a statement selects of one load, as a set. */
async function wordsOf({ engine }: Lake, select: string, load: string): Promise<ReadonlySet<string>> {
  const rows = await engine.rows<Record<string, string>>(`${select} WHERE load_id = {load:UInt64}`, { load })
  return new Set(rows.flatMap((row) => Object.values(row)))
}

/** The statement that makes drafts of some kinds of facts. */
function draftingOf(kinds: ReadonlySet<string>): string[] {
  const rules = drafting.filter((rule) => kinds.has(rule.of))
  return rules.length === 0 ? [] : [draftsSql(rules)]
}

/** The statements that join drafts of some rules. */
function linkingOf(rules: ReadonlySet<string>): string[] {
  return linking.filter(({ needs }) => needs.every((some) => some.some((rule) => rules.has(rule)))).map(({ sql }) => sql)
}

/** How many slices the facts are joined in, each a share of the hosts: what a join holds in memory is bounded by that. */
async function slicesOf({ engine }: Lake, load: string, factsAtOnce: number): Promise<number> {
  const [facts] = await engine.rows<{ c: string }>('SELECT count() AS c FROM edge_facts WHERE load_id = {load:UInt64}', { load })
  return Math.max(1, Math.ceil(Number(facts?.c ?? 0) / factsAtOnce))
}

/** Whose addresses, which accounts, which clocks: few rows out of the engine, worked out, and back. */
async function identify({ engine }: Lake, writer: LoadWriter): Promise<void> {
  const of = { load: writer.loadId, most: mostRows }
  const runs = await engine.rows<Record<'address' | 'node' | 'first' | 'last' | 'votes', string>>(ownerRunsSql, of)
  const lent = await engine.rows<Record<'address' | 'node' | 'since' | 'until', string>>(lentSql, of)
  const owners = addressOwners(
    runs.map((run) => ({ ...run, first: Number(run.first), last: Number(run.last), votes: Number(run.votes) })),
    lent.map(({ address, node, since, until }) => ({
      address,
      node,
      since: Number(since),
      ...(until === '0' ? {} : { until: Number(until) }),
    })),
  )
  await writer.insert(addressOwnersTable, [owners])
  const named = await engine.rows<Record<'name' | 'sid' | 'count', string> & Record<'privileged' | 'serving', number>>(
    namedAccountsSql,
    of,
  )
  const origins = await engine.rows<Omit<AccountOrigin, 'days'> & { readonly days: string }>(accountOriginsSql, of)
  const accounts = accountNames(
    named.map((one) => ({ ...one, count: Number(one.count), privileged: one.privileged === 1, serving: one.serving === 1 })),
    origins.map((one) => ({ ...one, days: Number(one.days) })),
  )
  await writer.insert(accountNamesTable, [accounts])
  const pairs = await engine.rows<Omit<ClockPair, 'micros'> & { readonly micros: string }>(clockPairsSql, of)
  await writer.insert(hostClocksTable, [hostClocks(pairs.map((pair) => ({ ...pair, micros: Number(pair.micros) })))])
}

async function clear({ engine }: Lake, table: string, load: string): Promise<void> {
  const others = await engine.rows(`SELECT 1 AS x FROM ${table} WHERE load_id != {load:UInt64} LIMIT 1`, { load })
  await engine.run(others.length === 0 ? `TRUNCATE TABLE ${table}` : `DELETE FROM ${table} WHERE load_id = {load:UInt64}`, {
    load,
  })
}
