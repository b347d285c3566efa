import type { SharedTechnique } from './share-view.ts'
import type { DataKind } from './words.ts'

// Ids and names are facts of MITRE FiGHT 3.0.1 (Apache-2.0) and of GSMA FS.57 MoTIF as listed in the MISP galaxy `gsma-motif`
// (CC0-1.0 or BSD-2-Clause). Which of them goes with a step is our reading: "consistent with", no more.

/** Techniques of ATT&CK that FiGHT describes again for mobile networks; its id is that of ATT&CK with `FG` in front. */
const inFight: Readonly<Record<string, string>> = {
  T1014: 'Rootkit',
  T1018: 'Remote System Discovery',
  T1020: 'Automated Exfiltration',
  T1021: 'Remote Services',
  T1036: 'Masquerading',
  'T1036.005': 'Match Legitimate Name or Location',
  T1040: 'Network Sniffing',
  T1041: 'Exfiltration Over C2 Channel',
  T1046: 'Network Service Discovery',
  T1048: 'Exfiltration Over Alternative Protocol',
  'T1048.003': 'Exfiltration Over Unencrypted Non-C2 Protocol',
  T1059: 'Command and Scripting Interpreter',
  T1071: 'Application Layer Protocol',
  T1072: 'Software Deployment Tools',
  T1078: 'Valid Accounts',
  'T1078.001': 'Default Accounts',
  'T1078.003': 'Local Accounts',
  'T1078.004': 'Cloud Accounts',
  T1090: 'Proxy',
  'T1090.001': 'Internal Proxy',
  'T1090.002': 'External Proxy',
  'T1090.003': 'Multi-hop Proxy',
  T1110: 'Brute Force',
  'T1110.001': 'Password Guessing',
  T1190: 'Exploit Public-Facing Application',
  T1195: 'Supply Chain Compromise',
  'T1195.002': 'Compromise Software Supply Chain',
  T1199: 'Trusted Relationship',
  T1205: 'Traffic Signaling',
  T1210: 'Exploitation of Remote Services',
  T1565: 'Data Manipulation',
  T1567: 'Exfiltration Over Web Service',
  'T1567.002': 'Exfiltration to Cloud Storage',
  T1572: 'Protocol Tunneling',
  T1599: 'Network Boundary Bridging',
}

const inMotif: Readonly<Record<string, readonly [string, string]>> = {
  T1036: ['MOT1036', 'Masquerading'],
  T1040: ['MOT1040', 'Network Sniffing'],
  T1046: ['MOT1046', 'Network Service Scanning'],
  T1195: ['MOT1195', 'Supply Chain Compromise'],
  'T1195.002': ['MOT1195.002', 'Compromise Software Supply Chain'],
  T1199: ['MOT1199', 'Trusted Relationship'],
  T1212: ['MOT1212', 'Exploitation for Credential Access'],
  T1565: ['MOT1565', 'Data Manipulation'],
}

/** What reaching a category of data is called. */
const ofData: Readonly<Partial<Record<DataKind, readonly SharedTechnique[]>>> = {
  identity: [{ scheme: 'motif', id: 'MOT3004', name: 'Access Subscriber Data' }],
  contact: [{ scheme: 'motif', id: 'MOT3004', name: 'Access Subscriber Data' }],
  billing: [{ scheme: 'motif', id: 'MOT3004', name: 'Access Subscriber Data' }],
  location: [{ scheme: 'motif', id: 'MOT3004', name: 'Access Subscriber Data' }],
  cdr: [
    { scheme: 'fight', id: 'FGT5017', name: 'Charging Data Record (CDR) Collection' },
    { scheme: 'motif', id: 'MOT3004', name: 'Access Subscriber Data' },
  ],
  authentication: [{ scheme: 'motif', id: 'MOT3004.301', name: 'Subscriber Authentication Data' }],
}

/** The same technique in FiGHT and MoTIF, where they have it. */
export function telecomNames(attackId: string): SharedTechnique[] {
  const fight = inFight[attackId]
  const motif = inMotif[attackId]
  return [
    ...(fight === undefined ? [] : [{ scheme: 'fight', id: `FG${attackId}`, name: fight } as const]),
    ...(motif === undefined ? [] : [{ scheme: 'motif', id: motif[0], name: motif[1] } as const]),
  ]
}

/** Techniques of FiGHT and MoTIF for data that was reached. */
export function dataTechniques(kinds: readonly DataKind[]): SharedTechnique[] {
  const all = kinds.flatMap((kind) => ofData[kind] ?? [])
  return [...new Map(all.map((one) => [one.id, one])).values()]
}
