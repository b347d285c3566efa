import { printable, sha256, type Moment } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { defanged } from '../defang.ts'
import type { ClaimDocument } from '../document.ts'
import { passagesOf } from '../passages-of.ts'
import type { WatchWord } from './watch-word.ts'
import { meetsOf } from './words-met.ts'

/** A post of a watched source in which words were met. */
export interface WatchedPost {
  /** The same for the same words of the same channel, wherever they are read again. */
  readonly key: string
  readonly channel: string
  readonly author?: string
  /** When it was posted; absent when only somebody else's time is known. */
  readonly at?: Moment
  readonly reportedAt?: Moment
  readonly met: readonly Met[]
  readonly cite: Cite
}

/** A word in a post. */
export interface Met {
  readonly word: WatchWord
  /** `as-written`, or `look-alike`: with other letters or digits that look the same. */
  readonly how: 'as-written' | 'look-alike'
  readonly times: number
  /** The words around it the first time: links defanged, long numbers cut. */
  readonly around: string
}

/** Signs of context on either side. */
const around = 80

/**
 * The posts of some documents that hold one of the words, in the order of the documents; how many posts there were. `zone` is assumed for
 * times that state none, `country` for phone numbers without a country code.
 */
export function watchedPosts(
  documents: readonly ClaimDocument[],
  words: readonly WatchWord[],
  options: { readonly zone?: string; readonly country?: string } = {},
): { readonly posts: number; readonly met: readonly WatchedPost[] } {
  const passages = passagesOf(documents, options.zone)
  const seen = new Set<string>()
  const met: WatchedPost[] = []
  for (const { title, about, text, attachments, channel, author, at, reportedAt, cite } of passages) {
    const pictured = attachments.flatMap((one) => one.text ?? [])
    const whole = [title, about, text, ...pictured].filter((part) => part !== undefined).join('\n')
    const key = sha256(`${channel}\n${whole}`).slice(0, 32)
    if (seen.has(key)) continue
    seen.add(key)
    const meets = meetsOf(whole, words, options.country)
    if (meets.length === 0) continue
    met.push({
      key,
      channel,
      ...(author === undefined ? {} : { author }),
      ...(at === undefined ? {} : { at }),
      ...(reportedAt === undefined ? {} : { reportedAt }),
      met: meets.map(({ word, how, times, text: read, from, to }) => ({ word, how, times, around: contextOf(read, from, to) })),
      cite,
    })
  }
  return { posts: seen.size, met }
}

function contextOf(text: string, from: number, to: number): string {
  const cut = text.slice(Math.max(0, from - around), to + around)
  return printable(defanged(cut).replace(/\d[\d ()-]{6,24}\d/g, (run) => `${run.slice(0, 5)}…`))
    .replace(/\s+/g, ' ')
    .trim()
}
