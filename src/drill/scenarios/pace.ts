import { dayMs, wallHour } from '../calendar.ts'
import type { Random } from '../random.ts'
import type { World } from './world.ts'

/** How many of `daily` to tell of on one day: fewer where the period is long. */
export function some(world: World, random: Random, daily: number): number {
  return random.poisson(Math.max(0.05, daily * world.share * Math.min(1, 40 / world.days)))
}

/** A moment of a day when people are awake. */
export function awake(random: Random, start: number): number {
  for (;;) {
    const at = start + random.below(dayMs)
    if (wallHour(at) >= 7 || random.chance(0.2)) return at
  }
}
