import { bareAccount } from '../names.ts'
import type { Movement } from '../sighting.ts'

/** Days besides its own on which a move is seen before it is a habit. */
const habitDays = 3

/** Is a move one that the same account makes between the same hosts on several other days? */
export function habitualMoves(movements: readonly Movement[]): (move: Movement) => boolean {
  const days = new Map<string, Set<string>>()
  for (const move of movements) days.set(keyOf(move), (days.get(keyOf(move)) ?? new Set()).add(move.time.slice(0, 10)))
  return (move) => (days.get(keyOf(move))?.size ?? 0) > habitDays
}

function keyOf({ from, to, account }: Movement): string {
  return `${from} ${to} ${bareAccount(account)}`
}
