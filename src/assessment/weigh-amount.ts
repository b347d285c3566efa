import type { Asserted } from './weight.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Verdict } from '../provenance/index.ts'

/** What the size of the table behind a sample says about a claimed amount; `cannot-tell` where a part of the table would fit as well. */
export interface AmountWeight {
  readonly says: 'supports' | 'contradicts' | 'cannot-tell'
  readonly ground: Sentence
}

/** Amounts are claimed in round figures. */
const rounding = 0.1
/** Prices, bytes and the like are no rows. */
const rowUnits = /^(line|row|record|entr|person|people|individual|subscriber|customer|user|account|contract|target)/i

/**
 * A claimed amount of rows against the table that the sample's own numbers suggest (Goodman 1954). Undefined when the claim gives no such amount or the
 * numbers tell nothing. It is a ground beside others: it supposes numbers given out one after another and rows drawn from all of them, so it decides
 * nothing alone.
 */
export function weighAmount(asserted: Asserted, provenance: Verdict): AmountWeight | undefined {
  const { quantity, unit, qualifier } = asserted
  const sign = provenance.signs?.find((one) => one.table !== undefined)
  if (sign?.table === undefined || quantity === undefined || !rowUnits.test(unit ?? '')) return undefined
  const { least, about, most } = sign.table
  const amount = `${qualifier === undefined || qualifier === 'exactly' ? '' : `${qualifier} `}${count(quantity)} ${unit ?? ''}`
  const size = `By the sample's own numbers the table it comes from has about ${count(about)} rows, 95 % at most ${count(most)}`
  const answer = (says: AmountWeight['says'], text: string): AmountWeight => ({
    says,
    ground: { text: `${size}. ${text}`, cites: sign.sentence.cites },
  })
  const within = quantity <= most * (1 + rounding)
  if (!within && qualifier !== 'at most')
    return answer(
      'contradicts',
      `That contradicts ${amount}, if the rows shown were drawn from all that is claimed and numbers are given out one after another; rows of one part of it would show less.`,
    )
  if (within && (quantity >= least * (1 - rounding) || qualifier === 'at least'))
    return answer(
      'supports',
      `That supports ${amount} as the size of the table, if every number is in use; it does not show that all of it was taken.`,
    )
  return answer(
    'cannot-tell',
    within
      ? `Whether ${amount} were taken cannot be told by it: a part of the table may have been taken, and numbers may have been left unused.`
      : `Whether ${amount} were taken cannot be told by it: any smaller number fits these words.`,
  )
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
