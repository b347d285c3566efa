import type { Coverage, CoverageRow } from '../assessment/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Coverage as LogCoverage } from '../events/index.ts'
import { attackVisibility } from './attack-visibility.ts'
import { gapSentences } from './coverage-words.ts'
import { wholeCite, type Item } from './items.ts'

/** Rows kept in an answer; the sentences tell the most telling of all. */
const rowsKept = 2_000

/** Logs as they were read: `exhibits` of a row are indexes of `items`. */
export interface MeteredLogs {
  readonly items: readonly Item[]
  readonly rows: readonly LogCoverage[]
}

/**
 * The coverage of the logs: by source over all hosts, by source and host, what speaks against their being complete, and what
 * could have been seen, over all and over `period` when one is given.
 */
export function coverageOf(logs: MeteredLogs | undefined, period?: { readonly from: string; readonly to: string }): Coverage {
  const { items = [], rows: metered = [] } = logs ?? {}
  const reader = attackVisibility()
  const rows = metered.map((row): CoverageRow => {
    const citeOf = (exhibit: number): Cite | undefined => {
      const item = items[exhibit]
      return item === undefined ? undefined : wholeCite(item)
    }
    const at = (exhibit: number | undefined, place: LogCoverage['breaks'][number]['at'] | undefined): { cite?: Cite } => {
      const whole = exhibit === undefined ? undefined : citeOf(exhibit)
      return whole?.kind !== 'exhibit' || place === undefined ? {} : { cite: { ...whole, at: place } }
    }
    return {
      host: row.host,
      source: row.source,
      family: familyOf(row),
      events: row.events,
      untimed: row.untimed,
      from: row.first,
      to: row.last,
      silences: row.gapsUnknown ? null : row.gaps.length,
      days: row.days,
      numbers: row.numbers,
      breaks: row.breaks.flatMap(({ kind, log, time, account, exhibit, at: place }) => {
        const { cite } = at(exhibit, place)
        return cite === undefined ? [] : [{ kind, log, time, account, cite }]
      }),
      breakCount: row.breakCount,
      jumps: row.jumps.map(({ exhibit, at: place, ...jump }) => ({ ...jump, ...at(exhibit, place) })),
      jumpCount: row.jumpCount,
      techniques: reader.of([row]).could.length,
      cites: row.exhibits.flatMap((exhibit) => citeOf(exhibit) ?? []),
    }
  })
  const gaps = gapSentences(rows, new Map(rows.map((row, at) => [row, metered[at]?.gaps ?? []])))
  return {
    sources: bySource(rows),
    gaps,
    rows: rows.slice(0, rowsKept),
    visibility: [reader.of(metered), ...(period === undefined ? [] : [reader.of(metered, period)])],
  }
}

function bySource(rows: readonly CoverageRow[]): Coverage['sources'] {
  const sources = new Map<string, CoverageRow[]>()
  for (const row of rows) sources.set(row.source, [...(sources.get(row.source) ?? []), row])
  return [...sources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, all]) => {
      const timed = all.filter((row) => row.from !== '')
      return {
        source,
        hosts: [...new Set(all.map((row) => row.host).filter((host) => host !== ''))].sort(),
        from: timed.reduce((first, row) => (first === '' || row.from < first ? row.from : first), ''),
        to: timed.reduce((last, row) => (row.to > last ? row.to : last), ''),
        events: all.reduce((sum, row) => sum + row.events, 0),
        cites: [...new Map(all.flatMap((row) => row.cites).map((cite) => [JSON.stringify(cite), cite])).values()],
      }
    })
}

function familyOf({ kinds, source }: LogCoverage): string {
  const parts = (kinds[0]?.name ?? '').split('/')
  if (parts[1] === 'auditd') return 'auditd'
  return parts.find((part) => part !== '') ?? source
}
