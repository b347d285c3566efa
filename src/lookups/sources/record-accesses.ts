import { invariant, type Batch, type Fault } from '../../base/index.ts'
import type { AccessRow } from '../access-row.ts'
import type { AuditSource, ReadingContext } from '../source.ts'
import type { Companions } from './companions.ts'
import { accessRow, type RowMaking } from './record-access.ts'
import { recordLayout } from './record-layouts.ts'
import { opened } from './source-kind.ts'

/** Accesses in a table of another system's records of access. */
export async function* recordAccesses(
  audit: AuditSource,
  options: { readonly making: RowMaking; readonly context: ReadingContext; readonly companions: Companions },
): AsyncGenerator<Batch<AccessRow>> {
  const { making, context, companions } = options
  const table = await opened(audit, context.watch === undefined ? {} : { watch: context.watch })
  const known = recordLayout(table.columns, audit.map)
  invariant(known !== undefined, 'the table was recognised by the same columns')
  const { layout, place } = known
  let values: readonly string[] = []
  const cell = (name: string): string => values[place.get(name) ?? -1] ?? ''
  for await (const batch of table.rows) {
    const records: AccessRow[] = []
    const faults: Fault[] = [...batch.faults]
    for (const row of batch.records) {
      values = row.values
      const access = layout.read(cell, { zone: making.zone, companions })
      if (access === undefined) continue
      const made = accessRow(access, row, making)
      if ('kind' in made) faults.push(made)
      else records.push(made)
    }
    yield { records, faults }
  }
}
