import { csvCell, printable } from '../base/index.ts'
import type { Affected } from '../assessment/index.ts'
import { citeText } from '../evidence/index.ts'

/**
 * The counts of affected persons as CSV for a spreadsheet: no cell can run as a formula; suppressed counts say `fewer than N`.
 * `exhibitName` writes cites as `E3 row 412`.
 */
export function affectedCsv(affected: Affected, exhibitName?: (sha256: string) => string | undefined): string {
  const head = ['source', 'category', 'lines', 'records', 'persons', 'text', 'cites']
  const rows = affected.groups.map((one) => {
    const count = (n: number | undefined): string =>
      n === undefined ? (one.suppressed ? `fewer than ${affected.floor}` : '') : String(n)
    const cites = one.cites.map((cite) => citeText(cite, exhibitName)).join('; ')
    return [one.source, one.category, count(one.lines), count(one.records), count(one.persons), one.text, cites]
  })
  return `${[head, ...rows].map((row) => row.map((cell) => csvCell(printable(cell))).join(',')).join('\r\n')}\r\n`
}
