import type { CoverageRow, HandedOver } from '../assessment/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { DayRange } from '../events/index.ts'
import type { Given } from './case-store.ts'

const dayMs = 86_400_000
/** A host of which no log has an event for so many days on end holds nothing of them. */
const silentDays = 7
/** Breaks after which a log is not what was written. */
const broke: Readonly<Partial<Record<CoverageRow['breaks'][number]['kind'], string>>> = {
  cleared: 'were cleared',
  stopped: 'were stopped',
  full: 'were full',
  dropped: 'dropped records',
  vacuumed: 'dropped their oldest records',
  reduced: 'were set to write less',
}

/**
 * What was handed over as evidence, host by host: the logs that were read, with what the case settings say of their files (`installed`,
 * `handed_by`), and files of which nothing but that is known, such as an image of a server.
 */
export function handedOver(rows: readonly CoverageRow[], given: readonly Given[]): HandedOver[] {
  const said = new Map(given.filter(({ rule }) => toldOf(rule)).map((one) => [one.sha256, one]))
  const hosts = Map.groupBy(rows, (row) => row.host)
  const read = [...hosts].map(([host, its]) => ofHost(host, its, said))
  const seen = new Set(rows.flatMap((row) => row.cites.flatMap((cite) => (cite.kind === 'exhibit' ? [cite.sha256] : []))))
  const unread = [...said.values()].filter(({ sha256, rule }) => !seen.has(sha256) && rule.installed !== undefined)
  return [...read, ...unread.map(ofFile)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function toldOf(rule: Given['rule']): boolean {
  return rule.installed !== undefined || rule.handed_by !== undefined
}

function ofHost(host: string, rows: readonly CoverageRow[], said: ReadonlyMap<string, Given>): HandedOver {
  const cites = distinct(rows.flatMap((row) => row.cites))
  const rules = cites.flatMap((cite) => (cite.kind === 'exhibit' ? (said.get(cite.sha256)?.rule ?? []) : []))
  const timed = rows.filter((row) => row.from !== '')
  const from = timed.map((row) => row.from).toSorted()[0]
  const to = timed
    .map((row) => row.to)
    .toSorted()
    .at(-1)
  const [installed] = rules
    .flatMap((rule) => rule.installed ?? [])
    .toSorted()
    .reverse()
  const [by] = rules.flatMap((rule) => rule.handed_by ?? []).toSorted()
  const [system] = rules.flatMap((rule) => rule.system ?? []).toSorted()
  const anew = beginning(rows)
  return {
    name: host === '' ? 'the logs that name no host' : `the logs of ${host}`,
    kind: 'logs',
    ...(host === '' ? {} : { host }),
    ...(system === undefined ? {} : { system }),
    ...(by === undefined ? {} : { by }),
    ...(from === undefined || to === undefined ? {} : { from, to }),
    missing: silences(rows),
    breaks: rows
      .flatMap((row) => row.breaks)
      .flatMap(({ kind, time, cite }) => {
        const what = broke[kind]
        return what === undefined || time === '' ? [] : [{ time, what, cite }]
      })
      .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)),
    ...(installed === undefined ? {} : { installed }),
    ...(anew === undefined ? {} : { beginsAnew: anew }),
    cites,
  }
}

function ofFile({ sha256, name, rule }: Given): HandedOver {
  return {
    name: rule.host === undefined ? `what was handed over as ${name}` : `the server ${rule.host} as handed over`,
    kind: 'server',
    ...(rule.host === undefined ? {} : { host: rule.host }),
    ...(rule.system === undefined ? {} : { system: rule.system }),
    ...(rule.handed_by === undefined ? {} : { by: rule.handed_by }),
    ...(rule.installed === undefined ? {} : { installed: rule.installed }),
    cites: [{ kind: 'exhibit', sha256, file: name, at: { kind: 'whole' } }],
  }
}

/** The time from which the Windows logs of a host number their records from 1: where Security and System both do, or the only one of them. */
function beginning(rows: readonly CoverageRow[]): string | undefined {
  const kept = rows.filter((row) => row.source === 'Security' || row.source === 'System')
  const first = kept.map((row) =>
    row.numbers.some((one) => one.name === 'EventRecordID' && one.standing === 'followed' && one.from === 1) ? row.from : '',
  )
  return first.length === 0 || first.includes('') ? undefined : first.toSorted()[0]
}

/** Stretches of days within the logs of a host in which none of them has an event. Empty where days are not known. */
function silences(rows: readonly CoverageRow[]): DayRange[] {
  if (rows.some((row) => row.silences === null)) return []
  const days = rows.flatMap((row) => row.days).toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const found: DayRange[] = []
  let last: string | undefined
  for (const { from, to } of days) {
    if (last !== undefined && Date.parse(from) - Date.parse(last) > silentDays * dayMs)
      found.push({ from: dayAfter(last, 1), to: dayAfter(from, -1) })
    if (last === undefined || to > last) last = to
  }
  return found
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

function distinct(cites: readonly Cite[]): Cite[] {
  return [...new Map(cites.map((cite) => [JSON.stringify(cite), cite])).values()]
}
