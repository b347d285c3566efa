import { parseIso, UserError, type ByteSource } from '../base/index.ts'
import { openRecords, type RecordFormat } from '../formats/index.ts'
import type { TokenKey } from '../persons/index.ts'
import { tokensFor } from './identifiers.ts'

/** A lawful order, as a register states it; its targets stand as tokens of the workspace that asks. */
export interface Order {
  readonly tokens: readonly string[]
  readonly reference: string
  readonly authority: string
  /** ISO 8601; empty = not stated. */
  readonly from: string
  readonly to: string
}

const synonyms = {
  target: [
    'target',
    'target_msisdn',
    'target_imsi',
    'target_identity',
    'target_identifier',
    'target_id',
    'target_number',
    'msisdn',
    'imsi',
    'subscriber',
    'subscriber_id',
    'number',
    'monitored_number',
    'email',
    'contract',
  ],
  reference: [
    'reference',
    'warrant_id',
    'warrant_no',
    'warrant_number',
    'warrant',
    'order_id',
    'order_no',
    'order_ref',
    'order_reference',
    'liid',
    'ref',
    'id',
  ],
  authority: [
    'authority',
    'issuing_authority',
    'requesting_authority',
    'agency',
    'lea',
    'court',
    'issuing_court',
    'requesting_agency',
  ],
  from: ['valid_from', 'from', 'start', 'start_date', 'issued', 'issued_at', 'issued_on'],
  to: ['valid_to', 'valid_until', 'to', 'until', 'end', 'end_date', 'expires', 'expiry'],
} as const

/**
 * Reads a register of orders (CSV, workbook, JSON lines, dump): columns by their usual names, or by `map` (`{ target: 'msisdn_a' }`). Every column that
 * may hold a target is read. Throws a `UserError` without a target column or where no row can be read; gives the rows without a readable target as lines.
 */
export async function readOrders(
  source: ByteSource,
  options: {
    readonly format: RecordFormat
    readonly key: TokenKey
    readonly country: string
    readonly zone?: string
    readonly map?: Readonly<Record<string, string>>
  },
): Promise<{ readonly orders: readonly Order[]; readonly unreadable: readonly number[] }> {
  const table = await openRecords(source, options.format)
  const names = table.columns.map((one) =>
    one
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_'),
  )
  const places = (field: keyof typeof synonyms): number[] => {
    const own = options.map?.[field]?.trim().toLowerCase()
    if (own !== undefined) return [table.columns.findIndex((one) => one.trim().toLowerCase() === own)].filter((at) => at >= 0)
    return (synonyms[field] as readonly string[]).map((name) => names.indexOf(name)).filter((at) => at >= 0)
  }
  const [targets, reference, authority, from, to] = [
    places('target'),
    places('reference'),
    places('authority'),
    places('from'),
    places('to'),
  ]
  if (targets.length === 0)
    throw new UserError({
      code: 'orders-columns',
      message: `${source.name} has no column with the target of an order`,
      hint: 'name it with --map FILE: {"target": "their column"}',
    })
  const orders: Order[] = []
  const unreadable: number[] = []
  for await (const { records } of table.rows)
    for (const { line, values } of records) {
      const tokens = targets.flatMap((at) => tokensFor(values[at] ?? '', options))
      if (tokens.length === 0) unreadable.push(line)
      else {
        const cell = (at: readonly number[]): string => (values[at[0] ?? -1] ?? '').trim().slice(0, 200)
        const moment = (at: readonly number[]): string => parseIso(cell(at), options.zone)?.at ?? ''
        orders.push({ tokens, reference: cell(reference), authority: cell(authority), from: moment(from), to: moment(to) })
      }
    }
  if (orders.length === 0)
    throw new UserError({
      code: 'orders-unreadable',
      message: `${source.name} has no order whose target can be read`,
      hint: 'check the column of the target (--map) and the country of the workspace that asked',
    })
  return { orders, unreadable }
}
