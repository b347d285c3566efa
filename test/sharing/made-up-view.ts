import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findingId, type Finding, type Proposal } from '../../src/casefile/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import { duties, factsFrom, readLaws } from '../../src/response/index.ts'
import type { CaseView } from '../../src/sharing/index.ts'

const sha = (n: number): string => String(n).repeat(64).slice(0, 64)
const row = (exhibit: number, n: number): Cite => ({
  kind: 'exhibit',
  sha256: sha(exhibit),
  file: `f${exhibit}`,
  at: { kind: 'row', n },
})
const record = (exhibit: number, n: number): Cite => ({
  kind: 'exhibit',
  sha256: sha(exhibit),
  file: `f${exhibit}`,
  at: { kind: 'record', n },
})

const laws = (): ReturnType<typeof readLaws>['laws'] => {
  const folder = path.resolve(import.meta.dirname, '../../data/laws')
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
  return readLaws(files.map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }))).laws
}

const threads: CaseView['threads'] = [
  {
    id: 'thread:v0idcrew',
    actor: 'v0idcrew',
    victims: [{ name: 'Meridian Telekom', standing: 'named', cites: [record(1, 1)] }],
    posts: [
      {
        at: { at: '2026-10-05T07:27:00.000000Z', zone: 'stated' },
        channel: 'v0idcrew channel',
        source: 'actor',
        text: 'Meridian Telekom, we own your data. 1,886 lines for a start. Full customer base and call records are ours.',
        attachments: [],
        cite: record(1, 1),
      },
      {
        at: { at: '2026-10-05T10:14:00.000000Z', zone: 'stated' },
        channel: 'v0idcrew channel',
        source: 'actor',
        text: 'Say it in public or we publish every two hours. Your network goes dark next.',
        attachments: [],
        cite: record(1, 2),
      },
    ],
    assertions: [],
    demands: [{ text: 'Say it in public', cite: record(1, 2) }],
    deadlines: [{ text: 'we publish every two hours', every: 'PT2H', cite: record(1, 2) }],
    statements: [
      {
        by: 'victim',
        name: 'Meridian Telekom',
        text: 'We did not find anything related to our own systems; a vendor outside our network is being looked at.',
        at: { at: '2026-10-05T09:00:00.000000Z', zone: 'assumed' },
        cite: record(1, 3),
      },
    ],
    thirdParties: [],
  },
]

const proposal = (kind: Proposal['kind'], subject: string, text: string, cites: readonly Cite[]): Proposal => ({
  kind,
  subject,
  code: 'made-up',
  params: {},
  cites,
  text,
  confidence: 'high',
  grounds: [],
  producer: 'test',
})
const finding = (one: Proposal, status: Finding['status'], reason = 'Checked by hand.'): Finding => ({
  ...one,
  id: findingId(one),
  status,
  at: '2026-10-06T01:00:00Z',
  ...(status === 'proposed' ? {} : { ruling: { by: 'A. Rahman', at: '2026-10-06T02:00:00Z', reason } }),
})

const due = (): CaseView['due'] =>
  duties({
    facts: factsFrom({
      zone: '+08:00',
      jurisdictions: ['MY', 'EU'],
      zones: { EU: 'Europe/Berlin' },
      roles: ['controller', 'telecom-provider'],
      threads,
      intrusions: [{ from: '2026-08-14T02:11:09.000000Z', text: 'web shell on web-01', cites: [record(5, 1201)] }],
      affected: { groups: [{ category: 'identity', persons: 1640, cites: [row(3, 2)] }] },
      judgements: { 'personal-data': { answer: 'yes', cites: [row(3, 2)] } },
      decisions: [],
    }),
    laws: laws(),
    now: Date.parse('2026-10-06T03:00:00Z'),
  })

/** An invented case of "Meridian Telekom" with every part filled in. */
export function madeUpView(): CaseView {
  return {
    case: { id: 'demo-1', title: 'Meridian Telekom: claim by v0idcrew', operator: 'Meridian Telekom', zone: '+08:00' },
    generatedAt: '2026-10-06T03:00:00.000000Z',
    assessment: {
      headline:
        'The sample agrees with the extract cut for Kestrel Billing on 2026-09-30; call records of 19 subscribers were read without a recorded reason. Two of five assertions are supported, one is contradicted, two are open.',
      counts: { supported: 2, contradicted: 1, open: 2 },
      assertions: [
        assessed(
          'A1',
          'we own your data',
          'supported',
          'The sample agrees with the extract cut for Kestrel Billing on 2026-09-30.',
          [row(3, 412), row(3, 413)],
          1,
        ),
        assessed(
          'A2',
          '1,886 lines',
          'supported',
          'The sample holds 1,886 lines; 1,640 agree with one extract, 246 are padding from an earlier leak.',
          [row(3, 2)],
          1,
        ),
        assessed(
          'A3',
          'Full customer base',
          'contradicted',
          'The extract holds 41,200 of 200,000 subscribers; nothing in the sample lies outside it.',
          [row(3, 2)],
          1,
        ),
        assessed(
          'A4',
          'call records are ours',
          'open',
          'The CDR database was reached by account svc_batch; no transfer out was seen.',
          [record(5, 8842), record(6, 17)],
          1,
          ['Flow records of the core firewall, 1 August to 5 October', 'A sample that holds call records'],
        ),
        assessed(
          'A5',
          'Your network goes dark next',
          'open',
          'No access to network elements was seen in the logs at hand.',
          [record(5, 1201)],
          2,
          ['Logs of the element managers'],
        ),
      ],
    },
    threads,
    provenance: [
      {
        sample: 'sample/sample.csv',
        verdict: {
          rows: 1886,
          read: 1885,
          identified: 1880,
          columns: [{ name: 'msisdn', meaning: 'phone number' }],
          kind: { real: 0.03, recycled: 0.0004, fabricated: 0, mixed: 0.9695, combo: 0.0001 },
          sources: [
            {
              copy: 'kestrel-billing-2026-09-30',
              holder: 'Kestrel Billing Sdn Bhd',
              system: 'Billing extract',
              cutDay: '2026-09-30',
              posterior: 0.9934,
              log10LR: 6,
              rowsInside: 1640,
              rowsAgreeing: 1631,
              asOf: { day: '2026-09-30', from: '2026-09-29', to: '2026-10-01' },
              alsoHeldBy: [],
              fields: [],
              cites: [
                { kind: 'copy', copy: 'kestrel-billing-2026-09-30', rows: { kind: 'range', unit: 'row', from: 2, to: 1641 } },
              ],
            },
            {
              copy: 'crm-2026-09-30',
              holder: 'Meridian Telekom',
              system: 'CRM',
              cutDay: '2026-09-30',
              posterior: 0.0041,
              log10LR: -2.4,
              rowsInside: 1640,
              rowsAgreeing: 1204,
              alsoHeldBy: [],
              fields: [],
              cites: [],
            },
          ],
          unknownCopy: 0.0021,
          knownLeaks: [{ leak: 'forum-2021', posterior: 0.0004, containment: 0.1304 }],
          fabricated: 0,
          padding: { rows: 246, leak: 'forum-2021' },
          verdict: 'agrees-with-copy',
          statement: 'Agrees with the extract cut for Kestrel Billing on 2026-09-30.',
          grounds: [
            {
              text: '1,640 of 1,885 rows are in the extract; 1,631 agree in every field compared.',
              cites: [row(3, 2), row(3, 412)],
            },
            { text: 'Phone numbers are written as in that extract only (spaces after the prefix).', cites: [row(3, 412)] },
          ],
          prior: 'equal over the four registered copies, 10 % for an unknown copy',
          calibration: 'Calibrated on generated cases; no real leak was used.',
        },
      },
    ],
    stories: {
      events: 184_220,
      detections: 61,
      unjoined: 12,
      stories: [
        {
          id: 'S1',
          score: 84.2,
          from: '2026-08-14T02:11:09.000000Z',
          to: '2026-10-03T19:40:00.000000Z',
          title: 'From a web shell on web-01 to the CDR database',
          initialAccess: {
            kind: 'web-server',
            where: 'web-01',
            time: '2026-08-14T02:11:09.000000Z',
            certainty: 0.9,
            text: 'A script was written into the web root and called from outside',
            cites: [record(5, 1201)],
          },
          hosts: [
            { name: 'web-01', status: 'compromised', cites: [] },
            { name: 'app-02', status: 'compromised', cites: [] },
            { name: 'cdr-db', status: 'touched', cites: [] },
          ],
          accounts: [{ name: 'meridian\\svc_batch', status: 'compromised', cites: [] }],
          lateralMovement: [],
          steps: [
            step(
              '2026-08-14T02:11:09.000000Z',
              'web-01',
              'initial access',
              ['T1505.003'],
              'The web server process started a command shell.',
              1201,
            ),
            step(
              '2026-08-14T03:40:51.000000Z',
              'web-01',
              'credential access',
              ['T1003.001'],
              'Memory of the logon process was read by a renamed tool.',
              1388,
            ),
            step(
              '2026-08-15T01:05:00.000000Z',
              'app-02',
              'lateral movement',
              ['T1021.002'],
              'Account svc_batch logged on from web-01 for the first time.',
              2210,
            ),
            step(
              '2026-08-19T22:14:30.000000Z',
              'cdr-db',
              'collection',
              ['T1213'],
              'The call record table was read in the shell of account svc_batch.',
              8842,
            ),
          ],
          reached: [
            {
              what: 'cdr',
              kind: 'database',
              bytes: 41_943_040,
              text: 'Call record database, read by account svc_batch',
              cites: [record(6, 17)],
            },
          ],
          gaps: [{ text: 'No logs of app-02 between 2026-08-20 and 2026-08-29.', cites: [record(5, 3100)] }],
        },
      ],
    },
    lookups: {
      accesses: 58_210,
      subscribers: 31_004,
      from: '2026-07-07T00:00:00.000000Z',
      to: '2026-10-05T00:00:00.000000Z',
      notRecorded: [
        {
          source: 'billing application log',
          accesses: 9120,
          why: 'the log names the screen, not the subscriber.',
          cites: [record(6, 2)],
        },
      ],
      watched: [
        {
          subscriber: 'ab12',
          masked: '+60 12-*** **78',
          p: '2.1e-12',
          qValue: '6.5e-8',
          tests: ['S1'],
          accounts: ['svc_batch'],
          days: 22,
          explainedDays: 1,
          first: '2026-07-09T22:10:00.000000Z',
          last: '2026-10-03T19:40:00.000000Z',
          grounds: [],
          cites: [record(6, 17), record(6, 44), record(6, 91)],
        },
      ],
      accounts: [
        {
          account: 'svc_batch',
          watched: 19,
          unexplained: 412,
          kind: 'service',
          grounds: [{ text: 'Reads at night without a ticket.', cites: [record(6, 17)] }],
        },
      ],
      bulk: [{ account: 'svc_report', at: '2026-09-30T01:00:00.000000Z', rows: 41_200, cites: [record(6, 500)] }],
      q: 0.05,
      tested: 4210,
      notes: [],
    },
    affected: {
      floor: 10,
      notes: [{ text: 'Persons are counted by distinct subscriber, not by line.', cites: [row(3, 2)] }],
      groups: [
        {
          source: 'sample',
          category: 'identity',
          lines: 1886,
          records: 1885,
          persons: 1640,
          suppressed: false,
          text: 'Name, phone number, address.',
          cites: [row(3, 2)],
        },
        {
          source: 'lookups',
          category: 'call records',
          records: 412,
          persons: 19,
          suppressed: false,
          text: 'Read one by one without a recorded reason.',
          cites: [record(6, 17)],
        },
        {
          source: 'sample',
          category: 'bank details',
          suppressed: true,
          text: 'Account numbers in a free-text field.',
          cites: [row(3, 900)],
        },
      ],
    },
    due: due(),
    coverage: {
      sources: [
        {
          source: 'windows events',
          hosts: ['web-01', 'app-02'],
          from: '2026-07-01T00:00:00.000000Z',
          to: '2026-10-05T00:00:00.000000Z',
          events: 121_400,
          cites: [record(5, 1)],
        },
      ],
      gaps: [
        {
          text: 'No flow records: a transfer out of the network cannot be seen.',
          cites: [{ kind: 'inventory', entry: 'log_source:flow', revision: 1 }],
        },
      ],
    },
    faults: {
      total: 1,
      kept: [
        {
          kind: 'fault',
          code: 'csv-quote-open',
          what: 'A quoted field does not end.',
          where: { file: 'sample/sample.csv', line: 901 },
          todo: 'The row was left out; the rest was read.',
          lost: 1,
        },
      ],
    },
    exhibits: [
      exhibit(1, 'claim/result.json', 'Telegram export', 4100),
      exhibit(2, 'claim/photos/1.png', 'PNG picture', 88_000),
      exhibit(3, 'sample/sample.csv', 'CSV, sample', 214_000),
      exhibit(4, 'copies/kestrel_billing.csv', 'CSV, registered copy', 5_120_000),
      exhibit(5, 'logs/windows.ndjson', 'Windows events, JSON lines', 96_000_000),
      exhibit(6, 'audit/cdr.log', 'pgAudit log', 12_400_000),
    ],
    custody: {
      entries: 14,
      head: 'c0ffee'.repeat(10).concat('abcd'),
      key: 'ed25519:4f1e 22a0 9b3c',
      proves: [
        'No exhibit and no entry listed here was changed, removed or reordered since the head was written down.',
        'Without an outside time stamp it does not prove when: the holder of the key could have signed anew.',
      ],
    },
    findings: [
      finding(proposal('assessment', 'assertion:thread:v0idcrew/A1', 'A1 is supported.', [row(3, 412)]), 'adopted'),
      finding(proposal('assessment', 'assertion:thread:v0idcrew/A3', 'A3 is contradicted.', [row(3, 2)]), 'proposed'),
      finding(
        proposal('provenance', 'sample', 'The sample agrees with the extract cut for Kestrel Billing on 2026-09-30.', [
          row(3, 412),
        ]),
        'adopted',
      ),
      finding(proposal('story', 'S1', 'One story leads from web-01 over app-02 to cdr-db.', [record(5, 1201)]), 'proposed'),
      finding(
        proposal('lookup', 'subscriber:ab12', 'One subscriber was read on 22 days without a recorded reason.', [record(6, 17)]),
        'parked',
        'Waits for the duty roster.',
      ),
      finding(proposal('claim', 'x', 'REJECTED-TEXT', [record(1, 1)]), 'rejected', 'Misread.'),
    ],
    decisions: [
      {
        id: 'D1',
        at: '2026-10-06T02:10:00Z',
        by: 'A. Rahman',
        text: 'Ask the vendor for its export log.',
        reason: 'The extract was cut for it.',
        cites: [row(3, 412)],
      },
    ],
    notes: [
      {
        id: 'N1',
        at: '2026-10-06T02:20:00Z',
        by: 'L. Tan',
        text: 'Called the vendor at 10:15; log promised for noon.',
        cites: [],
      },
    ],
    holders: ['Old Harbour Print Ltd'],
  }
}

function exhibit(n: number, file: string, kind: string, bytes: number): CaseView['exhibits'][number] {
  return {
    id: `E${n}`,
    file,
    kind,
    sha256: sha(n),
    bytes,
    held: n === 5 ? 'referenced' : 'copied',
    acquired: 'L. Tan, 2026-10-05 16:02 (+08:00), file',
  }
}

function step(
  time: string,
  host: string,
  tactic: string,
  techniques: readonly string[],
  text: string,
  n: number,
): NonNullable<CaseView['stories']>['stories'][number]['steps'][number] {
  return { time, host, tactic, techniques, level: 'high', text, cites: [record(5, n)] }
}

function assessed(
  assertion: string,
  words: string,
  status: 'supported' | 'contradicted' | 'open',
  text: string,
  cites: readonly Cite[],
  post: number,
  missing: readonly string[] = [],
): CaseView['assessment']['assertions'][number] {
  const ground = { text, cites }
  const coverage =
    status === 'supported' ? [] : [{ text: 'Logs at hand: web-01 and app-02, 1 July to 5 October 2026.', cites: [record(5, 1)] }]
  return {
    id: `thread:v0idcrew/${assertion}`,
    thread: 'thread:v0idcrew',
    assertion,
    by: 'actor',
    words,
    status,
    ground,
    grounds: [ground],
    missing,
    coverage,
    cite: record(1, post),
  }
}
