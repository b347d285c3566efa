import { fault, type ByteSource, type Fault } from '../base/index.ts'
import { openTable } from '../formats/index.ts'
import type { EntryKind } from './entry.ts'
import type { RawEntry } from './object-remarks.ts'
import { checkEntries, fieldsOf, type CheckedEntries } from './schema.ts'

const fileKinds: Readonly<Record<string, EntryKind>> = {
  'systems.csv': 'system',
  'vendors.csv': 'vendor',
  'copies.csv': 'copy',
  'log-sources.csv': 'log_source',
  'subscriber-base.csv': 'subscriber_base',
  'leavers.csv': 'leaver',
  'objects.csv': 'object',
  'products.csv': 'product',
  'endpoints.csv': 'endpoint',
}

/**
 * Reads an inventory kept as one table per kind: `systems.csv`, `vendors.csv`, `copies.csv`, `log-sources.csv`,
 * `subscriber-base.csv`, `leavers.csv`, `objects.csv`, `products.csv`, `endpoints.csv`, columns named as in the TOML file, lists with `;` inside a cell. Empty cells are absent fields.
 */
export async function readInventoryTables(files: readonly ByteSource[]): Promise<CheckedEntries> {
  const raws: RawEntry[] = []
  const faults: Fault[] = []
  const remarks: Fault[] = []
  for (const file of files) {
    const kind = fileKinds[(file.name.split('/').at(-1) ?? '').toLowerCase()]
    if (kind === undefined) {
      const todo = `Name the tables ${Object.keys(fileKinds).join(', ')}.`
      remarks.push(fault('inventory-unknown-table', 'a file that is not read', { file: file.name }, todo, 0))
      continue
    }
    const table = await openTable(file, { header: true })
    for await (const batch of table.rows) {
      faults.push(...batch.faults)
      for (const row of batch.records) {
        const cells = new Map(table.columns.map((column, index) => [column.trim().toLowerCase(), row.values[index] ?? '']))
        raws.push({ kind, fields: fieldsFrom(kind, cells), place: { file: file.name, line: row.line } })
      }
    }
  }
  const checked = checkEntries(raws)
  return { entries: checked.entries, faults: [...faults, ...checked.faults], remarks: [...remarks, ...checked.remarks] }
}

function fieldsFrom(kind: EntryKind, cells: ReadonlyMap<string, string>): Record<string, unknown> {
  const forms = fieldsOf(kind)
  const fields: Record<string, unknown> = {}
  for (const [name, cell] of cells) {
    const text = cell.trim()
    if (text !== '') fields[name] = valueOf(text, forms.get(name))
  }
  return fields
}

/** A cell in the form its field has; what does not fit stays text, and the check says so. */
function valueOf(text: string, form: 'text' | 'list' | 'number' | 'boolean' | undefined): unknown {
  switch (form) {
    case 'list':
      return text
        .split(';')
        .map((item) => item.trim())
        .filter((item) => item !== '')
    case 'number':
      return /^\d{1,15}$/.test(text) ? Number(text) : text
    case 'boolean':
      return /^(?:true|yes|1)$/i.test(text) ? true : /^(?:false|no|0)$/i.test(text) ? false : text
    case 'text':
    case undefined:
      return text
  }
}
