import { drawName } from './names.ts'
import { Random } from './random.ts'

export type Team = 'care' | 'retail' | 'dispute' | 'fraud' | 'corporate' | 'vip-desk'

/** A login of somebody who reads records as part of the work. */
export interface Agent {
  readonly account: string
  readonly team: Team
  /** Number of the terminal they sit at. */
  readonly terminal: number
  /** Share of their look-ups for which no reason gets recorded. */
  readonly untold: number
}

const shares: readonly (readonly [Team, number])[] = [
  ['care', 0.58],
  ['retail', 0.22],
  ['dispute', 0.08],
  ['fraud', 0.05],
  ['corporate', 0.04],
  ['vip-desk', 0.03],
]

/** The people who read records, by team; about one per 700 subscribers, at least five per team. */
export function drawStaff(seed: number, size: number): ReadonlyMap<Team, readonly Agent[]> {
  const random = new Random(seed, 'staff')
  const taken = new Set<string>()
  let terminal = 0
  return new Map(
    shares.map(([team, share]) => {
      const count = Math.max(5, Math.round((size / 700) * share))
      return [
        team,
        Array.from({ length: count }, () => ({
          account: account(random, taken),
          team,
          terminal: ++terminal,
          untold: untold(random),
        })),
      ]
    }),
  )
}

/** About Beta(2, 38): 5 % on average, never above 18 %. */
function untold(random: Random): number {
  return Math.min(0.18, (random.wait(1) + random.wait(1)) / 40)
}

function account(random: Random, taken: Set<string>): string {
  const words = drawName(random)
    .name.toLowerCase()
    .split(' ')
    .filter((word) => !['bin', 'binti', 'a/l', 'a/p'].includes(word))
  const stem = `${words[0]}.${words.at(-1)}`
  let name = stem
  for (let number = 2; taken.has(name); number++) name = `${stem}${number}`
  taken.add(name)
  return name
}
