import type { MetHere } from '../app/index.ts'
import { columns, counted, oneLine } from './layout.ts'
import type { Terminal } from './terminal.ts'

const shown = 10
const hitsShown = 100

/** What was understood of what others shared, and where it was seen here. */
export function printMet(terminal: Terminal, met: MetHere): void {
  const { hits, unread, faults } = met
  terminal.out(`${counted(met.indicators, 'indicator')} (${met.kept} new), ${counted(met.rules, 'rule')}\n`)
  for (const one of unread.slice(0, shown)) terminal.err(`not read: ${oneLine(one.object)}: ${oneLine(one.why)}\n`)
  if (unread.length > shown) terminal.err(`and ${unread.length - shown} more that were not read (--json)\n`)
  for (const one of faults.slice(0, shown)) terminal.err(`passed over: ${oneLine(one.what)}\n`)
  if (faults.length > shown) terminal.err(`and ${faults.length - shown} more passed over (--json)\n`)
  if (met.searched === 0) return terminal.out('nothing was searched: no logs are loaded yet\n')
  if (hits.length === 0) return terminal.out(`not seen in ${counted(met.searched, 'log')}, which does not mean clean\n`)
  const rows = hits
    .slice(0, hitsShown)
    .map(({ what, records, first, last, places }) =>
      [what, String(records), first.slice(0, 16), last.slice(0, 16), places[0]?.host ?? '', places[0]?.case ?? ''].map(oneLine),
    )
  terminal.out(`${columns([['seen', 'records', 'first', 'last', 'host', 'case'], ...rows], 1_000)}\n`)
  if (hits.length > hitsShown) terminal.out(`and ${counted(hits.length - hitsShown, 'further hit')} (--json)\n`)
  terminal.out(
    met.case === undefined
      ? 'nothing new for a case: what was seen before, or single rules and old addresses\n'
      : `the case ${met.case} holds what was seen; a hit is a lead, not a finding\n`,
  )
}
