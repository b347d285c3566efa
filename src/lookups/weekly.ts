import type { Baseline } from './baseline.ts'
import type { Candidate } from './reader-graph.ts'
import { level } from './level.ts'

/** Factors by which reads without a reason may exceed what is expected; each weighs a third. */
const factors = [10, 100, 1_000] as const

/**
 * Sequential test over the weeks (rule E1): at the end of each week e = the mean over factors of the likelihood of the unexplained days so far at
 * that factor against the expected rate; the k subscribers with the largest are told when the k-th is at least S / (level k) (e-BH). Gives by
 * subscriber the last day of the first week in which it would have been told. Values of earlier weeks are not used again.
 */
export function toldInWeek(options: {
  readonly candidates: readonly Candidate[]
  readonly baseline: Baseline
  readonly tests: number
  /** First and last day of the log, since 1970. */
  readonly first: number
  readonly last: number
}): ReadonlyMap<string, number> {
  const { candidates, baseline, tests, first, last } = options
  const told = new Map<string, number>()
  const whole = last - first + 1
  const known = new Map<string, number>()
  for (let end = first + 6; end <= last; end += 7) {
    const share = (end - first + 1) / whole
    const logs: { subscriber: string; log: number }[] = []
    for (const one of candidates) {
      const u = new Set(one.reads.flatMap(([, day]) => (day <= end ? [day] : []))).size
      if (u < 2) continue
      const x = one.explained.reduce((sum, day) => sum + (day <= end ? 1 : 0), 0)
      const key = `${x}/${u}/${end}`
      const log = known.get(key) ?? meanOf(factors.map((factor) => baseline.logRatio({ x, u, factor, share })))
      known.set(key, log)
      logs.push({ subscriber: one.subscriber, log })
    }
    logs.sort((a, b) => b.log - a.log)
    let many = 0
    for (const [at, { log }] of logs.entries()) if (log >= Math.log(tests / (level * (at + 1)))) many = at + 1
    for (const { subscriber } of logs.slice(0, many)) if (!told.has(subscriber)) told.set(subscriber, end)
  }
  return told
}

function meanOf(logs: readonly number[]): number {
  const most = Math.max(...logs)
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length)
}
