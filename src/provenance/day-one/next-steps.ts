import type { LogSource } from '../../inventory/index.ts'
import { dayNumber, dayText } from '../day.ts'
import type { AgreementAnswer, DayOne, DayWindow, NextStep, SystemAnswer } from './answer.ts'
import type { SystemEvidence } from './system-evidence.ts'
import { listed } from './together.ts'

interface Standings {
  readonly today: string
  readonly answers: readonly SystemAnswer[]
  readonly systems: readonly SystemEvidence[]
  readonly agreements: readonly AgreementAnswer[]
  readonly window: DayWindow
  readonly logs: readonly LogSource[]
}

/** Days open from which a restore point in their middle is worth fetching. */
const wide = 14

/** What to fetch next, by how much of what is open it would close: halvings of the answers or days that remain. */
export function nextSteps(given: Standings): readonly NextStep[] {
  const { answers, agreements } = given
  const open = answers.filter((one) => one.standing !== 'cannot')
  const possible = agreements.filter((one) => one.standing === 'would-have-been-possible')
  const steps = [
    ...possible.map((one) => extractStep(one, open.length + possible.length)),
    ...open.flatMap((one) => restoreStep(one, given)),
    ...open.flatMap((one) => tableStep(one, given)),
    ...given.logs.flatMap((log) => logStep(log, open, given)),
  ]
  return steps.toSorted((a, b) => b.bits - a.bits || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0))
}

function extractStep(one: AgreementAnswer, candidates: number): NextStep {
  const isDated = one.cut !== undefined
  return {
    kind: 'extract',
    what: `the extract of agreement ${one.agreement}${isDated ? `, cut on ${one.cut}` : ''}, or the job that made it`,
    why: 'its rows, columns and day can then be compared one by one: whether the sample agrees with it or with the system',
    bits: tenths((1 + Math.log2(Math.max(2, candidates))) * (isDated ? 1 : 0.8)),
  }
}

function restoreStep(one: SystemAnswer, { today, window, systems }: Standings): NextStep[] {
  const system = systems.find(({ name }) => name === one.system)
  const days = one.window ?? window
  const [from, to] = [days.estimate?.from ?? days.earliest, days.estimate?.to ?? days.latest ?? today]
  if (system === undefined || system.profiles.length === 0) return []
  const first = from === undefined ? dayNumber(to) - 365 : dayNumber(from)
  const span = dayNumber(to) - first
  if (span < wide) return []
  const middle = dayText(first + Math.floor(span / 2))
  const near = Math.min(...system.days.map((day) => Math.abs(day - dayNumber(middle))))
  if (near * 4 < span) return []
  return [
    {
      kind: 'restore-point',
      what: `a restore point of ${one.system} from about ${middle}`,
      why: `${from === undefined ? `the sample can be from any day up to ${to}` : `the sample can be from ${from} to ${to}`}; values that changed since, and rows that went, would narrow it`,
      bits: tenths(Math.min(3, 0.5 + Math.log2(span / wide) * 0.5)),
    },
  ]
}

function tableStep(one: SystemAnswer, { today, systems }: Standings): NextStep[] {
  const newest = systems.find(({ name }) => name === one.system)?.days.at(-1)
  if (newest === undefined || dayNumber(today) - newest <= 31) return []
  return [
    {
      kind: 'table',
      what: `the table of ${one.system} as it is today`,
      why: `the newest one given is of ${dayText(newest)}: rows and values since then cannot be told`,
      bits: tenths(1),
    },
  ]
}

function logStep(log: LogSource, open: readonly SystemAnswer[], { today, window }: Standings): NextStep[] {
  const of = open.find(({ system }) => log.system !== undefined && log.system.toLowerCase() === system.toLowerCase())
  if (of === undefined) return []
  const earliest = of.window?.earliest ?? window.earliest
  const latest = of.window?.latest ?? window.latest ?? today
  const back = log.retentionDays === undefined ? undefined : dayText(dayNumber(today) - log.retentionDays)
  const isGone = back !== undefined && back > latest
  const isPart = back !== undefined && !isGone && (earliest === undefined || back > earliest)
  const kept = back === undefined ? 'how long it is kept is not in the inventory' : `it is kept back to ${back}`
  return [
    {
      kind: 'log',
      what: `the log ${log.id} of ${of.system}${earliest === undefined ? '' : `, ${earliest} to ${latest}`}`,
      why: isGone
        ? `${kept}: the days in question are over; ask for archived copies`
        : `${kept}${isPart ? ', not the whole time in question' : ''}; it shows reads and exports of these columns`,
      bits: tenths(isGone ? 0.1 : isPart || back === undefined ? 0.8 : 1.2),
    },
  ]
}

/** Which systems and agreements remain side by side, and what would tell them apart. */
export function notSeparated(given: Omit<Standings, 'logs' | 'today'>): DayOne['notSeparated'] | undefined {
  const open = given.answers.filter((one) => one.standing === 'can')
  const possible = given.agreements.filter((one) => one.standing === 'would-have-been-possible')
  const names = [...open.map((one) => one.system), ...possible.map((one) => `agreement ${one.agreement}`)]
  if (names.length < 2) return undefined
  const dated = possible
    .filter((one) => one.cut !== undefined)
    .map((one) => `the extract cut for agreement ${one.agreement} on ${one.cut}`)
  const columns = distinguishing(open, given.systems)
  const would = [
    ...(dated.length === 0 ? [] : [`${listed(dated)} would`]),
    ...(columns === undefined ? [] : [`so would ${columns} of the same records`]),
  ]
  const what = `cannot separate ${listed(names)}${would.length === 0 ? '' : `; ${would.join(', and ')}`}`
  return {
    systems: open.map((one) => one.system),
    agreements: possible.map((one) => one.agreement),
    what: dated.length === 0 ? what.replace('; so would', '; what would is') : what,
  }
}

/** A column that some of the open systems have and others do not, and that the sample lacks. */
function distinguishing(open: readonly SystemAnswer[], systems: readonly SystemEvidence[]): string | undefined {
  const tables = open.flatMap((one) => systems.find(({ name }) => name === one.system) ?? [])
  if (tables.length < 2) return undefined
  const known = tables.map((system) => ({
    system,
    names: new Set(system.mets.at(-1)?.columns.map((name) => name.toLowerCase()) ?? []),
    used: new Set(system.pairs.flatMap((pair) => (pair === undefined ? [] : [pair.column.toLowerCase()]))),
  }))
  for (const { system, names, used } of known)
    for (const name of [...names].toSorted())
      if (!used.has(name) && known.some((other) => other.system !== system && !other.names.has(name)))
        return `the column ${name} (in ${system.name})`
  return undefined
}

function tenths(bits: number): number {
  return Math.round(bits * 10) / 10
}
