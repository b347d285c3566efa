import { dirname } from 'node:path'
import type { Watch } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { huntIndicators } from './hunt-indicators.ts'
import { huntRules, type HuntDetection } from './hunt-rules.ts'
import { huntScope } from './hunt-scope.ts'
import type { ReceivedIndicator, ReceivedRule } from './subscribe-import.ts'
import type { Workspace } from './workspace.ts'

/** Records of ours that show an object of a peer. */
export interface SharedHit {
  readonly object: string
  /** What was looked for, in words: `ip 203.0.113.24`, or the title of a rule. */
  readonly what: string
  readonly by: 'indicator' | 'rule'
  readonly tlp?: string
  readonly pap?: string
  readonly records: number
  readonly first: string
  readonly last: string
  /** The first records, as `case show CASE --cite` takes them. */
  readonly places: readonly { readonly case: string; readonly place: string; readonly host: string; readonly time: string }[]
}

/** What a search for everything received found. */
export interface SharedHunt {
  readonly hits: readonly SharedHit[]
  /**
   * Hits that are believed: of indicators (of addresses only near the time their sender states: they change hands), and whatever
   * was seen on one host within a day of another object of the same sender.
   */
  readonly believed: readonly SharedHit[]
  /** Loads searched; 0: there was nothing to search. */
  readonly searched: number
  /** Rules that could not be read. */
  readonly notLoaded: readonly { readonly file: string; readonly why: string }[]
}

const placesKept = 20
const mostDetections = 100_000
const dayMs = 24 * 3_600_000
const addressDays = 30

/** Looks for indicators and rules of a peer in all logs of the workspace (exercises only where one is named). */
export async function huntShared(options: {
  readonly workspace: Workspace
  readonly indicators: readonly ReceivedIndicator[]
  readonly rules: readonly ReceivedRule[]
  readonly caseId?: string
  /** Detections after which a search with rules ends; 100,000 unless told. */
  readonly most?: number
  readonly watch: Watch
}): Promise<SharedHunt> {
  const { workspace, indicators, rules, caseId, most = mostDetections, watch } = options
  const where = caseId === undefined ? {} : { caseId }
  const scope = await huntScope(workspace, caseId, { orNone: true })
  if (scope.loads.length === 0) return { hits: [], believed: [], searched: 0, notLoaded: [] }
  const hits = new Map<string, SharedHit>()
  const add = (
    key: string,
    hit: Omit<SharedHit, 'records' | 'first' | 'last' | 'places'>,
    place: SharedHit['places'][number],
  ): void => {
    const one = hits.get(key) ?? { ...hit, records: 0, first: place.time, last: place.time, places: [] }
    const times = [one.first, one.last, place.time].filter((time) => time !== '').sort()
    hits.set(key, {
      ...one,
      records: one.records + 1,
      first: times[0] ?? '',
      last: times.at(-1) ?? '',
      places: one.places.length < placesKept ? [...one.places, place] : one.places,
    })
  }
  const fired: Fired[] = []
  const timely = new Set<string>()
  if (indicators.length > 0) {
    const byValue = new Map<string, ReceivedIndicator[]>()
    for (const one of indicators) {
      const key = `${one.indicator.kind} ${one.indicator.value}`
      byValue.set(key, [...(byValue.get(key) ?? []), one])
    }
    // One search for each value, however many objects and sources name it.
    const wanted = [...byValue.values()].flatMap(([one]) => (one === undefined ? [] : [one.indicator]))
    const found = await huntIndicators({ workspace, ...where, indicators: wanted, orNone: true, watch })
    for (const { kind, indicator: value, host, time, cite, place, case: at } of found.hits)
      for (const received of byValue.get(`${kind} ${value}`) ?? []) {
        const { object, indicator } = received
        fired.push({ object, isRule: false, host: host === '' ? fileOf(cite) : host, time: Date.parse(time), record: place })
        if (isTimely(received, time)) timely.add(object)
        const marks = {
          ...(indicator.tlp === undefined ? {} : { tlp: indicator.tlp }),
          ...(indicator.pap === undefined ? {} : { pap: indicator.pap }),
        }
        add(object, { object, what: `${kind} ${value}`, by: 'indicator', ...marks }, { case: at, place, host, time })
      }
  }
  let notLoaded: SharedHunt['notLoaded'] = []
  const folders = [...new Set(rules.map((one) => dirname(one.file)))]
  if (folders.length > 0) {
    let left = new Map(rules.map((one) => [one.id, one]))
    for (let cut = true; cut && left.size > 0;) {
      const round: HuntDetection[] = []
      const summary = await huntRules({
        workspace,
        ...where,
        named: left.size === rules.length ? [] : [...left.keys()],
        folders,
        onlyGiven: true,
        most,
        watch,
        found: (detection) => void round.push(detection),
      })
      cut = summary.cut
      notLoaded = summary.notLoaded
      // What finds very much would keep the others from being looked for: it is told as far as it went, and they are asked again.
      const loudest = cut ? loudestOf(round) : undefined
      for (const { rule: id, host, time, cite, place, case: at } of round) {
        const rule = left.get(id)
        if (rule === undefined || (cut && id !== loudest)) continue
        const on = host === '' ? fileOf(cite) : host
        fired.push({ object: rule.object, isRule: true, host: on, time: Date.parse(time), record: place })
        add(rule.object, { object: rule.object, what: rule.title, by: 'rule' }, { case: at, place, host, time })
      }
      left = new Map([...left].filter(([id]) => id !== loudest))
      if (cut && loudest === undefined) break
    }
  }
  const together = new Set(firedTogether(fired))
  const all = [...hits.values()].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.object < b.object ? -1 : 1))
  return {
    hits: all,
    believed: all.filter((one) => timely.has(one.object) || together.has(one.object)),
    searched: scope.loads.length,
    notLoaded,
  }
}

/** Whether a record is near enough to the time over which an address is said to be the actor's: from its day to the last sighting of its sender. */
function isTimely({ indicator: { kind, date }, last }: ReceivedIndicator, time: string): boolean {
  const [at, from] = [Date.parse(time), Date.parse(date ?? '')]
  if (kind !== 'ip' || Number.isNaN(at) || Number.isNaN(from)) return true
  const to = Math.max(from, Date.parse(last ?? date ?? ''))
  return at >= from - addressDays * dayMs && at <= to + addressDays * dayMs
}

/** An object that a record shows. */
interface Fired {
  readonly object: string
  readonly isRule: boolean
  readonly host: string
  readonly time: number
  readonly record: string
}

/** Days on which a rule may find something on a host before that is the host's habit. */
const habitDays = 5

/**
 * Objects seen within a day of another one on the same host: a rule, or an old address, alone may be habit. Two rules on one record are
 * one thing said twice, and what a rule finds on a host on more days is, from then on, the habit of that host.
 */
function firedTogether(fired: readonly Fired[]): string[] {
  const byHost = Map.groupBy(
    fired.filter((one) => !Number.isNaN(one.time)),
    (one) => one.host,
  )
  return [...byHost.values()].flatMap((on) => {
    const inOrder = withoutHabits(on.toSorted((a, b) => a.time - b.time))
    return inOrder.flatMap((one, at) => {
      const near = inOrder.slice(Math.max(0, at - 50), at + 51)
      const confirms = (other: Fired): boolean =>
        other.object !== one.object &&
        Math.abs(other.time - one.time) <= dayMs &&
        !(one.isRule && other.isRule && one.record === other.record)
      return near.some(confirms) ? [one.object] : []
    })
  })
}

/** What fired on one host, in order of time, without rules from their sixth day on there. */
function withoutHabits(inOrder: readonly Fired[]): Fired[] {
  const days = new Map<string, Set<number>>()
  return inOrder.filter(({ object, isRule, time }) => {
    const before = days.get(object) ?? new Set()
    days.set(object, before.add(Math.floor(time / dayMs)))
    return !isRule || before.size <= habitDays
  })
}

/** The rule that found the most. */
function loudestOf(found: readonly HuntDetection[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { rule } of found) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

/** The file that a record is in, for logs that do not say whose they are. */
function fileOf(cite: Cite): string {
  return cite.kind === 'exhibit' ? `file ${cite.sha256} ${cite.member ?? ''}` : ''
}
