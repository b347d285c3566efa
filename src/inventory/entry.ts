import type { DataObject } from './data-object.ts'
import type { Endpoint, Product } from './product.ts'

/** A system of the estate. */
export interface System {
  readonly kind: 'system'
  readonly id: string
  readonly name: string
  /** What it is: `crm`, `cdr-database`, `web`. */
  readonly type?: string
  readonly hosts: readonly string[]
  readonly internetFacing: boolean
  /** Categories of data held: `identity`, `cdr`, `billing`. */
  readonly data: readonly string[]
  readonly vendor?: string
  /** Ids of systems it can open connections to. */
  readonly reaches?: readonly string[]
  /** Texts its pages show: menus, headings, column titles. Screenshots are compared with them. */
  readonly screenLabels?: readonly string[]
}

/** A company that works or worked for the operator; ended ones stay listed, their copies may live on. */
export interface Vendor {
  readonly kind: 'vendor'
  readonly id: string
  readonly name: string
  readonly status: 'active' | 'ended'
  /** Day the contract ended, `YYYY-MM-DD`. */
  readonly ended?: string
  readonly services: readonly string[]
  /** Accounts handed to it, as logs write them. */
  readonly accounts?: readonly string[]
  /** Ways by which it comes in: `vpn`, `pam`, a portal, a gateway's name. */
  readonly access?: readonly string[]
  /** Addresses or their beginnings from which it comes. */
  readonly networks?: readonly string[]
  /** Names of those who work for it on what it does for us. */
  readonly subProcessors?: readonly string[]
  /** Days within which its contract obliges it to hand over evidence when asked. */
  readonly evidenceDays?: number
}

/** A copy or extract of customers' data known to exist. */
export interface Copy {
  readonly kind: 'copy'
  readonly id: string
  readonly holder: string
  readonly system?: string
  /** Day it was cut, `YYYY-MM-DD`. */
  readonly cut?: string
  readonly fields: readonly string[]
  readonly rows?: number
}

/** A log that is kept, for how long, and who can hand it over. */
export interface LogSource {
  readonly kind: 'log_source'
  readonly id: string
  readonly host?: string
  readonly system?: string
  /** What is logged: `evtx`, `access-log`, `pgaudit`. */
  readonly type?: string
  /** Days until a record is deleted; absent = not known. */
  readonly retentionDays?: number
  readonly owner?: string
}

/** How many subscribers there are: the denominator of every share. */
export interface SubscriberBase {
  readonly kind: 'subscriber_base'
  readonly id: string
  readonly count: number
  readonly asOf?: string
}

/** Somebody who left; known by account, never by name. */
export interface Leaver {
  readonly kind: 'leaver'
  readonly id: string
  readonly account: string
  /** Last day, `YYYY-MM-DD`. */
  readonly left: string
  readonly systems: readonly string[]
}

/** One entry of the inventory. */
export type Entry = System | Vendor | Copy | LogSource | SubscriberBase | Leaver | DataObject | Product | Endpoint

export type EntryKind = Entry['kind']

/** An entry as registered: `entry` and `revision` are what a cite of it names. */
export type Registered<T extends Entry = Entry> = T & { readonly entry: string; readonly revision: number }

/** The name a cite uses: `system:crm`. */
export function entryName(entry: Pick<Entry, 'kind' | 'id'>): string {
  return `${entry.kind}:${entry.id}`
}
