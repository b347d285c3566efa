import { fault, parseIso, type Batch, type Fault } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import { columnPlaces } from './columns.ts'
import { sourceKey, type ReadingContext, type ReasonSource } from './source.ts'
import { subscriberReader } from './subscriber.ts'

/** A row of `lookup_reasons`. */
interface ReasonRow {
  readonly source: string
  readonly n: number
  readonly time: string
  readonly subscriber: string
  readonly kind: string
  readonly account: string
  readonly team: string
}

const kinds: ReadonlySet<string> = new Set(['customer', 'system', 'agent', 'assignment', 'legal'])

/** Recorded reasons of an exhibit; rows and faults in the order of the source. The reference is not kept. */
export async function* readReasons(reasons: ReasonSource, context: ReadingContext): AsyncIterable<Batch<ReasonRow>> {
  const subscriberOf = subscriberReader(context)
  const table = await openRecords(reasons.source, reasons.format, context.watch === undefined ? {} : { watch: context.watch })
  const cell = columnPlaces({
    file: reasons.source.name,
    columns: table.columns,
    wanted: ['subscriber', 'at', 'kind', 'account', 'team'],
    needed: ['subscriber', 'at', 'kind'],
    map: reasons.map,
  })
  for await (const batch of table.rows) {
    const records: ReasonRow[] = []
    const faults: Fault[] = [...batch.faults]
    for (const row of batch.records) {
      const moment = parseIso(cell(row.values, 'at'), reasons.zone)
      const kind = cell(row.values, 'kind').trim().toLowerCase()
      const found = subscriberOf('subscriber', cell(row.values, 'subscriber').trim())
      const wrong = moment === undefined ? 'at' : !kinds.has(kind) ? 'kind' : found === undefined ? 'subscriber' : undefined
      if (moment === undefined || found === undefined || wrong !== undefined) {
        const where = { file: reasons.source.name, line: row.line, record: row.n, field: wrong ?? 'at' }
        faults.push(
          fault(
            'lookup-reason-wrong',
            `The reason has a ${wrong} that cannot be read.`,
            where,
            'Kinds are customer, system, agent, assignment; times ISO 8601.',
            1,
          ),
        )
      } else
        records.push({
          source: sourceKey(reasons),
          n: row.n,
          time: moment.at,
          subscriber: found.token,
          kind,
          account: cell(row.values, 'account').trim().toLowerCase(),
          team: cell(row.values, 'team').trim().toLowerCase(),
        })
    }
    yield { records, faults }
  }
}
