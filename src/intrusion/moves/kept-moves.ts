import { canonicalJson } from '../../base/index.ts'
import { filed, type KeptAnswers } from '../kept-answers.ts'
import { findMoves, type FoundMoves } from './find-moves.ts'
import type { MoveSearch } from './move-search.ts'
import type { Move } from './control.ts'
import { nearTracesSql, openedSql, tellingTracesSql, tracesSql } from './traces-sql.ts'

/** Changed whenever traces are read or fused otherwise; the statements speak for themselves. */
const version = 1
const statements = [tracesSql, tellingTracesSql, nearTracesSql, openedSql]

type Row = { readonly kind: 'move' | 'attempt'; readonly move: Move } | { readonly kind: 'controller'; readonly host: string }

/** The moves of a period that is the whole of the evidence, worked out once. */
export async function keptMoves({ keep }: KeptAnswers, search: MoveSearch): Promise<FoundMoves> {
  const { from, to, fileOf } = search
  const what = `moves ${canonicalJson([version, statements, from, to])}`
  const rows = await keep(what, async (): Promise<Row[]> => {
    const { moves, attempts, controllers } = await findMoves(search)
    return [
      ...moves.map((move): Row => ({ kind: 'move', move })),
      ...attempts.map((move): Row => ({ kind: 'attempt', move })),
      ...[...controllers].map((host): Row => ({ kind: 'controller', host })),
    ]
  })
  const of = (kind: Row['kind']): Move[] =>
    rows.flatMap((row) =>
      row.kind === kind && row.kind !== 'controller'
        ? [{ ...row.move, cites: row.move.cites.map((cite) => filed(cite, fileOf)) }]
        : [],
    )
  return {
    moves: of('move'),
    attempts: of('attempt'),
    controllers: new Set(rows.flatMap((row) => (row.kind === 'controller' ? [row.host] : []))),
  }
}
