import { logSum, microNats, model } from './model.ts'

/** Where rows may come from, under one answer: log P(row | part), by examined row. `main` parts make the answer, the others are "from elsewhere". */
export interface Part {
  readonly of: 'source' | 'second' | 'leak' | 'invented'
  /** Id of the copy or leak. */
  readonly copy?: string
  readonly main: boolean
  readonly log: Float64Array
}

/** The sample under one answer: so many rows from each part. */
export interface Mixture {
  /** log P(sample | answer), averaged over the noise and over pure or mixed; in nats, tempered. */
  readonly log: number
  /** The likeliest noise and shares of the parts (they sum to 1). */
  readonly noise: number
  readonly shares: readonly number[]
  readonly parts: readonly Omit<Part, 'log'>[]
  /** Weight (0 to 1) of the cases in which rows come from elsewhere than the main parts. */
  readonly mixed: number
  /** Per examined row: the part that explains it best. */
  readonly part: Uint8Array
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
}): Mixture {
  const { partsAt, rows, weight } = options
  const grid = model.noise.grid.map((noise) => ({ noise, parts: partsAt(noise) }))
  const first = grid[0]?.parts ?? []
  const main = first.filter((part) => part.main).length
  const count = first.length
  const elsewhere = count - main
  const least = elsewhere === 0 ? 0 : model.leastShare / elsewhere
  const pureStart = first.map((_, at) => (at < main ? (1 - least * elsewhere) / main : least))
  const tried = likelier(grid, { rows, weight, start: spread(count, main) }).map(({ noise, parts }) => {
    const logs = parts.map((part) => part.log)
    const pureShares = main === 1 ? pureStart : fitShares(logs, rows, pureStart, { free: main, main })
    const freeShares = fitShares(logs, rows, spread(count, main), { free: count, main })
    const fitted = (shares: number): number => (shares * Math.log(Math.max(2, rows))) / 2
    const pure = sumLog(logs, rows, pureShares) * weight - fitted(main - 1)
    const free = sumLog(logs, rows, freeShares) * weight - fitted(elsewhere === 0 ? main - 1 : count - 1)
    return { noise, logs, pureShares, freeShares, pure, free }
  })
  const logs = tried.flatMap((one) => [one.pure + Math.log(0.5), one.free + Math.log(0.5)])
  const top = Math.max(...logs)
  const mass = (one: number): number => Math.exp(one - top)
  const total = logs.reduce((sum, one) => sum + mass(one), 0)
  let mixed = 0
  for (const one of tried) {
    const foreign = one.freeShares.slice(main).reduce((sum, share) => sum + share, 0)
    mixed += (mass(one.free + Math.log(0.5)) / total) * tailAbove({ share: foreign, rows, noise: one.noise })
  }
  const best = tried.reduce((a, b) => (Math.max(b.pure, b.free) > Math.max(a.pure, a.free) ? b : a))
  const shares = best.free >= best.pure ? best.freeShares : best.pureShares
  return {
    log: logSum(logs) - Math.log(model.noise.grid.length),
    noise: best.noise,
    shares,
    parts: first.map(({ of, copy, main }) => ({ of, main, ...(copy === undefined ? {} : { copy }) })),
    mixed,
    part: likeliestPart(best.logs, rows, shares),
  }
}

/** The shares of all parts at one noise, without any of them being the answer. */
export function sharesOf(parts: readonly Part[], rows: number): readonly number[] {
  return fitShares(
    parts.map((part) => part.log),
    rows,
    spread(parts.length, parts.length),
    { free: parts.length, main: parts.length },
  )
}

/** The noises worth fitting: those that a rough look does not put hopelessly behind the best. */
function likelier(
  grid: readonly { readonly noise: number; readonly parts: readonly Part[] }[],
  options: { readonly rows: number; readonly weight: number; readonly start: readonly number[] },
): readonly { readonly noise: number; readonly parts: readonly Part[] }[] {
  const { rows, weight, start } = options
  const rough = grid.map(
    ({ parts }) =>
      sumLog(
        parts.map((part) => part.log),
        rows,
        start,
      ) * weight,
  )
  const top = Math.max(...rough)
  return grid.filter((_, at) => (rough[at] ?? -Infinity) > top - model.roughNats)
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

type Logs = readonly Float64Array[]

/** The likeliest shares; only the first `free` parts move, the others keep their share. */
function fitShares(
  parts: Logs,
  rows: number,
  start: readonly number[],
  { free, main }: { readonly free: number; readonly main: number },
): number[] {
  let shares = [...start]
  const kept = shares.slice(free).reduce((sum, share) => sum + share, 0)
  for (let round = 0; round < model.emRounds; round += 1) {
    const logs = shares.map((share) => Math.log(Math.max(share, 1e-9)))
    const held = new Float64Array(parts.length)
    const weights = new Float64Array(parts.length)
    for (let at = 0; at < rows; at += 1) {
      let top = -Infinity
      for (let part = 0; part < parts.length; part += 1) {
        const log = (parts[part]?.[at] ?? -Infinity) + (logs[part] ?? 0)
        weights[part] = log
        if (log > top) top = log
      }
      if (top === -Infinity) continue
      let sum = 0
      for (let part = 0; part < parts.length; part += 1) {
        const weight = Math.exp((weights[part] ?? -Infinity) - top)
        weights[part] = weight
        sum += weight
      }
      for (let part = 0; part < parts.length; part += 1) held[part] = (held[part] ?? 0) + (weights[part] ?? 0) / sum
    }
    const moving = held.slice(0, free).reduce((sum, one) => sum + one, 0)
    if (moving === 0) return shares
    const next = shares.map((share, part) => (part < free ? ((held[part] ?? 0) / moving) * (1 - kept) : share))
    floorMain(next, Math.min(main, free))
    const moved = next.reduce((most, share, part) => Math.max(most, Math.abs(share - (shares[part] ?? 0))), 0)
    shares = next
    if (moved < 5e-4) break
  }
  return shares
}

/** An answer that explains less than a certain share of the rows is not the answer: the main parts keep that share (rule P7). */
function floorMain(shares: number[], main: number): void {
  const held = shares.slice(0, main).reduce((sum, share) => sum + share, 0)
  if (held >= model.leastMain || main === shares.length) return
  for (let part = 0; part < shares.length; part += 1) {
    const share = shares[part] ?? 0
    if (part >= main) shares[part] = (share * (1 - model.leastMain)) / (1 - held)
    else shares[part] = held === 0 ? model.leastMain / main : (share * model.leastMain) / held
  }
}

function sumLog(parts: Logs, rows: number, shares: readonly number[]): number {
  const logs = shares.map((share) => Math.log(Math.max(share, 1e-9)))
  let micro = 0
  for (let at = 0; at < rows; at += 1) micro += microNats(rowLog(parts, logs, at))
  return micro / 1e6
}

function rowLog(parts: Logs, logs: readonly number[], at: number): number {
  let top = -Infinity
  for (let part = 0; part < parts.length; part += 1) top = Math.max(top, (parts[part]?.[at] ?? -Infinity) + (logs[part] ?? 0))
  if (top === -Infinity) return -Infinity
  let sum = 0
  for (let part = 0; part < parts.length; part += 1) sum += Math.exp((parts[part]?.[at] ?? -Infinity) + (logs[part] ?? 0) - top)
  return top + Math.log(sum)
}

function likeliestPart(parts: Logs, rows: number, shares: readonly number[]): Uint8Array {
  const logs = shares.map((share) => Math.log(Math.max(share, 1e-9)))
  return Uint8Array.from({ length: rows }, (_, at) => {
    let best = 0
    for (let part = 1; part < parts.length; part += 1) {
      if ((parts[part]?.[at] ?? -Infinity) + (logs[part] ?? 0) > (parts[best]?.[at] ?? -Infinity) + (logs[best] ?? 0)) best = part
    }
    return best
  })
}
