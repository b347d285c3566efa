import { isoMicros, minuteText } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Days, LogSource, Registered, Vendor } from '../inventory/index.ts'
import { entriesOf, shortHost, systemsNamed, vendorsNamed } from './estate-names.ts'
import type { Findings } from './findings.ts'
import type { Need } from './need.ts'
import { dayAfter, without } from './silent-days.ts'

const dayMs = 86_400_000
/** Log sources or vendors named for one need; further ones are counted. */
const mostNamed = 6

/** Stretches of days named in one sentence. */
const stretchesTold = 3

/** One piece of evidence that would settle an open question: who holds it, and until when. */
export interface Settling {
  /** What is missing, as `missing` says it. */
  readonly evidence: string
  /** The whole sentence. */
  readonly text: string
  /** Owner of the log source, or the vendor; absent where the inventory names nobody. */
  readonly ask?: string
  /** When the first needed day is deleted, and the last; ISO 8601 UTC. Absent where no retention is stated. */
  readonly by?: string
  readonly until?: string
  /** The inventory entry that says so. */
  readonly cites: readonly Cite[]
}

/**
 * Whom to ask for what is missing, and by when (rules A14 and A15): the owner of a log source until its retention ends, a vendor. Free of the clock: whether a
 * time is past is for the reader to see. What no entry is named for gives one sentence without a name.
 */
export function settling(needs: readonly Need[], findings: Findings): Settling[] {
  const asked = needs.flatMap((need) => settlingOf(need, findings))
  return [...new Map(asked.toReversed().map((one) => [one.text, one])).values()].reverse()
}

/** Everything to be asked for over several parts, each once: what goes first stands first, then what has no date. */
export function asksOf(parts: readonly { readonly settles: readonly Settling[] }[]): Settling[] {
  const all = new Map(parts.flatMap((part) => part.settles).map((one) => [one.text, one]))
  const first = ({ by = '~' }: Settling): string => by
  return [...all.values()].toSorted((a, b) => (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : a.text < b.text ? -1 : 1))
}

function settlingOf(need: Need, findings: Findings): Settling[] {
  switch (need.from) {
    case 'logs':
      return fromLogs(need, findings)
    case 'vendor':
      return fromVendors(need, findings)
    case 'handed':
      return [{ evidence: need.text, text: asking(need.about ?? 'whoever handed it over', need.text), cites: [], ...named(need) }]
    case 'none':
      return []
  }
}

function named({ about }: Need): { readonly ask?: string } {
  return about === undefined ? {} : { ask: about }
}

function asking(whom: string, what: string): string {
  return `Ask ${whom}: ${what}.`
}

function fromLogs(need: Need, findings: Findings): Settling[] {
  const all = entriesOf(findings, 'log_source').filter((one) => need.audit !== true || /audit/i.test(one.type ?? one.id))
  const systems = need.about === undefined ? [] : systemsNamed(findings, need.about)
  const ids = new Set(systems.map((one) => one.id.toLowerCase()))
  const hosts = new Set(systems.flatMap((one) => one.hosts.map(shortHost)))
  const own = all.filter(
    (one) => ids.has(one.system?.toLowerCase() ?? '') || (one.host !== undefined && hosts.has(shortHost(one.host))),
  )
  // Sources without a place, such as a collector's, may hold it as well.
  if (own.length > 0) own.push(...all.filter((one) => one.system === undefined && one.host === undefined))
  const asked = (own.length > 0 ? own : all)
    .flatMap((source) => fromSource(source, need, findings))
    .toSorted((a, b) => ((a.by ?? '~') < (b.by ?? '~') ? -1 : (a.by ?? '~') > (b.by ?? '~') ? 1 : a.text < b.text ? -1 : 1))
  if (all.length > 0) return shortened(asked, need.text, 'log source')
  const what = need.audit === true ? 'audit log' : 'log source'
  return [
    { evidence: need.text, text: `The inventory names no ${what}: find out who keeps ${need.text}, and how long.`, cites: [] },
  ]
}

function fromSource(source: Registered<LogSource>, need: Need, findings: Findings): Settling[] {
  const cites: readonly Cite[] = [{ kind: 'inventory', entry: source.entry, revision: source.revision }]
  const owner = source.owner ?? `the owner of ${source.id}, whom the inventory does not name,`
  const ask = source.owner === undefined ? {} : { ask: source.owner }
  const days = source.retentionDays
  const kept = days === undefined ? 'how long it is kept is not known, so at once' : `it is kept ${days} days`
  const { needed } = findings
  const evidence = need.text
  if (needed === undefined) return [{ evidence, text: `Ask ${owner} for ${source.id}: ${kept}.`, ...ask, cites }]
  const wanted = openDays(needed, findings.held?.get(source.entry) ?? [])
  if (wanted.length === 0) return []
  // The last day needed is the day the case was opened: what was gone by then is gone.
  const oldest = days === undefined ? '' : dayAfter(needed.to, -days)
  const left = wanted.flatMap(({ from, to }) => (to < oldest ? [] : [{ from: from < oldest ? oldest : from, to }]))
  const [first] = left
  const last = left.at(-1)
  if (first === undefined || last === undefined)
    return [{ evidence, text: `${source.id}: ${kept}; what is needed of it was gone on ${needed.to}.`, cites }]
  const what = `${source.id} of ${stretches(left)}`
  if (days === undefined) return [{ evidence, text: `Ask ${owner} for ${what}: ${kept}.`, ...ask, cites }]
  const by = isoMicros(Date.parse(first.from) + days * dayMs)
  const until = isoMicros(Date.parse(last.to) + (days + 1) * dayMs)
  const gone = (wanted[0]?.from ?? '') < oldest ? ` Of the days needed those before ${oldest} were gone on ${needed.to}.` : ''
  const text = `Ask ${owner} for ${what}: ${kept}; the first of these days goes from ${minuteText(by)} UTC, the last by ${minuteText(until)} UTC.${gone}`
  return [{ evidence, text, ...ask, by, until, cites }]
}

function stretches(days: readonly Days[]): string {
  const told = days.slice(0, stretchesTold).map(({ from, to }) => (from === to ? from : `${from} to ${to}`))
  return `${told.join(', ')}${days.length > stretchesTold ? ` and ${days.length - stretchesTold} more stretches` : ''}`
}

/** Needed days that no exhibit holds, as stretches in order. */
function openDays(needed: Days, held: readonly Days[]): Days[] {
  const open = held.reduce<Days[]>((left, one) => left.flatMap((each) => without(each, one)), [needed])
  return open.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

function fromVendors(need: Need, findings: Findings): Settling[] {
  const known = entriesOf(findings, 'vendor')
  const meant = need.about === undefined ? [] : vendorsNamed(findings, need.about)
  const asked = (meant.length > 0 ? meant : need.about === undefined ? known : []).map((one) => fromVendor(one, need, findings))
  if (asked.length > 0) return shortened(asked, need.text, 'vendor')
  const whom = need.about === undefined ? 'the vendor' : `"${need.about}"`
  return [{ evidence: need.text, text: `The inventory holds no entry for ${whom}: find out who has ${need.text}.`, cites: [] }]
}

function fromVendor(one: Registered<Vendor>, need: Need, { needed }: Findings): Settling {
  const ended = one.status === 'ended' ? ` The contract ended${one.ended === undefined ? '' : ` on ${one.ended}`}.` : ''
  const days = one.evidenceDays
  const by = days === undefined || needed === undefined ? undefined : isoMicros(Date.parse(needed.to) + (days + 1) * dayMs)
  const duty =
    days === undefined
      ? ' Whether and by when it must answer is for the contract to say; the inventory does not.'
      : ` Its contract gives it ${days} days to hand over evidence${by === undefined ? '' : `: until ${minuteText(by)} UTC when asked on ${needed?.to ?? ''}`}.`
  return {
    evidence: need.text,
    text: `${asking(one.name, need.text)}${ended}${duty}`,
    ask: one.name,
    ...(by === undefined ? {} : { by }),
    cites: [{ kind: 'inventory', entry: one.entry, revision: one.revision }],
  }
}

function shortened(all: readonly Settling[], evidence: string, what: string): Settling[] {
  const rest = all.slice(mostNamed)
  if (rest.length === 0) return [...all]
  const text = `${rest.length} further ${what}${rest.length === 1 ? '' : 's'} of the inventory could hold it too.`
  return [...all.slice(0, mostNamed), { evidence, text, cites: rest.flatMap((one) => one.cites.slice(0, 1)).slice(0, 20) }]
}
