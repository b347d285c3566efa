import type { Judged } from './judge.ts'

const titles = ['product', 'version', 'log', 'told as', 'lines', 'events', 'faults', 'no source', 'known', 'result'] as const

/** The figures as a table for people, one line a log. */
export function tableOf(judged: readonly Judged[], versions: ReadonlyMap<string, string>): string {
  const rows = judged.map((one) => [
    one.product,
    versions.get(one.product) ?? '',
    one.log,
    one.seen,
    String(one.lines),
    String(one.events),
    String(one.faults),
    String(one.unexplained),
    String(one.known),
    one.wrong.length === 0 ? 'as expected' : `${one.wrong.length} wrong`,
  ])
  const all = [[...titles], ...rows]
  const widths = titles.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  return all
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
