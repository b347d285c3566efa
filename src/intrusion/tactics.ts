/** ATT&CK tactics in the soft order in which an intrusion tends to use them. */
const order = [
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
] as const

/** Tactics by which data is taken. */
export const taking: ReadonlySet<string> = new Set(['collection', 'exfiltration'])

/** Place of a tactic in the order; unknown ones (newer ATT&CK versions) stand with execution. */
function tacticRank(tactic: string): number {
  const rank = order.indexOf(tactic as (typeof order)[number])
  return rank < 0 ? 1 : rank
}

/** The tactic a hit is told under: the furthest along the order that its rule names. */
export function mainTactic(tactics: readonly string[]): string {
  return tactics.toSorted((a, b) => tacticRank(b) - tacticRank(a) || (a < b ? -1 : 1))[0] ?? 'execution'
}

/** Longest chain of ever later tactics within a sequence: how well it fits the order, without demanding it. */
export function orderedLength(tactics: readonly string[]): number {
  const tails: number[] = []
  for (const tactic of tactics) {
    const rank = tacticRank(tactic)
    const at = tails.findIndex((tail) => tail >= rank)
    if (at < 0) tails.push(rank)
    else tails[at] = rank
  }
  return tails.length
}
