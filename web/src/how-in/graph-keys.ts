import type { Positions } from './graph-shape.ts'

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/** More than any drawing is wide: what lies more aside than ahead comes after everything else. */
const farAside = 1e6

/** The node that an arrow key leads to: the nearest in that direction, what lies straight ahead before what lies aside; undefined for other keys. */
export function neighbour(positions: Positions, from: string, key: string): string | undefined {
  const direction = directions[key]
  const here = positions[from]
  if (direction === undefined || here === undefined) return undefined
  let best: { id: string; far: number } | undefined
  for (const [id, { x, y }] of Object.entries(positions)) {
    const [dx, dy] = [x - here.x, y - here.y]
    const ahead = dx * direction[0] + dy * direction[1]
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0])
    if (id === from || ahead <= 0.5) continue
    const far = ahead + 2 * aside + (aside > 1.2 * ahead ? farAside : 0)
    if (best === undefined || far < best.far) best = { id, far }
  }
  return best?.id ?? from
}
