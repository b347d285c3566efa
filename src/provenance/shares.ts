import { microNats, model } from './model.ts'
import { withForeign, type Foreign } from './row-fit.ts'

/** Where rows may come from, under one answer: log P(row | part), by examined row. `main` parts make the answer, the others are "from elsewhere". */
export interface Part {
  readonly of: 'source' | 'second' | 'leak' | 'invented'
  /** Id of the copy or leak. */
  readonly copy?: string
  readonly main: boolean
  readonly log: Float64Array
  /** Cells of fields that it does not hold; what part of them is left empty is fitted, but for the answer's own source. */
  readonly foreign?: Foreign
  /** `log` with those fields left empty in every second row, where that is known already. */
  readonly even?: Float64Array
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

/** What every row is under each part, when every second row is empty in the fields that the part does not hold. */
export function evenLogs(sources: Sources): Logs {
  return {
    ...sources,
    parts: sources.parts.map(
      ({ log, foreign, even }) => even ?? (foreign === undefined ? log : withForeign(log, foreign, model.empty.foreign)),
    ),
  }
}

/** The same when other shares of the rows (`empty`, by part) are; those of the answer's own source stay. */
function logsAt(sources: Sources, before: Logs, empty: readonly number[]): Logs {
  return {
    ...before,
    parts: sources.parts.map(({ of, log, foreign }, part) =>
      of === 'source' || foreign?.any !== true
        ? (before.parts[part] ?? log)
        : withForeign(log, foreign, empty[part] ?? model.empty.foreign),
    ),
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
  const { within } = shares
  const count = parts.length
  let top = -Infinity
  for (let part = 0; part < main; part += 1) {
    const log = (parts[part]?.[at] ?? -Infinity) / split + (within[part] ?? 0)
    held[part] = log
    if (log > top) top = log
  }
  let sum = 0
  if (top > -Infinity)
    if (main === 1) {
      held[0] = 1
      sum = 1
    } else
      for (let part = 0; part < main; part += 1) {
        const mass = Math.exp((held[part] ?? -Infinity) - top)
        held[part] = mass
        sum += mass
      }
  const together = top === -Infinity ? -Infinity : shares.main + split * (main === 1 ? top : top + Math.log(sum))
  let most = together
  for (let part = main; part < count; part += 1) {
    const log = (parts[part]?.[at] ?? -Infinity) + (within[part] ?? 0)
    held[part] = log
    if (log > most) most = log
  }
  if (most === -Infinity) {
    held.fill(0)
    return -Infinity
  }
  const whole = Math.exp(together - most)
  let all = whole
  for (let part = main; part < count; part += 1) {
    const mass = Math.exp((held[part] ?? -Infinity) - most)
    held[part] = mass
    all += mass
  }
  const inside = sum === 0 ? 0 : whole / all
  for (let part = 0; part < main; part += 1) held[part] = sum === 0 ? 0 : ((held[part] ?? 0) / sum) * inside
  for (let part = main; part < count; part += 1) held[part] = (held[part] ?? 0) / all
  return most + Math.log(all)
}

/** Logarithms of the shares: of all main parts together, and of each main part among them; of every other part. */
interface Shares {
  readonly main: number
  readonly within: Float64Array
}

function logShares(shares: readonly number[], main: number): Shares {
  const log = (share: number): number => Math.log(Math.max(share, 1e-9))
  const all = shares.slice(0, main).reduce((sum, share) => sum + share, 0)
  return {
    main: log(all),
    within: Float64Array.from(shares, (share, part) => (part < main ? log(share / Math.max(all, 1e-9)) : log(share))),
  }
}

/**
 * The likeliest shares; only the first `free` parts move, the others keep their share. With them how often rows put in are empty where their source has no
 * field. `even`: what every row is at first (`evenLogs`).
 */
export function fitShares(options: {
  readonly sources: Sources
  readonly even: Logs
  readonly start: readonly number[]
  readonly free: number
}): Fit {
  const { sources, even, start, free } = options
  const { parts, rows, main } = sources
  let shares = [...start]
  let logs = even
  const kept = shares.slice(free).reduce((sum, share) => sum + share, 0)
  const row = new Float64Array(parts.length)
  const fitted = parts.flatMap(({ of, foreign }, part) =>
    of !== 'source' && foreign?.any === true ? [{ part, ...foreign }] : [],
  )
  const rounds = free === 0 ? 0 : model.emRounds
  for (let round = 0; round < rounds; round += 1) {
    const now = logShares(shares, main)
    const held = new Float64Array(parts.length)
    const blank = new Float64Array(parts.length).fill(1)
    const filled = new Float64Array(parts.length).fill(1)
    for (let at = 0; at < rows; at += 1) {
      rowLog(logs, now, at, row)
      for (let part = 0; part < row.length; part += 1) held[part] = (held[part] ?? 0) + (row[part] ?? 0)
      for (const foreign of fitted) {
        const share = row[foreign.part] ?? 0
        blank[foreign.part] = (blank[foreign.part] ?? 0) + share * (foreign.blank[at] ?? 0)
        filled[foreign.part] = (filled[foreign.part] ?? 0) + share * (foreign.filled[at] ?? 0)
      }
    }
    const moving = held.slice(0, free).reduce((sum, one) => sum + one, 0)
    if (moving === 0) return { logs, shares }
    const next = shares.map((share, part) => (part < free ? ((held[part] ?? 0) / moving) * (1 - kept) : share))
    floorMain(next, Math.min(main, free))
    const moved = next.reduce((most, share, part) => Math.max(most, Math.abs(share - (shares[part] ?? 0))), 0)
    shares = next
    if (fitted.length > 0)
      logs = logsAt(
        sources,
        even,
        parts.map((_, part) => (blank[part] ?? 1) / ((blank[part] ?? 1) + (filled[part] ?? 1))),
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
    return mostOf(held)
  })
}

function mostOf(held: Float64Array): number {
  let best = 0
  for (let part = 1; part < held.length; part += 1) if ((held[part] ?? 0) > (held[best] ?? 0)) best = part
  return best
}

/** Share of the rows that the first part explains clearly better than the second and whatever else there is, and the other way round. */
export function apartOf({ logs }: Fit): readonly [number, number] {
  const [one, other, ...others] = logs.parts
  if (one === undefined || other === undefined || logs.rows === 0) return [0, 0]
  let first = 0
  let second = 0
  for (let at = 0; at < logs.rows; at += 1) {
    const more = (one[at] ?? -Infinity) - (other[at] ?? -Infinity)
    let elsewhere = -Infinity
    for (const log of others) elsewhere = Math.max(elsewhere, log[at] ?? -Infinity)
    if (more > model.better && (one[at] ?? -Infinity) > elsewhere) first += 1
    else if (-more > model.better && (other[at] ?? -Infinity) > elsewhere) second += 1
  }
  return [first / logs.rows, second / logs.rows]
}
