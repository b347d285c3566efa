import type { Sentence } from '../evidence/index.ts'
import type { DayRange } from '../events/index.ts'
import type { Findings } from './findings.ts'
import { other } from './need.ts'
import { verdictStrength } from './strength.ts'
import { agrees, decided, leaning, open, type Asserted, type Weight } from './weight.ts'

/** Values of so many days before the claim count as new. */
const newDays = 90
const dayMs = 86_400_000

/**
 * "It is new", or "it is of March 2024" (A8): the day the values are of, against the day the claim became known (`YYYY-MM-DD`) or the days it states. A sample that is old says nothing about what
 * was not shown, and one found in a known leak is no new one, whoever copied it.
 */
export function weighAge(
  asserted: Asserted,
  findings: Findings,
  { known, stated }: { readonly known: string | undefined; readonly stated: DayRange | undefined },
): Weight {
  const { provenance, dayOne } = findings
  const needs = [other('rows with dates or values that change, compared with copies of several days')]
  if (provenance === undefined && dayOne?.window === undefined)
    return open(asserted, 'No sample has been handed over whose age could be told.', [other('a sample of the data claimed')])
  const cites = provenance?.grounds[0]?.cites ?? dayOne?.cites ?? [asserted.cite]
  if (provenance?.verdict === 'recycled')
    return decided('contradicted', [{ text: `${provenance.statement} It was out before this claim.`, cites }], {
      strength: verdictStrength(provenance),
    })
  if (provenance?.verdict === 'fabricated' || provenance?.verdict === 'login-list')
    return open(asserted, 'Rows that look invented or gathered have no age as a copy of a table.', needs)
  const asOf = agrees(provenance) ? provenance.sources[0]?.asOf : undefined
  const [from, to] = asOf === undefined ? [dayOne?.window?.earliest, dayOne?.window?.latest] : [asOf.from, asOf.to]
  if (from === undefined && to === undefined) return open(asserted, 'Nothing in the sample tells the day it was cut.', needs)
  const span =
    from !== undefined && to !== undefined
      ? `between ${from} and ${to}`
      : to === undefined
        ? `of ${from ?? ''} or later`
        : `of ${to} or earlier`
  const dated: Sentence = { text: `The sample's values are ${span}.`, cites }
  const padded = (provenance?.padding.rows ?? 0) > 0
  const strength = asOf === undefined || provenance === undefined ? 'moderate' : verdictStrength(provenance)
  if (stated !== undefined) {
    const said = stated.from === stated.to ? stated.from : `${stated.from} to ${stated.to}`
    const text = `${dated.text} The days stated are ${said}.`
    if ((to !== undefined && to < stated.from) || (from !== undefined && from > stated.to))
      return decided('contradicted', [{ text, cites }], { strength })
    if (from !== undefined && to !== undefined && from >= stated.from && to <= stated.to && !padded)
      return decided('supported', [{ text, cites }], { strength })
    return leaning('for', [{ text, cites }], { strength: 'weak', needs })
  }
  if (known === undefined) return leaning('for', [dated], { strength: 'weak', needs: [other('the day the claim became known')] })
  const since = new Date(Date.parse(known) - newDays * dayMs).toISOString().slice(0, 10)
  if (to !== undefined && to < since) {
    const text = `The sample's values are ${span}, ${daysBetween(to, known)} days or more before the claim became known on ${known}.`
    return decided('contradicted', [{ text, cites }], { strength })
  }
  if (from !== undefined && from >= since && !padded) {
    const text = `The sample's values are ${span}, within ${newDays} days of the claim (${known}).`
    return decided('supported', [{ text, cites }], { strength })
  }
  const mixed = padded ? ` ${(provenance?.padding.rows ?? 0).toLocaleString('en-US')} of its rows stand in an older leak.` : ''
  return leaning('for', [{ text: `${dated.text}${mixed}`, cites }], { strength: 'weak', needs })
}

function daysBetween(from: string, to: string): string {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs).toLocaleString('en-US')
}
