import type { Coverage } from '../assessment/index.ts'
import { minuteText } from '../base/index.ts'
import { columns, counted, oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** The coverage of logs for a terminal: a row per source and host, what speaks against their being complete, what could have been seen. */
export function printCoverage(terminal: Terminal, { rows = [], gaps, visibility = [] }: Coverage): void {
  const width = Math.max(80, terminal.width)
  if (rows.length === 0) return terminal.out('no log was read\n')
  const head = ['host', 'source', 'events', 'from (UTC)', 'to (UTC)', 'missing', 'breaks', 'jumps', 'silences', 'techniques']
  const table = rows.map((row) => [
    row.host || '-',
    row.source,
    row.events.toLocaleString('en-US'),
    row.from === '' ? '-' : minuteText(row.from),
    row.to === '' ? '-' : minuteText(row.to),
    missingText(row.numbers),
    String(row.breakCount),
    String(row.jumpCount),
    row.silences === null ? '?' : String(row.silences),
    String(row.techniques),
  ])
  terminal.out(`${columns([head, ...table], 1_000)}\n`)
  if (gaps.length > 0) terminal.out('\n')
  for (const { text } of gaps) terminal.out(`${wrapped(`- ${oneLine(text)}`, { width, indent: '' })}\n`)
  for (const one of visibility) {
    const period =
      one.from === '' && one.to === '' ? 'over all logs at hand' : `between ${one.from.slice(0, 10)} and ${one.to.slice(0, 10)}`
    const text = `ATT&CK ${one.attackVersion}, ${period}: the logs could have shown ${one.could.length} of ${counted(one.techniques, 'technique')}; for ${one.unsure.length} a source is at hand without records of the kind needed; ${one.not.length} are not visible at all; for ${one.unnamed.length} ATT&CK names no log source.`
    terminal.out(`\n${wrapped(text, { width, indent: '' })}\n`)
  }
  const [whole] = visibility
  if (whole === undefined) return
  const tactics = whole.byTactic.map((one) => [
    `  ${one.tactic}`,
    `${one.could} of ${one.techniques}`,
    one.not.length === 0
      ? ''
      : `not visible: ${one.not.slice(0, 8).join(' ')}${one.not.length > 8 ? ` and ${one.not.length - 8} more` : ''}`,
  ])
  terminal.out(`${columns(tactics, width)}\n`)
}

/** `12 of 4,000`, `-` where records have no numbers, `?` where they cannot be followed. */
function missingText(numbers: NonNullable<Coverage['rows']>[number]['numbers']): string {
  if (numbers.length === 0) return '-'
  if (numbers.some((one) => one.standing !== 'followed')) return '?'
  const missing = numbers.reduce((sum, one) => sum + one.missing, 0)
  const all = numbers.reduce((sum, one) => sum + one.missing + one.present, 0)
  return missing === 0 ? '0' : `${missing.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`
}
