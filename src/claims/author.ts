import { namesIn } from './name.ts'
import { flatten } from './sentence.ts'

const line =
  /^\W{0,4}(?:(?:posted|written|published) by:?|(?:seller|author|poster|user|username|nickname|from):)\s+["@]?([\p{L}\p{N}_$@.-]{3,40})/iu
const introduction = /^(?:(?:hello|hi|greetings|attention)[^.!?]{0,40}[,.!]\s)?(?:we are|i am|this is)\s(?:the\s)?/i
const deeds =
  /(?:^|[^\p{L}])(?:we|i)(?:'ve|\shave)?\s(?:\w+\s)?(?:hacked|breached|stole|stolen|copied|took|taken|downloaded|exfiltrated|encrypted|sell|selling|leaked|dumped|own|publish|broke)\b|^\W*(?:selling|for sale|wts)\b/iu

/** True for a line that only tells who wrote a text. */
export function isAuthorLine(text: string): boolean {
  return text.length <= 120 && line.test(text)
}

/**
 * Who wrote a text that is the actor's own message and no report: a note or a forum post that names its author (`Posted by x`,
 * `Seller: x`, `We are X.`) and tells its deeds in the first person outside quotation marks. In: its paragraphs. Undefined for others.
 */
export function authorOf(paragraphs: readonly { readonly text: string }[]): string | undefined {
  const told = paragraphs.some(({ text }) => deeds.test(flatten(text).replace(/"[^"]*(?:"|$)/g, ' ')))
  if (!told) return undefined
  for (const { text } of paragraphs) {
    const written = text.length <= 120 ? line.exec(text)?.[1]?.replace(/[.]+$/, '') : undefined
    if (written !== undefined) return written
    const flat = flatten(text)
    const lead = introduction.exec(flat)
    const name = lead ? namesIn(flat).find((one) => one.start === lead[0].length) : undefined
    if (name && /^(?:\s(?:group|team|gang|collective|crew))?\s?(?:[.,!:]|$)/i.test(flat.slice(name.end))) return name.text
  }
  return undefined
}
