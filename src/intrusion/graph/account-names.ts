import { nowhere, sql } from './fragments.ts'

/** What an account is. */
type AccountClass = 'user' | 'admin' | 'service' | 'machine' | 'built-in'

/** A name with what records say beside it. */
interface NamedAccount {
  /** Lower case: `domain\name`, `name@realm` or the bare name. */
  readonly name: string
  /** Identifier stated with it most often; '' never. */
  readonly sid: string
  readonly count: number
  /** Whether it was ever given an administrator's privileges at a logon. */
  readonly privileged: boolean
  /** Whether it logs on as a service or batch job. */
  readonly serving: boolean
}

/** Days on which an account logged on from an origin. */
export interface AccountOrigin {
  readonly name: string
  readonly origin: string
  readonly days: number
}

/** A name, and the account it is. */
export interface AccountName {
  readonly name: string
  readonly node: string
  readonly class: AccountClass
  readonly sid: string
  /** Origin of most of its days with logons, how many those are, and how many days there are over all origins. */
  readonly home: string
  readonly home_days: number
  readonly days: number
}

const builtIn =
  /^(?:nt authority|nt-autorität|autorite nt|font driver host|window manager|nt service|iis apppool|nt virtual machine)\\|(?:^|\\)(?:system|anonymous logon|local service|network service|dwm-\d{1,3}|umfd-\d{1,3})$/
const builtInSid = /^S-1-5-(?:7|18|19|20|80-.{1,80}|82-.{1,80}|83-.{1,80}|90-.{1,20}|96-.{1,20})$/

/**
 * One node for every account, whatever its records call it: names with one security identifier are one; a principal name or a
 * qualified domain joins the short domain of the same first label; a bare name joins where only one account has it.
 */
export function accountNames(named: readonly NamedAccount[], origins: readonly AccountOrigin[]): AccountName[] {
  const sorted = named.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  const sidOf = new Map<string, string>()
  for (const one of sorted) if (one.sid !== '' && !sidOf.has(one.name)) sidOf.set(one.name, one.sid)
  // Best name of each identifier: short domain first, then the most frequent.
  const nameOfSid = new Map<string, string>()
  for (const one of sorted.toSorted((a, b) => formOf(a.name) - formOf(b.name)))
    if (one.sid !== '' && sidOf.get(one.name) === one.sid && !nameOfSid.has(one.sid)) nameOfSid.set(one.sid, one.name)
  const keyed = (name: string): string => {
    const sid = sidOf.get(name)
    return sid === undefined ? name : (nameOfSid.get(sid) ?? name)
  }
  const known = new Set(sorted.map((one) => one.name))
  const bare = new Map<string, Set<string>>()
  for (const one of sorted) {
    const { domain, user } = partsOf(one.name)
    if (domain === '') continue
    const main = mainOf(one.name, known, keyed)
    bare.set(user, (bare.get(user) ?? new Set<string>()).add(main))
  }
  const mains = new Map(
    sorted.map((one) => {
      const { domain, user } = partsOf(one.name)
      const others = bare.get(user)
      const only = domain === '' && sidOf.get(one.name) === undefined && others?.size === 1 ? [...others][0] : undefined
      return [one.name, only ?? mainOf(one.name, known, keyed)] as const
    }),
  )
  const all = Map.groupBy(sorted, (one) => mains.get(one.name) as string)
  const days = Map.groupBy(origins, (one) => mains.get(one.name) ?? one.name)
  // Records that name an account by its identifier alone mean the same.
  const identified = [...sidOf].map(([name, sid]) => [sid.toLowerCase(), mains.get(name) as string] as const)
  return [...new Map([...mains, ...identified])]
    .map(([name, main]): AccountName => {
      const records = all.get(main) ?? []
      const sid = records.find((record) => record.sid !== '')?.sid ?? ''
      const from = new Map<string, number>()
      for (const origin of days.get(main) ?? []) from.set(origin.origin, (from.get(origin.origin) ?? 0) + origin.days)
      const [home, homeDays] = [...from].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0]
      return {
        name,
        node: `acct:${main}`,
        class: classOf(main, sid, records),
        sid,
        home,
        home_days: homeDays,
        days: [...from.values()].reduce((sum, count) => sum + count, 0),
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function mainOf(name: string, known: ReadonlySet<string>, keyed: (name: string) => string): string {
  const main = keyed(name)
  if (main !== name) return main
  const { domain, user } = partsOf(name)
  const label = domain.split('.')[0] ?? ''
  const short = `${label}\\${user}`
  return label !== '' && short !== name && known.has(short) ? keyed(short) : name
}

function partsOf(name: string): { readonly domain: string; readonly user: string } {
  const slash = name.lastIndexOf('\\')
  if (slash >= 0) return { domain: name.slice(0, slash), user: name.slice(slash + 1).split('@')[0] as string }
  const at = name.indexOf('@')
  return at > 0 ? { domain: name.slice(at + 1), user: name.slice(0, at) } : { domain: '', user: name }
}

/** Short domain before qualified one, before principal name, before bare name. */
function formOf(name: string): number {
  const { domain } = partsOf(name)
  if (domain === '') return 3
  if (!name.includes('\\')) return 2
  return domain.includes('.') ? 1 : 0
}

function classOf(main: string, sid: string, records: readonly NamedAccount[]): AccountClass {
  if (builtIn.test(main) || builtInSid.test(sid)) return 'built-in'
  const { user } = partsOf(main)
  if (user.endsWith('$')) return 'machine'
  if (records.some((one) => one.serving) || /^(?:svc|service|sql|app|batch|backup)[._-]|[._-](?:svc|service)$/.test(user))
    return 'service'
  return sid.endsWith('-500') || user === 'root' || records.some((one) => one.privileged) ? 'admin' : 'user'
}

/** Names of accounts with what stands beside them. Parameters: `load`, `most`. */
export const namedAccountsSql = sql`
SELECT name, argMax(sid, (sid != '', c, sid)) AS sid, sum(c) AS count, max(privileged) AS privileged, max(serving) AS serving
FROM (
  SELECT account AS name, if(startsWith(sid, 'S-1-5-'), sid, '') AS sid, count() AS c, max(what = 'privileged') AS privileged,
    max(what = 'logon' AND mode = '4') AS serving
  FROM edge_facts WHERE load_id = {load:UInt64} AND account != '' GROUP BY 1, 2
  UNION ALL
  SELECT other_account, if(what = 'account-change' AND startsWith(other_guid, 'S-1-5-'), other_guid, ''), count(), 0, 0 FROM edge_facts
  WHERE load_id = {load:UInt64} AND other_account != '' AND what IN ('logon', 'explicit', 'account-change', 'command') GROUP BY 1, 2
  UNION ALL
  SELECT text, '', count(), 0, 0 FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'logon' AND text != '' GROUP BY 1)
GROUP BY name ORDER BY name LIMIT {most:UInt64}`

/** Days with logons by account and origin. Parameters: `load`, `most`. */
export const accountOriginsSql = sql`
SELECT account AS name, if(${nowhere('address')}, if(name = '', host, lower(name)), address) AS origin, uniqExact(toDate(t)) AS days
FROM edge_facts
WHERE load_id = {load:UInt64} AND what IN ('logon', 'session', 'tgt') AND account != '' AND NOT endsWith(account, '$')
GROUP BY 1, 2 ORDER BY 1, 2 LIMIT {most:UInt64}`
