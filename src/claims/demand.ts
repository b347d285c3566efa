import { pattern } from './language/languages.ts'
import { pointsOf } from './lexicon/points.ts'
import { pricesIn } from './number.ts'
import { askedOf, isOffer } from './offer.ts'
import type { Said } from './sentence.ts'
import type { Quoted } from './thread.ts'

const demanding = pattern('demanding', 'iu')

/** Words by which a sentence presses the victim even where it speaks of a sale. */
const pressing = pattern('pressing')
/** Money that is no price asked of the victim. */
const untilWhen = /\b(?:by|until|before)\b/i
const noPrice = pattern('no-price')

/**
 * The demand that a sentence of the actor makes on the victim, with its price; undefined when it makes none. An offer to buyers is
 * none (`sells`: the post around it sells).
 */
export function demandIn(said: Said, sells = false): Quoted | undefined {
  const { flat } = said
  const prices = noPrice.test(flat) ? [] : pricesIn(flat)
  if (isOffer(flat, sells) && !pressing.test(flat)) return undefined
  const points = pointsOf(flat, 'demand')
  const onlyPrice = prices.length > 0 && (flat.length < 40 || untilWhen.test(flat))
  if ((!demanding.test(flat) && !onlyPrice) || (points.length === 0 && prices.length === 0 && !/\bdemand/i.test(flat)))
    return undefined
  const price = askedOf(flat, prices)
  return {
    text: said.text,
    ...(points.length > 0 ? { points } : {}),
    ...(price ? { quantity: price.quantity, unit: price.unit } : {}),
    cite: said.cite,
  }
}

/** True when a sentence presses somebody to pay or do something. */
export function presses(flat: string): boolean {
  return pressing.test(flat) || /\byou have\b|\byour?\b/i.test(flat)
}
