import type { Examined } from './examined.ts'
import { recombined, seededParts } from './invention.ts'
import type { Linkage } from './linkage.ts'
import { mix, type Mixture } from './mixture.ts'
import { logSum, model, tempering } from './model.ts'
import { densityOf, withForeign, type SourceFit } from './row-fit.ts'
import type { Part } from './shares.ts'

/** A source that is tried as (part of) the answer. */
export interface Main {
  readonly of: 'source' | 'second'
  readonly copy?: string
  readonly fit: SourceFit
}

/** What every row is under a source at one noise. */
type Logs = Required<Pick<Part, 'log' | 'foreign' | 'even'>>

/** The sources of a sample with their densities, each computed once; tries answers made of them (rule P7). */
export class Pool {
  readonly #examined: Examined
  readonly #fits: ReadonlyMap<Linkage, SourceFit>
  readonly #weight: number
  /** What telling one source of a row from another counts, against what its cells count (rule P9). */
  readonly #split: number
  readonly #known = new Map<SourceFit, Map<number, Logs>>()
  readonly #leaks: readonly Linkage[]
  readonly #recombined: readonly Float64Array[]
  /** Rows made up by any of the ways that do not rest on one person's record. */
  readonly #invented: Float64Array

  constructor(options: { readonly examined: Examined; readonly fits: ReadonlyMap<Linkage, SourceFit>; readonly weight: number }) {
    this.#examined = options.examined
    this.#fits = options.fits
    this.#weight = options.weight
    this.#split = tempering(options.examined.rows.length, 'people') / options.weight
    this.#leaks = [...options.fits.keys()].filter((linkage) => linkage.copy.kind === 'leak')
    this.#recombined = recombined(options.examined, options.fits)
    const ways = [options.examined.invented, ...this.#recombined]
    this.#invented = options.examined.invented.map(
      (_, at) => logSum(ways.map((way) => way[at] ?? -Infinity)) - Math.log(ways.length),
    )
  }

  fit(linkage: Linkage): SourceFit {
    const fit = this.#fits.get(linkage)
    if (fit === undefined) throw new Error('a linkage that was not fitted')
    return fit
  }

  /** The sample as rows of the main sources, known leaks (but one) and invention. `split`: what telling the main sources apart counts. */
  answer(main: readonly Main[], { but, split = 1 }: { readonly but?: Linkage; readonly split?: number } = {}): Mixture {
    const { rows } = this.#examined
    return mix({
      rows: rows.length,
      weight: this.#weight,
      split,
      partsAt: (noise) => [
        ...main.map((one): Part => ({
          of: one.of,
          main: true,
          ...this.#logs(one.fit, noise),
          ...(one.copy === undefined ? {} : { copy: one.copy }),
        })),
        ...this.#leakParts(noise, but),
        { of: 'invented', main: false, log: this.#invented },
      ],
    })
  }

  /** The sample as invention beside rows of known leaks (rule P19). `seeded`: mostly around real values. */
  invention(): { readonly mixture: Mixture; readonly seeded: boolean } {
    const { rows } = this.#examined
    const mixture = mix({
      rows: rows.length,
      weight: this.#weight,
      partsAt: (noise) => [
        ...[
          this.#examined.invented,
          ...seededParts({ examined: this.#examined, fits: this.#fits, noise }),
          ...this.#recombined,
        ].map((log): Part => ({ of: 'invented', main: true, log })),
        ...this.#leakParts(noise),
      ],
    })
    const ways = mixture.parts.flatMap((part, at) => (part.main ? [mixture.shares[at] ?? 0] : []))
    return { mixture, seeded: ways.slice(1).some((share) => share > 0.3) }
  }

  /**
   * What telling rows of a second source from those of the first counts (rule P9). In full for a source that does not hold all fields of the sample:
   * it fits every row in which those are damaged.
   */
  split(second?: SourceFit): number {
    return second !== undefined && second.foreign.any ? 1 : this.#split
  }

  /** log P of every row as one of a copy. */
  density(linkage: Linkage, noise: number): Float64Array {
    return this.#logs(this.fit(linkage), noise).log
  }

  /** Positions of the rows that a copy explains at least as well as each of `others`, known leaks and invention. */
  betterBy(
    linkage: Linkage,
    { others, noise }: { readonly others: readonly Linkage[]; readonly noise: number },
  ): ReadonlySet<number> {
    const rivals = [this.elsewhere(noise), ...others.map((other) => this.density(other, noise))]
    const better = new Set<number>()
    for (const [at, log] of this.density(linkage, noise).entries())
      if (rivals.every((rival) => log >= (rival[at] ?? -Infinity))) better.add(at)
    return better
  }

  /** log P of every row as one of a known leak, or made up: by the likelier of them. */
  elsewhere(noise: number): Float64Array {
    const leaks = this.#leakParts(noise)
    const all = Float64Array.from(this.#invented)
    for (const { log } of leaks)
      for (let at = 0; at < all.length; at += 1) all[at] = Math.max(all[at] ?? -Infinity, log[at] ?? -Infinity)
    return all
  }

  #leakParts(noise: number, but?: Linkage): Part[] {
    return this.#leaks
      .filter((leak) => leak !== but)
      .map((leak): Part => ({
        of: 'leak',
        copy: leak.copy.id,
        main: false,
        ...this.#logs(this.fit(leak), noise),
      }))
  }

  #logs(fit: SourceFit, noise: number): Logs {
    const byNoise = this.#known.get(fit) ?? new Map<number, Logs>()
    this.#known.set(fit, byNoise)
    const found = byNoise.get(noise) ?? logsOf(fit, densityOf(fit, this.#examined, noise))
    byNoise.set(noise, found)
    return found
  }
}

function logsOf({ foreign }: SourceFit, log: Float64Array): Logs {
  return { log, foreign, even: withForeign(log, foreign, model.empty.foreign) }
}
