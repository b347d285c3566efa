import type { IndicatorAnswer } from '../app/index.ts'
import { limits } from '../base/index.ts'
import type { CommandContext } from './command.ts'
import { columns, counted, oneLine } from './layout.ts'

/** Hits of indicators, and where those without a hit were looked for. */
export function printIndicators({ terminal }: CommandContext, { hits, more, notSeen, searched: logs }: IndicatorAnswer): void {
  const marks = (one: { date?: string; tlp?: string; pap?: string }): string =>
    [
      ...(one.date === undefined ? [] : [oneLine(one.date)]),
      ...(one.tlp === undefined ? [] : [`TLP:${one.tlp.toUpperCase()}`]),
      ...(one.pap === undefined ? [] : [`PAP:${one.pap.toUpperCase()}`]),
    ].join(' ')
  if (hits.length > 0) {
    const rows = hits
      .slice(0, 200)
      .map((hit) => [hit.time, hit.host, hit.kind, hit.indicator, hit.field, hit.place, hit.source, marks(hit)].map(oneLine))
    terminal.out(`${columns([['time', 'host', 'kind', 'indicator', 'field', 'record', 'source', ''], ...rows], 1_000)}\n`)
    if (hits.length > 200) terminal.out(`and ${counted(hits.length - 200, 'further hit')} (--json)\n`)
    for (const one of more)
      terminal.out(`${oneLine(one.indicator)}: ${counted(one.hits, 'hit')}, the first ${limits.indicatorHits} met are told\n`)
    terminal.out(`${counted(hits.length, 'hit')}. A hit is a lead: what it means is for a person to judge.\n\n`)
  }
  if (notSeen.length === 0) return
  terminal.out(`not seen (which does not mean clean):\n`)
  for (const one of notSeen.slice(0, 200))
    terminal.out(`  ${one.kind} ${oneLine(one.indicator)}  ${oneLine(one.source)} ${marks(one)}\n`)
  if (notSeen.length > 200) terminal.out(`  and ${notSeen.length - 200} more (--json)\n`)
  for (const kind of new Set(logs === 0 ? [] : notSeen.map((one) => one.kind))) {
    const searched = notSeen.find((one) => one.kind === kind)?.searched ?? []
    const rows = searched.map((one) => [
      `  ${oneLine(one.host) || '(no host)'}`,
      oneLine(one.source),
      one.from === '' ? 'no times' : `${one.from.slice(0, 16)}Z to ${one.to.slice(0, 16)}Z`,
      counted(one.events, 'event'),
      one.shows === false ? `holds no ${kind} at all` : '',
    ])
    terminal.out(`searched for ${kind}:\n${columns(rows, 1_000)}\n`)
  }
}
