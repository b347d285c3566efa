import { computeRows } from './compute-rows.ts'
import type { SaveSelect } from './engine.ts'
import type { RawRows } from './raw-rows.ts'
import { guard } from './redact.ts'
import type { RowFiles } from './saved-rows.ts'
import { quoted } from './table.ts'

/** Computes rows into files (`Engine.saveSelect`). */
export async function saveRows(
  { columns, order, file, saved, ...raw }: SaveSelect,
  { files, openRaw }: { readonly files: RowFiles; readonly openRaw: (raw: SaveSelect['raw']) => Promise<RawRows> },
): Promise<number> {
  const doing = 'save computed rows'
  const types = Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]))
  const saver = await guard(doing, () => files.saver({ columns: types, order: quoted(order) }))
  let count = 0
  let filled: { readonly path: string; rows: number } | undefined
  const written = async (): Promise<void> => {
    if (filled === undefined) return
    await saver.written(filled.path)
    saved(filled.path, filled.rows)
    filled = undefined
  }
  try {
    const rows = await computeRows(raw, {
      doing,
      openRaw,
      async target(more) {
        if (filled !== undefined && filled.rows + more > saver.gathers) await written()
        filled ??= { path: file((count += 1)), rows: 0 }
        filled.rows += more
        return saver.target(filled.path)
      },
      expressions: Object.entries(columns).map(([name, { of }]) => `${of} AS ${quoted(name)}`),
      order: quoted(order),
    })
    await guard(doing, written)
    return rows
  } finally {
    await guard(doing, () => saver.close())
  }
}
