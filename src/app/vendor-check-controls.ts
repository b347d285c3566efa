import { randomInt } from 'node:crypto'
import { canonicalJson } from '../base/index.ts'
import type { ItemRows } from '../vendor-check/index.ts'

/** At most `count` of the items, drawn at random. */
export function drawn(items: ItemRows, count: number): ItemRows {
  const list = [...items]
  for (let at = 0; at < Math.min(count, list.length); at += 1) {
    const other = randomInt(at, list.length)
    const here = list[at]
    const there = list[other]
    if (here === undefined || there === undefined) break
    list[at] = there
    list[other] = here
  }
  return new Map(list.slice(0, count))
}

/** Pairs of values of different rows: each value is real, together they stand in no table but by error. */
export function recombined(handed: ItemRows, count: number): ItemRows {
  const items = [...handed.keys()]
  const out = new Map<string, number>()
  for (let attempt = 0; attempt < count * 20 && out.size < count && items.length > 1; attempt += 1) {
    const parts = (text: string | undefined): [string, string][] => JSON.parse(text ?? '[]') as [string, string][]
    const [first] = parts(items[randomInt(items.length)])
    const rest = parts(items[randomInt(items.length)]).slice(1)
    const item = canonicalJson(first === undefined ? rest : [first, ...rest])
    if (first !== undefined && !handed.has(item)) out.set(item, 0)
  }
  return out
}
