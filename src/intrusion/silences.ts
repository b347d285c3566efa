import type { Engine } from '../store/index.ts'
import { citeOf, isoOf, type CitedRow } from './cited.ts'
import type { Silence } from './sighting.ts'
import { silencesSql } from './sql.ts'

/** Silence shorter than this is not told, whatever the host's rate. */
const quietSeconds = 2 * 3600
/** Events that a silent stretch should have held at the host's own rate before it is told. */
const expectedEvents = 30

/** Stretches in which hosts wrote nothing although by their own rate they should have. */
export async function silencesOf(options: {
  readonly engine: Engine
  readonly period: { readonly loads: readonly string[]; readonly from: string; readonly to: string }
  readonly hosts: readonly string[]
  readonly fileOf: (sha256: string) => string
}): Promise<Silence[]> {
  const { engine, period, hosts, fileOf } = options
  interface Row extends CitedRow {
    readonly host: string
    readonly from: string
    readonly total: string
    readonly span: string
    readonly quiet: string
  }
  const rows = await engine.rows<Row>(silencesSql, { ...period, hosts, quiet: quietSeconds })
  return rows
    .filter((row) => (Number(row.total) / Math.max(1, Number(row.span))) * Number(row.quiet) >= expectedEvents)
    .map((row) => ({ host: row.host, from: isoOf(row.from), to: isoOf(row.at_time), cite: citeOf(row, fileOf) }))
}
