import { parse, stringify, TomlError } from 'smol-toml'
import { fault, limits, printable, type Fault } from '../base/index.ts'
import type { Entry, EntryKind } from './entry.ts'
import type { RawEntry } from './object-remarks.ts'
import { checkEntries, entryKinds, fieldsForFile, type CheckedEntries } from './schema.ts'

/**
 * Reads an `inventory.toml` ([[system]], [[vendor]], [[copy]], [[log_source]], [[subscriber_base]], [[leaver]], [[object]]).
 * `file` names it in faults. Nothing is written.
 */
export function readInventoryToml(text: string, file: string): CheckedEntries {
  if (text.length > limits.documentBytes)
    return refused(
      fault('inventory-too-large', 'the file is too large to be an inventory', { file }, 'Give the inventory file itself.'),
    )
  let document: Record<string, unknown>
  try {
    document = parse(text, { maxDepth: limits.depth, unsafeKeyBehaviour: 'throw' })
  } catch (error) {
    if (!(error instanceof TomlError) && !(error instanceof RangeError)) throw error
    const line = error instanceof TomlError ? { line: error.line } : {}
    // The first line of the parser's message names the rule; the rest quotes the file.
    const [why = ''] = error.message.split('\n')
    return refused(
      fault(
        'inventory-toml',
        `the file is no TOML: ${printable(why)}`,
        { file, ...line },
        'Correct the line; nothing was imported.',
      ),
    )
  }
  const remarks: Fault[] = []
  const faults: Fault[] = []
  const raws: RawEntry[] = []
  for (const [name, value] of Object.entries(document)) {
    const kind = entryKinds.find((each) => each === name)
    if (kind === undefined) remarks.push(unknownTable(name, file))
    else if (!Array.isArray(value) && !isTable(value)) faults.push(noTable(name, file))
    else raws.push(...rawEntries({ kind, value: Array.isArray(value) ? value : [value], text, file }))
  }
  const checked = checkEntries(raws)
  return { entries: checked.entries, faults: [...faults, ...checked.faults], remarks: [...remarks, ...checked.remarks] }
}

/** Entries as TOML, by kind and id; reading it again gives the same entries. */
export function inventoryToml(entries: readonly Entry[]): string {
  const sorted = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const tables = entryKinds.flatMap((kind) => {
    const rows = sorted.filter((entry) => entry.kind === kind).map(fieldsForFile)
    return rows.length === 0 ? [] : [[kind, rows] as const]
  })
  return tables.map(([kind, rows]) => stringify({ [kind]: rows })).join('\n')
}

function rawEntries(options: { kind: EntryKind; value: readonly unknown[]; text: string; file: string }): RawEntry[] {
  const { kind, value, text, file } = options
  const lines = text
    .split('\n')
    .flatMap((line, index) => (line.replaceAll(/\s/g, '').startsWith(`[[${kind}]]`) ? [index + 1] : []))
  const exact = lines.length === value.length
  return value.map((fields, index) => {
    const line = lines[index]
    const place = { file, record: index + 1, ...(exact && line !== undefined ? { line } : {}) }
    return { kind, fields: plain(isTable(fields) ? fields : {}), place }
  })
}

/** TOML dates become their text, so that a day may be written with or without quotes. */
function plain(table: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  )
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value)
}

function refused(one: Fault): CheckedEntries {
  return { entries: [], faults: [one], remarks: [] }
}

function unknownTable(name: string, file: string): Fault {
  const where = { file, field: printable(name).slice(0, 100) }
  return fault('inventory-unknown-table', 'a table that is not read', where, `Tables that are read: ${entryKinds.join(', ')}.`, 0)
}

function noTable(name: string, file: string): Fault {
  return fault('inventory-no-table', `${name} must be a table`, { file, field: name }, `Write the entries as [[${name}]].`)
}
