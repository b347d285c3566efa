import type { Cite } from '../../../src/evidence/index.ts'
import type { Story } from '../../../src/intrusion/index.ts'
import {
  gateFor,
  makeShareView,
  type Gate,
  type ObservedValue,
  type OwnEstate,
  type ReleasedView,
} from '../../../src/sharing/index.ts'

// All invented: Meridian Telekom, its hosts, people, vendors, subscribers and numbers.

/** What must not occur in anything that leaves, in any spelling. */
export const secrets = {
  hosts: ['sc-web-07', 'cdr-db-06.corp.meridian.example', 'HLR-KL-02'],
  accounts: ['meridian\\svc_health', 'adm.prema', 'cdr_recon'],
  employees: ['Prema Nathan', 'Aisha Rahman'],
  vendors: ['Antrian Systems', 'Bayu Analytics'],
  operator: 'Meridian Telekom',
  subscribers: ['60123456789', '502121234567890', 'siti.nur@post.example'],
  /** Known to nobody but the registry, as tokens. */
  subscriberNames: ['Siti Nurhaliza', 'Ravi Chandran'],
  /** Numbers under lawful orders. */
  targets: ['60198765432'],
  addresses: ['10.53.1.11', '198.51.100.77', '192.0.2.140', '2001:db8:77::9'],
  word: 'Harimau',
} as const

const estate: OwnEstate = {
  hosts: secrets.hosts,
  accounts: [...secrets.accounts, 'root', 'nt authority\\system'],
  names: [secrets.operator, ...secrets.vendors, ...secrets.employees],
  domains: ['corp.meridian.example', 'meridian.example', 'antrian.example'],
  networks: ['198.51.100.0/24', '192.0.2.128/25', '2001:db8:77::/48'],
  words: [secrets.word],
}

export const gate: Gate = gateFor(estate)

const techniqueNames: ReadonlyMap<string, string> = new Map([
  ['T1190', 'Exploit Public-Facing Application'],
  ['T1505.003', 'Web Shell'],
  ['T1213.006', 'Databases'],
  ['T1041', 'Exfiltration Over C2 Channel'],
])

const cite = (n: number): Cite => ({
  kind: 'exhibit',
  sha256: 'a'.repeat(64),
  file: `logs/${secrets.hosts[0]}.log`,
  at: { kind: 'line', n },
})

/** A story that names everything it must not tell. */
export const story: Story = {
  id: 'story-1',
  score: 80,
  from: '2026-07-01T05:18:42.000000Z',
  to: '2026-07-02T02:55:03.000000Z',
  title: `From ${secrets.hosts[0]} by ${secrets.employees[0]}`,
  initialAccess: {
    kind: 'web-server',
    where: secrets.hosts[0],
    time: '2026-07-01T05:18:42.000000Z',
    certainty: 0.9,
    text: `On ${secrets.hosts[0]} from 203.0.113.24, vendor ${secrets.vendors[0]}`,
    cites: [cite(1)],
  },
  hosts: [
    { name: secrets.hosts[0], status: 'compromised', cites: [cite(1)] },
    { name: 'cdr-db-06', status: 'touched', cites: [cite(2)] },
  ],
  accounts: secrets.accounts.map((name) => ({ name, status: 'compromised', cites: [cite(1)] })),
  lateralMovement: [],
  steps: [
    {
      time: '2026-07-01T05:18:42.000000Z',
      host: secrets.hosts[0],
      tactic: 'persistence',
      techniques: ['T1190', 'T1505.003'],
      level: 'high',
      text: `under the account ${secrets.accounts[0]}`,
      cites: [cite(1)],
    },
    {
      time: '2026-07-01T23:10:32.000000Z',
      host: 'cdr-db-06',
      tactic: 'collection',
      techniques: ['T1213.006', secrets.subscribers[0]],
      level: 'high',
      text: `select * from cdr where msisdn = '${secrets.subscribers[0]}' -- ${secrets.targets[0]}`,
      cites: [cite(2)],
    },
    {
      time: '2026-07-02T01:16:27.000000Z',
      host: secrets.hosts[0],
      tactic: 'exfiltration',
      techniques: ['T1041'],
      level: 'high',
      text: 'sent',
      cites: [cite(3)],
    },
    {
      time: '2026-07-02T01:17:27.000000Z',
      host: secrets.hosts[0],
      tactic: `<b>${secrets.word}</b>`,
      techniques: ['T9999'],
      level: 'high',
      text: 'unknown words',
      cites: [cite(3)],
    },
  ],
  reached: [
    {
      what: `cdr.voice on cdr-db-06`,
      kind: 'database object',
      text: `read for ${secrets.vendors[1]}`,
      cites: [cite(2)],
      data: {
        certainty: 'read',
        host: 'cdr-db-06',
        accounts: [secrets.accounts[2]],
        peers: [secrets.addresses[0]],
        records: 1,
        categories: ['cdr', 'location', secrets.subscribers[1]],
      },
    },
  ],
  gaps: [{ text: `silent on ${secrets.hosts[2]}`, cites: [cite(3)] }],
}

export function observed(kind: ObservedValue['kind'], value: string, more: Partial<ObservedValue> = {}): ObservedValue {
  return {
    kind,
    value,
    inside: 2,
    outside: 0,
    first: '2026-07-01T05:18:42.123456Z',
    last: '2026-07-02T01:16:27.000000Z',
    steps: [1, 3],
    ...more,
  }
}

/** A view of the story with what may be told, and with everything that must not tried as an indicator. */
export function viewOf(values: readonly ObservedValue[], more: Partial<Parameters<typeof makeShareView>[0]> = {}): ReleasedView {
  const view = makeShareView({
    workspace: '00000000-0000-4000-8000-000000000001',
    caseId: 'meridian',
    exercise: false,
    story,
    adopted: true,
    observed: values,
    rules: [],
    techniqueNames,
    consistentWith: [],
    gate,
    tlp: 'amber',
    pap: 'green',
    ...more,
  })
  return { ...view, firstReleased: '2026-10-08T09:00:00.000000Z', released: '2026-10-09T09:00:00.000000Z' }
}

/** What may be told. */
export const told: readonly ObservedValue[] = [
  observed('ip', '203.0.113.24'),
  observed('ip', '2001:db8:99::7'),
  observed('domain', 'cdn.update-check.example'),
  observed('url', 'update-check.example/a/drop.bin'),
  observed('hash', 'd13f28fd502010e21d6f982870812d13d7cc51641bd91dfcd9f038601ec43004'),
  observed('file', 'img_ad119b.jsp'),
]
