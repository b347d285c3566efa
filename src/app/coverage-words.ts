import type { CoverageRow } from '../assessment/index.ts'
import { limits, minuteText } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Coverage as LogCoverage } from '../events/index.ts'

type Break = CoverageRow['breaks'][number]

/** Sentences of one sort; further ones are only counted. */
const told = { breaks: 20, numbers: 12, jumps: 12, silences: 20 } as const

/** What happened to a log, as the end of a sentence; what happens every day is in the table alone. */
const happened: Readonly<Partial<Record<Break['kind'], string>>> = {
  cleared: 'was cleared',
  stopped: 'was stopped',
  vacuumed: 'dropped its oldest records to save space',
  full: 'was full',
  dropped: 'dropped records',
  reduced: 'was set to write less',
  command: 'was named in a command that clears or stops logs',
}

/** What speaks against taking the logs for complete: cleared and stopped logs first, then missing records, clocks, silence. */
export function gapSentences(
  rows: readonly CoverageRow[],
  silences: ReadonlyMap<CoverageRow, LogCoverage['gaps']>,
): readonly Sentence[] {
  return [
    ...most(rows.flatMap(breakSentences), told.breaks, 'notes of logs cleared, stopped or cut'),
    ...most(
      rows.flatMap(numberSentences).sort((a, b) => b.missing - a.missing),
      told.numbers,
      'sources with missing records',
    ),
    ...most(rows.flatMap(jumpSentences), told.jumps, 'clock jumps'),
    ...most(
      rows.flatMap((row) => (silences.get(row) ?? []).map((gap) => silence(row, gap))).sort((a, b) => (a.text < b.text ? -1 : 1)),
      told.silences,
      'silent stretches',
    ),
  ]
}

function most(all: readonly Sentence[], count: number, what: string): Sentence[] {
  const shown = distinct(all)
  const rest = shown.splice(count)
  if (rest.length === 0) return shown
  const cites = rest.flatMap((one) => one.cites.slice(0, 1)).slice(0, limits.citesPerSentence)
  return [...shown, { text: `There are ${figure(rest.length)} further ${what}; the table of sources counts them.`, cites }]
}

/** The same words from two logs of a host are one sentence with the cites of both. */
function distinct(all: readonly Sentence[]): Sentence[] {
  const cites = new Map<string, Sentence['cites']>()
  for (const one of all) cites.set(one.text, [...(cites.get(one.text) ?? []), ...one.cites].slice(0, limits.citesPerSentence))
  return [...cites].map(([text, its]) => ({ text, cites: its }))
}

function nameOf({ host, source }: Pick<CoverageRow, 'host' | 'source'>): string {
  return `${source} on ${host || 'a host that is not named'}`
}

/** One sentence per kind of break and log. */
function breakSentences(row: CoverageRow): Sentence[] {
  const groups = new Map<string, Break[]>()
  for (const one of row.breaks) {
    const key = `${one.kind}\u0000${one.log}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const last = group.at(-1)
    const words = first === undefined ? undefined : happened[first.kind]
    if (first === undefined || last === undefined || words === undefined) return []
    const times =
      group.length === 1 ? when(first.time) : `${group.length} times between ${minute(first.time)} and ${minute(last.time)} UTC`
    const accounts = [...new Set(group.map((one) => one.account).filter((one) => one !== ''))]
    const by = accounts.length === 0 ? '' : `, by ${accounts.slice(0, 3).join(', ')}${accounts.length > 3 ? ' and others' : ''}`
    const cites = group.slice(0, limits.citesPerSentence).map((one) => one.cite)
    const log = first.log === '' ? 'A log that is not named' : `The log ${first.log}`
    return [{ text: `${log} of ${row.host || 'a host that is not named'} ${words}, ${times}${by}.`, cites }]
  })
}

function numberSentences(row: CoverageRow): (Sentence & { readonly missing: number })[] {
  return row.numbers.flatMap(({ standing, missing, present, from, to, stretches, largest, name }) => {
    if (standing === 'too-many')
      return [
        {
          missing: 0,
          text: `The records of ${nameOf(row)} are numbered (${name}), but too many or too scattered to tell which are missing.`,
          cites: row.cites,
        },
      ]
    const [first] = largest
    if (standing !== 'followed' || missing === 0 || first === undefined) return []
    const emptied = name.endsWith(' record')
    const fate = emptied ? 'their places in the file are empty' : 'written, and not handed over, filtered out or removed'
    const part = !emptied && missing > present ? ' Most are missing, as in an export that was filtered.' : ''
    const run =
      first.after === '' || first.before === '' || first.after > first.before
        ? `numbers ${first.from} to ${first.to}`
        : `${figure(first.count)} between ${minute(first.after)} and ${minute(first.before)} UTC`
    return [
      {
        missing,
        text: `Of ${nameOf(row)}, ${counted(missing, 'record')} of the numbers ${from} to ${to} ${missing === 1 ? 'is' : 'are'} not at hand, in ${counted(stretches, 'stretch', 'stretches')}, the largest ${run}: ${fate}.${part}`,
        cites: row.cites,
      },
    ]
  })
}

function jumpSentences(row: CoverageRow): Sentence[] {
  return row.jumps.map((jump) => {
    const way = jump.seconds < 0 ? 'backwards' : 'forwards'
    const how = jump.told === 'stated' ? `was set ${way}` : `runs ${way}`
    const where = jump.number === undefined ? '' : ` at record ${jump.number}`
    const anew =
      jump.number === undefined || jump.told === 'stated'
        ? ''
        : ' Records of another machine or another count under the same name look the same.'
    const summer =
      jump.zoneless === true && Math.abs(jump.seconds + 3_600) < 120
        ? ' The times state no zone: this may be the end of summer time.'
        : ''
    return {
      text: `The clock of ${nameOf(row)} ${how} by ${span(Math.abs(jump.seconds))}${where}, from ${minute(jump.from)} to ${minute(jump.to)} UTC.${anew}${summer}`,
      cites: jump.cite === undefined ? row.cites : [jump.cite],
    }
  })
}

function silence(row: CoverageRow, gap: LogCoverage['gaps'][number]): Sentence {
  return {
    text: `No ${row.source} events from ${row.host || 'the unnamed host'} between ${minuteText(gap.from)} and ${minuteText(gap.to)} UTC (${gap.hours} h).`,
    cites: row.cites,
  }
}

function when(time: string): string {
  return time === '' ? 'at a time that is not stated' : `${minuteText(time)} UTC`
}

function minute(time: string): string {
  return time === '' ? 'an unknown time' : minuteText(time)
}

function span(seconds: number): string {
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`
  const hours = Math.floor(seconds / 3_600)
  return hours < 48 ? `${hours} h ${Math.round((seconds % 3_600) / 60)} min` : `${Math.floor(hours / 24)} days`
}

function counted(n: number, one: string, many = `${one}s`): string {
  return `${figure(n)} ${n === 1 ? one : many}`
}

function figure(n: number): string {
  return n.toLocaleString('en-US')
}
