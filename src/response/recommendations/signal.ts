import type { CoverageRow } from '../../assessment/index.ts'
import { listOf, objectOf } from '../../base/index.ts'
import type { Finding, FindingStatus } from '../../casefile/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { System } from '../../inventory/index.ts'
import type { LosingSource } from '../lost-next.ts'

/** What a rule can ask for: codes of findings, then gaps of coverage. */
export const signalNames = [
  'attack-story',
  'read-without-recorded-reason',
  'account-read-watched-subscribers',
  'one-subscriber-again-and-again',
  'many-reads-without-reason',
  'tickets-after-reads',
  'bulk-read',
  'busy-day',
  'identifier-not-recorded',
  'sample-agrees-with-copy',
  'sample-mixed',
  'sample-copies-not-separable',
  'sample-unknown-copy',
  'sample-recycled',
  'sample-login-list',
  'sample-fabricated',
  'log-cleared',
  'kept-too-short',
  'retention-unknown',
  'records-missing',
  'clock-jumps',
  'no-log-source',
] as const

export type SignalName = (typeof signalNames)[number]

/** What a recommendation rests on: a finding, a gap of coverage, or what we promised in public. Never names a subscriber. */
export interface Ground {
  /** Id of the finding; absent for a gap. */
  readonly finding?: string
  readonly status?: FindingStatus
  /** Stable key of the gap (`log-cleared:net-jmp-09`); absent for a finding. */
  readonly gap?: string
  /** Sentence of a statement of ours that left (`S1.2`); absent for findings and gaps. */
  readonly promise?: string
  readonly text: string
  readonly cites: readonly Cite[]
}

/** A finding or gap in the form in which rules are held against it. */
export interface Signal {
  readonly name: SignalName
  /** Log source, host or system it is about; the subject of the finding else. */
  readonly subject: string
  /** `entry:web-server`, `reached:collection`, `lateral`, `holder:other`. */
  readonly marks: readonly string[]
  /** ATT&CK ids that the story shows. */
  readonly techniques: readonly string[]
  /** Who is known to own it. */
  readonly owner?: string
  readonly ground: Ground
}

/** What the case holds that a recommendation can rest on. */
export interface SignalSources {
  readonly findings: readonly Finding[]
  readonly rows: readonly CoverageRow[]
  readonly losing: readonly LosingSource[]
  readonly systems: readonly (System & { readonly entry: string; readonly revision: number })[]
  /** The operator's own name: whose copy it is. */
  readonly operator: string
}

/** Findings that stand (not rejected, parked or withdrawn) and gaps, as signals; sorted by name and subject. */
export function signalsOf(sources: SignalSources): readonly Signal[] {
  return [
    ...sources.findings.flatMap((one) => ofFinding(one, sources.operator)),
    ...sources.rows.flatMap(ofRow),
    ...sources.losing.flatMap(ofSource),
    ...withoutLog(sources),
  ].toSorted((a, b) => order(`${a.name} ${a.subject}`, `${b.name} ${b.subject}`))
}

function ofFinding(finding: Finding, operator: string): Signal[] {
  const name = signalNames.find((one) => one === finding.code)
  if (name === undefined || finding.withdrawn === true || finding.status === 'rejected' || finding.status === 'parked') return []
  const about = finding.subject.startsWith('subscriber:')
    ? 'Records of one subscriber were read without a recorded reason.'
    : finding.text
  const signal = {
    name,
    subject: finding.subject,
    ground: { finding: finding.id, status: finding.status, text: about, cites: finding.cites },
  }
  if (finding.kind === 'story') return [{ ...signal, ...ofStory(finding.value) }]
  if (finding.kind === 'provenance') {
    const holder = textOf(objectOf(listOf(objectOf(finding.value)['sources'])[0])['holder'])
    const own = holder?.toLowerCase() === operator.toLowerCase()
    return [{ ...signal, techniques: [], marks: holder === undefined ? [] : [own ? 'holder:own' : 'holder:other'] }]
  }
  const marks = name === 'bulk-read' ? ['bulk'] : name === 'read-without-recorded-reason' ? ['covert'] : []
  return [{ ...signal, techniques: [], marks }]
}

function ofStory(value: unknown): Pick<Signal, 'marks' | 'techniques'> {
  const story = objectOf(value)
  const entry = textOf(objectOf(story['initialAccess'])['kind'])
  const reached = listOf(story['reached']).flatMap((one) => textOf(objectOf(one)['kind']) ?? [])
  const techniques = listOf(story['steps']).flatMap((one) =>
    listOf(objectOf(one)['techniques']).filter((id): id is string => typeof id === 'string'),
  )
  return {
    marks: [
      ...(entry === undefined ? [] : [`entry:${entry}`]),
      ...(listOf(story['lateralMovement']).length === 0 ? [] : ['lateral']),
      ...[...new Set(reached)].sort().map((kind) => `reached:${kind}`),
    ],
    techniques: [...new Set(techniques)].sort(),
  }
}

function ofRow(row: CoverageRow): Signal[] {
  const gap = (name: SignalName, subject: string, text: string, cites: readonly Cite[]): Signal => ({
    name,
    subject,
    marks: [],
    techniques: [],
    ground: { gap: `${name}:${subject}`, text, cites },
  })
  const cleared = row.breaks.filter(({ kind }) => kind === 'cleared' || kind === 'stopped')
  const missing = row.numbers.filter(({ standing }) => standing === 'followed').reduce((sum, one) => sum + one.missing, 0)
  const source = `${row.source} of ${row.host}`
  return [
    ...(cleared.length === 0
      ? []
      : [
          gap(
            'log-cleared',
            row.host,
            `${source} was cleared or stopped ${cleared.length === 1 ? 'once' : `${cleared.length} times`}.`,
            cleared.map(({ cite }) => cite),
          ),
        ]),
    ...(missing === 0
      ? []
      : [gap('records-missing', `${row.host}/${row.source}`, `${source} lacks ${missing} records by its numbers.`, row.cites)]),
    ...(row.jumpCount === 0
      ? []
      : [gap('clock-jumps', row.host, `The clock of ${source} jumps ${row.jumpCount} times.`, row.cites)]),
  ]
}

function ofSource(one: LosingSource): Signal[] {
  const cites = [{ kind: 'inventory', entry: one.entry, revision: one.revision } as const]
  const about = { subject: one.source, marks: [], techniques: [], ...(one.owner === undefined ? {} : { owner: one.owner }) }
  const gap = (name: SignalName): Signal => ({
    ...about,
    name,
    ground: { gap: `${name}:${one.source}`, text: one.text, cites },
  })
  return [
    ...(one.lost.length > 0 && one.retentionDays !== undefined ? [gap('kept-too-short')] : []),
    ...(one.retentionDays === undefined ? [gap('retention-unknown')] : []),
  ]
}

/** Systems that hold personal data and of whose hosts no log is at hand or in the inventory. */
function withoutLog({ systems, rows, losing }: SignalSources): Signal[] {
  const hosts = new Set([...rows.map(({ host }) => host), ...losing.flatMap(({ host }) => host ?? [])].map(shortName))
  const named = new Set(losing.flatMap(({ system }) => system?.toLowerCase() ?? []))
  return systems
    .filter((one) => one.data.length > 0)
    .filter((one) => !named.has(one.id.toLowerCase()) && !named.has(one.name.toLowerCase()))
    .filter((one) => !one.hosts.some((host) => hosts.has(shortName(host))))
    .map((one) => ({
      name: 'no-log-source',
      subject: one.id,
      marks: [],
      techniques: [],
      ground: {
        gap: `no-log-source:${one.id}`,
        text: `${one.name} holds personal data (${one.data.join(', ')}); no log of it is at hand or in the inventory.`,
        cites: [{ kind: 'inventory', entry: one.entry, revision: one.revision }],
      },
    }))
}

function shortName(host: string): string {
  const name = host.trim().toLowerCase()
  return /^[\d.]+$/.test(name) ? name : (name.split('.')[0] ?? name)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
