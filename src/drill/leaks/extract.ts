import { calendar } from '../calendar.ts'
import { Random } from '../random.ts'
import { customerOn, type Customer, type CustomerVersion } from './customers.ts'
import { leakFields, type LeakField, type LeakRecord } from './fields.ts'
import type { TableFormat } from './table.ts'
import { drawFields, drawHeader, drawHeaderStyle, drawWriting, type Writing } from './writing.ts'

/** Which rows of the base an extract takes, by the record as it stood on the cut day. */
export interface RowFilter {
  readonly live: boolean
  readonly states?: readonly string[]
  readonly plans?: string
  readonly segments?: readonly string[]
  /** Share of the customers, chosen once by customer: the same customers in a refresh. */
  readonly share?: { readonly of: number; readonly salt: number }
}

/** How the rows of an extract are sorted. */
export type RowOrder = 'contract' | 'name' | 'msisdn' | 'activated' | 'city' | 'random'

/** What is cut: fields with their column names, rows, order and form. */
export interface ExtractPlan {
  readonly system: 'crm' | 'billing' | 'dwh'
  readonly columns: readonly { readonly field: LeakField; readonly header: string }[]
  readonly writing: Writing
  readonly format: TableFormat
  readonly filter: RowFilter
  readonly order: RowOrder
}

/** One row of a copy: the customer, and the record that was written. */
export interface CopyRow {
  readonly customer: number
  readonly record: LeakRecord
}

export function drawPlanOfExtract(random: Random): ExtractPlan {
  const style = drawHeaderStyle(random)
  return {
    system: random.pick(['crm', 'crm', 'billing', 'dwh']),
    columns: drawFields(leakFields, random.between(4, 14), random).map((field) => ({
      field,
      header: drawHeader(field, style, random),
    })),
    writing: drawWriting(random),
    format: drawFormat(random),
    filter: drawFilter(random),
    order: random.pick(['contract', 'contract', 'name', 'msisdn', 'activated', 'city', 'random']),
  }
}

/** Another extract of the same rows and fields for somebody else: own column names, form and order. */
export function rewritten(plan: ExtractPlan, random: Random): ExtractPlan {
  const style = drawHeaderStyle(random)
  return {
    ...plan,
    columns: random.shuffled(plan.columns.map(({ field }) => ({ field, header: drawHeader(field, style, random) }))),
    writing: drawWriting(random),
    format: drawFormat(random),
    order: random.pick([plan.order, 'random']),
  }
}

function drawFormat(random: Random): TableFormat {
  const kind = random.unit()
  if (kind < 0.85) return { kind: 'csv', delimiter: random.pick([',', ',', ',', ';', '\t', '|']), header: true }
  return { kind: 'json-lines' }
}

const states = [
  'Selangor',
  'Kuala Lumpur',
  'Johor',
  'Pulau Pinang',
  'Perak',
  'Sabah',
  'Sarawak',
  'Kedah',
  'Negeri Sembilan',
  'Pahang',
]

function drawFilter(random: Random): RowFilter {
  const kinds = random.unit()
  const live = random.chance(0.75)
  if (kinds < 0.12) return { live }
  if (kinds < 0.42) return { live, states: random.shuffled(states).slice(0, random.between(1, 5)) }
  if (kinds < 0.6) return { live, plans: random.pick(['Postpaid', 'Prepaid', 'Fibre']) }
  if (kinds < 0.7) return { live, segments: random.pick([['sme', 'corporate', 'vip'], ['consumer']]) }
  const share = { of: 0.1 + 0.8 * random.unit(), salt: random.uint() }
  return random.chance(0.4) ? { live, share, states: random.shuffled(states).slice(0, random.between(2, 6)) } : { live, share }
}

/** The rows of an extract cut on a day, in its order. */
export function rowsOn(customers: readonly Customer[], plan: ExtractPlan, day: number): CopyRow[] {
  const rows: CopyRow[] = []
  for (const customer of customers) {
    const version = customerOn(customer, day)
    if (version !== undefined && passes(plan.filter, customer.index, version)) {
      rows.push({ customer: customer.index, record: version.record })
    }
  }
  return sorted(rows, plan.order, day)
}

function passes(filter: RowFilter, index: number, { record, status }: CustomerVersion): boolean {
  return (
    !(filter.live && status === 'terminated') &&
    filter.states?.includes(record.state ?? '') !== false &&
    (filter.plans === undefined || (record.plan ?? '').startsWith(filter.plans)) &&
    filter.segments?.includes(record.segment ?? '') !== false &&
    (filter.share === undefined || new Random(filter.share.salt, index).unit() < filter.share.of)
  )
}

function sorted(rows: readonly CopyRow[], order: RowOrder, day: number): CopyRow[] {
  if (order === 'random') return new Random(day, 'row order').shuffled(rows)
  const keyed = rows.map((row) => ({ row, key: row.record[order] ?? '' }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.customer - b.row.customer))
  return keyed.map(({ row }) => row)
}

/** A day on which an extract may be cut: any of the history but its first month. */
export function drawCutDay(random: Random): number {
  return random.between(calendar.historyFrom + 30, calendar.ownCopy)
}
