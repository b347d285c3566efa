import { pattern } from './language/languages.ts'
import { namesIn } from './name.ts'
import { isOwnWords, tellsOfOthers, type OwnVoices } from './own-words.ts'
import { flatten } from './sentence.ts'

const line = pattern('author-line', 'iu')
const introduction = pattern('introduction', 'iu')
const deeds = pattern('deeds', 'iu')
/** Words that stand where a name would and are none. */
const nobody = /^(?:dr|mr|mrs|ms|prof|dato|datuk|encik|puan|the|a|an|somebody|someone|anonymous|unknown|admin|our|my|staff)$/i

const closing =
  /^[-–—~\s]*(?:(?:yours(?: truly)?|(?:kind |best |warm )?regards|signed(?: by)?|with love|love|cheers|sincerely|greetings|salam|sekian)\b,?\s)?(?:from\s|the\s)?/iu
const masthead =
  /^\W*(\p{Lu}[\p{L}\p{N}$]*(?: \p{Lu}[\p{L}\p{N}$]*){0,3}) (?:blog|leaks?|leak site|data leaks?|wall of shame|press|disclosures|archive|news|(?:\/\/|::|\||>>|»|-|~) ?(?:victims?|leaks?|blog|wall|portal|news))\W*$/iu

/** A name as forums have them, in one word: `gl00m`, `penyu_malam`, `papermoth`. */
const handles = /^(?:\p{Ll}[\p{L}\p{N}_.-]*|\S*[\d_]\S*)$/u

/** True for a line that only tells who wrote a text. */
export function isAuthorLine(text: string): boolean {
  return text.length <= 120 && writtenBy(text) !== undefined
}

/**
 * Who wrote a text that is the actor's own message and no report: a note or a forum post that names its author (`Posted by x`,
 * `Seller: x`, `We are X.`, a signature) and tells its deeds in the first person outside quotation marks. In: its paragraphs, whose words they
 * sound like, and the sender's name of a mail. Undefined for others.
 */
export function authorOf(
  paragraphs: readonly { readonly text: string }[],
  voices: OwnVoices,
  sender?: string,
): string | undefined {
  const told = paragraphs.some(({ text }) =>
    text.split('\n').some((part) => deeds.test(flatten(part).replace(/"[^"]*(?:"|$)/g, ' '))),
  )
  if (tellsOfOthers(voices) || voices.hit > voices.own || (voices.examined > 0 && 2 * voices.examined > voices.own))
    return undefined
  // A handle as author, and nobody else speaks: a post.
  const posted = paragraphs.slice(0, 3).flatMap(({ text }) => text.split('\n').slice(0, 4))
  const handle = posted
    .map((part) => (part.length <= 120 ? writtenBy(part) : undefined))
    .find((name) => name !== undefined && handles.test(name))
  if (handle !== undefined && voices.hit + voices.office + voices.others === 0) return handle
  if (!told && !isOwnWords(voices)) return undefined
  return signedBy(paragraphs, sender)
}

/** The name that the writer of a text gives: a line `Posted by x`, `We are X.`, the sender of a mail, a signature. In: its paragraphs. */
export function signedBy(paragraphs: readonly { readonly text: string }[], sender?: string): string | undefined {
  const head = masthead.exec(flatten(paragraphs[0]?.text.split('\n')[0] ?? ''))?.[1]
  if (head !== undefined) return head
  for (const { text } of paragraphs) {
    const written = text.split('\n').map((part) => (part.length <= 120 ? writtenBy(part) : undefined))
    const first = written.find((name) => name !== undefined)
    if (first !== undefined) return first
    const flat = flatten(text)
    const lead = introduction.exec(flat)
    const name = lead ? namesIn(flat).find((one) => one.start === lead[0].length) : undefined
    if (name && /^(?:\s(?:group|team|gang|collective|crew))?\s?(?:[.,!:]|$)/i.test(flat.slice(name.end))) return name.text
  }
  return sender === undefined || sender === '' ? signatureOf(paragraphs) : sender
}

function writtenBy(text: string): string | undefined {
  const match = line.exec(text)
  const groups: Record<string, string | undefined> = match?.groups ?? {}
  const name = Object.values(groups)
    .find((one) => one !== undefined)
    ?.replace(/[.]+$/, '')
  return name === undefined || nobody.test(name) ? undefined : name
}

/** A last line of a name alone, `Yours, Iron Samovar`. */
function signatureOf(paragraphs: readonly { readonly text: string }[]): string | undefined {
  const last = flatten(paragraphs.at(-1)?.text.split('\n').at(-1) ?? '').replace(closing, '')
  const name = namesIn(last)[0]
  return name !== undefined && name.text === last && last.length <= 40 ? last : undefined
}
