import type { Batch, Locator, Watch } from '../../base/index.ts'
import { openRecords, readLines, type RecordFormat, type Row } from '../../formats/index.ts'
import { dialPlan } from '../../persons/index.ts'
import { namesSubscribers } from '../../statements/index.ts'
import type { SubscriberToken } from '../subscriber.ts'
import type { LeftSource } from './left-source.ts'

/** A subscriber in a recovered file. */
export interface RecoveredRow {
  readonly at: Locator
  readonly subscriber: SubscriberToken
}

/** What a recovered file holds; `fields` are the columns of a table that were found. */
export interface Recovered {
  readonly rows: AsyncIterable<Batch<RecoveredRow>>
  readonly fields: readonly string[]
}

type SubscriberOf = (field: string, raw: string) => SubscriberToken | undefined

/** Which identifier of a row stands for its person: the first of these that the row holds. */
const preferred: readonly RegExp[] = [
  /msisdn|phone|mobile|number/,
  /subscriber/,
  /imsi/,
  /nric|national|id_card|ic_no/,
  /email/,
  /account|contract|customer/,
]

/** Rows looked at to find a column of telephone numbers, and the share of its values that must be such. */
const [looked, share] = [200, 0.9]

/** Subscribers of a recovered table, one a row at most: by the names of its columns, else by a column of telephone numbers. */
export async function recoveredTable(
  left: LeftSource,
  {
    format,
    country,
    subscriberOf,
    watch,
  }: { format: RecordFormat; country: string | undefined; subscriberOf: SubscriberOf; watch: Watch | undefined },
): Promise<Recovered> {
  const unit = format === 'json-lines' ? 'record' : 'row'
  const table = await openRecords(left.source, format, watch === undefined ? {} : { watch })
  const batches = table.rows[Symbol.asyncIterator]()
  const first = await batches.next()
  const sample = first.done === true ? [] : first.value.records.slice(0, looked)
  const columns = identifierColumns(table.columns, left.map?.['subscriber'])
  const places = columns.length > 0 ? columns : numberColumns(table.columns, sample, country)
  const read = (batch: Batch<Row>): Batch<RecoveredRow> => ({
    records: batch.records.flatMap((row) => {
      for (const { at, field } of places) {
        const subscriber = subscriberOf(field, row.values[at] ?? '')
        if (subscriber !== undefined) return [{ at: { kind: unit, n: row.n } satisfies Locator, subscriber }]
      }
      return []
    }),
    faults: batch.faults,
  })
  async function* rows(): AsyncGenerator<Batch<RecoveredRow>> {
    for (let next = first; next.done !== true; next = await batches.next()) yield read(next.value)
  }
  return { rows: rows(), fields: table.dialect.header ? table.columns.slice(0, 40) : [] }
}

function identifierColumns(columns: readonly string[], mapped: string | undefined): { at: number; field: string }[] {
  const found = columns.flatMap((column, at) => {
    const field = column
      .trim()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
    if (mapped !== undefined && column.trim().toLowerCase() === mapped.trim().toLowerCase())
      return [{ at, field: namesSubscribers(field) ? field : 'subscriber' }]
    return mapped === undefined && namesSubscribers(field) ? [{ at, field }] : []
  })
  const rank = (field: string): number => preferred.findIndex((pattern) => pattern.test(field)) >>> 0
  return found.toSorted((a, b) => rank(a.field) - rank(b.field) || a.at - b.at)
}

function numberColumns(
  columns: readonly string[],
  sample: readonly Row[],
  country: string | undefined,
): { at: number; field: string }[] {
  const [best] = columns.flatMap((_column, at) => {
    const filled = sample.map((row) => (row.values[at] ?? '').trim()).filter((value) => value !== '')
    const fitting = filled.filter((value) => isTelephone(value, country)).length
    return filled.length > 0 && fitting >= filled.length * share ? [{ at, field: 'msisdn' }] : []
  })
  return best === undefined ? [] : [best]
}

/** Telephone numbers in running text that are written with `+`, or with the country's own code or trunk digit; other numbers may be anything. */
export function recoveredText(
  left: LeftSource,
  { country, subscriberOf, watch }: { country: string | undefined; subscriberOf: SubscriberOf; watch: Watch | undefined },
): Recovered {
  async function* rows(): AsyncGenerator<Batch<RecoveredRow>> {
    for await (const batch of readLines(left.source, watch === undefined ? {} : { watch }))
      yield {
        records: batch.records.flatMap(({ text, n }) =>
          Array.from(text.matchAll(/(?<![\w.+-])\+?\d[\d-]{7,17}\d(?![\w.-])/g), ([raw]) => raw)
            .filter((raw) => isTelephone(raw, country))
            .flatMap((raw) => {
              const subscriber = subscriberOf('msisdn', raw)
              return subscriber === undefined ? [] : [{ at: { kind: 'line', n } satisfies Locator, subscriber }]
            }),
        ),
        faults: batch.faults,
      }
  }
  return { rows: rows(), fields: [] }
}

/** Whether a text without a label is written as a telephone number: an epoch, an order number or a port is not. */
function isTelephone(raw: string, country: string | undefined): boolean {
  const digits = raw.replaceAll(/[ -]/g, '')
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return true
  const plan = country === undefined ? undefined : dialPlan(country)
  if (plan === undefined) return false
  const { callingCode, trunk, national } = plan
  return new RegExp(`^(?:${callingCode}${trunk === '' ? '' : `|${trunk}`})(?:${national})$`).test(digits)
}
