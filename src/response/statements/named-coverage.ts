import { datesIn } from './dates-said.ts'
import type { StatementKnowledge } from './knowledge.ts'
import type { StatementLanguage } from './language.ts'
import { wordsOf } from './plain-words.ts'
import type { TextSentence } from './sentences.ts'
import { findAny } from './word-pattern.ts'

/** Days, both included, `YYYY-MM-DD`. */
export interface NamedPeriod {
  readonly from: string
  readonly to: string
}

type System = StatementKnowledge['systems'][number]

/** The period that a sentence names, or else its paragraph: from the first date to the last, or until `today` where it says since. */
export function namedPeriod(
  sentence: TextSentence,
  paragraph: readonly TextSentence[],
  asked: { readonly languages: readonly StatementLanguage[]; readonly today: string },
): NamedPeriod | undefined {
  const { languages, today } = asked
  for (const scope of [[sentence], paragraph]) {
    const words = scope.flatMap((one) => one.words)
    const days = datesIn(words, languages, Number(today.slice(0, 4)))
      .map(({ day }) => day)
      .sort()
    const [from] = days
    if (from === undefined) continue
    const open = languages.some(({ since }) => findAny(words, since) !== undefined)
    return { from, to: open ? today : (days.at(-1) ?? from) }
  }
  return undefined
}

/** The systems of the inventory that a sentence names, or else its paragraph: by name, id or host. */
export function namedSystems(
  sentence: TextSentence,
  paragraph: readonly TextSentence[],
  systems: readonly System[],
): readonly System[] {
  for (const scope of [[sentence], paragraph]) {
    const text = ` ${scope.flatMap((one) => one.words).join(' ')} `
    const found = systems.filter(({ id, name, hosts }) =>
      [name, id, ...hosts].some((one) => {
        const words = wordsOf(one).join(' ')
        return words.length > 2 && text.includes(` ${words} `)
      }),
    )
    if (found.length > 0) return found
  }
  return []
}

/** Quiet days between days with events that a log still counts as covering. */
const quietDays = 3
/** Sentences about what is not covered; further ones are counted. */
const told = 8

/** What the logs at hand do not cover of these systems and days, and what speaks against those they do: in words, the systems in their order. */
export function uncovered(systems: readonly System[], period: NamedPeriod, rows: StatementKnowledge['coverage']): string[] {
  const found: string[] = []
  for (const system of systems) {
    if (system.hosts.length === 0) found.push(`${system.name}: the inventory names no host, so no log can be matched`)
    for (const host of system.hosts) {
      const own = rows.filter((row) => row.host.toLowerCase() === shortName(host))
      if (own.length === 0) {
        found.push(`${system.name}: no log of ${host} is at hand`)
        continue
      }
      for (const gap of gapsIn(
        own.flatMap((row) => row.days),
        period,
      ))
        found.push(
          `${system.name}: the logs of ${host} hold nothing of ${gap.from === gap.to ? gap.from : `${gap.from} to ${gap.to}`}`,
        )
      for (const row of own) {
        const broken = row.breaks.filter(
          ({ time, kind }) => time !== undefined && telling.has(kind) && inside(time.slice(0, 10), period),
        )
        for (const one of broken)
          found.push(`${system.name}: ${row.source} on ${host} was ${telling.get(one.kind)} on ${(one.time ?? '').slice(0, 10)}`)
        const missing = row.numbers.reduce((sum, one) => sum + one.missing, 0)
        if (missing > 0 && row.days.some((days) => days.from <= period.to && days.to >= period.from))
          found.push(`${system.name}: ${missing.toLocaleString('en-US')} records are missing in ${row.source} on ${host}`)
      }
    }
  }
  const distinct = [...new Set(found)]
  return distinct.length <= told
    ? distinct
    : [...distinct.slice(0, told), `and ${distinct.length - told} more (see "breachline coverage")`]
}

/** Breaks of a log that take records away. */
const telling: ReadonlyMap<string, string> = new Map([
  ['cleared', 'cleared'],
  ['stopped', 'stopped'],
  ['full', 'full'],
  ['dropped', 'dropping records'],
  ['vacuumed', 'cut'],
  ['command', 'named in a command that clears or stops logs'],
])

/** Days of a period that no log holds: quiet days count as held only where the log goes on after them. */
function gapsIn(days: readonly NamedPeriod[], period: NamedPeriod): NamedPeriod[] {
  const gaps: NamedPeriod[] = []
  let next = period.from
  for (const { from, to } of bridged(days)) {
    if (to < next) continue
    if (from > period.to) break
    if (from > next) gaps.push({ from: next, to: plus(from, -1) })
    next = plus(to, 1)
  }
  if (next <= period.to) gaps.push({ from: next, to: period.to })
  return gaps
}

/** Ranges in order, joined where only quiet days lie between them. */
function bridged(days: readonly NamedPeriod[]): NamedPeriod[] {
  const joined: { from: string; to: string }[] = []
  for (const { from, to } of days.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1)
    if (last === undefined || from > plus(last.to, quietDays + 1)) joined.push({ from, to })
    else if (to > last.to) last.to = to
  }
  return joined
}

function inside(day: string, period: NamedPeriod): boolean {
  return day >= period.from && day <= period.to
}

function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function shortName(host: string): string {
  const name = host.trim().toLowerCase()
  return /^[\d.]+$/.test(name) ? name : (name.split('.')[0] ?? name)
}
