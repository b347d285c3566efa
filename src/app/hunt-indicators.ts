import { limits, type Watch } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { SqlValues } from '../sigma/index.ts'
import { lakeEvents, searchedSources, type LakeQuestion, type SearchedSource } from './hunt-lake.ts'
import { huntScope, type HuntScope } from './hunt-scope.ts'
import type { Indicator, IndicatorKind } from './indicators.ts'
import { indicatorMatcher, neededText } from './indicators-match.ts'
import type { Workspace } from './workspace.ts'

/** An indicator in a record: a lead, not a finding. */
export interface IndicatorHit {
  readonly indicator: string
  readonly kind: IndicatorKind
  readonly source: string
  readonly date?: string
  readonly tlp?: string
  readonly pap?: string
  /** Fixed-width UTC; '' when the record has no time. */
  readonly time: string
  readonly host: string
  readonly field: string
  /** The case that has the record, its cite, and the same as text for `case show --cite`. */
  readonly case: string
  readonly cite: Cite
  readonly place: string
}

/** A source that was searched. `shows` is false when no record of it holds a value of the indicator's kind; null when that cannot be told. */
export interface SearchedForIndicator extends SearchedSource {
  readonly shows: boolean | null
}

/** What a search for indicators found, and where it found nothing: not seen is never clean. */
export interface IndicatorAnswer {
  readonly indicators: number
  /** Logs searched. */
  readonly searched: number
  /** In order of time, host and place. */
  readonly hits: readonly IndicatorHit[]
  /** Indicators with more hits than are told, and how many. */
  readonly more: readonly { readonly indicator: string; readonly hits: number }[]
  readonly notSeen: readonly {
    readonly indicator: string
    readonly kind: IndicatorKind
    readonly source: string
    readonly date?: string
    readonly tlp?: string
    readonly pap?: string
    readonly searched: readonly SearchedForIndicator[]
  }[]
}

const perStatement = 2_000
const perSearch = 255

/** Searches the lake of a case or workspace for indicators: SQL narrows by a text each of them needs, memory decides. */
export async function huntIndicators(options: {
  readonly workspace: Workspace
  readonly caseId?: string
  readonly indicators: readonly Indicator[]
  readonly from?: string
  readonly to?: string
  /** Answers that nothing was searched, instead of throwing, where no logs are there yet. */
  readonly orNone?: boolean
  readonly watch: Watch
}): Promise<IndicatorAnswer> {
  const { workspace, indicators, watch } = options
  const scope = await huntScope(workspace, options.caseId, { orNone: options.orNone === true })
  const { engine } = await workspace.lake()
  const period = {
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
  }
  const counts = new Map<Indicator, number>()
  const hits: IndicatorHit[] = []
  for (let from = 0; from < indicators.length; from += perStatement) {
    const some = indicators.slice(from, from + perStatement)
    const matches = indicatorMatcher(some)
    for await (const page of lakeEvents({ engine, scope, watch, ...period, ...narrowedTo(some) }))
      for (const { event, cite, place, caseId } of page)
        for (const { indicator, field } of matches(event)) {
          const count = (counts.get(indicator) ?? 0) + 1
          counts.set(indicator, count)
          if (count <= limits.indicatorHits)
            hits.push({ ...toldOf(indicator), time: event.time, host: event.host, field, case: caseId, cite, place })
        }
    watch.report?.({
      step: 'searching for indicators',
      done: Math.min(from + perStatement, indicators.length),
      total: indicators.length,
      unit: 'indicators',
    })
  }
  const missing = new Set(indicators.filter((one) => !counts.has(one)).map((one) => one.kind))
  const searched = await sourcesByKind({ engine, scope, ...period }, missing)
  const key = (hit: IndicatorHit): string =>
    [hit.time, hit.host, JSON.stringify(hit.cite), hit.kind, hit.indicator, hit.source].join('\u0000')
  return {
    indicators: indicators.length,
    searched: scope.loads.length,
    hits: hits
      .map((hit) => [key(hit), hit] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, hit]) => hit),
    more: [...counts]
      .filter(([, count]) => count > limits.indicatorHits)
      .map(([one, count]) => ({ indicator: one.value, hits: count })),
    notSeen: indicators.filter((one) => !counts.has(one)).map((one) => ({ ...toldOf(one), searched: searched(one.kind) })),
  }
}

function toldOf({
  value,
  kind,
  source,
  date,
  tlp,
  pap,
}: Indicator): Omit<IndicatorHit, 'time' | 'host' | 'field' | 'case' | 'cite' | 'place'> {
  return {
    indicator: value,
    kind,
    source,
    ...(date === undefined ? {} : { date }),
    ...(tlp === undefined ? {} : { tlp }),
    ...(pap === undefined ? {} : { pap }),
  }
}

/** All values of an event as one text in lower case, a line each. */
const allValues = String.raw`lower(arrayStringConcat(mapValues(fields), '\n'))`

/** Kinds of which all that stand in an event are taken out and looked up: long lists cost no more than short ones. */
const takenOut: Readonly<Partial<Record<IndicatorKind, string>>> = {
  hash: '[0-9a-f]{32,64}',
  ip: '[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}',
}

/** The events that hold one of the indicators, or the text that one of them needs. */
function narrowedTo(indicators: readonly Indicator[]): Pick<LakeQuestion, 'where' | 'values'> {
  const values = new SqlValues()
  const isTakenOut = ({ kind, value }: Indicator): boolean => takenOut[kind] !== undefined && !value.includes(':')
  const texts = indicators.filter((one) => !isTakenOut(one)).map(neededText)
  if (texts.includes(undefined)) return { where: '1', values }
  const all = values.column(0, allValues)
  const lookUps = Object.entries(takenOut).flatMap(([kind, pattern]) => {
    const wanted = indicators.filter((one) => one.kind === kind && isTakenOut(one)).map((one) => one.value)
    return wanted.length === 0
      ? []
      : [`arrayExists(v -> v IN ${values.texts([...new Set(wanted)].sort())}, extractAll(${all}, '${pattern}'))`]
  })
  const unique = [...new Set(texts as string[])].sort()
  const searches = Array.from({ length: Math.ceil(unique.length / perSearch) }, (_, n) => {
    return `multiSearchAny(${all}, ${values.texts(unique.slice(n * perSearch, (n + 1) * perSearch))})`
  })
  return { where: `or(0, ${[...lookUps, ...searches].join(', ')})`, values }
}

/** Patterns by which a value of a kind is told; kinds that look like any other text have none. */
const looks: Readonly<Partial<Record<IndicatorKind, string>>> = {
  ip: '[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}|[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f]',
  domain: '[0-9a-z-][.][a-z]{2,}',
  url: '[a-z]://',
  hash: '[0-9a-f]{32}',
  email: '[0-9a-z_-]@[0-9a-z-]+[.][a-z]',
  path: '[\\\\\\\\/][^\\\\\\\\/\n]',
  registry: 'hk(ey_|lm|cu|u|cr)|registry',
}

async function sourcesByKind(
  question: Pick<LakeQuestion, 'engine' | 'from' | 'to'> & { readonly scope: HuntScope },
  kinds: ReadonlySet<IndicatorKind>,
): Promise<(kind: IndicatorKind) => readonly SearchedForIndicator[]> {
  const told = [...kinds]
    .sort()
    .flatMap((kind) => (looks[kind] === undefined ? [] : [[kind, `match(${allValues}, '${looks[kind]}')`] as const]))
  const flags: Readonly<Record<string, string>> = Object.fromEntries(told)
  const sources = await searchedSources(question, flags)
  const byKind = new Map<IndicatorKind, readonly SearchedForIndicator[]>()
  return (kind) => {
    const known = byKind.get(kind)
    if (known !== undefined) return known
    const all = sources.map(({ flags: shows, ...source }) => ({
      ...source,
      shows: looks[kind] === undefined ? null : (shows[kind] ?? false),
    }))
    byKind.set(kind, all)
    return all
  }
}
