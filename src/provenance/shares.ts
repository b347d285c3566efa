import { microNats, model } from './model.ts'
import { foreignLog, type Foreign } from './row-fit.ts'

/** Where rows may come from, under one answer: log P(row | part), by examined row. `main` parts make the answer, the others are "from elsewhere". */
export interface Part {
  readonly of: 'source' | 'second' | 'leak' | 'invented'
  /** Id of the copy or leak. */
  readonly copy?: string
  readonly main: boolean
  readonly log: Float64Array
  /** Cells of fields that it does not hold; what part of them is left empty is fitted, but for the answer's own source. */
  readonly foreign?: Foreign
}

/** The parts, the main ones first. */
export interface Sources extends Omit<Logs, 'parts'> {
  readonly parts: readonly Part[]
}

/** Shares fitted, and what every row is under them. */
interface Fit {
  readonly logs: Logs
  readonly shares: readonly number[]
}

/** What every row is under each part; `empty`: how often each leaves the fields empty that it does not hold. */
export function logsOf(sources: Sources, empty?: readonly number[]): Logs {
  return {
    ...sources,
    parts: sources.parts.map(({ log, foreign }, part) => {
      if (foreign === undefined) return log
      const added = foreignLog(foreign, empty?.[part] ?? model.empty.foreign)
      return log.map((one, at) => one + (added[at] ?? 0))
    }),
  }
}

/** log P(row | part) of all parts, the main ones first; `split`: what the split among the main parts counts. */
interface Logs {
  readonly parts: readonly Float64Array[]
  readonly rows: number
  readonly main: number
  readonly split: number
}

/**
 * log P(row) under the shares, and in `held` how probably the row comes from each part. Among the main parts the split counts less than the cells
 * do: split x log sum of q e^(log P / split), q their shares among themselves, is the largest mean of log P less split x the divergence from q.
 */
function rowLog({ parts, main, split }: Logs, shares: Shares, at: number, held: Float64Array): number {
  let top = -Infinity
  for (let part = 0; part < main; part += 1) {
    const log = (parts[part]?.[at] ?? -Infinity) / split + (shares.within[part] ?? 0)
    held[part] = log
    if (log > top) top = log
  }
  let sum = 0
  if (top > -Infinity)
    for (let part = 0; part < main; part += 1) {
      const mass = Math.exp((held[part] ?? -Infinity) - top)
      held[part] = mass
      sum += mass
    }
  const together = top === -Infinity ? -Infinity : shares.main + split * (top + Math.log(sum))
  let most = together
  for (let part = main; part < parts.length; part += 1) {
    const log = (parts[part]?.[at] ?? -Infinity) + (shares.within[part] ?? 0)
    held[part] = log
    if (log > most) most = log
  }
  if (most === -Infinity) {
    held.fill(0)
    return -Infinity
  }
  const whole = Math.exp(together - most)
  let all = whole
  for (let part = main; part < parts.length; part += 1) {
    const mass = Math.exp((held[part] ?? -Infinity) - most)
    held[part] = mass
    all += mass
  }
  for (let part = 0; part < parts.length; part += 1)
    held[part] = part < main ? (sum === 0 ? 0 : ((held[part] ?? 0) / sum) * (whole / all)) : (held[part] ?? 0) / all
  return most + Math.log(all)
}

/** Logarithms of the shares: of all main parts together, and of each main part among them; of every other part. */
interface Shares {
  readonly main: number
  readonly within: readonly number[]
}

function logShares(shares: readonly number[], main: number): Shares {
  const log = (share: number): number => Math.log(Math.max(share, 1e-9))
  const all = shares.slice(0, main).reduce((sum, share) => sum + share, 0)
  return { main: log(all), within: shares.map((share, part) => (part < main ? log(share / Math.max(all, 1e-9)) : log(share))) }
}

/** The likeliest shares; only the first `free` parts move, the others keep their share. With them how often rows put in are empty where their source has no field. */
export function fitShares(sources: Sources, start: readonly number[], free: number): Fit {
  const { parts, rows, main } = sources
  let shares = [...start]
  let logs = logsOf(sources)
  const kept = shares.slice(free).reduce((sum, share) => sum + share, 0)
  const row = new Float64Array(parts.length)
  const rounds = free === 0 ? 0 : model.emRounds
  for (let round = 0; round < rounds; round += 1) {
    const now = logShares(shares, main)
    const held = new Float64Array(parts.length)
    const blank = new Float64Array(parts.length).fill(1)
    const filled = new Float64Array(parts.length).fill(1)
    for (let at = 0; at < rows; at += 1) {
      rowLog(logs, now, at, row)
      for (let part = 0; part < parts.length; part += 1) {
        const share = row[part] ?? 0
        const foreign = parts[part]?.foreign
        held[part] = (held[part] ?? 0) + share
        if (foreign === undefined) continue
        blank[part] = (blank[part] ?? 0) + share * (foreign.blank[at] ?? 0)
        filled[part] = (filled[part] ?? 0) + share * (foreign.filled[at] ?? 0)
      }
    }
    const moving = held.slice(0, free).reduce((sum, one) => sum + one, 0)
    if (moving === 0) return { logs, shares }
    const next = shares.map((share, part) => (part < free ? ((held[part] ?? 0) / moving) * (1 - kept) : share))
    floorMain(next, Math.min(main, free))
    const moved = next.reduce((most, share, part) => Math.max(most, Math.abs(share - (shares[part] ?? 0))), 0)
    shares = next
    logs = logsOf(
      sources,
      parts.map(({ of }, part) =>
        of === 'source' ? model.empty.foreign : (blank[part] ?? 1) / ((blank[part] ?? 1) + (filled[part] ?? 1)),
      ),
    )
    if (moved < 5e-4) break
  }
  return { logs, shares }
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

/** log P of all rows under the shares; the same in any order of the rows. */
export function sumLog({ logs, shares }: Fit): number {
  const now = logShares(shares, logs.main)
  const held = new Float64Array(logs.parts.length)
  let micro = 0
  for (let at = 0; at < logs.rows; at += 1) micro += microNats(rowLog(logs, now, at, held))
  return micro / 1e6
}

/** Per row the part it comes from most probably. */
export function likeliestPart({ logs, shares }: Fit): Uint8Array {
  const now = logShares(shares, logs.main)
  const held = new Float64Array(logs.parts.length)
  return Uint8Array.from({ length: logs.rows }, (_, at) => {
    rowLog(logs, now, at, held)
    return held.reduce((best, share, part) => (share > (held[best] ?? 0) ? part : best), 0)
  })
}

/** Share of the rows that the first part explains clearly better than the second and whatever else there is, and the other way round. */
export function apartOf({ logs }: Fit): readonly [number, number] {
  const [one, other] = logs.parts
  if (one === undefined || other === undefined || logs.rows === 0) return [0, 0]
  let first = 0
  let second = 0
  for (let at = 0; at < logs.rows; at += 1) {
    const more = (one[at] ?? -Infinity) - (other[at] ?? -Infinity)
    const elsewhere = logs.parts.slice(2).reduce((most, log) => Math.max(most, log[at] ?? -Infinity), -Infinity)
    if (more > model.better && (one[at] ?? -Infinity) > elsewhere) first += 1
    else if (-more > model.better && (other[at] ?? -Infinity) > elsewhere) second += 1
  }
  return [first / logs.rows, second / logs.rows]
}
