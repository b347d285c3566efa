import type { Story } from '../../intrusion/index.ts'

/** Tactics of Enterprise ATT&CK as rules write them, with their ids and names. */
export const tactics = {
  reconnaissance: ['TA0043', 'Reconnaissance'],
  'resource-development': ['TA0042', 'Resource Development'],
  'initial-access': ['TA0001', 'Initial Access'],
  execution: ['TA0002', 'Execution'],
  persistence: ['TA0003', 'Persistence'],
  'privilege-escalation': ['TA0004', 'Privilege Escalation'],
  'defense-evasion': ['TA0005', 'Defense Evasion'],
  'credential-access': ['TA0006', 'Credential Access'],
  discovery: ['TA0007', 'Discovery'],
  'lateral-movement': ['TA0008', 'Lateral Movement'],
  collection: ['TA0009', 'Collection'],
  'command-and-control': ['TA0011', 'Command and Control'],
  exfiltration: ['TA0010', 'Exfiltration'],
  impact: ['TA0040', 'Impact'],
} as const
export type Tactic = keyof typeof tactics

/** A tactic by its word; undefined for anything else. */
export function tacticOf(word: string): Tactic | undefined {
  return Object.hasOwn(tactics, word) ? (word as Tactic) : undefined
}

export type EntryKind = NonNullable<Story['initialAccess']>['kind']

/** How a way in is told. */
export const entryWords: Readonly<Record<EntryKind, string>> = {
  'web-server': 'through a web server',
  vpn: 'through a VPN session',
  'vendor-session': 'through the session of a partner',
  'pam-session': 'through a session of privileged access',
  'partner-network': 'from the network of a partner',
  'roaming-network': 'from a roaming network',
  rdp: 'through a remote desktop session',
  mail: 'through mail',
  'removable-drive': 'through a removable drive',
  api: 'through an interface',
  'cloud-login': 'through a sign-in to a cloud service',
  'device-login': 'through a sign-in to a network device',
  'valid-account': 'with a valid account',
  'first-seen': 'on a host where it was first seen',
}

/** Categories of data that are told of; what an inventory calls otherwise is `other`. */
export const dataKinds = ['identity', 'contact', 'billing', 'cdr', 'location', 'authentication', 'content', 'other'] as const
export type DataKind = (typeof dataKinds)[number]

/** Data that was reached: its category and how far records carry. */
export interface ReachedKind {
  readonly data: DataKind
  readonly certainty: 'left' | 'staged' | 'read' | 'could be reached'
}

export const dataWords: Readonly<Record<DataKind, string>> = {
  identity: 'identity data of customers',
  contact: 'contact data of customers',
  billing: 'billing records',
  cdr: 'call records',
  location: 'location data',
  authentication: 'authentication data',
  content: 'content of communications',
  other: 'other data',
}
