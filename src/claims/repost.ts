import type { Passage } from './passage.ts'

/** Words that a text must have to be told apart from a common phrase. */
const enough = 8
/** Share of three-word pieces that two texts must have in common. */
const alike = 0.75
/** Passages compared with others that are not the same word for word. */
const most = 4_000

/**
 * Passages that say what an earlier one of somebody else said: a forward without its mark, a copy on a forum. In: all passages. Out: for
 * each re-post the passage it repeats. Of equal texts the earliest is the original; one without a time is never the original of another.
 */
export function repostsIn(passages: readonly Passage[]): Map<Passage, Passage> {
  const posts = passages
    .filter((one) => one.author !== undefined)
    .map((passage) => ({ passage, words: wordsOf(passage.text) }))
    .filter((one) => one.words.length >= enough)
    .sort((a, b) =>
      timeOf(a.passage) < timeOf(b.passage) ? -1 : timeOf(a.passage) > timeOf(b.passage) ? 1 : a.passage.order - b.passage.order,
    )
    .slice(0, most)
  const byPiece = new Map<string, number[]>()
  const pieces = posts.map(
    ({ words }) => new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`)),
  )
  const found = new Map<Passage, Passage>()
  for (const [index, { passage }] of posts.entries()) {
    const own = pieces[index] as Set<string>
    const counts = new Map<number, number>()
    for (const piece of own) {
      const holders = byPiece.get(piece)
      for (const earlier of holders ?? []) counts.set(earlier, (counts.get(earlier) ?? 0) + 1)
      if (holders === undefined) byPiece.set(piece, [index])
      else if (holders.length < 50) holders.push(index)
    }
    for (const [earlier, shared] of counts) {
      const original = posts[earlier]?.passage
      const union = own.size + (pieces[earlier]?.size ?? 0) - shared
      if (original === undefined || shared / union < alike || sameSource(original, passage)) continue
      found.set(passage, found.get(original) ?? original)
      break
    }
  }
  return found
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function timeOf(passage: Passage): string {
  return (passage.at ?? passage.reportedAt)?.at ?? '9999'
}

/** The same channel saying it again is a post of its own. */
function sameSource(a: Passage, b: Passage): boolean {
  return a.author === b.author && a.channel === b.channel
}
