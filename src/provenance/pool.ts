import type { Examined } from './examined.ts'
import { recombined, seededParts } from './invention.ts'
import type { Linkage } from './linkage.ts'
import { mix, sharesOf, type Mixture, type Part } from './mixture.ts'
import { logSum } from './model.ts'
import { densityOf, type SourceFit } from './row-fit.ts'

/** A source that is tried as (part of) the answer. */
export interface Main {
  readonly of: 'source' | 'second'
  readonly copy?: string
  readonly fit: SourceFit
}

/** The sources of a sample with their densities, each computed once; tries answers made of them (rule P7). */
export class Pool {
  readonly #examined: Examined
  readonly #fits: ReadonlyMap<Linkage, SourceFit>
  readonly #weight: number
  readonly #known = new Map<SourceFit, Map<number, Float64Array>>()
  readonly #leaks: readonly Linkage[]
  readonly #recombined: readonly Float64Array[]
  /** Rows made up by any of the ways that do not rest on one person's record. */
  readonly #invented: Float64Array

  constructor(options: { readonly examined: Examined; readonly fits: ReadonlyMap<Linkage, SourceFit>; readonly weight: number }) {
    this.#examined = options.examined
    this.#fits = options.fits
    this.#weight = options.weight
    this.#leaks = [...options.fits.keys()].filter((linkage) => linkage.copy.kind === 'leak')
    this.#recombined = recombined(options.examined, options.fits)
    const ways = [options.examined.invented, ...this.#recombined]
    this.#invented = options.examined.invented.map(
      (_, at) => logSum(ways.map((way) => way[at] ?? -Infinity)) - Math.log(ways.length),
    )
  }

  fit(linkage: Linkage): SourceFit {
    return this.#fits.get(linkage) ?? { cost: 0, rows: [], anybody: new Float64Array() }
  }

  /** The sample as rows of the main sources, known leaks (but one) and invention. */
  answer(main: readonly Main[], but?: Linkage): Mixture {
    const { rows } = this.#examined
    return mix({
      rows: rows.length,
      weight: this.#weight,
      partsAt: (noise) => [
        ...main.map((one): Part => ({
          of: one.of,
          main: true,
          log: this.#density(one.fit, noise),
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

  /** The registered copies by the share of the rows that goes to each when all are tried at once, most first. */
  composition(copies: readonly Linkage[], noise: number): readonly { readonly linkage: Linkage; readonly share: number }[] {
    const parts = [
      ...copies.map((linkage): Part => ({ of: 'source', main: true, log: this.#density(this.fit(linkage), noise) })),
      ...this.#leakParts(noise),
      { of: 'invented', main: true, log: this.#invented } as const,
    ]
    const shares = sharesOf(parts, this.#examined.rows.length)
    return copies
      .map((linkage, at) => ({ linkage, share: shares[at] ?? 0 }))
      .toSorted((a, b) => b.share - a.share || (a.linkage.copy.id < b.linkage.copy.id ? -1 : 1))
  }

  #leakParts(noise: number, but?: Linkage): Part[] {
    return this.#leaks
      .filter((leak) => leak !== but)
      .map((leak): Part => ({ of: 'leak', copy: leak.copy.id, main: false, log: this.#density(this.fit(leak), noise) }))
  }

  #density(fit: SourceFit, noise: number): Float64Array {
    const byNoise = this.#known.get(fit) ?? new Map<number, Float64Array>()
    this.#known.set(fit, byNoise)
    const found = byNoise.get(noise) ?? densityOf(fit, this.#examined, noise)
    byNoise.set(noise, found)
    return found
  }
}
