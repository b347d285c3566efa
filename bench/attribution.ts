import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAttackGroups, type AttackGroups } from '../src/intrusion/attribution/attack-groups.ts'
import { inseparable, sharesOf, verdictOf } from '../src/intrusion/attribution/shares.ts'
import { attributed, fitted, leaveOneOut, logLoss, type LeftOut } from './attribution/leave-one-out.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { mean, shareWhere } from './provenance/intervals.ts'

/** Attribution of each campaign of ATT&CK by profiles that rest on nothing of it. */
export const attribution: Measure = {
  about:
    'each campaign that ATT&CK attributes, attributed by profiles without its links and without the reports it is known from',
  needs: 'nothing',
  drill: 1,
  runs: 1,
  rates: [],
  async run() {
    const watch = new Stopwatch()
    const counts = await watch.time('leave one campaign out', () => attributionFigures(shippedGroups()))
    return { counts, times: watch.times, cores: watch.cores }
  },
}

/** The shipped table with its constants. */
export function shippedGroups(): AttackGroups {
  const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'data', name), 'utf8')
  return readAttackGroups({
    groups: read('attack-groups.json'),
    fit: read('attack-groups-fit.json'),
    tools: read('attack-tools.json'),
  })
}

/** All figures by name, rounded to thousandths. */
export function attributionFigures(table: AttackGroups): Record<string, number> {
  const all = leaveOneOut(table, table.fit.shown)
  const known = attributed(all)
  const unattributed = all.filter((one) => one.groups.length === 0)
  const judged = known.map((one) => judge(one, table.fit))
  const apart = known.map((one) => judge(one, fitted(known.filter((each) => !each.groups.some((id) => one.groups.includes(id))))))
  const seen = attributed(leaveOneOut(table, table.fit.shown, 'everything')).map((one) => judge(one, table.fit))
  const withoutTools = { ...table, campaigns: table.campaigns.map((one) => ({ ...one, software: {} })) }
  const bare = attributed(leaveOneOut(withoutTools, table.fit.shown)).map((one) => judge(one, table.fit))
  const first = shareWhere(judged, (one) => one.rank === 0)
  const within = (places: number): number => shareWhere(judged, (one) => one.rank < places).share
  const answered = judged.filter((one) => one.verdict !== 'insufficient')
  const single = judged.filter((one) => one.verdict === 'consistent')
  const confidence = mean(judged.map((one) => one.confidence))
  const confidenceApart = mean(apart.map((one) => one.confidence))
  const figures = {
    'attributed campaigns': known.length,
    temperature: table.fit.temperature,
    'share of the unknown group': table.fit.unknown,
    'top 1': first.share,
    'top 1, 95 % from': first.from,
    'top 1, 95 % to': first.to,
    'top 3': within(3),
    'top 5': within(5),
    'top 10': within(10),
    'log-loss': mean(judged.map((one) => one.loss)),
    'log-loss of equal shares': Math.log(table.groups.length),
    'mean confidence': confidence,
    accuracy: first.share,
    'confidence minus accuracy': confidence - first.share,
    ECE: calibrationError(judged),
    'held-out constants: log-loss': mean(apart.map((one) => one.loss)),
    'held-out constants: mean confidence': confidenceApart,
    'held-out: confidence minus accuracy': confidenceApart - first.share,
    'insufficient, share': 1 - answered.length / judged.length,
    'groups named': answered.length,
    'groups named, right one among them': answered.filter((one) => one.named).length,
    'one group named': single.length,
    'one group named, the right one': single.filter((one) => one.named).length,
    'techniques alone: top 1': shareWhere(bare, (one) => one.rank === 0).share,
    'techniques alone: log-loss': mean(bare.map((one) => one.loss)),
    'everything seeable: log-loss': mean(seen.map((one) => one.loss)),
    'unattributed campaigns': unattributed.length,
    'unattributed: insufficient': unattributed.filter((one) => judge(one, table.fit).verdict === 'insufficient').length,
    'unattributed: one group named': unattributed.filter((one) => judge(one, table.fit).verdict === 'consistent').length,
  }
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 1000) / 1000]))
}

interface Judged {
  /** Place of the campaign's group, 0 = first. */
  readonly rank: number
  /** Posterior of the best group. */
  readonly confidence: number
  readonly loss: number
  readonly verdict: ReturnType<typeof verdictOf>['verdict']
  /** The campaign's group is among those named. */
  readonly named: boolean
}

function judge(one: LeftOut, fit: Pick<AttackGroups['fit'], 'temperature' | 'unknown'>): Judged {
  const right = (group: string): boolean => one.groups.includes(group)
  const fitting = inseparable(one.weighed, fit)
  const verdict = verdictOf(fitting).verdict
  return {
    rank: one.weighed.findIndex((each) => right(each.group)),
    confidence: sharesOf(one.weighed, fit).shares[0] ?? 0,
    loss: logLoss(one, fit),
    verdict,
    named: verdict !== 'insufficient' && fitting.some((each) => right(each.group)),
  }
}

/** Expected calibration error of the best group over five equal bins of confidence. */
function calibrationError(judged: readonly Judged[]): number {
  const bins = [0, 1, 2, 3, 4].map((bin) => judged.filter((one) => Math.min(4, Math.floor(one.confidence * 5)) === bin))
  return bins
    .filter((bin) => bin.length > 0)
    .map((bin) => {
      const gap = mean(bin.map((one) => one.confidence)) - mean(bin.map((one) => Number(one.rank === 0)))
      return (Math.abs(gap) * bin.length) / judged.length
    })
    .reduce((sum, part) => sum + part, 0)
}
