import { UserError, type Watch } from '../base/index.ts'
import {
  compile,
  detectionOf,
  logSourceSql,
  ruleSql,
  SqlValues,
  type LoadedRules,
  type NotLoaded,
  type Rule,
} from '../sigma/index.ts'
import type { FoundDetection } from './found-detection.ts'
import { lakeEvents, searchedSources, type LakeQuestion, type SearchedSource } from './hunt-lake.ts'
import { huntScope } from './hunt-scope.ts'
import { readRules, type RuleSettings } from './rule-files.ts'
import type { Workspace } from './workspace.ts'

/** A detection in the lake; `place` is its cite in the case. */
export type HuntDetection = FoundDetection & { readonly case: string }

/** What a hunt searched and found. */
export interface HuntSummary {
  readonly rules: number
  readonly notLoaded: readonly NotLoaded[]
  /** Rules that SQL decided alone; of the others and of these alike every candidate was confirmed in memory. */
  readonly exact: number
  /** Events SQL handed over for confirmation. */
  readonly candidates: number
  readonly detections: number
  /** True when the search stopped at the most detections asked for. */
  readonly cut: boolean
  readonly searched: readonly SearchedSource[]
}

/** Rules of one statement, and from how many on the events of their log sources are read whole instead. */
const rulesPerStatement = 40
const charsPerStatement = 200_000
const readWholeFrom = 400

/**
 * Runs rules over the lake of a case or workspace: SQL compiled from the plans narrows, the matcher in memory decides. Rules are named
 * by id, its unique beginning, or title; none named means all of `folders`. Detections come in order of host and time for every group
 * of rules.
 */
export async function huntRules(
  options: {
    readonly workspace: Workspace
    readonly caseId?: string
    readonly named: readonly string[]
    readonly folders: readonly string[]
    readonly from?: string
    readonly to?: string
    readonly most: number
    readonly found: (detection: HuntDetection) => void
    readonly watch: Watch
  } & RuleSettings,
): Promise<HuntSummary> {
  const { workspace, watch, most } = options
  const loaded = await readRules(options.folders, options)
  const rules = chosen(loaded, options.named)
  const scope = await huntScope(workspace, options.caseId)
  const { engine } = await workspace.lake()
  const asked = { engine, scope, watch, ...period(options) }
  let detections = 0
  let candidates = 0
  let exact = 0
  let done = 0
  for (const group of groups(rules)) {
    const set = compile(group)
    exact += group.filter((rule) => ruleSql(rule, new SqlValues()).exact).length
    for await (const page of narrowed(group, asked)) {
      candidates += page.length
      for (const { event, cite, place, caseId } of page)
        for (const rule of set.match(event)) {
          if (detections >= most) return { ...(await told()), cut: true }
          const { at: _, ...detection } = detectionOf(rule, event)
          detections += 1
          options.found({ ...detection, case: caseId, cite, place })
        }
    }
    done += group.length
    watch.report?.({ step: 'searching the lake', done, total: rules.length, unit: 'rules' })
  }
  return { ...(await told()), cut: false }

  async function told(): Promise<Omit<HuntSummary, 'cut'>> {
    const searched = (await searchedSources(asked, {})).map(({ host, source, events, from, to }): SearchedSource => ({
      host,
      source,
      events,
      from,
      to,
    }))
    return { rules: rules.length, notLoaded: loaded.notLoaded, exact, candidates, detections, searched }
  }
}

/** The events that one of the rules may match. */
async function* narrowed(rules: readonly Rule[], asked: Omit<LakeQuestion, 'where' | 'values'>): ReturnType<typeof lakeEvents> {
  const values = new SqlValues()
  const whole = rules.length >= readWholeFrom
  const conditions = rules.map((rule) => (whole ? logSourceSql(rule.logsource, values) : ruleSql(rule, values)).upper)
  const where = `or(0, ${[...new Set(conditions)].join(', ')})`
  let handedOver = false
  try {
    for await (const page of lakeEvents({ ...asked, where, values })) {
      handedOver = true
      yield page
    }
  } catch (error) {
    // The engine knows fewer regexes than we do in rare cases: then it narrows by the rest alone.
    if (handedOver || whole || !(error instanceof Error) || error.name !== 'EngineError') throw error
    const without = new SqlValues()
    const rest = rules.map((rule) => ruleSql(rule, without, { regexes: false }).upper)
    yield* lakeEvents({ ...asked, where: `or(0, ${rest.join(', ')})`, values: without })
  }
}

/** Rules that fit one statement; so many that reading the events whole is quicker stay together. */
function* groups(rules: readonly Rule[]): Generator<readonly Rule[]> {
  if (rules.length >= readWholeFrom) return yield rules
  let group: Rule[] = []
  let values = new SqlValues()
  for (const rule of rules) {
    group.push(rule)
    ruleSql(rule, values)
    if (group.length < rulesPerStatement && values.size < charsPerStatement) continue
    yield group
    group = []
    values = new SqlValues()
  }
  if (group.length > 0) yield group
}

function chosen({ rules, correlations }: LoadedRules, named: readonly string[]): readonly Rule[] {
  if (named.length === 0) return rules.filter((rule) => rule.quiet !== true)
  const picked = named.map((name) => {
    const fitting = rules.filter((rule) => rule.id.startsWith(name) || rule.title === name)
    const [rule] = fitting
    if (rule !== undefined && fitting.length === 1) return rule
    const correlation = correlations.some((one) => one.id.startsWith(name) || one.title === name)
    throw new UserError({
      code: 'rule-unknown',
      message:
        rule !== undefined
          ? `"${name}" begins ${fitting.length} rules`
          : correlation
            ? `"${name}" is a correlation; hunt takes single rules`
            : `no rule is called "${name}"`,
      hint: correlation
        ? 'hunt for the rules it rests on, or run it with "breachline detect"'
        : 'give the id that detect prints as "rule", and the same --rules folders',
    })
  })
  return [...new Map(picked.map((rule) => [rule.id, rule])).values()]
}

function period({ from, to }: { readonly from?: string; readonly to?: string }): {
  readonly from?: string
  readonly to?: string
} {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
