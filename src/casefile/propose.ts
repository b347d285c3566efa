import { canonicalJson, invariant, type Canonical } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { findingId, type Finding, type Proposal } from './finding.ts'
import { findings } from './findings.ts'

export interface ProposeOptions {
  /** Id of the run that says it; the same run may be written again without doubling anything. */
  readonly run: string
  /** Now, ISO 8601 UTC. */
  readonly at: string
  /**
   * Kinds that the run answered completely: their findings about subjects the run no longer mentions are withdrawn too. Without it
   * only findings about subjects the run speaks of can be withdrawn.
   */
  readonly complete?: readonly Proposal['kind'][]
}

/** How many findings the run brought, changed in wording, took back, or said again. */
export interface Proposed {
  readonly proposed: readonly string[]
  readonly restated: readonly string[]
  readonly withdrawn: readonly string[]
  readonly unchanged: number
}

/**
 * Writes what a run says into the ledger, all or nothing. A finding said before keeps its id, its rulings and its first time;
 * one about the same subject that the run no longer says is marked withdrawn by a row of its own, and what stands in its place
 * names it in `supersedes`. Nothing is ever deleted.
 */
export function propose(db: Db, proposals: readonly Proposal[], options: ProposeOptions): Proposed {
  return db.transaction(() => {
    db.run('INSERT INTO runs (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING', options.run, options.at)
    const said = new Map(proposals.map((proposal) => [findingId(proposal), proposal]))
    const before = findings(db)
    const gone = withdrawn(before, said, options.complete ?? [])
    for (const one of gone) append(db, { finding: one, act: 'withdrawn', options })
    const known = new Map(before.map((one) => [one.id, one]))
    const result = { proposed: [] as string[], restated: [] as string[], withdrawn: gone.map((one) => one.id), unchanged: 0 }
    for (const [id, proposal] of said) {
      const earlier = known.get(id)
      if (earlier === undefined) {
        const supersedes = replacedBy(proposal, gone)
        append(db, {
          finding: { ...proposal, id },
          act: 'proposed',
          options,
          ...(supersedes === undefined ? {} : { supersedes }),
        })
        result.proposed.push(id)
      } else if (earlier.withdrawn === true || bodyText(earlier) !== bodyText(proposal)) {
        append(db, { finding: { ...proposal, id }, act: 'restated', options })
        result.restated.push(id)
      } else result.unchanged += 1
    }
    return result
  })
}

function withdrawn(
  before: readonly Finding[],
  said: ReadonlyMap<string, Proposal>,
  complete: readonly Proposal['kind'][],
): readonly Finding[] {
  const subjects = new Set(said.values().map((proposal) => `${proposal.kind}\n${proposal.subject}`))
  return before.filter(
    (one) =>
      one.withdrawn !== true && !said.has(one.id) && (complete.includes(one.kind) || subjects.has(`${one.kind}\n${one.subject}`)),
  )
}

/** The withdrawn finding whose place this one takes: the one of the same statement, else the only one about the subject. */
function replacedBy(proposal: Proposal, gone: readonly Finding[]): string | undefined {
  const same = gone.filter((one) => one.kind === proposal.kind && one.subject === proposal.subject)
  const statement = same.filter((one) => one.code === proposal.code)
  return (statement.length > 0 ? statement.at(-1) : same.length === 1 ? same[0] : undefined)?.id
}

interface Row {
  readonly finding: Proposal & { readonly id: string }
  readonly act: 'proposed' | 'restated' | 'withdrawn'
  readonly options: ProposeOptions
  readonly supersedes?: string
}

function append(db: Db, { finding, act, options, supersedes }: Row): void {
  db.run(
    'INSERT INTO finding_rows (id, act, kind, subject, run, at, supersedes, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    finding.id,
    act,
    finding.kind,
    finding.subject,
    options.run,
    options.at,
    supersedes ?? null,
    act === 'withdrawn' ? null : bodyText(finding),
  )
}

/** A proposal as stored: the same proposal always gives the same text, so that a change of wording is seen. */
function bodyText(proposal: Proposal): string {
  const { kind, subject, code, params, cites, text, confidence, grounds, producer, value } = proposal
  const stated = { kind, subject, code, params, cites, text, confidence, grounds, producer } as unknown as Canonical
  const json = canonicalJson(stated)
  if (value === undefined) return json
  const valueJson = JSON.stringify(value) as string | undefined
  invariant(valueJson !== undefined, 'the value of a finding can be written as JSON')
  return `${json.slice(0, -1)},"value":${valueJson}}`
}
