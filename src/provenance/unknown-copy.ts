import type { Clock } from './clock.ts'
import type { Examined } from './examined.ts'
import type { Linkage } from './linkage.ts'
import type { Mixture } from './mixture.ts'
import { logSum, model } from './model.ts'
import type { Main, Pool } from './pool.ts'
import { refreshed } from './refreshed.ts'
import { foreignOf, type SourceFit } from './row-fit.ts'

/** A copy that nobody registered, as the answer. `log` includes the prior over days. */
export interface UnknownCopy {
  readonly log: number
  readonly mixture: Mixture
  /** The registered extract that it resembles on another day, if any. */
  readonly like?: Linkage
  /** log of the sample as rows of the own system, on the day of its values, of which only the people of a registered extract were taken; without days. */
  readonly filtered: number
}

/** How the prior of an unknown copy is spread: any people of the own system, an extract handed out again, rows of a registered copy beside it. */
const spread = { wide: 0.47, like: 0.47, beside: 0.06 } as const

/** Share of the rows that are new when an extract is handed out again, at most. */
export const mostNew = 0.4

/**
 * A copy that is not registered (rule P12): the own system's people on any day, or the people of a registered extract on any day; alone or with
 * rows of a registered copy beside. Without an own copy: all copies pooled at twice the size of the largest. Undefined without any copy.
 */
export function unknownCopy(options: {
  readonly copies: readonly Linkage[]
  readonly clock: Clock | undefined
  readonly pool: Pool
  readonly examined: Examined
  /** Log of the prior over days, averaged over how well they fit; for an extract handed out again, of days near its own too. */
  readonly days: (like: Linkage | undefined) => number
  /** Copies that may stand beside it. */
  readonly beside: readonly Linkage[]
  /** Nats for a copy from its order and way of writing: an extract handed out again is written in the same way. */
  readonly written: (copy: Linkage) => number
}): UnknownCopy | undefined {
  const { copies, clock, pool, examined } = options
  const own =
    clock?.linkage.copy.kind === 'own'
      ? clock.linkage
      : copies.filter((copy) => copy.copy.kind === 'own').toSorted((a, b) => b.size - a.size)[0]
  if (own === undefined) {
    const [first, ...others] = copies.map((copy) => pool.fit(copy))
    if (first === undefined) return undefined
    const mixture = pool.answer([{ of: 'source', fit: anyOf([first, ...others]) }])
    return { log: mixture.log, mixture, filtered: -Infinity }
  }
  const ownFit = pool.fit(own)
  const days = (like: Linkage | undefined): number => (own === clock?.linkage ? options.days(like) : 0)
  const tried = (fits: readonly Main[], split = 1): Mixture => pool.answer(fits, { split })
  const wide = { mixture: tried([{ of: 'source', fit: ownFit }]) }
  const like = copies
    .filter(
      (copy) => copy !== own && copy.copy.kind === 'extract' && copy.links.size > 0 && copy.links.size * 2 >= own.links.size,
    )
    .map((copy) => {
      const people = { examined, own: ownFit, ownLinkage: own, copy: pool.fit(copy), copyLinkage: copy }
      // People who joined since, or whom the filter of that day let in, come from the own system at large.
      const among = (fields: 'own' | 'both'): Mixture =>
        tried(
          [
            { of: 'source', fit: refreshed({ ...people, fields }) },
            { of: 'source', fit: ownFit },
          ],
          pool.split(),
        )
      const mixture = among('both')
      return { like: copy, mixture, slice: copy.tags.every((tag) => own.tags.includes(tag)) ? mixture : among('own') }
    })
    .filter(({ mixture }) => (mixture.shares[1] ?? 0) <= mostNew * ((mixture.shares[0] ?? 0) + (mixture.shares[1] ?? 0)))
  const beside = options.beside
    .filter((copy) => copy !== own)
    .map((copy) => ({
      mixture: tried(
        [
          { of: 'source', fit: ownFit },
          { of: 'second', copy: copy.copy.id, fit: pool.fit(copy) },
        ],
        pool.split(pool.fit(copy)),
      ),
    }))
    .filter(({ mixture }) => mixture.apart[0] >= mixture.apart[1])
  const groups = [
    { share: spread.wide, ways: [wide], of: 1 },
    { share: spread.like, ways: like, of: like.length },
    { share: spread.beside, ways: beside, of: Math.max(1, copies.length - 1) },
  ].filter((group) => group.ways.length > 0)
  const total = groups.reduce((sum, group) => sum + group.share, 0)
  const all = groups.flatMap(({ share, ways, of }) =>
    ways.map((way: { readonly mixture: Mixture; readonly like?: Linkage }) => ({
      ...way,
      log:
        way.mixture.log +
        Math.log(share / total / of) +
        (way.like === undefined ? days(undefined) : days(way.like) + options.written(way.like)),
    })),
  )
  const best = all.reduce((a, b) => (b.log > a.log ? b : a))
  return {
    log: logSum(all.map((one) => one.log)),
    mixture: best.mixture,
    filtered: logSum([
      -Infinity,
      ...like.map(({ slice, like: copy }) => slice.log + Math.log(sliceWithin(pool.fit(copy), ownFit) / like.length)),
    ]),
    ...(best.like === undefined ? {} : { like: best.like }),
  }
}

/** Chance that a slice of a source lies among the people of an extract: filtered in the same way, or a block that lies there by chance. */
export function sliceWithin(copy: SourceFit, own: SourceFit): number {
  return model.sameFilter + model.block * Math.min(1, copy.size / own.size)
}

/** Rows that any of the copies holds, the likeliest fit of each, as if drawn from twice as many. */
function anyOf(fits: readonly [SourceFit, ...SourceFit[]]): SourceFit {
  const [first] = fits
  const cost = Math.max(0, ...fits.map((fit) => fit.cost)) + Math.LN2
  const blank = Uint8Array.from(first.foreign.blank)
  const filled = Uint8Array.from(first.foreign.filled)
  const rows = first.rows.map((_, at) => {
    const found = fits.flatMap((fit) => {
      const row = fit.rows[at]
      if (row === undefined) return []
      const without = (fit.foreign.blank[at] ?? 0) + (fit.foreign.filled[at] ?? 0)
      const made = { ...row, base: row.base + fit.cost - cost }
      return [{ fit, made, log: made.base - 3.5 * row.different - Math.LN2 * without }]
    })
    const [best] = found.toSorted((a, b) => b.log - a.log)
    if (best === undefined) return undefined
    blank[at] = best.fit.foreign.blank[at] ?? 0
    filled[at] = best.fit.foreign.filled[at] ?? 0
    return best.made
  })
  return { ...first, cost, rows, foreign: foreignOf(blank, filled) }
}
