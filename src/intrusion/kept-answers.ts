import { sha256 } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Engine, Lake, Table } from '../store/index.ts'

/** What was worked out over all events of some loads, row by row; a load of the lake for each answer. */
export const keptAnswersTable: Table = {
  name: 'kept_answers',
  columns: {
    n: { type: 'UInt32', doc: 'place of the row in the answer' },
    row: { type: 'String CODEC(ZSTD(1))', doc: 'the row as JSON' },
  },
  orderBy: ['load_id', 'n'],
}

/** Below so many events an answer is had sooner from the events themselves. */
const worthKeeping = 1_000_000
const rowsAtOnce = 20_000

/** Answers about the whole of some loads: asked once, kept in the lake, and read there when other stories are told of the same loads. */
export interface KeptAnswers {
  /** The engine, whose rows are kept: for statements that ask about nothing but the loads and their whole period. */
  readonly engine: Engine
  /** The same for what is worked out of rows; `what` names it with the version of its working out. */
  readonly keep: <T extends object>(what: string, compute: () => Promise<readonly T[]>) => Promise<readonly T[]>
}

/** In: the lake with `keptAnswersTable`, the loads asked about and how many events they hold. Rows have to be plain data. */
export function keptAnswers(lake: Lake, about: { readonly loads: readonly string[]; readonly events: number }): KeptAnswers {
  const loads = sha256(Buffer.from(about.loads.toSorted().join(',')))
  const keep: KeptAnswers['keep'] = async (what, compute) => {
    if (about.events < worthKeeping) return compute()
    const key = `answer:${sha256(Buffer.from(what))}:${loads}`
    const { id } = await lake.load({ key, tables: [keptAnswersTable] }, async (writer) => {
      await writer.insert(keptAnswersTable, batches(await compute()))
    })
    const rows = await lake.engine.rows<{ row: string }>(
      'SELECT row FROM kept_answers WHERE load_id = {load:UInt64} ORDER BY n',
      {
        load: id,
      },
    )
    return rows.map(({ row }) => JSON.parse(row))
  }
  const { engine } = lake
  return {
    keep,
    engine: {
      ...engine,
      rows: async <T>(sql: string, params?: Parameters<Engine['rows']>[1]): Promise<T[]> => [
        ...((await keep(`${sql}\n${JSON.stringify(params ?? {})}`, () => engine.rows<T & object>(sql, params))) as readonly T[]),
      ],
    },
  }
}

/** A kept cite, with the path that its exhibit has in this case. */
export function filed(cite: Cite, fileOf: (sha256: string) => string): Cite {
  return cite.kind === 'exhibit' ? { ...cite, file: fileOf(cite.sha256) } : cite
}

function* batches(rows: readonly object[]): Generator<readonly object[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    yield rows.slice(at, at + rowsAtOnce).map((row, index) => ({ n: at + index, row: JSON.stringify(row) }))
}
