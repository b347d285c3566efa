import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import {
  AuditEvents,
  openRecords,
  readBlocks,
  readHeaded,
  readUtmp,
  readLines,
  readLogLine,
  syslogFrames,
  type AuditRecord,
} from '../formats/index.ts'
import { cutFaults, type Cuts } from './flatten.ts'
import { eventsOfAudit, eventsOfLine, eventsOfRow, type Decoding } from './decode.ts'
import type { LogEvent } from './event.ts'

/** The events of a log of lines: one a line, records of the audit system joined by event id. */
export async function* lineEvents(
  source: ByteSource,
  of: Decoding & { readonly watch?: Watch },
): AsyncGenerator<Batch<LogEvent>> {
  const audit = new AuditEvents()
  const ofAudit = ({ fields, line }: AuditRecord): readonly LogEvent[] => eventsOfAudit(fields, { kind: 'line', n: line }, of)
  for await (const batch of readLines(source, of.watch === undefined ? {} : { watch: of.watch })) {
    const records: LogEvent[] = []
    const faults: Fault[] = [...batch.faults]
    for (const { text, n } of batch.records) {
      if (text.trim() === '' || text === '----') continue
      const cuts: Cuts = { fields: false, chars: false }
      read(n === 1 ? text.replace(/^\uFEFF/, '') : text, n, { records, cuts })
      if (cuts.chars) faults.push(...cutFaults(cuts, { file: source.name, line: n }))
    }
    yield { records, faults }
  }
  yield { records: audit.end().flatMap(ofAudit), faults: [] }

  function read(line: string, n: number, into: { readonly records: LogEvent[]; readonly cuts: Cuts }): void {
    for (const text of syslogFrames(line)) {
      if (text.includes('msg=audit(')) {
        const parts = readLogLine(text)
        if (parts?.form === 'audit' && parts.header === undefined) {
          into.records.push(...audit.add({ line: n, fields: parts.fields }).flatMap(ofAudit))
          continue
        }
      }
      into.records.push(...eventsOfLine(text, { kind: 'line', n }, { ...of, cuts: into.cuts }))
    }
  }
}

/** The events of a log that names its columns in a line of its own. */
export async function* headedEvents(
  source: ByteSource,
  of: Decoding & { readonly watch?: Watch },
): AsyncGenerator<Batch<LogEvent>> {
  for await (const { records, faults } of readHeaded(source, of.watch === undefined ? {} : { watch: of.watch })) {
    yield {
      records: records.flatMap(({ fields, form, path, line }) =>
        eventsOfRow(fields, form, { kind: 'line', n: line }, { ...of, app: path }),
      ),
      faults,
    }
  }
}

/** The events of a log whose records are lines or several of them: body files, audit records in XML, shell histories. */
export async function* blockEvents(
  source: ByteSource,
  of: Decoding & { readonly watch?: Watch },
): AsyncGenerator<Batch<LogEvent>> {
  for await (const { records, faults } of readBlocks(source, of.watch === undefined ? {} : { watch: of.watch })) {
    yield {
      records: records.flatMap(({ fields, form, line }) => eventsOfRow(fields, form, { kind: 'line', n: line }, of)),
      faults,
    }
  }
}

/** The events of Linux's log-in records: one a record. */
export async function* utmpEvents(
  source: ByteSource,
  of: Decoding & { readonly watch?: Watch },
): AsyncGenerator<Batch<LogEvent>> {
  for await (const { records, faults } of readUtmp(source, of.watch === undefined ? {} : { watch: of.watch })) {
    yield { records: records.flatMap(({ fields, n }) => eventsOfRow(fields, 'utmp', { kind: 'record', n }, of)), faults }
  }
}

/** The events of a table: one a row, or one for each time of a row of a tool's output. */
export async function* tableEvents(
  source: ByteSource,
  of: Decoding & { readonly watch?: Watch },
): AsyncGenerator<Batch<LogEvent>> {
  const table = await openRecords(source, 'csv', { header: true, ...(of.watch === undefined ? {} : { watch: of.watch }) })
  const utc = new Set<string>()
  const names = table.columns.map((name) => {
    const zone = / \[([^\]]{1,40})\]$/.exec(name)
    const plain = zone === null ? name : name.slice(0, zone.index)
    if (zone?.[1]?.toUpperCase() === 'UTC') utc.add(plain)
    return plain === '__proto__' ? '(__proto__)' : plain
  })
  for await (const { records, faults } of table.rows) {
    const events: LogEvent[] = []
    const found: Fault[] = [...faults]
    for (const { values, n } of records) {
      const fields: Record<string, string> = {}
      names.forEach((name, i) => {
        const value = values[i] ?? ''
        if (value !== '') fields[name] = utc.has(name) && !/(?:Z|UTC)$/.test(value) ? `${value} UTC` : value
      })
      const cuts: Cuts = { fields: false, chars: false }
      events.push(...eventsOfRow(fields, 'table', { kind: 'row', n }, { ...of, cuts }).map((event) => shortened(event, cuts)))
      if (cuts.chars) found.push(...cutFaults(cuts, { file: source.name, record: n }))
    }
    yield { records: events, faults: found }
  }
}

/** The event with no field longer than the limit. */
function shortened(event: LogEvent, cuts: Cuts): LogEvent {
  const long = Object.entries(event.fields).filter(([, value]) => value.length > limits.fieldChars)
  if (long.length === 0) return event
  cuts.chars = true
  const short = long.map(([name, value]) => [name, value.slice(0, limits.fieldChars).toWellFormed()] as const)
  return { ...event, fields: { ...event.fields, ...Object.fromEntries(short) } }
}

/** The fault about times without a year, once for a source; none when every time stated its year. */
export function yearFault(yearFrom: Decoding['clock']['yearFrom'], source: ByteSource): Fault | undefined {
  if (yearFrom === undefined || yearFrom === 'given') return undefined
  const where = { file: source.name, line: 1 }
  if (yearFrom === '')
    return fault(
      'log-year-unknown',
      'The times state no year, and nothing in the log or its name tells it; the events are kept without a time.',
      where,
      'Give the year of the first line, or put the date into the name of the file.',
      0,
    )
  return fault(
    'log-year-assumed',
    `The times state no year; it was taken from ${yearFrom === 'neighbour' ? 'a line of the log that states one' : `the ${yearFrom}`}.`,
    where,
    'Compare with another source, and give the year of the first line if it is wrong.',
    0,
  )
}
