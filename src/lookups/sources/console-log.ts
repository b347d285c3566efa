import { limits, type Batch, type Fault } from '../../base/index.ts'
import { readLines } from '../../formats/index.ts'
import type { AccessRow } from '../access-row.ts'
import type { AuditSource, ReadingContext } from '../source.ts'
import { changing, consoleCommands, consoleLines, consoleParameters, refusedOutcome, showing } from './console-dialects.ts'
import { accessRow, timeIn, type RecordAccess, type RowMaking } from './record-access.ts'

/** A line of a console: who typed which command where. */
interface ConsoleLine {
  readonly time: string
  readonly account: string
  readonly host: string
  readonly command: string
  readonly outcome: string
}

/** The commands and parameters that are known, lower case. */
interface Dialect {
  readonly commands: ReadonlyMap<string, string>
  readonly parameters: ReadonlyMap<string, string>
}

/** Bytes by which a log of commands is told from others, and the share of its lines that must be commands. */
const [headBytes, commandShare] = [65_536, 0.25]

/** Whether a source is a log of commands typed at a console. */
export async function isConsoleLog(audit: AuditSource): Promise<boolean> {
  const head = await audit.source.slice(0, headBytes)
  const text = new TextDecoder().decode(head)
  const lines = (audit.source.size > head.length ? text.slice(0, text.lastIndexOf('\n') + 1) : text)
    .split('\n')
    .slice(0, 400)
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '')
  const dialect = dialectOf(audit.map)
  const commands = lines.filter((line) => {
    const read = consoleLine(line)
    return read !== undefined && isCommand(read.command, dialect)
  })
  return commands.length > 0 && commands.length >= lines.length * commandShare
}

/** Accesses in a log of commands typed at consoles of registers: those that show a subscriber, and were not refused. */
export async function* consoleAccesses(
  audit: AuditSource,
  options: { readonly making: RowMaking; readonly context: ReadingContext },
): AsyncGenerator<Batch<AccessRow>> {
  const { making, context } = options
  const dialect = dialectOf(audit.map)
  for await (const batch of readLines(audit.source, context.watch === undefined ? {} : { watch: context.watch })) {
    const records: AccessRow[] = []
    const faults: Fault[] = [...batch.faults]
    for (const { text, n } of batch.records) {
      const line = consoleLine(text)
      const access = line === undefined ? undefined : accessOf(line, dialect, making.zone)
      if (access === undefined) continue
      const row = accessRow(access, { n, line: n }, making)
      if ('kind' in row) faults.push(row)
      else records.push(row)
    }
    yield { records, faults }
  }
}

function dialectOf(map: AuditSource['map']): Dialect {
  const commands = new Map(Object.entries(consoleCommands).map(([name, fields]) => [name.toLowerCase(), fields]))
  const parameters = new Map(Object.entries(consoleParameters))
  for (const [key, value] of Object.entries(map ?? {})) {
    if (key.startsWith('command:')) commands.set(key.slice('command:'.length).trim().toLowerCase(), value)
    if (key.startsWith('parameter:')) parameters.set(key.slice('parameter:'.length).trim().toLowerCase(), value)
  }
  return { commands, parameters }
}

function consoleLine(text: string): ConsoleLine | undefined {
  if (text.length > limits.fieldChars) return undefined
  for (const shape of consoleLines) {
    const found = shape.exec(text)?.groups
    if (found === undefined) continue
    const { time = '', account = '', host = '', command = '', outcome = '' } = found
    return { time: time.trim(), account: account.trim(), host: host.trim(), command: unquoted(command.trim()), outcome }
  }
  return undefined
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text
}

function isCommand(command: string, dialect: Dialect): boolean {
  const [first = ''] = wordsOf(nameOf(command))
  return knownFields(command, dialect) !== undefined || showing.includes(first) || changing.includes(first)
}

function accessOf(line: ConsoleLine, dialect: Dialect, zone: string | undefined): RecordAccess | undefined {
  if (refusedOutcome.test(line.outcome)) return undefined
  const words = wordsOf(nameOf(line.command))
  const fields = knownFields(line.command, dialect)
  const identifiers = identifiersIn(line.command, dialect)
  // A command that is not listed counts where it shows something of somebody.
  if (fields === undefined && (identifiers.length === 0 || !showing.includes(words[0] ?? ''))) return undefined
  return {
    time: timeIn(line.time, zone),
    account: line.account,
    identifiers,
    blind: 'command-without-subscriber',
    operation: operationOf(line.command, dialect),
    fields: fields ?? '',
    system: line.host,
  }
}

/** The command without what it is about: what stands before a colon, else the words that commands are made of. */
function operationOf(command: string, dialect: Dialect): string {
  const words = wordsOf(nameOf(command)).filter((word) => !/\d{3}/.test(word))
  const named = /^[\w -]{1,60}:/.test(command)
  const known = new Set([...dialect.commands.keys()].flatMap((name) => name.split(' ')).concat(showing))
  const told = named ? words : words.filter((word, at) => known.has(word) || (at === 0 && !dialect.parameters.has(word)))
  return told.slice(0, 4).join(' ').toUpperCase().slice(0, 60)
}

/** What stands before the colon or the first value. */
function nameOf(command: string): string {
  const end = command.search(/[:=;]/)
  return (end === -1 ? command : command.slice(0, end)).slice(0, 200)
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** What the longest listed command that fits shows; its words need not stand side by side (`show subscriber msisdn 60... location`). */
function knownFields(command: string, dialect: Dialect): string | undefined {
  const words = wordsOf(nameOf(command))
  let best: { readonly length: number; readonly fields: string } | undefined
  for (const [name, fields] of dialect.commands) {
    const wanted = name.split(' ')
    if (wanted[0] !== words[0] || wanted.length <= (best?.length ?? 0)) continue
    if (wanted.every((word) => words.includes(word))) best = { length: wanted.length, fields }
  }
  return best?.fields
}

/** Identifiers behind the parameters that name a subscriber: `ISDN="60120010001"`, `msisdn 60120010001`. */
function identifiersIn(command: string, dialect: Dialect): { field: string; raw: string }[] {
  const found: { field: string; raw: string }[] = []
  for (const match of command.matchAll(/([A-Za-z][\w-]{1,30})\s?[= ]\s?"?(?:imsi-|msisdn-)?(\+?[0-9A-Fa-f]{5,22})"?(?![\w])/g)) {
    const field = dialect.parameters.get((match[1] ?? '').toLowerCase())
    if (field !== undefined) found.push({ field, raw: match[2] ?? '' })
  }
  return found
}
