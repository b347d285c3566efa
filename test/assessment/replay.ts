import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assess, type Assessment, type Findings, type HandedOver } from '../../src/assessment/index.ts'
import type { Reading, Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { Story } from '../../src/intrusion/index.ts'
import type { Verdict } from '../../src/provenance/index.ts'

const folder = path.resolve(import.meta.dirname, '../cases/assessment/replays')

type Days = readonly [string, string]

/** One documented fact: what it is, the day it was known, and the sources it stands in. */
type Fact = { readonly known: string; readonly from: readonly string[] } & (
  | { readonly kind: 'post' }
  | ({ readonly kind: 'said'; readonly reads: Reading['kind']; readonly words: string } & Pick<
      Reading,
      'by' | 'subject' | 'quantity' | 'unit'
    >)
  | {
      readonly kind: 'sample'
      readonly verdict: Verdict['verdict']
      readonly statement: string
      readonly rows: number
      readonly columns: readonly string[]
    }
  | { readonly kind: 'dates'; readonly earliest?: string; readonly latest?: string }
  | { readonly kind: 'operators'; readonly count: number; readonly numbers: number }
  | { readonly kind: 'steps'; readonly hosts: readonly string[]; readonly days: Days; readonly text: string }
  | { readonly kind: 'handed'; readonly item: Omit<HandedOver, 'cites'> }
  | { readonly kind: 'needed'; readonly days: Days }
)

interface Case {
  readonly operator?: string
  readonly sources: Readonly<Record<string, string>>
  readonly facts: readonly Fact[]
}

/** What is expected on one day. */
export interface Expected {
  readonly at: string
  readonly parts: Readonly<Record<string, string>>
  /** Strength of every part, where all have the same. */
  readonly strength?: string
  /** Who is quoted beside a part, sorted. */
  readonly said?: Readonly<Record<string, readonly string[]>>
  readonly saidWords?: Readonly<Record<string, string>>
  readonly openDays?: readonly string[]
  readonly mismatches?: readonly string[]
  /** Words that stand in the assessment's own sentences, and words that stand in none of them. */
  readonly says?: readonly string[]
  readonly never: readonly string[]
}

/** Names of the documented cases. */
export const caseNames = [
  'maxis-2024',
  'att-73m',
  'verizon-2025',
  'europcar-2024',
  'lg-uplus-2025',
  'sk-telecom-2025',
  'malaysia-46m',
]

/** A documented case and what is expected on each day. */
export function readReplay(name: string): { readonly given: Case; readonly wanted: readonly Expected[] } {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, name, file), 'utf8'))
  return { given: read('in.json') as Case, wanted: read('want.json') as readonly Expected[] }
}

/** The assessment from what was known on a day. Nothing in here knows a case. */
export function assessAt(given: Case, at: string): Assessment {
  const facts = given.facts.filter((fact) => fact.known <= at)
  return assess([threadOf(given, facts)], findingsOf(given, facts))
}

function citeOf(given: Case, fact: Fact): Cite {
  const [first = ''] = fact.from
  const source = given.sources[first]
  if (source === undefined) throw new Error(`no source ${first}`)
  return { kind: 'reference', file: source, version: fact.known, key: fact.kind === 'said' ? fact.words : fact.kind }
}

function of<K extends Fact['kind']>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)
}

function threadOf(given: Case, facts: readonly Fact[]): Thread {
  return {
    id: 'thread:the-actor',
    actor: '',
    victims: given.operator === undefined ? [] : [{ name: given.operator, standing: 'named', cites: [] }],
    posts: of(facts, 'post').map((fact) => ({
      reportedAt: { at: `${fact.known}T00:00:00.000000Z`, zone: 'unknown', bound: 'not-later-than' },
      channel: '',
      source: 'reported',
      text: '',
      attachments: [],
      cite: citeOf(given, fact),
    })),
    assertions: [],
    readings: of(facts, 'said').map((fact, index): Reading => {
      const { reads, by, words, subject, quantity, unit } = fact
      return {
        id: `R${index + 1}`,
        kind: reads,
        by,
        text: words,
        ...(subject === undefined ? {} : { subject }),
        ...(quantity === undefined ? {} : { quantity }),
        ...(unit === undefined ? {} : { unit }),
        cite: citeOf(given, fact),
      }
    }),
    demands: [],
    deadlines: [],
    statements: [],
    thirdParties: [],
  }
}

function findingsOf(given: Case, facts: readonly Fact[]): Findings {
  const sample = of(facts, 'sample').at(-1)
  const dates = of(facts, 'dates').at(-1)
  const operators = of(facts, 'operators').at(-1)
  const steps = of(facts, 'steps').at(-1)
  const needed = of(facts, 'needed').at(-1)
  const shown = dates ?? operators
  return {
    ...(given.operator === undefined ? {} : { operator: given.operator }),
    coverage: { sources: [], gaps: [] },
    ...(sample === undefined ? {} : { provenance: verdictOf(given, sample) }),
    ...(shown === undefined
      ? {}
      : {
          dayOne: {
            cites: [citeOf(given, shown)],
            ...(dates === undefined ? {} : { window: windowOf(dates) }),
            ...(operators === undefined ? {} : { operators: severalOf(operators) }),
          },
        }),
    ...(steps === undefined ? {} : { stories: { stories: [storyOf(given, steps)], detections: 0, events: 0, unjoined: 0 } }),
    ...(needed === undefined ? {} : { needed: { from: needed.days[0], to: needed.days[1] } }),
    handed: of(facts, 'handed').map((fact) => ({ ...fact.item, cites: [citeOf(given, fact)] })),
  }
}

/** As little as an examination that is only reported carries: even odds for what it found. */
function verdictOf(given: Case, fact: Extract<Fact, { kind: 'sample' }>): Verdict {
  const cites = [citeOf(given, fact)]
  const half = { real: 0, recycled: 0, fabricated: 0, mixed: 0, combo: 0 }
  return {
    rows: fact.rows,
    read: fact.rows,
    identified: 0,
    columns: fact.columns.map((meaning) => ({ name: meaning, meaning })),
    kind: half,
    sources: [],
    unknownCopy: 0,
    knownLeaks: [],
    fabricated: 0,
    padding: { rows: 0 },
    verdict: fact.verdict,
    statement: fact.statement,
    grounds: [{ text: fact.statement, cites }],
    prior: '',
    calibration: '',
  }
}

function severalOf({
  count,
  numbers,
}: Extract<Fact, { kind: 'operators' }>): NonNullable<NonNullable<Findings['dayOne']>['operators']> {
  const shares = Array.from({ length: count }, (_, index) => ({ operator: `operator ${index + 1}`, share: 1 / count }))
  return { numbers, shares, several: count > 1, what: '' }
}

function windowOf({
  earliest,
  latest,
}: Extract<Fact, { kind: 'dates' }>): NonNullable<NonNullable<Findings['dayOne']>['window']> {
  return { ...(earliest === undefined ? {} : { earliest }), ...(latest === undefined ? {} : { latest }), reasons: [] }
}

/** A story at the floor, with the hosts on which malware was found by examining them. */
function storyOf(given: Case, fact: Extract<Fact, { kind: 'steps' }>): Story {
  const cites = [citeOf(given, fact)]
  const [from, to] = fact.days.map((day) => `${day}T00:00:00.000000Z`)
  return {
    id: 'S1',
    score: 40,
    from: from ?? '',
    to: to ?? '',
    title: '',
    hosts: fact.hosts.map((name) => ({ name, status: 'compromised', cites })),
    accounts: [],
    lateralMovement: [],
    steps: [{ time: from ?? '', host: fact.hosts[0] ?? '', tactic: '', techniques: [], level: 'high', text: fact.text, cites }],
    reached: [],
    gaps: [],
  }
}
