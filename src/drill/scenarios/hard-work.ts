import { changeWindow, databaseCopy, partnerSync, warehouseExport } from './hard-data.ts'
import { fullScan, newAdministrator, rollOut, troubleAtNight } from './hard-hosts.ts'
import type { World } from './world.ts'

/** Honest work that looks like an intruder's: what a good answer must not make a story of. */
const kinds = {
  'trouble at night': troubleAtNight,
  'new administrator': newAdministrator,
  'roll-out of a service': rollOut,
  'full scan': fullScan,
  'table copied': databaseCopy,
  'router change window': changeWindow,
  'partner reads its customers': partnerSync,
  'report unloaded': warehouseExport,
} as const satisfies Readonly<Record<string, (world: World) => void>>

/** Tells of so many kinds of such work, drawn by the seed. Returns which. */
export function hardWork(world: World, count: number): readonly string[] {
  const drawn = new Set(world.random('hard').shuffled(Object.keys(kinds)).slice(0, count))
  const told = Object.entries(kinds).filter(([name]) => drawn.has(name))
  for (const [, tell] of told) tell(world)
  return told.map(([name]) => name)
}
