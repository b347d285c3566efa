import type { LetterTexts } from './texts.ts'

/** A word or sentence that a customer may not understand. */
export interface PlainRemark {
  readonly where: string
  readonly text: string
}

/** Long sentences and words of the trade in what people wrote. Words are looked for as they stand, in any case, from the beginning of a word on. */
export function plainRemarks(
  parts: readonly { readonly where: string; readonly text: string }[],
  texts: LetterTexts,
): PlainRemark[] {
  return parts.flatMap(({ where, text }) => {
    const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')} `
    const found = texts.jargon.filter((one) => words.includes(` ${one}`))
    const long = text
      .split(/[.!?]\s/)
      .map((sentence) => sentence.split(/\s+/).filter((word) => word !== '').length)
      .filter((count) => count > texts.longSentence)
    return [
      ...found.map((word) => ({ where, text: `"${word}" is a word of the trade: say it as a customer would` })),
      ...long.map((count) => ({
        where,
        text: `a sentence has ${count} words: more than ${texts.longSentence} are hard to read`,
      })),
    ]
  })
}
