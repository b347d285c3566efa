import { logSum, model } from './model.ts'
import { apartOf, evenLogs, fitShares, likeliestPart, sumLog, type Part, type Sources } from './shares.ts'

/** The sample under one answer: so many rows from each part. */
export interface Mixture {
  /** log P(sample | answer), averaged over the noise and over pure or mixed; in nats, tempered. */
  readonly log: number
  /** The likeliest noise and shares of the parts (they sum to 1). */
  readonly noise: number
  readonly shares: readonly number[]
  readonly parts: readonly Pick<Part, 'of' | 'copy' | 'main'>[]
  /** Weight (0 to 1) of the cases in which rows come from elsewhere than the main parts. */
  readonly mixed: number
  /** Per examined row: the part that explains it best. */
  readonly part: Uint8Array
  /** Share of the rows that the first of two main parts explains clearly better than the second, and the other way round. */
  readonly apart: readonly [number, number]
  /** Does the second of two main parts not hold all fields of the sample? */
  readonly lacking: boolean
}

/**
 * Weighs a sample as rows drawn from several parts (rule P7): for the likelier noises of the grid the likeliest shares by
 * expectation maximisation (Dempster, Laird, Rubin 1977), at half the logarithm of the rows for each share that was fitted,
 * against the pure case in which the parts beside the main ones have the least share. Main parts come first.
 */
export function mix(options: {
  readonly partsAt: (noise: number) => readonly Part[]
  readonly rows: number
  readonly weight: number
  /** What telling which main part a row comes from counts, against what its cells count (rule P9); 1 when absent. */
  readonly split?: number
}): Mixture {
  const { partsAt, rows, weight, split = 1 } = options
  const grid = model.noise.grid.map((noise) => ({ noise, parts: partsAt(noise) }))
  const first = grid[0]?.parts ?? []
  const main = first.filter((part) => part.main).length
  const count = first.length
  const elsewhere = count - main
  const least = elsewhere === 0 ? 0 : model.leastShare / elsewhere
  const pureStart = first.map((_, at) => (at < main ? (1 - least * elsewhere) / main : least))
  const free = spread(count, main)
  const tried = likelier(grid, { rows, weight, main, split, start: free }).map(({ noise, sources, even }) => {
    const pureFit = fitShares({ sources, even, start: pureStart, free: main === 1 ? 0 : main })
    const freeFit = fitShares({ sources, even, start: free, free: count })
    const fitted = (shares: number): number => (shares * Math.log(Math.max(2, rows))) / 2
    const pure = sumLog(pureFit) * weight - fitted(main - 1)
    const mixed = sumLog(freeFit) * weight - fitted(elsewhere === 0 ? main - 1 : count - 1)
    return { noise, pureFit, freeFit, pure, free: mixed }
  })
  const logs = tried.flatMap((one) => [one.pure + Math.log(0.5), one.free + Math.log(0.5)])
  const top = Math.max(...logs)
  const mass = (one: number): number => Math.exp(one - top)
  const total = logs.reduce((sum, one) => sum + mass(one), 0)
  let mixed = 0
  for (const one of tried) {
    const foreign = one.freeFit.shares.slice(main).reduce((sum, share) => sum + share, 0)
    mixed += (mass(one.free + Math.log(0.5)) / total) * tailAbove({ share: foreign, rows, noise: one.noise })
  }
  const best = tried.reduce((a, b) => (Math.max(b.pure, b.free) > Math.max(a.pure, a.free) ? b : a))
  const fit = best.free >= best.pure ? best.freeFit : best.pureFit
  return {
    log: logSum(logs) - Math.log(model.noise.grid.length),
    noise: best.noise,
    shares: fit.shares,
    parts: first.map(({ of, copy, main }) => ({ of, main, ...(copy === undefined ? {} : { copy }) })),
    mixed,
    part: likeliestPart(fit),
    apart: main === 2 ? apartOf(fit) : [0, 0],
    lacking: main === 2 && first[1]?.foreign?.any === true,
  }
}

/** The noises worth fitting: those that a rough look does not put hopelessly behind the best. */
function likelier(
  grid: readonly { readonly noise: number; readonly parts: readonly Part[] }[],
  options: Omit<Sources, 'parts'> & { readonly weight: number; readonly start: readonly number[] },
): readonly { readonly noise: number; readonly sources: Sources; readonly even: ReturnType<typeof evenLogs> }[] {
  const { weight, start, ...same } = options
  const rough = grid.map(({ noise, parts }) => {
    const sources = { ...same, parts }
    const even = evenLogs(sources)
    return { noise, sources, even, log: sumLog({ logs: even, shares: start }) * weight }
  })
  const top = Math.max(...rough.map(({ log }) => log))
  return rough.filter(({ log }) => log > top - model.roughNats)
}

/** Chance that the true share is at least the one above which a sample is called mixed (more, the noisier the rows): normal approximation of the Beta posterior. */
function tailAbove({ share, rows, noise }: { readonly share: number; readonly rows: number; readonly noise: number }): number {
  const mean = (share * rows + 1) / (rows + 2)
  const deviation = Math.sqrt((mean * (1 - mean)) / (rows + 3))
  return 1 / (1 + Math.exp((-1.702 * (mean - model.mixed - model.mixedPerNoise * noise)) / deviation))
}

function spread(parts: number, main: number): number[] {
  const elsewhere = parts - main
  if (elsewhere === 0) return Array.from({ length: parts }, () => 1 / parts)
  return Array.from({ length: parts }, (_, at) => (at < main ? 0.8 / main : 0.2 / elsewhere))
}
