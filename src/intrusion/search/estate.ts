import { hostOf, nodeOf } from '../graph/node.ts'

/** What the inventory says of the estate; hosts by short name, objects by node. All optional. */
export interface Estate {
  readonly controllers?: readonly string[]
  readonly dns?: readonly string[]
  readonly scanners?: readonly string[]
  readonly backup?: readonly string[]
  readonly proxies?: readonly string[]
  /** Servers of updates, endpoint protection, monitoring: they reach every host by trade. */
  readonly management?: readonly string[]
  readonly jumpHosts?: readonly string[]
  /** Nodes (`obj:...`, `host:...`) whose loss is the worst case. */
  readonly crownJewels?: readonly string[]
  readonly internetFacing?: readonly string[]
  /** Nodes, names or accounts of accesses that belong to vendors. */
  readonly vendorAccesses?: readonly string[]
  /** Addresses of partners' networks, or their beginnings ending in `.` or `:`. */
  readonly partners?: readonly string[]
  /** Accounts that several people use; they join nothing. */
  readonly sharedAccounts?: readonly string[]
}

/** The estate, ready to be asked. */
export interface Roles {
  /** Does the host reach, or is it reached by, everybody by trade? */
  readonly isHub: (host: string) => boolean
  readonly isJump: (host: string) => boolean
  readonly isJewel: (node: string) => boolean
  readonly facesInternet: (host: string) => boolean | undefined
  readonly isVendor: (access: string, account: string) => boolean
  readonly isPartner: (address: string) => boolean
  readonly isShared: (account: string) => boolean
}

/** Indexes an estate. */
export function rolesOf(estate: Estate): Roles {
  const hubs = named(
    ...(estate.controllers ?? []),
    ...(estate.dns ?? []),
    ...(estate.scanners ?? []),
    ...(estate.backup ?? []),
    ...(estate.proxies ?? []),
    ...(estate.management ?? []),
  )
  const [jumps, jewels, facing, shared] = [
    estate.jumpHosts,
    estate.crownJewels,
    estate.internetFacing,
    estate.sharedAccounts,
  ].map((names) => named(...(names ?? []))) as [Set<string>, Set<string>, Set<string>, Set<string>]
  const vendors = named(...(estate.vendorAccesses ?? []))
  const partners = (estate.partners ?? []).map((one) => one.toLowerCase())
  return {
    isHub: (host) => hubs.has(host),
    isJump: (host) => jumps.has(host),
    isJewel: (node) => jewels.has(node) || jewels.has(hostOf(node)),
    facesInternet: (host) => (facing.size === 0 ? undefined : facing.has(host)),
    isVendor: (access, account) =>
      vendors.has(access) || vendors.has(account) || nodeOf(access).parts.some((part) => vendors.has(part)),
    isPartner: (address) => partners.some((one) => one === address || (/[.:]$/.test(one) && address.startsWith(one))),
    isShared: (account) => shared.has(account),
  }
}

function named(...names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()))
}

/** Addresses of private, local and shared ranges; every other one is taken for one of the world outside. */
const inside =
  /^(10\.|127\.|0\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|::$|f[cd][0-9a-f]{2}:|fe80:|-$|$)/

/** Is this an address of the world outside? */
export function isOutside(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '')
  return /[.:]/.test(plain) && !inside.test(plain)
}

/** The address a node stands for; '' when it stands for none. */
export function addressOf(node: string): string {
  const { kind, parts } = nodeOf(node)
  return kind === 'address' || kind === 'web-client' ? (parts[0] ?? '') : ''
}
