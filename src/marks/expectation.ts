import type { CutCounts } from './cut.ts'
import { informationPerSite, unknownNoiseBits } from './likelihood.ts'
import { siteKinds } from './site-kinds.ts'

/** What may happen to a copy between its recipient and a sample. */
const treatments = ['as handed out', 'lower-cased', 'white space normalised', 'both'] as const

export type Treatment = (typeof treatments)[number]

/** How many rows of an extract tell its recipient, under one treatment. */
export interface Expectation {
  readonly treatment: Treatment
  /** Sites that outlive it, and bits they carry per row without further noise. */
  readonly sites: number
  readonly bitsPerRow: number
  /** Rows of a random sample for odds of 10^6 : 1, by share of spellings changed besides; null: no number is enough. */
  readonly rowsNeeded: readonly { readonly noise: number; readonly rows: number | null }[]
}

const noises = [0, 0.05, 0.2] as const

/**
 * The expectation under each treatment. Rows needed are those whose expected information reaches log2(10^6) bits and what it costs
 * not to know the noise: 20, 28 and 72 rows of one site at 0, 5 and 20 % if it were known.
 */
export function expectations(counts: CutCounts, pooled: boolean): readonly Expectation[] {
  return treatments.map((treatment) => {
    const outliving = counts.sites.filter((one) => one.sites > 0 && outlives(one.kind, treatment))
    const sites = outliving.reduce((sum, one) => sum + one.sites, 0)
    const needed = Math.log2(1e6) + unknownNoiseBits(outliving.length)
    const perRow = counts.rows === 0 ? 0 : sites / counts.rows
    const rowsNeeded = noises.map((noise) => {
      const bits = perRow * informationPerSite(noise, pooled)
      const rows = bits === 0 ? Infinity : Math.ceil(needed / bits)
      return { noise, rows: rows <= counts.rows ? rows : null }
    })
    return { treatment, sites, bitsPerRow: perRow * informationPerSite(0, pooled), rowsNeeded }
  })
}

function outlives(name: string, treatment: Treatment): boolean {
  const survives = siteKinds.find((kind) => kind.name === name)?.survives
  if (survives === undefined) return false
  switch (treatment) {
    case 'as handed out':
      return true
    case 'lower-cased':
      return survives.lowerCasing
    case 'white space normalised':
      return survives.spaceNormaliser
    case 'both':
      return survives.lowerCasing && survives.spaceNormaliser
  }
}
