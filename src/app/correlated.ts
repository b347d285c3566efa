import type { LogEvent } from '../events/index.ts'
import {
  Correlator,
  type Correlation,
  type CorrelationDetection,
  type CorrelationSummary,
  type Detection,
  type Hit,
  type Rule,
} from '../sigma/index.ts'
import type { FoundCorrelation } from './found-detection.ts'

/** A correlation as a detection; `events` say where the contributing ones stand. */
export type CorrelatedDetection<Ref> = Omit<Detection, 'at'> & { readonly correlation: FoundCorrelation<Ref> }

/** Takes from events what correlations need of them; undefined for hits of rules that no correlation refers to. */
export function hitTaker(
  correlations: readonly Correlation[],
): (rule: Rule, event: LogEvent) => Omit<Hit<never>, 'ref'> | undefined {
  const rules = new Set(correlations.flatMap((one) => one.parts.map((part) => part.id)))
  const names = new Set(correlations.flatMap((one) => one.parts.flatMap((part) => [...part.groupFields, ...part.valueFields])))
  return (rule, event) => {
    if (!rules.has(rule.id)) return undefined
    const fields: Record<string, string> = {}
    for (const name of names) {
      const value = Object.hasOwn(event.fields, name) ? event.fields[name] : undefined
      if (value !== undefined) fields[name] = value
    }
    return { rule: rule.id, time: event.time, host: event.host, account: event.account, fields }
  }
}

/** Correlates hits that are in order of time; what is found comes in order of time, rule id and group, without what `quiet` names. */
export function correlate<Ref>(options: {
  readonly correlations: readonly Correlation[]
  readonly quiet: ReadonlySet<string>
  readonly hits: readonly Hit<Ref>[]
}): { readonly found: readonly CorrelationDetection<Ref>[]; readonly summary: CorrelationSummary } {
  const found: CorrelationDetection<Ref>[] = []
  const correlator = new Correlator<Ref>(options.correlations, {
    emit: (one) => {
      if (!options.quiet.has(one.correlation.id)) found.push(one)
    },
  })
  for (const hit of options.hits) correlator.take(hit)
  const summary = correlator.finish()
  const keyed = found.map((one) => ({ one, key: JSON.stringify([one.time, one.correlation.id, one.group, one.first]) }))
  return { found: keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one), summary }
}

/** The detection of a correlation; it stands where its condition first held. */
export function correlatedDetection<Ref, Place>(
  one: CorrelationDetection<Ref>,
  placeOf: (ref: Ref) => Place,
): CorrelatedDetection<Place> {
  const { correlation, group, time, host, account, value, count, first, last, events } = one
  const { id: rule, title, level, tags, type, timespan } = correlation
  return {
    rule,
    title,
    level,
    tags,
    time,
    host,
    account,
    fields: group,
    correlation: { type, timespan, group, value, count, first, last, events: events.map(placeOf) },
  }
}
