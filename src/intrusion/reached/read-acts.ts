import type { Cite } from '../../evidence/index.ts'
import { statementReader } from '../../statements/index.ts'
import type { Engine } from '../../store/index.ts'
import { citeOf, isoOf } from '../cited.ts'
import type { AddressNames } from '../address-names.ts'
import type { Act, Via } from './act.ts'
import {
  actsMost,
  citedAddressesSql,
  commandSql,
  databaseSql,
  dnsSql,
  fileSql,
  flowSql,
  shareSql,
  warehouseSql,
  webSql,
} from './acts-sql.ts'
import { citesIn, scopeOf, stretchesOf, type Scope } from './scope.ts'
import type { Story } from '../story.ts'

interface ActRow {
  readonly host: string
  readonly peer: string
  readonly account: string
  readonly name: string
  readonly how: string
  readonly detail: string
  readonly records: string
  readonly rows_sum: string
  readonly rows_most: string
  readonly rows_known: string
  readonly bytes_sum: string
  readonly bytes_known: string
  readonly first: string
  readonly last: string
  readonly cites: readonly (readonly [string, string, string, string, number])[]
}

/** What acts are read from. */
export interface ActSource {
  readonly engine: Engine
  readonly loads: readonly string[]
  readonly names: AddressNames
  readonly stories: readonly Story[]
  readonly fileOf: (sha256: string) => string
}

const statements: readonly (readonly [Via, string])[] = [
  ['database', databaseSql],
  ['database', warehouseSql],
  ['share', shareSql],
  ['file', fileSql],
  ['command', commandSql],
  ['flow', flowSql],
  ['web', webSql],
  ['dns', dnsSql],
]

/** Reads everything by which the stories' hosts and accounts can have reached data, and where and when each story was at work. */
export async function readActs(
  source: ActSource,
): Promise<{ readonly scopes: readonly Scope[]; readonly acts: readonly Act[]; readonly cutOff: boolean }> {
  const { engine, loads, names, stories, fileOf } = source
  const named = names.nameOf
  const clients = await citedAddresses(source)
  const scopes = stories.map((story) =>
    scopeOf(
      story,
      citesIn(story).flatMap((cite) => clients.get(keyOf(cite)) ?? []),
    ),
  )
  const hosts = [...new Set(scopes.flatMap((one) => [...one.hosts.keys()]))].sort()
  const params = {
    loads,
    ...stretchesOf(scopes),
    hosts,
    addresses: addressesOf(hosts, names),
    accounts: [...new Set(scopes.flatMap((one) => [...one.accounts]))].sort(),
    clients: [...new Set(scopes.flatMap((one) => [...one.clients]))].sort(),
  }
  const acts: Act[] = []
  let cutOff = false
  for (const [via, sql] of statements) {
    const rows = await engine.rows<ActRow>(sql, params)
    cutOff ||= rows.length >= actsMost
    for (const row of rows) acts.push(actOf(via, row, { named, fileOf }))
  }
  return { scopes, acts: tablesNamed(acts), cutOff }
}

/** Whatever stands for these hosts where a record says where it came from: their addresses, and what is known by no other name. */
function addressesOf(hosts: readonly string[], names: AddressNames): string[] {
  const wanted = new Set(hosts)
  const used = names.addressesOf(wanted).filter((address) => wanted.has(names.nameOf(address)))
  return [...new Set([...used, ...hosts.filter((host) => names.nameOf(host) === host)])].sort()
}

function actOf(
  via: Via,
  row: ActRow,
  { named, fileOf }: { named: (text: string) => string; fileOf: (sha256: string) => string },
): Act {
  return {
    via,
    host: named(row.host),
    peer: named(row.peer),
    account: row.account,
    name: row.name,
    how: row.how.replace(/^([A-Z_]*)\d{6,}$/, '$1'),
    detail: row.detail,
    records: Number(row.records),
    rows: Number(row.rows_sum),
    rowsMost: Number(row.rows_most),
    rowsKnown: Number(row.rows_known),
    bytes: Number(row.bytes_sum),
    bytesKnown: Number(row.bytes_known),
    first: isoOf(row.first),
    last: isoOf(row.last),
    cites: row.cites.map(([, exhibit, member, unit, n]) => citeOf({ exhibit, member, unit, at_n: n }, fileOf)),
  }
}

/** Where a log names no table, the statement does. */
function tablesNamed(acts: readonly Act[]): Act[] {
  const read = statementReader()
  return acts.flatMap((act) => {
    if (act.via !== 'database' || act.name !== '') return [act]
    const { tables } = read(act.detail)
    return tables.length === 0 ? [act] : tables.map((name) => ({ ...act, name }))
  })
}

/** The record, line or row that a cite points to. */
function recordOf(cite: Cite): { readonly exhibit: string; readonly member: string; readonly n: number } | undefined {
  if (cite.kind !== 'exhibit' || !('n' in cite.at) || typeof cite.at.n !== 'number') return undefined
  return { exhibit: cite.sha256, member: cite.member ?? '', n: cite.at.n }
}

function keyOf(cite: Cite): string {
  const one = recordOf(cite)
  return one === undefined ? '' : `${one.exhibit} ${one.member} ${one.n}`
}

async function citedAddresses({ engine, loads, stories }: ActSource): Promise<ReadonlyMap<string, readonly string[]>> {
  const cites = [...new Map(stories.flatMap(citesIn).map((cite) => [keyOf(cite), cite])).values()].flatMap(
    (cite) => recordOf(cite) ?? [],
  )
  const rows = await engine.rows<{ exhibit: string; member: string; at_n: number; source_ip: string }>(citedAddressesSql, {
    loads,
    exhibits: cites.map((one) => one.exhibit),
    members: cites.map((one) => one.member),
    ns: cites.map((one) => one.n),
  })
  const found = new Map<string, string[]>()
  for (const row of rows) {
    const key = `${row.exhibit} ${row.member} ${row.at_n}`
    found.set(key, [...(found.get(key) ?? []), row.source_ip])
  }
  return found
}
