import { limits } from '../base/index.ts'
import type { ClaimedTime, HandedOver, Mismatch } from './handed-over.ts'
import { handedRules } from './handed-rules.ts'
import { handedTogether } from './handed-together.ts'

/** Mismatches told of one rule; further ones are counted. */
const mostTold = 8

/** Sets what was handed over against claim and sample. Says what does not fit; never why. Sorted by rule, then name. */
export function mismatches(handed: readonly HandedOver[], claimed: ClaimedTime): Mismatch[] {
  const found = handedTogether(handed, claimed).flatMap((one) => handedRules(one, claimed))
  return shortened(found.toSorted((a, b) => compare(a.rule, b.rule) || compare(a.about, b.about) || compare(a.text, b.text)))
}

function shortened(all: readonly Mismatch[]): Mismatch[] {
  const told = new Map<string, number>()
  const shown: Mismatch[] = []
  const rest: Mismatch[] = []
  for (const one of all) {
    const count = (told.get(one.rule) ?? 0) + 1
    told.set(one.rule, count)
    if (count <= mostTold) shown.push(one)
    else rest.push(one)
  }
  const [first] = rest
  if (first === undefined) return shown
  const text = `${rest.length} further items handed over do not fit either; rules ${[...new Set(rest.map((one) => one.rule))].join(', ')}.`
  const cites = rest.flatMap((one) => one.cites.slice(0, 1)).slice(0, limits.citesPerSentence)
  const { host: _, system: __, ...plain } = first
  return [...shown, { ...plain, about: 'further items', text, cites }]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
