import type { Cite } from '../../evidence/index.ts'
import type { Entry } from '../../inventory/index.ts'
import { bareAccount, isAddress, isInside, shortName } from '../names.ts'
import type { HostStatus, Story } from '../story.ts'
import { distinctCites } from '../cited.ts'

/** Something the story names, with the steps and cites it rests on. */
export interface Fact {
  readonly name: string
  readonly status: HostStatus
  readonly steps: readonly number[]
  readonly cites: readonly Cite[]
}

/** How somebody can stay or come back. */
export interface Persistence extends Fact {
  readonly host: string
  readonly kind:
    | 'web shell'
    | 'service'
    | 'scheduled task'
    | 'start entry'
    | 'made account'
    | 'remote access program'
    | 'changed configuration'
}

/** Steps of a story by technique; numbers from 1. */
export interface NumberedStep {
  readonly n: number
  readonly step: Story['steps'][number]
}

/** What a plan of containment is made of. */
export interface Facts {
  readonly story: Story
  readonly steps: readonly NumberedStep[]
  readonly hosts: readonly Fact[]
  /** Accounts that somebody can use again; accounts of machines and of the system are left out. */
  readonly accounts: readonly Fact[]
  /** Accounts of databases, which no directory knows. */
  readonly databaseAccounts: ReadonlySet<string>
  /** Addresses and names outside. */
  readonly outside: readonly Fact[]
  readonly persistence: readonly Persistence[]
  readonly controllers: ReadonlySet<string>
  /** Vendors whose account the story names, with the account. */
  readonly vendors: readonly {
    readonly vendor: string
    readonly account: string
    readonly entry: string
    readonly access: readonly string[]
  }[]
  kindOf(host: string): HostKind
  withTechnique(...ids: readonly string[]): readonly NumberedStep[]
}

/** Techniques by which somebody stays, with the tactics of steps that show it: a rule that joins many late steps names techniques it does not show. */
const persistenceKinds: readonly (readonly [RegExp, Persistence['kind'], readonly string[]])[] = [
  [/^T1505(?:\.\d+)?$/, 'web shell', ['initial-access', 'persistence', 'execution']],
  [/^T1543(?:\.\d+)?$/, 'service', ['persistence', 'privilege-escalation', 'execution', 'lateral-movement']],
  [/^T1053(?:\.\d+)?$/, 'scheduled task', ['persistence', 'privilege-escalation', 'execution', 'lateral-movement']],
  [/^T15(?:47|46|74)(?:\.\d+)?$/, 'start entry', ['persistence', 'privilege-escalation', 'execution', 'defense-evasion']],
  [/^T1(?:136|098)(?:\.\d+)?$/, 'made account', ['persistence', 'privilege-escalation']],
  [
    /^T1219(?:\.\d+)?$|^T1572$|^T1090(?:\.\d+)?$/,
    'remote access program',
    ['persistence', 'command-and-control', 'execution', 'defense-evasion'],
  ],
  [
    /^T1556(?:\.\d+)?$|^T1562\.004$|^T1601(?:\.\d+)?$/,
    'changed configuration',
    ['persistence', 'defense-evasion', 'credential-access'],
  ],
]

const noAccount =
  /(?:^|\\)(?:system|local service|network service|anonymous logon|root|www-data|tomcat|postgres)$|^iis apppool\\|^nt (?:authority|service)\\|\$$|^-?$/i

/** How a host is kept, cut and rebuilt depends on what it is; by the inventory's kinds of systems. */
export type HostKind = 'controller' | 'device' | 'service' | 'computer'

/** Reads a story for what has to be cut, reset and kept. */
export function factsOf(story: Story, inventory: readonly Entry[]): Facts {
  const steps = story.steps.map((step, at) => ({ n: at + 1, step }))
  const having = (wanted: (id: string) => boolean): NumberedStep[] => steps.filter(({ step }) => step.techniques.some(wanted))
  const systems = inventory.filter((one) => one.kind === 'system')
  const accounts = accountsOf(story, steps)
  const hostsOf = (kind: RegExp): ReadonlySet<string> =>
    new Set(systems.filter((one) => kind.test(one.type ?? '')).flatMap((one) => one.hosts.map(shortName)))
  // Where the directory's database is copied stands a controller, whether the inventory says so or not; a command that has another machine do it does not tell where.
  const copiedAt = having((id) => id === 'T1003.003')
    .filter(({ step }) => !/\bwmic\b|\/node:|\\\\[a-z0-9]/i.test(step.text))
    .map(({ step }) => step.host)
  const controllers = new Set([...hostsOf(/domain controller|directory/i), ...copiedAt])
  const devices = hostsOf(/router|switch|firewall|gateway|vpn|network device/i)
  const services = hostsOf(/warehouse|cloud|saas/i)
  return {
    story,
    steps,
    hosts: story.hosts.map((one) => ({ ...one, steps: steps.filter(({ step }) => step.host === one.name).map(({ n }) => n) })),
    accounts,
    databaseAccounts: new Set(
      story.reached
        .filter((one) => one.kind === 'database object')
        .flatMap((one) => one.data?.accounts ?? [])
        .filter((name) => !name.includes('\\') && !name.includes('@')),
    ),
    outside: outsideOf(story, steps),
    persistence: [...persistenceOf(steps), ...servicesOf(story, steps)],
    controllers,
    kindOf: (host) => {
      if (controllers.has(host)) return 'controller'
      if (devices.has(host) || (story.initialAccess?.kind === 'device-login' && story.initialAccess.where === host))
        return 'device'
      return services.has(host) ? 'service' : 'computer'
    },
    vendors: inventory
      .filter((one) => one.kind === 'vendor')
      .flatMap((one) => {
        const own = new Set((one.accounts ?? []).map(bareAccount))
        const used = accounts.find((account) => own.has(bareAccount(account.name)))
        return used === undefined
          ? []
          : [{ vendor: one.name, account: used.name, entry: `vendor:${one.id}`, access: one.access ?? [] }]
      }),
    withTechnique: (...ids) => having((id) => ids.some((wanted) => id === wanted || id.startsWith(`${wanted}.`))),
  }
}

/** Accounts by their fullest name: `v.tarra` at a gateway is `MERIDIAN\\v.tarra` in the directory. */
function accountsOf(story: Story, steps: readonly NumberedStep[]): Fact[] {
  const usable = story.accounts.filter((one) => !noAccount.test(one.name))
  const full = usable.filter((one) => one.name !== bareAccount(one.name))
  return usable
    .filter((one) => one.name !== bareAccount(one.name) || !full.some((other) => bareAccount(other.name) === one.name))
    .map((one) => {
      const short = usable.find((other) => other.name === bareAccount(one.name))
      const names = [one.name, ...(short === undefined ? [] : [short.name])]
      return {
        name: one.name,
        status: short?.status === 'compromised' ? 'compromised' : one.status,
        steps: steps.filter(({ step }) => names.some((name) => mentions(step.text, name))).map(({ n }) => n),
        cites: [...one.cites, ...(short === undefined || short === one ? [] : short.cites)].slice(0, 8),
      }
    })
}

/** Cites of several steps, each once, at most ten. */
export function citesOf(steps: readonly NumberedStep[], more: readonly Cite[] = []): Cite[] {
  const all = [...steps.flatMap(({ step }) => step.cites.slice(0, 2)), ...more]
  return distinctCites(all).slice(0, 10)
}

function persistenceOf(steps: readonly NumberedStep[]): Persistence[] {
  const found = new Map<string, NumberedStep[]>()
  for (const one of steps)
    for (const [technique, kind, tactics] of persistenceKinds)
      if (tactics.includes(one.step.tactic) && one.step.techniques.some((id) => technique.test(id))) {
        const key = `${one.step.host}\n${kind}`
        found.set(key, [...(found.get(key) ?? []), one])
      }
  return [...found].map(([key, all]) => {
    const [host = '', kind = ''] = key.split('\n')
    return {
      name: `${kind} on ${host}`,
      host,
      kind: kind as Persistence['kind'],
      // Rules of low level alone are a hint.
      status: all.some(({ step }) => step.level !== 'low' && step.level !== 'informational') ? 'compromised' : 'suspected',
      steps: all.map(({ n }) => n),
      cites: citesOf(all),
    }
  })
}

/** Services by which one host was controlled from another: they may still stand there. */
function servicesOf(story: Story, steps: readonly NumberedStep[]): Persistence[] {
  const installed = story.lateralMovement.filter((move) => move.means.includes('service installed'))
  const told = new Set(
    persistenceOf(steps)
      .filter((one) => one.kind === 'service')
      .map((one) => one.host),
  )
  return [...new Map(installed.map((move) => [move.to, move])).values()]
    .filter((move) => !told.has(move.to))
    .map((move) => ({
      name: `service on ${move.to}`,
      host: move.to,
      kind: 'service' as const,
      status: 'compromised' as const,
      steps: steps.filter(({ step }) => step.host === move.to && step.time === move.time).map(({ n }) => n),
      cites: move.cites.slice(0, 5),
    }))
}

function outsideOf(story: Story, steps: readonly NumberedStep[]): Fact[] {
  const found = new Map<string, { steps: Set<number>; cites: Cite[] }>()
  const add = (name: string, n: number | undefined, cites: readonly Cite[]): void => {
    if (!isOutside(name)) return
    const known = found.get(name) ?? { steps: new Set<number>(), cites: [] }
    if (n !== undefined) known.steps.add(n)
    if (known.cites.length < 5) known.cites.push(...cites.slice(0, 2))
    found.set(name, known)
  }
  if (story.initialAccess !== undefined)
    for (const name of addressesIn(`${story.initialAccess.where} ${story.initialAccess.text}`))
      add(name, undefined, story.initialAccess.cites)
  for (const { n, step } of steps) for (const name of addressesIn(step.text)) add(name, n, step.cites)
  for (const move of story.lateralMovement)
    for (const name of [move.from, move.to]) if (isAddress(name)) add(name, undefined, move.cites)
  for (const { data, cites } of story.reached)
    if (data?.certainty === 'left') for (const name of data.peers) add(name, undefined, cites)
  return [...found]
    .map(([name, one]) => ({
      name,
      status: 'compromised' as const,
      steps: [...one.steps].sort((a, b) => a - b),
      cites: one.cites,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Outside addresses; of names only those with a dot, since hosts of the estate have none. */
function isOutside(name: string): boolean {
  return isAddress(name) ? !isInside(name) : name.includes('.')
}

function addressesIn(text: string): string[] {
  return [...new Set(text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g))].filter((one) =>
    one.split('.').every((part) => Number(part) < 256),
  )
}

function mentions(text: string, account: string): boolean {
  const lower = text.toLowerCase()
  const at = lower.indexOf(account.toLowerCase())
  return at >= 0 && !/[a-z0-9_]/.test(lower[at + account.length] ?? ' ')
}
