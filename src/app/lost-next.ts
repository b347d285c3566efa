import type { Coverage, CoverageRow } from '../assessment/index.ts'
import { parseIso } from '../base/index.ts'
import { losses, preservations } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import { listInventory, losing, type Days, type LogSource, type Registered } from '../inventory/index.ts'
import type { LostNext } from '../response/index.ts'
import type { Answer } from './answer.ts'
import type { CaseStore } from './case-store.ts'
import { caseClock } from './due.ts'
import { openInventory } from './estate.ts'
import { neededPeriod } from './needed-period.ts'
import type { Workspace } from './workspace.ts'

/** A period given by a person: days, `YYYY-MM-DD`. */
export interface AskedPeriod {
  readonly from?: string
  readonly to?: string
}

/** What the log sources of the inventory lose next of the days the case needs, and what the case has done about it. */
export function lostNext(options: {
  readonly workspace: Pick<Workspace, 'path'>
  readonly store: CaseStore
  readonly answer: Answer
  readonly now: string
  readonly asked?: AskedPeriod
}): LostNext {
  const { workspace, store, answer } = options
  const info = store.info()
  const now = caseClock(info, options.now)
  const period = neededPeriod(info, answer, options.asked)
  if (period === undefined) return { now, sources: [] }
  const db = openInventory(workspace, info)
  try {
    const hostsOf = new Map(listInventory(db, 'system').map((one) => [one.id, one.hosts]))
    const rows = answer.coverage.rows ?? []
    const rowsOf = (source: LogSource): readonly CoverageRow[] => rows.filter((row) => isOf(row, source, hostsOf))
    const names = new Map(exhibits(store.db).map((one) => [one.sha256, one.number]))
    const given = store.given()
    const lost = losses(store.db)
    const requests = preservations(store.db)
    const found = losing({
      sources: listInventory(db, 'log_source'),
      now,
      from: period.from,
      to: period.to,
      held: (source) => rowsOf(source).flatMap((row) => bridged(row.days)),
    })
    return {
      period,
      now,
      sources: found.map((one) => {
        const source: LogSource = { ...one, kind: 'log_source', id: one.source }
        const holding = rowsOf(source).filter((row) => row.days.some((days) => meets(days, period)))
        const about = given.filter(
          ({ rule }) =>
            (rule.role === 'audit' || rule.role === 'logs') &&
            ((rule.system !== undefined && rule.system.toLowerCase() === one.system?.toLowerCase()) ||
              (rule.host !== undefined && rule.host.toLowerCase() === one.host?.toLowerCase())),
        )
        const holders = numbersOf(holding.flatMap(hashes), names)
        return {
          ...one,
          exhibits: holders,
          unmeasured: numbersOf(
            about.map((each) => each.sha256),
            names,
          ).filter((each) => !holders.includes(each)),
          losses: lost.filter((each) => each.source === one.source),
          requests: requests.filter((each) => each.source === one.source),
        }
      }),
    }
  } finally {
    db.close()
  }
}

/** Days of which an exhibit of the case holds events, by log source as the inventory names it. */
export function heldDays(rows: readonly CoverageRow[], entries: readonly Registered[]): ReadonlyMap<string, readonly Days[]> {
  const hostsOf = new Map(entries.flatMap((one) => (one.kind === 'system' ? [[one.id, one.hosts] as const] : [])))
  const sources = entries.filter((one) => one.kind === 'log_source')
  return new Map(
    sources.map((source) => [source.entry, rows.filter((row) => isOf(row, source, hostsOf)).flatMap((row) => bridged(row.days))]),
  )
}

/** Days without an event between days with events that an exhibit still counts as holding: quiet logs are quiet for days. */
const quietDays = 3

function bridged(all: readonly Days[]): readonly Days[] {
  const joined: { from: string; to: string }[] = []
  for (const { from, to } of all) {
    const last = joined.at(-1)
    if (last !== undefined && Date.parse(from) - Date.parse(last.to) <= (quietDays + 1) * 86_400_000) last.to = to
    else joined.push({ from, to })
  }
  return joined
}

function meets(days: Days, period: Days): boolean {
  return days.from <= period.to && days.to >= period.from
}

function hashes({ cites }: Pick<Coverage['sources'][number], 'cites'>): string[] {
  return cites.flatMap((cite) => (cite.kind === 'exhibit' ? [cite.sha256] : []))
}

function numbersOf(sha256s: readonly string[], names: ReadonlyMap<string, string>): string[] {
  const found = new Set(sha256s.flatMap((sha256) => names.get(sha256) ?? []))
  return [...found].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
}

/** What an inventory calls a kind of log, and the families that it stands for. */
const kinds: readonly (readonly [RegExp, RegExp])[] = [
  [/evtx|windows|winlog|sysmon/, /^eventlog$/],
  [/access.?log|web|nginx|apache|iis|tomcat/, /^(?:webserver|iis|http)$/],
  [/pgaudit|postgres/, /^postgresql$/],
  [/auditd/, /^auditd$/],
  [/syslog|linux|journal/, /^(?:linux|auditd)$/],
  [/vpn/, /^(?:openvpn|ivanti|citrix|f5|fortigate|paloalto|vpn)$/],
  [/firewall/, /^(?:fortigate|paloalto|cisco|firewall)$/],
  [/router|switch|aaa|tacacs/, /^cisco$/],
  [/netflow|flow|zeek/, /^(?:netflow|zeek)$/],
  [/dns/, /^(?:dns|bind|dnsmasq|windows)$/],
  [/proxy/, /^(?:proxy|squid|haproxy)$/],
  [/office|m365|exchange/, /^m365$/],
  [/entra|azure/, /^azure$/],
]

/**
 * True when a row of the coverage is of this source: same host (or a host of its system) and the kind of log it names. A kind that is
 * not known counts only where the row's family bears its name, so that another log of the host is not taken for it.
 */
function isOf(row: CoverageRow, source: LogSource, hostsOf: ReadonlyMap<string, readonly string[]>): boolean {
  const hosts = source.host === undefined ? (hostsOf.get(source.system ?? '') ?? []) : [source.host]
  if (hosts.length > 0 && !hosts.some((host) => shortName(host) === row.host)) return false
  const type = (source.type ?? '').toLowerCase()
  if (type === '') return hosts.length > 0
  const known = kinds.find(([words]) => words.test(type))
  return known === undefined ? row.family.toLowerCase() === type : known[1].test(row.family)
}

function shortName(host: string): string {
  const name = host.trim().toLowerCase()
  return /^[\d.]+$/.test(name) ? name : (name.split('.')[0] ?? name)
}

/** True for a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseIso(text) !== undefined
}
