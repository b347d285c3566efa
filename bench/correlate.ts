import { createHash } from 'node:crypto'
import { isoMicros } from '../src/base/index.ts'
import { Correlator, loadRules, type Hit } from '../src/sigma/index.ts'
import { Stopwatch, type Measure } from './measure.ts'

const groups = 100_000
/** Hits per second of the invented logs: a group has six in a window of ten minutes, so nearly all groups are live. */
const perSecond = 1_000
/** Hits made at a time. */
const batch = 100_000

const types: readonly (readonly [title: string, body: string])[] = [
  ['Many', 'type: event_count, condition: {gte: 20}'],
  ['Some', 'type: event_count, condition: {gte: 18, lt: 20}'],
  ['Many targets', 'type: value_count, condition: {field: Target, gte: 18}'],
  ['Many targets and ports', 'type: value_count, condition: {field: [Target, Port], gte: 19}'],
  ['All', 'type: temporal'],
  ['All in order', 'type: temporal_ordered'],
  ['Much sent', 'type: value_sum, condition: {field: Bytes, gt: 120000}'],
  ['Large on average', 'type: value_avg, condition: {field: Bytes, gt: 9700}'],
  ['Small mostly', 'type: value_percentile, condition: {field: Bytes, percentile: 90, lt: 150}'],
  ['Large in the middle', 'type: value_median, condition: {field: Bytes, gt: 9800}'],
]
const names = types.map((_, n) => `rule_${n}`)
/** Hits of this rule are rare: temporal correlations wait for it. */
const rare = 'rare'
const rareOnceIn = 10_000

/** Each correlation over a rule of its own, or each over all rules; the rare rule belongs to all of them. */
function rulesText(shared: boolean): string {
  const rules = [...names, rare].map(
    (name) => `title: ${name}\nname: ${name}\nlogsource: {product: invented}\ndetection: {s: {Kind: ${name}}, condition: s}\n`,
  )
  const correlations = types.map(([title, body], n) => {
    const of = [...(shared ? names : [names[n]]), rare].join(', ')
    return `title: ${title}\ncorrelation: {${body}, rules: [${of}], timespan: 10m, group-by: [User, Computer]}\n`
  })
  return [...rules, ...correlations].join('---\n')
}

/** `--size` hits of ten rules, invented, through ten correlations: each over a rule of its own, and each over all rules. */
export const correlate: Measure = {
  about: `invented hits in ${groups} live groups through ${types.length} correlations of all kinds, each over a rule of its own (a hit meets one of them), then each over all rules (a hit meets all); making the hits timed apart`,
  needs: 'nothing',
  drill: 2_000_000,
  runs: 3,
  rates: [
    { unit: 'hits/s', count: 'hits', time: 'one correlation a hit' },
    { unit: 'hits/s', count: 'hits', time: 'ten correlations a hit' },
  ],
  async run({ size }) {
    const watch = new Stopwatch()
    const one = await runOver({ shared: false, size, watch, step: 'one correlation a hit' })
    const ten = await runOver({ shared: true, size, watch, step: 'ten correlations a hit' })
    return {
      counts: {
        hits: one.summary.hits,
        groups: one.groups,
        'detections, one a hit': one.detections,
        'detections, ten a hit': ten.detections,
        'left out': one.leftOut + ten.leftOut,
      },
      times: watch.times,
      cores: watch.cores,
      corpus: {
        folder: '',
        label: `${size} invented hits`,
        files: [],
        bytes: 0,
        leftOut: 0,
        unpackFaults: 0,
        sha256: createHash('sha256').update(`correlate ${size}`).digest('hex'),
        country: '',
        zone: '',
      },
    }
  },
}

async function runOver({ shared, size, watch, step }: { shared: boolean; size: number; watch: Stopwatch; step: string }) {
  const loaded = loadRules([{ name: 'invented.yml', text: rulesText(shared) }])
  const ids = [...names, rare].map((name) => loaded.rules.find((rule) => rule.name === name)?.id ?? '')
  const invent = inventor(ids)
  const users = new Set<string>()
  let detections = 0
  const correlator = new Correlator<number>(loaded.correlations, { emit: () => (detections += 1) })
  for (let n = 0; n < size; n += batch) {
    const hits = await watch.time('make the hits', () => invent(n, Math.min(size, n + batch)))
    for (const hit of hits) users.add(hit.fields['User'] ?? '')
    await watch.time(step, () => hits.forEach((hit) => correlator.take(hit)))
  }
  const summary = await watch.time(step, () => correlator.finish())
  const { leftEarly, withoutTime, late } = summary
  return { summary, detections, groups: users.size, leftOut: leftEarly + withoutTime + late }
}

/** Makes hits by number, the same in every run. */
function inventor(ids: readonly string[]): (from: number, to: number) => Hit<number>[] {
  let seed = 1
  const below = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 4_294_967_296) * limit)
  }
  const start = Date.parse('2026-05-01T00:00:00Z')
  return (from, to) =>
    Array.from({ length: to - from }, (_, n) => {
      const group = below(groups)
      const fields = {
        User: `User${group}`,
        Computer: `PC-${group % 5_000}`,
        Target: `10.0.${below(4)}.${below(250)}`,
        Port: String(below(1_000)),
        Bytes: String(below(10_000)),
      }
      const rule = ids[below(rareOnceIn) === 0 ? ids.length - 1 : below(ids.length - 1)] ?? ''
      return { rule, time: isoMicros(start + ((from + n) * 1_000) / perSecond), host: '', account: '', fields, ref: from + n }
    })
}
