import { tellsHabits } from '../habits.ts'
import type { Sighting } from '../sighting.ts'
import type { Access } from './astray.ts'
import { countedUp } from './counted-up.ts'
import { largeReads } from './large-reads.ts'
import { largeTransfers } from './large-transfers.ts'
import { newPlaces } from './new-places.ts'
import type { OddSearch } from './oddity.ts'

/** What is unusual on this estate. */
export interface Oddities {
  readonly sightings: readonly Sighting[]
  /** Servers whose records say how many rows a statement read: there, what reads few is ordinary. */
  readonly measured: ReadonlySet<string>
  /** Sessions at gateways, devices and servers. */
  readonly accesses: readonly Access[]
}

/** Things this estate does not do on other days; where the logs span under two weeks, only counting up and leavers' accounts, which need no other days. */
export async function findOddities(search: OddSearch): Promise<Oddities> {
  const counted = await countedUp(search)
  const { sightings: places, accesses } = await newPlaces(search)
  if (!tellsHabits(search)) return { sightings: [...counted, ...places], measured: new Set(), accesses }
  const { sightings: reads, measured } = await largeReads(search)
  return { sightings: [...counted, ...places, ...reads, ...(await largeTransfers(search))], measured, accesses }
}
