import { pointsOf } from './lexicon/points.ts'
import { pricesIn } from './number.ts'
import { isOffer } from './offer.ts'
import type { Said } from './sentence.ts'
import type { Quoted } from './thread.ts'

const demanding =
  /\b(?:demand(?:s|ed|ing)?|we (?:want|require|expect|ask)|(?:you|they|\p{Lu}\w+) must|must (?:pay|issue|contact|publish|admit|respond)|pay(?:ment)?\b.{0,40}\b(?:or|to|us|within)|(?:issue|make|publish|release) an? (?:public|official|press) (?:statement|apology)|contact us|if no\b|unless\b|without an? (?:\w+ ){0,2}(?:statement|apology|payment|answer|reply|response)\b|price|asking for|(?:do not|don't) (?:call|contact|involve|talk)\b|apologi[sz]e|to pay\b|if .{1,40}(?:does not|doesn't|do not|don't|fails? to|refuses? to) (?:pay|respond|issue|comply|cooperate)|come forward)/iu

/** Words by which a sentence presses the victim even where it speaks of a sale. */
const pressing =
  /\b(?:demand(?:s|ed|ing)?|ransom|we (?:want|require|expect|ask)|must|have to|or (?:else|we|the)|otherwise|unless|if (?:you|they|no|the)|refus(?:e|es|ed)|pay (?:us|up)|to (?:delete|decrypt|prevent|avoid|stop))\b/i

/**
 * The demand that a sentence of the actor makes on the victim, with its price; undefined when it makes none. An offer to buyers is
 * none (`sells`: the post around it sells).
 */
export function demandIn(said: Said, sells = false): Quoted | undefined {
  const { flat } = said
  const prices = pricesIn(flat)
  if (isOffer(flat, sells) && !pressing.test(flat)) return undefined
  const points = pointsOf(flat, 'demand')
  const onlyPrice = prices.length > 0 && flat.length < 40
  if ((!demanding.test(flat) && !onlyPrice) || (points.length === 0 && prices.length === 0 && !/\bdemand/i.test(flat)))
    return undefined
  const price = prices[0]
  return {
    text: said.text,
    ...(points.length > 0 ? { points } : {}),
    ...(price ? { quantity: price.quantity, unit: price.unit } : {}),
    cite: said.cite,
  }
}
