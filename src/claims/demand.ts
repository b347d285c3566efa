import { pointsOf } from './lexicon/points.ts'
import { pricesIn } from './number.ts'
import type { Said } from './sentence.ts'
import type { Quoted } from './thread.ts'

const demanding =
  /\b(?:demand(?:s|ed|ing)?|we (?:want|require|expect|ask)|(?:you|they|\p{Lu}\w+) must|must (?:pay|issue|contact|publish|admit|respond)|pay(?:ment)?\b.{0,40}\b(?:or|to|us|within)|(?:issue|make|publish|release) an? (?:public|official|press) (?:statement|apology)|contact us|if no\b|unless\b|price|for sale|selling|asking (?:price )?for|apologi[sz]e|to pay\b|if .{1,40}(?:does not|doesn't|do not|don't|fails? to|refuses? to) (?:pay|respond|issue|comply|cooperate)|come forward)/iu

/** The demand that a sentence of the actor makes, with its price; undefined when it makes none. */
export function demandIn(said: Said): Quoted | undefined {
  const { flat } = said
  const prices = pricesIn(flat)
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
