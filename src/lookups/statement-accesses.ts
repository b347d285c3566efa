import type { StatementReading, StatementValue } from '../statements/index.ts'
import { seconds, type AccessRow, type Blindness, type CommonRow } from './access-row.ts'
import type { SubscriberToken } from './subscriber.ts'

/** A statement as a log holds it. */
interface LoggedStatement {
  readonly statement: string
  readonly parameters: readonly string[] | 'not-logged'
  readonly command: string
  /** What the log names as read; empty = nothing. */
  readonly object: string
}

/** Fields of a statement that are told. */
const fieldsKept = 20

/** One row for every subscriber that a statement names; one that names nobody where it does not say whose records it read. */
export function statementRows(
  record: LoggedStatement,
  options: {
    reading: StatementReading
    common: Omit<CommonRow, 'operation' | 'tables' | 'window_from' | 'window_to' | 'fields' | 'counted'>
    subscriberOf: (field: string, raw: string) => SubscriberToken | undefined
    /** Zone of times that state none. */
    zone: string | undefined
    /** What the record leaves out when values or the text are missing. */
    blind?: { readonly values: Blindness; readonly text: Blindness }
  },
): AccessRow[] {
  const { reading, blind = { values: 'bind-values-not-logged', text: 'statement-not-logged' } } = options
  const tables = reading.tables.length > 0 ? reading.tables : record.object === '' ? [] : [record.object.toLowerCase()]
  const text = (value: StatementValue | undefined): string =>
    value === undefined
      ? ''
      : value.kind === 'literal'
        ? value.text
        : record.parameters === 'not-logged'
          ? ''
          : (record.parameters[value.index - 1] ?? '')
  const common: CommonRow = {
    ...options.common,
    counted: '',
    tables,
    operation: `${record.command} ${tables.slice(0, 5).join(' ')}`.trim(),
    window_from: seconds(text(reading.window?.from), options.zone),
    window_to: seconds(text(reading.window?.to), options.zone),
    fields: reading.fields.slice(0, fieldsKept).join(' '),
  }
  const nobody = (why: Blindness, unbounded: 0 | 1): AccessRow[] => [
    { ...common, subscriber: '', masked: '', unbounded, blind: why },
  ]
  if (record.statement === '') return nobody(blind.text, 0)
  const rows = new Map<string, AccessRow>()
  let unknown = false
  for (const { field, value } of reading.subscribers) {
    const raw =
      value.kind === 'literal' ? value.text : record.parameters === 'not-logged' ? undefined : record.parameters[value.index - 1]
    const found = raw === undefined || raw === '<long param suppressed>' ? undefined : options.subscriberOf(field, raw)
    if (found === undefined) unknown = true
    else
      rows.set(found.token, {
        ...common,
        subscriber: found.token,
        masked: found.masked,
        unbounded: reading.bulk ? 1 : 0,
        blind: '',
      })
  }
  if (rows.size > 0) return [...rows.values()]
  if (unknown) return nobody(blind.values, 0)
  return reading.bulk ? nobody('', 1) : []
}
