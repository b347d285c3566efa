import type { Coverage } from '../assessment/index.ts'
import { minuteText } from '../base/index.ts'
import { wholeCite } from './items.ts'
import type { LogAnswer } from './read-logs.ts'

/** Hosts named in one line of coverage; more are counted. */
const gapsTold = 50

/** The coverage of the logs by source over all hosts, with every stretch of silence as a sentence. */
export function coverageOf(logs: LogAnswer | undefined): Coverage {
  const sources = new Map<
    string,
    { hosts: Set<string>; from: string; to: string; events: number; cites: Map<string, ReturnType<typeof wholeCite>> }
  >()
  const gaps: Coverage['gaps'][number][] = []
  for (const { item, rows } of logs?.coverage ?? []) {
    const cite = wholeCite(item)
    for (const row of rows) {
      const known = sources.get(row.source) ?? {
        hosts: new Set<string>(),
        from: '',
        to: '',
        events: 0,
        cites: new Map<string, ReturnType<typeof wholeCite>>(),
      }
      if (row.host !== '') known.hosts.add(row.host)
      if (row.first !== '' && (known.from === '' || row.first < known.from)) known.from = row.first
      if (row.last > known.to) known.to = row.last
      known.events += row.events
      known.cites.set(item.sha256, cite)
      sources.set(row.source, known)
      for (const gap of row.gaps)
        gaps.push({
          text: `No ${row.source} events from ${row.host || 'the unnamed host'} between ${minuteText(gap.from)} and ${minuteText(gap.to)} UTC (${gap.hours} h).`,
          cites: [cite],
        })
    }
  }
  return {
    sources: [...sources]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, one]) => ({
        source,
        hosts: [...one.hosts].sort(),
        from: one.from,
        to: one.to,
        events: one.events,
        cites: [...one.cites.values()],
      })),
    gaps: gaps.sort((a, b) => (a.text < b.text ? -1 : 1)).slice(0, gapsTold),
  }
}
