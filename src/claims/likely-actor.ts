import { pattern } from './language/languages.ts'
import { authorityWords, notOrganisations } from './lexicon/roles.ts'
import { foldName, mayBeOrganisation, namesIn } from './name.ts'
import type { Passage } from './passage.ts'

const organisationWord = pattern('organisation-word', 'u')
const gangName = pattern('gang-name', 'iu')
const deedAfter = pattern('likely-after-actor', 'iu')
const cueBefore = pattern('likely-before-actor', 'iu')
const personBefore = pattern('before-person')
/** Points that make a name the claimant's. */
const enough = 2

/**
 * Who the claimant may be where no words say it outright: a name that gangs carry (`Stoat Syndicate`), the subject of a deed (`Copper Jackal
 * leaked`), a name set in quotation marks beside a group or a channel. In: the passages of a document. Names of companies and offices are left out.
 */
export function likelyActor(passages: readonly Passage[]): string | undefined {
  const found = new Map<string, { name: string; points: number }>()
  for (const { said, head, author } of passages) {
    if (author !== undefined || head?.role === 'actor') continue
    for (const { flat } of said)
      for (const { text, start, end } of namesIn(flat)) {
        const words = text.split(' ')
        if (!mayBeOrganisation(text) || words.length > 4 || organisationWord.test(text) || authorityWords.test(text)) continue
        if (words.every((word) => notOrganisations.has(word.toLowerCase())) || head?.name.includes(text) === true) continue
        const before = flat.slice(Math.max(0, start - 80), start)
        const after = flat.slice(end, end + 60)
        if (personBefore.test(before)) continue
        const quoted = /["']$/.test(before) && /^["']/.test(after)
        const points =
          (words.length > 1 && gangName.test(text) ? 2 : 0) +
          (cueBefore.test(before) ? 2 : 0) +
          (deedAfter.test(after) ? 2 : 0) +
          (quoted && words.length <= 3 ? 1 : 0)
        if (points === 0) continue
        const key = foldName(text)
        found.set(key, { name: found.get(key)?.name ?? text, points: (found.get(key)?.points ?? 0) + points })
      }
  }
  const [first] = [...found.values()].sort((a, b) => b.points - a.points || (a.name < b.name ? -1 : 1))
  return first !== undefined && first.points >= enough ? first.name : undefined
}
