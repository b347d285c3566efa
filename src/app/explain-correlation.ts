import type { LogEvent } from '../events/index.ts'
import { explain, type Correlation, type Explanation, type LoadedRules } from '../sigma/index.ts'
import type { FoundDetection } from './found-detection.ts'

const signs = { gt: 'more than', gte: 'at least', lt: 'less than', lte: 'at most', eq: 'exactly', neq: 'not' } as const

/** A correlation with the rules it rests on, those of inner correlations included. */
export function rulesBehind(correlation: Correlation, loaded: LoadedRules): { rules: Set<string>; correlations: Set<string> } {
  const rules = new Set<string>()
  const correlations = new Set([correlation.id])
  // A set hands out what is added while it is walked.
  for (const id of correlations)
    for (const part of loaded.correlations.find((one) => one.id === id)?.parts ?? [])
      (loaded.correlations.some((one) => one.id === part.id) ? correlations : rules).add(part.id)
  return { rules, correlations }
}

/**
 * Why a record is part of what a correlation found, or is not: the rules it refers to on this record, and the condition over the
 * logs that were run (`found`: its detections there).
 */
export function explainCorrelation(
  correlation: Correlation,
  options: {
    readonly event: LogEvent
    readonly place: string
    readonly loaded: LoadedRules
    readonly found: readonly FoundDetection[]
    readonly placeOf: (cite: FoundDetection['cite']) => string
  },
): Explanation {
  const { event, loaded, found } = options
  const behind = rulesBehind(correlation, loaded)
  const tried = loaded.rules.filter((rule) => behind.rules.has(rule.id)).map((rule) => ({ rule, told: explain(rule, event) }))
  const matching = new Set(tried.filter(({ told }) => told.holds).map(({ rule }) => rule.id))
  const part = found.find((one) => contributes(correlation, one, { ...options, matching }))
  const condition: Explanation = {
    what: `${conditionText(correlation)}: this record is ${part === undefined ? 'in no stretch of time in which that holds' : 'part of one'}`,
    holds: part !== undefined,
    fields: part?.correlation === undefined ? {} : detailsOf(part.correlation),
    of: [],
  }
  const rules: Explanation = {
    what: 'one of the rules it refers to',
    holds: matching.size > 0,
    fields: {},
    of: tried.map(({ told }) => told),
  }
  return { what: correlation.title, holds: condition.holds && rules.holds, fields: {}, of: [rules, condition] }
}

function contributes(
  correlation: Correlation,
  { correlation: of }: FoundDetection,
  { event, place, matching, placeOf }: Parameters<typeof explainCorrelation>[1] & { readonly matching: ReadonlySet<string> },
): boolean {
  if (of === undefined || matching.size === 0) return false
  if (of.events.some((cite) => placeOf(cite) === place)) return true
  // Only the first events are cited; beyond them group and time decide.
  if (of.events.length >= of.count || event.time < of.first || event.time > of.last) return false
  const same = (name: string, field: string): boolean => of.group[name]?.toLowerCase() === event.fields[field]?.toLowerCase()
  return correlation.parts.some(
    (one) => matching.has(one.id) && correlation.groupBy.every((name, n) => same(name, one.groupFields[n] ?? '')),
  )
}

function detailsOf(of: NonNullable<FoundDetection['correlation']>): Record<string, string> {
  return { ...of.group, first: of.first, last: of.last, events: String(of.count), value: String(of.value) }
}

function conditionText({ type, bounds, fields, timespan, groupBy, parts, percentile }: Correlation): string {
  const compared = bounds.map(({ op, than }) => `${signs[op]} ${than}`).join(' and ')
  const what = `${type}${fields.length === 0 ? '' : ` of ${fields.join(', ')}`}${percentile === undefined ? '' : ` (percentile ${percentile})`}`
  const asked = compared === '' ? `all ${parts.length}` : compared
  return `${what} ${asked} within ${timespan}${groupBy.length === 0 ? '' : `, by ${groupBy.join(', ')}`}`
}
