import { fault, type Fault } from '../../base/index.ts'
import { sourceKey, type AuditSource, type ReadingContext } from '../source.ts'
import { subscriberReader, type SubscriberToken } from '../subscriber.ts'
import { noCompanions, type Companions, type FileCount, type ReadObjects } from './companions.ts'
import { columnPlaces } from '../columns.ts'
import { count } from './record-access.ts'
import { recordKey } from './salesforce.ts'
import { objectsIn } from './snowflake-access.ts'
import { besideCells, opened, type SourceKind } from './source-kind.ts'

/** Rows kept of all tables beside the sources of one kind. */
const rowsKept = 1_000_000

/** A source with what it is. */
export interface KnownSource {
  readonly audit: AuditSource
  readonly kind: SourceKind
}

/** What a source of a kind is read together with, by the name of the other. */
function besideOf({ reading, name }: SourceKind): string {
  if (reading === 'events') return 'file-manifest'
  if (name === 'salesforce-event-log') return 'record-numbers'
  if (name === 'snowflake-query-history') return 'snowflake-access-history'
  return name === 'snowflake-access-history' ? 'snowflake-query-history' : ''
}

/** The sources among those given that a source is read together with. */
export function companionsOf(one: KnownSource, all: readonly KnownSource[]): readonly KnownSource[] {
  const wanted = besideOf(one.kind)
  return wanted === '' ? [] : all.filter((other) => other.kind.name === wanted)
}

/** Tables that are no log and go with none that was given. */
export function unusedBeside(all: readonly KnownSource[]): Fault[] {
  const used = new Set(all.flatMap((one) => companionsOf(one, all)))
  return all
    .filter((one) => one.kind.reading === 'beside' && !used.has(one))
    .map(({ audit }) =>
      fault(
        'lookup-beside-unused',
        'The table tells of no access, and no log that it belongs to was given.',
        { file: audit.source.name },
        'Give the log beside it; a table of accesses needs the columns ts, account and subscriber (--map FILE gives ours theirs).',
        0,
      ),
    )
}

/** Reads the tables beside a source. Gives what they say, and a fault where they hold more rows than are kept. */
export async function openCompanions(
  beside: readonly KnownSource[],
  context: ReadingContext,
): Promise<{ readonly companions: Companions; readonly faults: readonly Fault[] }> {
  if (beside.length === 0) return { companions: noCompanions, faults: [] }
  const files = new Map<string, FileCount>()
  const records = new Map<string, SubscriberToken>()
  const queries = new Map<string, ReadObjects>()
  const queried = new Set<string>()
  const subscriberOf = subscriberReader(context)
  const faults: Fault[] = []
  let rows = 0
  for (const { audit, kind } of beside) {
    const table = await opened(audit, context.watch === undefined ? undefined : { watch: context.watch })
    const add = adder(kind.name, table.columns, audit)
    for await (const batch of table.rows)
      for (const row of batch.records) {
        rows += 1
        if (rows <= rowsKept) add(row.values)
      }
  }
  const [first] = beside
  if (rows > rowsKept && first !== undefined)
    faults.push(
      fault(
        'lookup-beside-too-long',
        `The tables given beside the logs hold ${rows} rows; the first ${rowsKept} were used.`,
        { file: first.audit.source.name },
        'Give the rows of the period and of the records in question.',
        0,
      ),
    )
  return {
    companions: {
      keys: beside.map(({ audit }) => sourceKey(audit)),
      inFile: (path) => files.get(path.replaceAll('\\', '/').split('/').at(-1) ?? ''),
      record: (id) => records.get(recordKey(id)),
      records: beside.some(({ kind }) => kind.name === 'record-numbers'),
      query: (id) => queries.get(id),
      queried: (id) => queried.has(id),
    },
    faults,
  }

  function adder(name: string, columns: readonly string[], { map, source }: AuditSource): (values: readonly string[]) => void {
    if (name === 'file-manifest') {
      const [file = -1, many = -1] = besideCells(name, columns)
      const of = /subscribers/i.test(columns[many] ?? '') ? 'subscribers' : 'rows'
      return (values) => {
        const told = count(values[many] ?? '')
        if (told >= 0) files.set((values[file] ?? '').trim().replaceAll('\\', '/').split('/').at(-1) ?? '', { rows: told, of })
      }
    }
    if (name === 'record-numbers') {
      const [id = -1, raw = -1] = besideCells(name, columns)
      return (values) => {
        const found = subscriberOf('subscriber', (values[raw] ?? '').trim())
        if (found !== undefined) records.set(recordKey(values[id] ?? ''), found)
      }
    }
    const cell = columnPlaces({
      file: source.name,
      columns,
      wanted: ['query_id', 'base_objects_accessed', 'direct_objects_accessed'],
      needed: ['query_id'],
      map,
    })
    if (name === 'snowflake-query-history') return (values) => void queried.add(cell(values, 'query_id').trim())
    return (values) =>
      void queries.set(
        cell(values, 'query_id').trim(),
        objectsIn(cell(values, 'base_objects_accessed') || cell(values, 'direct_objects_accessed')),
      )
  }
}
