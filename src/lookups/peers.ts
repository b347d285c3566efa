import { logQValues } from './false-discovery.ts'
import { level } from './level.ts'
import { logBetaBinomialTail } from './negative-binomial.ts'

/** Peers below which a team is no group of its own, and trials below which an account is not judged. */
const [leastPeers, leastTrials] = [8, 10]

/** An account, its team, its trials and its hits. */
interface Row {
  readonly account: string
  readonly team: string
  readonly n: number
  readonly k: number
}

/** An account beyond its peers: hits expected of a peer with as many trials, ln p and ln q. */
type Beyond = Row & { readonly expected: number; readonly logP: number; readonly logQ: number }

/** Rounds after which the measure is taken as it is; it mostly stands after two. */
const mostRounds = 10

/** The accounts beyond their peers. Those that are set no measure: what they are held against is fitted anew without them, until it stands. */
export function beyondPeers(all: readonly Row[]): Beyond[] {
  const rows = all.filter((row) => row.n > 0)
  const tested = rows.filter((row) => row.n >= leastTrials)
  // Begun without the tenth that lies highest, so that a few far out do not hide others.
  const order = rows.toSorted((a, b) => b.k / b.n - a.k / a.n)
  let apart: ReadonlySet<Row> = new Set(order.slice(0, Math.floor(order.length / 10)))
  for (let round = 0; ; round += 1) {
    const found = beyond(
      tested,
      rows.filter((row) => !apart.has(row)),
    )
    const same = found.length === apart.size && found.every((one) => apart.has(one.row))
    if (same || round === mostRounds) return found.map(({ row, ...rest }) => ({ ...row, ...rest }))
    apart = new Set(found.map((one) => one.row))
  }
}

/** Accounts beyond what `peers` do, by Benjamini and Hochberg. */
function beyond(
  tested: readonly Row[],
  peers: readonly Row[],
): { readonly row: Row; readonly expected: number; readonly logP: number; readonly logQ: number }[] {
  const byTeam = Map.groupBy(peers, (row) => row.team)
  const concentration = concentrationOf(peers)
  const [everybody, ofTeam] = [shareOf(peers), new Map<string, number>()]
  for (const [team, own] of byTeam) if (team !== '' && own.length >= leastPeers) ofTeam.set(team, shareOf(own))
  const all = tested.map((row) => {
    const share = ofTeam.get(row.team) ?? everybody
    const expected = share * row.n
    const deviation = Math.sqrt(expected * (1 - share) * (1 + (row.n - 1) / (concentration + 1)))
    // So near to what is expected p is above the level, unless shares heap up at 0 and 1.
    const isUsual = Math.min(share, 1 - share) * concentration >= 0.5 && row.k <= expected + deviation / 2
    return { row, expected, logP: isUsual ? 0 : logBetaBinomialTail({ n: row.n, share, concentration, k: row.k }) }
  })
  const logQ = logQValues(
    all.map((one) => ({ logP: one.logP, count: 1 })),
    all.length,
  )
  return all.flatMap((one, at) => ((logQ[at] ?? 0) > Math.log(level) ? [] : [{ ...one, logQ: logQ[at] ?? 0 }]))
}

interface Counted {
  readonly n: number
  readonly k: number
}

function shareOf(peers: readonly Counted[]): number {
  const [k, n] = peers.reduce(([a, b], one) => [a + one.k, b + one.n], [0, 0])
  return (k + 0.5) / (n + 1)
}

/** Concentration of the shares of accounts about that of all, by moments, with the dispersion a standard error above what is met. */
function concentrationOf(rows: readonly Counted[]): number {
  if (rows.length < leastPeers) return 20
  const share = shareOf(rows)
  const spread = share * (1 - share)
  // E (k - n share)^2 = n spread (1 + (n - 1) rho), summed over accounts; rho = 1 / (concentration + 1).
  let [met, squares, whole] = [0, 0, 0]
  for (const { k, n } of rows) {
    const one = (k - n * share) ** 2 - n * spread
    met += one
    squares += one * one
    whole += n * (n - 1) * spread
  }
  const rho = whole === 0 ? 0.5 : Math.min(0.5, Math.max(1e-4, (met + Math.sqrt(squares)) / whole))
  return 1 / rho - 1
}
