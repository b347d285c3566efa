import type { RawSelect } from './engine.ts'
import type { Computing, RawRows } from './raw-rows.ts'
import { derivedSql } from './raw-sql.ts'
import { rawBlocks, rawFormat } from './raw-text.ts'
import { guard } from './redact.ts'

/**
 * Computes rows block by block, for targets of the caller's: one block is computed while the next one is read and written out. `doing` is for errors;
 * gives the number of rows.
 */
export async function computeRows(
  { raw, derived = {}, repeating = {}, params = {}, rows }: RawSelect,
  options: {
    readonly doing: string
    readonly openRaw: (raw: RawSelect['raw']) => Promise<RawRows>
    readonly target: Computing['target']
    readonly expressions: readonly string[]
    readonly order?: Computing['order']
  },
): Promise<number> {
  const { doing, openRaw, target, expressions, order } = options
  let count = 0
  const format = rawFormat(raw)
  const blocks = await guard(doing, () => openRaw(raw))
  const computing: Computing = {
    target,
    select: (source, { twice }) => `SELECT ${expressions.join(', ')} FROM ${derivedSql({ source, derived, repeating, twice })}`,
    ...(order === undefined ? {} : { order }),
    params,
  }
  try {
    let before: Promise<void> = Promise.resolve()
    try {
      const takesLines = (): Promise<boolean> => guard(doing, () => blocks.takesLines())
      for await (const block of rawBlocks(rows, { columns: Object.keys(raw), format, takesLines })) {
        await before
        before = guard(doing, () => blocks.insert(computing, { ...block, format }))
        before.catch(() => {})
        count += block.rows
      }
    } finally {
      await before
    }
    await guard(doing, () => blocks.finish(computing))
  } finally {
    await guard(doing, () => blocks.close())
  }
  return count
}
