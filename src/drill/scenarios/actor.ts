import { dayMs } from '../calendar.ts'
import { Random } from '../random.ts'

/** One actor that hits several estates in turn. */
export interface Actor {
  /** The same seed is the same actor; what each estate is like comes from the estate's own seed. */
  readonly seed: number
  /** Which estate this is: 0 is hit first. */
  readonly hit: number
  /** Days by which everything in an estate is later than in the one before. */
  readonly apart: number
}

/** By how many milliseconds everything in the estate is later than in the first. */
export function laterBy(actor: Actor | undefined): number {
  return actor === undefined ? 0 : actor.hit * actor.apart * dayMs
}

/**
 * The sequence from which a thing is drawn that an actor brings along (an address, a name, a program): from one estate to the next
 * each of these things is kept or drawn anew by even chances. Without an actor it is the estate's own sequence.
 */
export function brought(actor: Actor | undefined, thing: string, own: Random): Random {
  if (actor === undefined) return own
  let since = 0
  for (let hit = 1; hit <= actor.hit; hit++) if (new Random(actor.seed, 'actor changes', thing, hit).chance(0.5)) since = hit
  return new Random(actor.seed, 'actor brings', thing, since)
}
