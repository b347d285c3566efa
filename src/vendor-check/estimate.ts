import type { Sizes } from './documents.ts'
import { clopperPearson, type Interval } from './interval.ts'

/** Counts in words and numbers; shares lie between 0 and 1. */
export interface Estimate {
  /** 95 % bounds (Clopper-Pearson) of the share of hits, the sample read as a draw from everything that was taken. */
  readonly share: Interval
  /** The same in rows of the sample, rounded outwards. */
  readonly of: { readonly from: number; readonly to: number }
  /** What the controls say about the search itself, 95 % each. */
  readonly found: Interval
  readonly falselyFound: Interval
  /** Share after allowing for both, and its bounds: three intervals at 1 - 0.05 / 3 each, so that together they hold with 95 %. */
  readonly corrected?: Interval & { readonly best: number }
  readonly controls: 'as-expected' | 'handed-missing' | 'never-found'
  /** Chance that a set with one row in ten left out at random would have shown in the controls. */
  readonly wouldShow: number
}

/** What hits among the sample and its controls allow to be said (rule V12). */
export function estimate(hits: Sizes, sizes: Sizes): Estimate {
  const share = clopperPearson(hits.sample, sizes.sample, 0.95)
  return {
    share,
    of: { from: Math.floor(share.from * sizes.sample), to: Math.ceil(share.to * sizes.sample) },
    found: clopperPearson(hits.handed, sizes.handed, 0.95),
    falselyFound: clopperPearson(hits.never, sizes.never, 0.95),
    ...corrected(hits, sizes),
    controls: hits.never > 0 ? 'never-found' : hits.handed < sizes.handed ? 'handed-missing' : 'as-expected',
    wouldShow: 1 - 0.9 ** sizes.handed,
  }
}

/** (share - false) / (found - false); nothing when the controls cannot tell being found from not being found. */
function corrected(hits: Sizes, sizes: Sizes): Pick<Estimate, 'corrected'> {
  const level = 1 - 0.05 / 3
  const share = clopperPearson(hits.sample, sizes.sample, level)
  const found = clopperPearson(hits.handed, sizes.handed, level)
  const wrong = clopperPearson(hits.never, sizes.never, level)
  if (found.from <= wrong.to) return {}
  const of = (y: number, sensitivity: number, falsely: number): number =>
    Math.min(1, Math.max(0, (y - falsely) / (sensitivity - falsely)))
  const plain = { y: hits.sample / sizes.sample, s: hits.handed / sizes.handed, f: hits.never / sizes.never }
  // Falling in both rates of the controls where y lies between them: the extremes stand at the corners.
  const corners = [found.from, found.to].flatMap((s) =>
    [wrong.from, wrong.to].map((f) => ({ low: of(share.from, s, f), high: of(share.to, s, f) })),
  )
  return {
    corrected: {
      best: of(plain.y, plain.s, plain.f),
      from: Math.min(...corners.map((one) => one.low)),
      to: Math.max(...corners.map((one) => one.high)),
    },
  }
}
