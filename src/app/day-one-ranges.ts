import { UserError, type Watch } from '../base/index.ts'
import { openRecords, recordFormatOf } from '../formats/index.ts'
import type { NumberRange } from '../provenance/index.ts'
import type { Item } from './items.ts'

/** The rows of a table, of whatever format it is. */
export function openTable(item: Pick<Item, 'source' | 'identified'>, watch: Watch): ReturnType<typeof openRecords> {
  return openRecords(item.source, recordFormatOf(item.identified.kind) ?? 'csv', { watch })
}

/** Number ranges by operator, from a table with the columns `operator` and `prefix`. Throws a `UserError` for a table without them. */
export async function readRanges(
  item: Pick<Item, 'source' | 'identified'>,
  { file, watch }: { readonly file: string; readonly watch: Watch },
): Promise<readonly NumberRange[]> {
  const format = recordFormatOf(item.identified.kind) ?? 'csv'
  const table = await openRecords(item.source, format, { header: true, watch })
  const [operatorAt, prefixAt] = ['operator', 'prefix'].map((name) =>
    table.columns.findIndex((column) => column.toLowerCase() === name),
  )
  if (operatorAt === undefined || prefixAt === undefined || operatorAt < 0 || prefixAt < 0)
    throw new UserError({
      code: 'ranges-wrong',
      message: `${file} has no columns "operator" and "prefix"`,
      hint: 'one row per range: Meridian Telekom,6012',
      exitCode: 2,
    })
  const ranges = new Map<string, string[]>()
  for await (const { records } of table.rows)
    for (const { values } of records) {
      const operator = (values[operatorAt] ?? '').trim()
      const prefix = (values[prefixAt] ?? '').replaceAll(/\D/g, '')
      if (operator !== '' && prefix !== '') ranges.set(operator, [...(ranges.get(operator) ?? []), prefix])
    }
  return [...ranges].map(([operator, prefixes]) => ({ operator, prefixes }))
}
