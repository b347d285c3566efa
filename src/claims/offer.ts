import { pattern } from './language/languages.ts'
import { pricesIn } from './number.ts'
import type { Said } from './sentence.ts'
import type { Quoted } from './thread.ts'

const selling = pattern('selling')
const noPrice = pattern('no-price')
const pricing = pattern('pricing')
const repriced = pattern('repriced')

/** True when sentences of a post offer something to buyers. */
export function sellsIn(flats: readonly string[]): boolean {
  return flats.some((flat) => selling.test(flat))
}

/** True when a sentence offers data to buyers or tells its price there; `sells` says that the post around it does. */
export function isOffer(flat: string, sells: boolean): boolean {
  return (
    selling.test(flat) ||
    (sells && (pricing.test(flat) || (pricesIn(flat).length > 0 && flat.length < 80 && !noPrice.test(flat))))
  )
}

/** What a sentence of the actor offers to buyers, with its price; undefined when it offers nothing. */
export function offerIn(said: Said, sells: boolean): Quoted | undefined {
  if (!isOffer(said.flat, sells)) return undefined
  const price = askedOf(said.flat, pricesIn(said.flat))
  return { text: said.text, ...(price ? { quantity: price.quantity, unit: price.unit } : {}), cite: said.cite }
}

/** The price that is asked: the first told, and the last where one was changed (`from $25,000 to $9k`). */
export function askedOf<T>(flat: string, prices: readonly T[]): T | undefined {
  return repriced.test(flat) ? prices.at(-1) : prices[0]
}
