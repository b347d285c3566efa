import { namesSubscribers, type StatementReading, type StatementValue } from '../../statements/index.ts'
import { namesRecords } from '../sources/file-reads.ts'
import { asksForRows } from '../statement-tables.ts'
import type { SubscriberToken } from '../subscriber.ts'

/** What a query asks of subscribers' records. */
export interface QueryRead {
  readonly subscribers: readonly SubscriberToken[]
  /** Names a subscriber by a value that the text does not hold (a variable, a bind value, a subquery). */
  readonly notStated: boolean
  /** Rows of tables without naming a subscriber; whether the tables hold subscribers is judged with `tables`. */
  readonly whole: boolean
  /** The text itself says that they do: by the fields asked for, or by the name of a table. */
  readonly certain: boolean
  readonly bulk: boolean
  readonly tables: readonly string[]
  readonly fields: readonly string[]
  readonly from: string
  readonly to: string
}

const [fieldsTold, tablesTold] = [20, 5]

/** Reads what a query asks for; undefined where it asks for no rows or names neither a subscriber nor a table. */
export function queryRead(
  query: string,
  {
    reading,
    subscriberOf,
  }: { reading: StatementReading; subscriberOf: (field: string, raw: string) => SubscriberToken | undefined },
): QueryRead | undefined {
  const ofDocuments = ['FIND', 'FINDONE', 'AGGREGATE', 'DISTINCT'].includes(reading.command)
  if (!ofDocuments && !asksForRows(query.replace(/^\\/, ''), '')) return undefined
  const found = new Map<string, SubscriberToken>()
  let notStated = namesByVariable(query)
  for (const { field, value } of reading.subscribers) {
    const one = value.kind === 'literal' ? subscriberOf(field, value.text) : undefined
    if (one === undefined) notStated = true
    else found.set(one.token, one)
  }
  const whole = found.size === 0 && !notStated && reading.bulk
  if (found.size === 0 && !notStated && !whole) return undefined
  return {
    subscribers: [...found.values()],
    notStated,
    whole,
    certain: reading.fields.some(namesSubscribers) || reading.tables.some(namesRecords),
    bulk: reading.bulk && !notStated,
    tables: reading.tables.slice(0, tablesTold).map(withoutNumbers),
    fields: reading.fields.slice(0, fieldsTold).map(withoutNumbers),
    from: dayOf(reading.window?.from),
    to: dayOf(reading.window?.to),
  }
}

/** Whether a field of identifiers is compared with a variable of a shell or a client (`$N`, `%N%`, `&n`, `:n`, `{}`). */
function namesByVariable(query: string): boolean {
  const compared = query.matchAll(/([A-Za-z_]\w{0,60})\s{0,5}(?:=|in\s{0,5}\()\s{0,5}["']?[$%&{@:]/gi)
  return [...compared].some(([, field = '']) => namesSubscribers(field))
}

/** The day that a bound begins with; '' for anything else, which may be an identifier. */
function dayOf(value: StatementValue | undefined): string {
  return value?.kind === 'literal' ? (/^\d{4}-\d{2}-\d{2}/.exec(value.text.trim())?.[0] ?? '') : ''
}

/** A name is data too: what looks like an identifier in it is not kept. */
function withoutNumbers(name: string): string {
  return name
    .slice(0, 120)
    .replaceAll(/\d{5,}/g, '#')
    .replaceAll(/[^\s@]{1,64}@[^\s@]{1,64}/g, '#')
}
