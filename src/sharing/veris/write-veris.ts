import type { ReleasedView } from '../redaction/share-view.ts'
import { summaryOf } from '../redaction/tell-view.ts'
import type { DataKind } from '../redaction/words.ts'

/** VERIS's varieties of data. */
const varieties: Readonly<Record<DataKind, string>> = {
  identity: 'Personal',
  contact: 'Personal',
  billing: 'Personal',
  cdr: 'Sensitive Personal',
  location: 'Sensitive Personal',
  content: 'Sensitive Personal',
  authentication: 'Credentials',
  other: 'Other',
}

/** VERIS's varieties and vectors of hacking and malware that a technique of ATT&CK stands for; others are left out. */
const hacking: readonly (readonly [RegExp, string])[] = [
  [/^T1190/, 'Exploit vuln'],
  [/^T1078|^T1550/, 'Use of stolen creds'],
  [/^T1550\.002/, 'Pass-the-hash'],
  [/^T1110/, 'Brute force'],
  [/^T1018|^T1046/, 'Scan network'],
  [/^T1016|^T1033|^T1049|^T1087|^T1082/, 'Profile host'],
  [/^T1505\.003/, 'Backdoor'],
  [/^T1059|^T1047|^T1569/, 'OS commanding'],
  [/^T1070|^T1036|^T1564/, 'Evade Defenses'],
]
const malware: readonly (readonly [RegExp, string])[] = [
  [/^T1505\.003/, 'Backdoor'],
  [/^T1003/, 'Password dumper'],
  [/^T1569|^T1021\.002/, 'Adminware'],
  [/^T1048|^T1041|^T1567/, 'Export data'],
  [/^T1014/, 'Rootkit'],
]

const vectors: Readonly<Record<NonNullable<ReleasedView['entry']>, string>> = {
  'web-server': 'Web application',
  vpn: 'VPN',
  'vendor-session': 'Partner',
  'pam-session': 'Unknown',
  'partner-network': 'Partner',
  'roaming-network': 'Partner',
  rdp: 'Desktop sharing software',
  mail: 'Unknown',
  'removable-drive': 'Unknown',
  api: 'Web application',
  'cloud-login': 'Web application',
  'device-login': 'Other network service',
  'valid-account': 'Unknown',
  'first-seen': 'Unknown',
}

/** The view as one incident of VERIS 1.4.1; what is not known of actor, victim and times is said to be unknown. */
export function writeVeris(view: ReleasedView): Readonly<Record<string, unknown>> {
  const ids = view.behaviours.flatMap((step) => step.techniques.filter((one) => one.scheme === 'attack').map((one) => one.id))
  const of = (table: readonly (readonly [RegExp, string])[]): string[] =>
    [...new Set(table.flatMap(([pattern, name]) => (ids.some((id) => pattern.test(id)) ? [name] : [])))].sort()
  const hacked = of(hacking)
  const used = of(malware)
  const day = (view.from === '' ? view.released : view.from).slice(0, 10).split('-').map(Number)
  const left = view.reached.some((one) => one.certainty === 'left')
  const data = [...new Set(view.reached.map((one) => varieties[one.data]))].sort()
  const stores = view.behaviours.some((step) => step.role === 'data store')
  const assets = [
    ...(view.entry === 'web-server' ? ['S - Web application'] : []),
    ...(stores ? ['S - Database'] : []),
    ...(view.entry === 'web-server' || stores ? [] : ['S - Unknown']),
  ]
  return {
    schema_version: '1.4.1',
    incident_id: view.incident,
    source_id: view.producer,
    security_incident: view.determination === 'confirmed' ? 'Confirmed' : 'Suspected',
    summary: summaryOf(view),
    timeline: { incident: { year: day[0], month: day[1], day: day[2] } },
    victim: {
      victim_id: view.producerName ?? 'An operator',
      industry: '517',
      employee_count: 'Unknown',
      country: ['Unknown'],
      government: ['NA'],
    },
    actor: { external: { variety: ['Unknown'], motive: ['Unknown'] } },
    action: {
      hacking: {
        variety: hacked.length === 0 ? ['Unknown'] : hacked,
        vector: [view.entry === undefined ? 'Unknown' : vectors[view.entry]],
      },
      ...(used.length === 0 ? {} : { malware: { variety: used, vector: ['Direct install'] } }),
    },
    asset: { assets: assets.map((variety) => ({ variety })), cloud: ['Unknown'] },
    attribute:
      data.length === 0
        ? {}
        : {
            confidentiality: {
              data_disclosure: left ? 'Yes' : 'Potentially',
              data: data.map((variety) => ({ variety })),
              data_victim: ['Customer'],
              state: ['Stored'],
            },
          },
    discovery_method: { internal: { variety: ['Log review'] } },
    plus: {},
  }
}
