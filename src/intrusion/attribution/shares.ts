import type { AttributionFit } from './attack-groups.ts'
import { isSpecific, type Weighed } from './weigh.ts'

/** The least that "a group that is not in ATT&CK" is ever given. */
export const leastUnknown = 0.1

/** Groups named at most; more that fit equally are no answer. */
export const mostNamed = 5

/** A group further from the best than so many temperatures has less than a twentieth of its posterior: it does not fit equally. */
const furthest = 3

/** Posteriors of weighed groups, in their order: scores in bits over the temperature, beside the share of an unknown group. */
export function sharesOf(
  weighed: readonly Pick<Weighed, 'score'>[],
  fit: Pick<AttributionFit, 'temperature' | 'unknown'>,
): { readonly shares: readonly number[]; readonly unknown: number } {
  const unknown = Math.max(leastUnknown, fit.unknown)
  const best = Math.max(...weighed.map((one) => one.score))
  const odds = weighed.map((one) => Math.exp((one.score - best) / 1e6 / fit.temperature))
  const sum = odds.reduce((total, one) => total + one, 0)
  return { shares: odds.map((one) => ((1 - unknown) * one) / sum), unknown }
}

/**
 * The groups that fit as well as the best one (first in the list). Their distance to it is below the temperature; or below one
 * standard deviation of what other items of the same weights would have given (the root of the summed squares of what each item
 * adds to one and not to the other), and below three temperatures.
 */
export function inseparable(weighed: readonly Weighed[], fit: Pick<AttributionFit, 'temperature'>): Weighed[] {
  const [best] = weighed
  if (best === undefined) return []
  const values = valuesOf(best)
  return weighed.filter((one) => {
    const distance = (best.score - one.score) / 1e6
    if (one === best || distance < fit.temperature) return true
    return distance < furthest * fit.temperature && distance < deviation(values, valuesOf(one))
  })
}

/** Why no group is named. */
export type Refusal = 'too many' | 'nothing specific' | 'techniques alone' | 'no specific tool'

/**
 * Whether something can be said of the groups that fit equally: they are few, something specific speaks for one of them, and not
 * techniques alone; for a single group a specific tool or indicator has to.
 */
export function verdictOf(
  fitting: readonly Weighed[],
): { readonly verdict: 'consistent' | 'not separable' } | { readonly verdict: 'insufficient'; readonly why: Refusal } {
  const agreements = fitting.flatMap((one) => one.agreements)
  const tools = agreements.filter(({ item }) => item.kind === 'software' || item.kind === 'indicator')
  const no = (why: Refusal) => ({ verdict: 'insufficient', why }) as const
  if (fitting.length > mostNamed) return no('too many')
  if (!agreements.some(isSpecific)) return no('nothing specific')
  if (tools.length === 0) return no('techniques alone')
  if (fitting.length > 1) return { verdict: 'not separable' }
  return tools.some(isSpecific) ? { verdict: 'consistent' } : no('no specific tool')
}

function valuesOf({ agreements, absent }: Weighed): ReadonlyMap<string, number> {
  const each = absent.micro / Math.max(1, absent.techniques.length)
  return new Map([
    ...agreements.map((one): [string, number] => [one.item.id, one.micro / 1e6]),
    ...absent.techniques.map((id): [string, number] => [id, each / 1e6]),
  ])
}

function deviation(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const id of new Set([...a.keys(), ...b.keys()])) sum += ((a.get(id) ?? 0) - (b.get(id) ?? 0)) ** 2
  return Math.sqrt(sum)
}
