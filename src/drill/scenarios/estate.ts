import { Random } from '../random.ts'
import type { ScenarioOptions } from './scenario.ts'

/** What a computer or device is there for. */
export type Role =
  | 'controller'
  | 'jump'
  | 'portal'
  | 'selfcare'
  | 'api'
  | 'files'
  | 'application'
  | 'database'
  | 'backup'
  | 'scanner'
  | 'updates'
  | 'protection'
  | 'proxy'
  | 'vpn'
  | 'router'
  | 'workstation'

/** A computer or device of the invented operator. */
export interface Host {
  /** Short name, lower case: what the truth calls it. */
  readonly name: string
  readonly ip: string
  readonly role: Role
  readonly system: 'windows' | 'linux' | 'device'
}

/** Somebody's login. `user` as Windows writes it. */
export interface Account {
  readonly user: string
  readonly name: string
  readonly kind: 'user' | 'admin' | 'service' | 'vendor'
  /** Where it works from; service accounts from the server of their service. */
  readonly home: Host
  /** Address outside from which it comes through the VPN. */
  readonly network: string
}

/** An invented firm with remote access. */
interface Vendor {
  readonly id: string
  readonly name: string
  readonly services: readonly string[]
  readonly account: Account
}

/** The hosts, accounts and vendors of one generated operator. */
export interface Estate {
  readonly seed: number
  readonly domain: 'MERIDIAN'
  readonly dns: 'corp.meridian.example'
  readonly hosts: readonly Host[]
  readonly users: readonly Account[]
  readonly admins: readonly Account[]
  readonly service: Readonly<Record<'backup' | 'scan' | 'updates' | 'protection' | 'jobs', Account>>
  readonly vendors: readonly Vendor[]
  /** Make of the VPN gateway. */
  readonly gateway: 'fortigate' | 'globalprotect'
  /** All hosts of a role; there is at least one of each. */
  of(role: Role): readonly Host[]
  one(role: Role): Host
  /** A free address of the VPN's pool. */
  pool(number: number): string
  /** First three numbers of a network of the estate: `10.31.2`. */
  net(segment: number): string
}

const stems: Readonly<Record<Role, readonly string[]>> = {
  controller: ['DC'],
  jump: ['JMP', 'ADM-JMP', 'OPS-JMP'],
  portal: ['PORTAL', 'EXT-WEB', 'DEALER'],
  selfcare: ['SELFCARE', 'MYACC', 'CARE-WEB'],
  api: ['API-GW', 'APP-API'],
  files: ['FS', 'FILE', 'NAS'],
  application: ['CRM-APP', 'BIL-APP', 'ORD-APP', 'POS-APP', 'MED-APP', 'QMS-APP', 'RPT-APP'],
  database: ['CDR-DB', 'CRM-DB'],
  backup: ['BKP', 'BACKUP'],
  scanner: ['VULN', 'SCAN'],
  updates: ['WSUS', 'PATCH', 'MGMT'],
  protection: ['EDR', 'EPP'],
  proxy: ['PROXY', 'PRX'],
  vpn: ['VPN', 'FGT'],
  router: ['PE', 'CE', 'CORE'],
  workstation: ['WS'],
}
const segments: Readonly<Record<Role, number>> = {
  controller: 2,
  jump: 4,
  portal: 1,
  selfcare: 1,
  api: 1,
  files: 2,
  application: 2,
  database: 5,
  backup: 3,
  scanner: 3,
  updates: 3,
  protection: 3,
  proxy: 3,
  vpn: 8,
  router: 9,
  workstation: 16,
}
const systems: Partial<Record<Role, Host['system']>> = {
  api: 'linux',
  database: 'linux',
  proxy: 'linux',
  vpn: 'device',
  router: 'device',
}

/** How many hosts of a role an estate of so many has; what is left are workstations. */
function counts(hosts: number): readonly (readonly [Role, number])[] {
  const large = Math.floor(hosts / 100)
  return [
    ['controller', 2],
    ['jump', 1 + Math.min(large, 2)],
    ['portal', 1],
    ['selfcare', 1],
    ['api', 1],
    ['files', 1 + large * 2],
    ['application', 3 + large * 6],
    ['database', 2],
    ['backup', 1],
    ['scanner', 1],
    ['updates', 1],
    ['protection', 1],
    ['proxy', 1],
    ['vpn', 1],
    ['router', 3 + large],
  ]
}

const given =
  'amir bala chong dina ewan farid gita hana ishak jaya kamal lina mei nadia omar priya rosli siti tan umi wei yusof zain'.split(
    ' ',
  )
const family = 'rahman krishnan lim osman ong ismail devi yap hassan wong salleh pillai chin noor teoh halim'.split(' ')
const vendorNames = ['Kestrel Field Services', 'Tarra Systems', 'Lumen Bay Support', 'Northgate Mediation', 'Senja Integration']

/** Draws an estate: names, addresses and logins by the seed. */
export function drawEstate(seed: number, options: Pick<ScenarioOptions, 'hosts'> & { readonly hosts: number }): Estate {
  const random = new Random(seed, 'scenario-estate')
  const second = random.between(20, 99)
  const net = (segment: number): string => `10.${second}.${segment}`
  const used = new Map<number, number>()
  const host = (role: Role, name: string): Host => {
    const number = (used.get(segments[role]) ?? 9) + random.between(1, role === 'workstation' ? 1 : 3)
    used.set(segments[role], number)
    const ip = `${net(segments[role] + Math.floor(number / 250))}.${number % 250}`
    return { name: name.toLowerCase(), ip, role, system: systems[role] ?? 'windows' }
  }
  const hosts: Host[] = []
  for (const [role, count] of counts(options.hosts)) {
    const stem = random.shuffled(stems[role])
    for (let at = 0; at < count; at++) {
      // Databases keep their order: the first holds the call records, the second the customers.
      const word = (role === 'database' ? stems.database : stem)[at % stem.length] ?? ''
      hosts.push(host(role, `${word}-${String(Math.floor(at / stem.length) + 1).padStart(2, '0')}`))
    }
  }
  for (let at = 1; hosts.length < options.hosts; at++)
    hosts.push(host('workstation', `WS-${String(1_000 + at * 7 + random.below(7))}`))

  const of = (role: Role): readonly Host[] => hosts.filter((one) => one.role === role)
  const one = (role: Role): Host => {
    const first = of(role)[0]
    if (first === undefined) throw new Error(`internal error: the estate has no ${role}`)
    return first
  }
  const taken = new Set<string>()
  const name = (): string => {
    for (let tries = 0; ; tries++) {
      const text = `${random.pick(given)}.${random.pick(family)}${tries < 4 ? '' : tries}`
      if (!taken.has(text)) {
        taken.add(text)
        return text
      }
    }
  }
  const desks = of('workstation')
  const account = (kind: Account['kind'], login: string, home: Host, at: number): Account => ({
    user: `MERIDIAN\\${login}`,
    name: login,
    kind,
    home,
    network: `192.0.2.${1 + (at % 254)}`,
  })
  const people = desks.map((desk, at) => account('user', name(), desk, at))
  const adminCount = Math.min(3 + Math.floor(options.hosts / 100), desks.length)
  const admins = people
    .slice(0, adminCount)
    .map((person) => ({ ...person, kind: 'admin' as const, user: `MERIDIAN\\adm.${person.name}`, name: `adm.${person.name}` }))
  const service = {
    backup: account('service', 'svc_backup', one('backup'), 0),
    scan: account('service', 'svc_vscan', one('scanner'), 0),
    updates: account('service', 'svc_deploy', one('updates'), 0),
    protection: account('service', 'svc_edr', one('protection'), 0),
    jobs: account('service', 'svc_batch', one('application'), 0),
  }
  const vendors = random
    .shuffled(vendorNames)
    .slice(0, 3)
    .map((firm, at): Vendor => {
      const id = firm.split(' ')[0]?.toLowerCase() ?? ''
      return {
        id,
        name: firm,
        services: [['mediation support'], ['CRM maintenance'], ['field work orders']][at] ?? [],
        account: { ...account('vendor', `v.${id}`, one('jump'), 0), network: `203.0.113.${8 + at * 16}` },
      }
    })
  return {
    seed,
    domain: 'MERIDIAN',
    dns: 'corp.meridian.example',
    hosts,
    users: people,
    admins,
    service,
    vendors,
    gateway: new Random(seed, 'gateway').pick(['fortigate', 'globalprotect'] as const),
    of,
    one,
    net,
    pool: (number) => `${net(12)}.${10 + (number % 230)}`,
  }
}
