import { z } from 'zod'
import type { Coverage } from './coverage.ts'
import { matchOf, type AttackLogSource } from './visibility-match.ts'

/** Techniques with the log sources by which ATT&CK's analytics tell them: `data/attack-visibility.json`. */
export interface VisibilityTable {
  readonly attack: { readonly version: string; readonly notice: string }
  readonly logSources: readonly AttackLogSource[]
  readonly techniques: readonly {
    readonly id: string
    readonly name: string
    readonly tactics: readonly string[]
    /** Per analytic the indexes of its log sources. */
    readonly analytics: readonly (readonly number[])[]
  }[]
}

/**
 * Which techniques the logs at hand could have shown. That one could have been seen does not mean that it would have been:
 * a record of the right kind is there, the analytic may need more.
 */
export interface Visibility {
  readonly attackVersion: string
  /** Period looked at; '' where open. */
  readonly from: string
  readonly to: string
  readonly techniques: number
  /** Ids by standing. `could`: records that an analytic rests on occur. `unsure`: a source is at hand, and such records do not occur in it. */
  readonly could: readonly string[]
  readonly unsure: readonly string[]
  /** No source at hand that any analytic names. */
  readonly not: readonly string[]
  /** Techniques for which ATT&CK names no log source. */
  readonly unnamed: readonly string[]
  readonly byTactic: readonly {
    readonly tactic: string
    readonly techniques: number
    readonly could: number
    readonly unsure: number
    readonly not: readonly string[]
  }[]
}

const schema = z.object({
  attack: z.object({ version: z.string(), notice: z.string() }),
  logSources: z.array(z.object({ name: z.string(), details: z.array(z.string()).optional() })),
  techniques: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tactics: z.array(z.string()),
      analytics: z.array(z.array(z.number().int().min(0))),
    }),
  ),
})

/** Reads the table; throws for anything that is not one (it is shipped, not given). */
export function readVisibilityTable(text: string): VisibilityTable {
  return schema.parse(JSON.parse(text)) as VisibilityTable
}

/** Counts and lists techniques by what could have been seen; asked again for other rows it remembers what it has compared. */
export interface VisibilityReader {
  /** Of the kinds of event that occur in `rows` within `from`..`to` (instants of any width; either may be absent). */
  of(rows: readonly Pick<Coverage, 'kinds'>[], period?: { readonly from?: string; readonly to?: string }): Visibility
}

/** A reader over a table. */
export function visibilityReader(table: VisibilityTable): VisibilityReader {
  const known = new Map<string, { readonly yes: readonly number[]; readonly source: readonly number[] }>()
  const matches = (kind: string): { readonly yes: readonly number[]; readonly source: readonly number[] } => {
    let found = known.get(kind)
    if (found === undefined) {
      const yes: number[] = []
      const source: number[] = []
      table.logSources.forEach((one, at) => {
        const match = matchOf(kind, one)
        if (match === 'yes') yes.push(at)
        else if (match === 'source') source.push(at)
      })
      found = { yes, source }
      if (known.size < 10_000) known.set(kind, found)
    }
    return found
  }
  return {
    of(rows, { from = '', to = '' } = {}) {
      const yes = new Set<number>()
      const source = new Set<number>()
      for (const { kinds } of rows)
        for (const kind of kinds) {
          if ((from !== '' && kind.last < from) || (to !== '' && kind.first > to)) continue
          const match = matches(kind.name)
          for (const at of match.yes) yes.add(at)
          for (const at of match.source) source.add(at)
        }
      return counted(table, { yes, source, from, to })
    },
  }
}

type Standing = 'could' | 'unsure' | 'not' | 'unnamed'

function counted(
  table: VisibilityTable,
  { yes, source, from, to }: { yes: ReadonlySet<number>; source: ReadonlySet<number>; from: string; to: string },
): Visibility {
  const standing = table.techniques.map(({ analytics }): Standing => {
    const named = analytics.flat()
    if (named.length === 0) return 'unnamed'
    if (named.some((at) => yes.has(at))) return 'could'
    return named.some((at) => source.has(at)) ? 'unsure' : 'not'
  })
  const ids = (wanted: Standing, tactic?: string): string[] =>
    table.techniques.flatMap((one, at) =>
      standing[at] === wanted && (tactic === undefined || one.tactics.includes(tactic)) ? [one.id] : [],
    )
  const tactics = [...new Set(table.techniques.flatMap((one) => one.tactics))].sort()
  return {
    attackVersion: table.attack.version,
    from,
    to,
    techniques: table.techniques.length,
    could: ids('could'),
    unsure: ids('unsure'),
    not: ids('not'),
    unnamed: ids('unnamed'),
    byTactic: tactics.map((tactic) => ({
      tactic,
      techniques: table.techniques.filter((one) => one.tactics.includes(tactic)).length,
      could: ids('could', tactic).length,
      unsure: ids('unsure', tactic).length,
      not: ids('not', tactic),
    })),
  }
}
