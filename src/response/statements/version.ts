import type { Finding, HistoryLine } from '../../casefile/index.ts'
import type { Cite } from '../../evidence/index.ts'

/** A finding with everything that happened to it. */
export interface LivedFinding {
  readonly finding: Finding
  readonly history: readonly HistoryLine[]
}

/** An exhibit as it is called in the case, and when it came in (ISO 8601 UTC). */
export interface KnownExhibit {
  readonly sha256: string
  readonly number: string
  readonly file: string
  readonly at: string
}

/** One answer that changed from a version to the next. */
export interface VersionChange {
  readonly kind: Finding['kind']
  readonly subject: string
  readonly how: 'new' | 'changed' | 'gone' | 'back' | 'reworded'
  readonly before?: { readonly finding: string; readonly text: string }
  readonly after?: { readonly finding: string; readonly text: string }
  /** Exhibits that the answer now rests on and did not before; `new`: they came in since the version before. */
  readonly evidence: readonly { readonly number: string; readonly file: string; readonly new: boolean }[]
  readonly why: string
}

/** What one run of the analysis changed in what the case says about the claim. */
export interface AssessmentVersion {
  /** From 1; runs that changed nothing make no version. */
  readonly version: number
  readonly run: string
  readonly at: string
  /** Exhibits that came in since the version before. */
  readonly added: readonly { readonly number: string; readonly file: string }[]
  readonly changes: readonly VersionChange[]
}

const kinds: ReadonlySet<string> = new Set(['claim', 'provenance', 'story', 'lookup', 'affected', 'assessment', 'coverage'])

/** Every version of the assessment, oldest first: what changed, and which evidence is new in it. Duties are not in it; they change with the clock. */
export function assessmentVersions(lived: readonly LivedFinding[], exhibits: readonly KnownExhibit[]): AssessmentVersion[] {
  const about = lived.filter(({ finding }) => kinds.has(finding.kind))
  const runs = new Map<string, string>()
  for (const { history } of about) for (const line of history) if (line.kind === 'run') runs.set(line.run, line.at)
  const ordered = [...runs].toSorted(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1))
  return ordered.map(([run, at], index): AssessmentVersion => {
    const last = ordered[index - 1]?.[1] ?? ''
    const fresh = exhibits.filter((one) => one.at <= at && one.at > last)
    return {
      version: index + 1,
      run,
      at,
      added: fresh.map(({ number, file }) => ({ number, file })),
      changes: changesOf(about, { run, first: index === 0, fresh, exhibits }),
    }
  })
}

interface Asked {
  readonly run: string
  readonly first: boolean
  readonly fresh: readonly KnownExhibit[]
  readonly exhibits: readonly KnownExhibit[]
}

function changesOf(lived: readonly LivedFinding[], asked: Asked): VersionChange[] {
  const acts = lived.flatMap(({ finding, history }) => {
    const at = history.findLastIndex((line) => line.kind === 'run' && line.run === asked.run)
    const line = history[at]
    if (line?.kind !== 'run') return []
    const earlier = history.slice(0, at).findLast((one) => one.kind === 'run')
    return [{ finding, act: line.act, back: earlier?.kind === 'run' && earlier.act === 'withdrawn' }]
  })
  const gone = acts.filter(({ act }) => act === 'withdrawn').map(({ finding }) => finding)
  const replaced = new Set<string>()
  const changes: VersionChange[] = []
  for (const { finding, act, back } of acts) {
    if (act === 'withdrawn') continue
    const before = back || act === 'proposed' ? replacedBy(finding, gone) : undefined
    if (before !== undefined) replaced.add(before.id)
    const how = before !== undefined ? 'changed' : act === 'proposed' ? 'new' : back ? 'back' : 'reworded'
    changes.push(change(how, { finding, ...(before === undefined ? {} : { before }) }, asked))
  }
  for (const finding of gone) if (!replaced.has(finding.id)) changes.push(change('gone', { before: finding }, asked))
  return changes.toSorted(
    (a, b) =>
      order(a) - order(b) ||
      hows.indexOf(a.how) - hows.indexOf(b.how) ||
      (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
  )
}

/** What stood before about the same thing: what the ledger says was replaced, else the only one that went. */
function replacedBy(finding: Finding, gone: readonly Finding[]): Finding | undefined {
  const named = gone.find(({ id }) => id === finding.supersedes)
  if (named !== undefined) return named
  const same = gone.filter((one) => one.kind === finding.kind && one.subject === finding.subject)
  return same.length === 1 ? same[0] : same.find(({ code }) => code === finding.code)
}

function change(
  how: VersionChange['how'],
  { finding, before }: { readonly finding?: Finding; readonly before?: Finding },
  { first, fresh, exhibits }: Asked,
): VersionChange {
  const rested = new Set(before === undefined ? [] : hashesOf(before))
  const hashes = [...new Set(finding === undefined || how === 'reworded' ? [] : hashesOf(finding))].filter(
    (hash) => !rested.has(hash),
  )
  const evidence = hashes.flatMap((hash) => {
    const found = exhibits.find(({ sha256 }) => sha256 === hash)
    return found === undefined ? [] : [{ number: found.number, file: found.file, new: fresh.includes(found) }]
  })
  const about = finding ?? before
  return {
    kind: about?.kind ?? 'assessment',
    subject: about?.subject ?? '',
    how,
    ...(before === undefined ? {} : { before: { finding: before.id, text: before.text } }),
    ...(finding === undefined ? {} : { after: { finding: finding.id, text: finding.text } }),
    evidence,
    why: whyOf({ how, first, evidence, fresh }),
  }
}

function whyOf(asked: {
  readonly how: VersionChange['how']
  readonly first: boolean
  readonly evidence: VersionChange['evidence']
  readonly fresh: readonly KnownExhibit[]
}): string {
  const { how, first, evidence, fresh } = asked
  if (first) return 'first analysis'
  const names = (all: readonly { readonly number: string }[]): string => {
    const shown = all.slice(0, 6).map(({ number }) => number)
    return all.length > 6 ? `${shown.join(', ')} and ${all.length - 6} more` : shown.join(', ')
  }
  const came = evidence.filter((one) => one.new)
  if (came.length > 0) return `rests on new evidence: ${names(came)}`
  if (evidence.length > 0) return `rests on further evidence that was there before: ${names(evidence)}`
  if (how === 'reworded') return 'the same finding in other words, or with other grounds'
  if (fresh.length > 0)
    return `other evidence came in (${names(fresh)}), which the answer does not cite; it changed what this is weighed against`
  return 'no new evidence: rules, inventory, settings or what people entered changed'
}

function hashesOf({ cites, grounds }: Pick<Finding, 'cites' | 'grounds'>): string[] {
  const all: readonly Cite[] = [...cites, ...grounds.flatMap((one) => one.cites)]
  return all.flatMap((cite) => (cite.kind === 'exhibit' ? [cite.sha256] : []))
}

const hows: readonly VersionChange['how'][] = ['changed', 'gone', 'back', 'new', 'reworded']
const rank = ['assessment', 'provenance', 'story', 'affected', 'lookup', 'claim', 'coverage']

function order({ kind }: VersionChange): number {
  return rank.indexOf(kind)
}
