import type { Entry, System, Vendor } from '../../inventory/index.ts'
import { bareAccount, shortName } from '../names.ts'
import { networksOf } from './networks.ts'

/** What a host is there for, as far as it matters to how its work looks. */
export type HostRole = 'jump' | 'controller' | 'manager' | 'gateway' | 'proxy' | 'device' | 'store'

/** What the inventory says of hosts and accounts. */
export interface Roles {
  readonly roleOf: (host: string) => HostRole | undefined
  /** The vendor whose entry lists or names the account. */
  readonly vendorOf: (account: string) => Vendor | undefined
  /** Days (`YYYY-MM-DD`) on which the owners of accounts left. */
  readonly leftOn: (account: string) => string | undefined
  /** The partner whose network an address lies in. */
  readonly networkOf: (address: string) => Vendor | undefined
  /** ` (system:crm)` for a host that an entry lists; '' without one. */
  readonly listed: (host: string) => string
}

const words: readonly (readonly [RegExp, HostRole])[] = [
  [/\b(?:jump|bastion|privileged access|pam)\b/i, 'jump'],
  [/\b(?:domain controller|active directory)\b/i, 'controller'],
  [
    /\b(?:backup|scanner|software distribution|patch|endpoint protection|edr|deployment|configuration management|monitoring)\b/i,
    'manager',
  ],
  [/\b(?:vpn|remote access)\b/i, 'gateway'],
  [/\bproxy\b/i, 'proxy'],
  [/\b(?:router|switch|firewall)\b/i, 'device'],
  [/(?:database|warehouse)\b/i, 'store'],
]

/** The same, with hosts that are seen issuing tickets as controllers where the inventory says nothing of them. */
export function withControllers(roles: Roles, controllers: ReadonlySet<string>): Roles {
  return { ...roles, roleOf: (host) => roles.roleOf(host) ?? (controllers.has(host) ? 'controller' : undefined) }
}

/** Reads roles from the kinds of systems, and vendors' accounts from what their entries say in words. */
export function rolesOf(entries: readonly Entry[]): Roles {
  const roles = new Map<string, HostRole>()
  const names = new Map<string, string>()
  for (const system of entries.filter((one): one is System => one.kind === 'system')) {
    const role = words.find(([pattern]) => pattern.test(system.type ?? ''))?.[1]
    for (const host of system.hosts.map(shortName)) {
      if (role !== undefined) roles.set(host, role)
      if (!names.has(host)) names.set(host, ` (system:${system.id})`)
    }
  }
  const vendors = entries.filter((one): one is Vendor => one.kind === 'vendor')
  const named = vendors.map((vendor) => ({
    vendor,
    words: new Set([
      ...(vendor.accounts ?? []).map(bareAccount),
      ...vendor.services.flatMap((text) => text.toLowerCase().split(/[\s,;()]+/)),
    ]),
  }))
  const left = new Map(entries.flatMap((one) => (one.kind === 'leaver' ? [[bareAccount(one.account), one.left] as const] : [])))
  return {
    roleOf: (host) => roles.get(host),
    vendorOf: (account) => {
      const bare = bareAccount(account)
      return bare === '' ? undefined : named.find((one) => one.words.has(bare))?.vendor
    },
    leftOn: (account) => left.get(bareAccount(account)),
    networkOf: networksOf(vendors),
    listed: (host) => names.get(shortName(host)) ?? '',
  }
}
