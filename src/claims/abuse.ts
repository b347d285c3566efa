import type { Moment } from '../base/index.ts'
import { languages } from './language/languages.ts'
import type { Passage } from './passage.ts'
import type { Abuse } from './thread.ts'

const kinds = [
  ...Map.groupBy(
    languages.flatMap((one) => Object.entries(one.abuse)),
    ([key]) => key,
  ),
].map(([key, all]) => [key, new RegExp(all.map(([, words]) => `(?:${words})`).join('|'), 'i')] as const)

/**
 * What customers, banks or the press report of the use of data: phishing, SIM swap, fraud. `predates` says whether it was reported
 * before the first post of the claim; 'unknown' where either time is not known. In: passages that are not the actor's, and the time of
 * the first post.
 */
export function abuseIn(passages: readonly Passage[], firstPost: Moment | undefined): Abuse[] {
  return passages
    .filter((passage) => passage.author === undefined)
    .flatMap((passage) =>
      passage.said.flatMap((said): Abuse[] => {
        const hit = kinds.find(([, words]) => words.test(said.flat))
        if (hit === undefined) return []
        const at = passage.at ?? passage.reportedAt
        const predates = at === undefined || firstPost === undefined ? 'unknown' : at.at < firstPost.at ? 'yes' : 'no'
        return [{ kind: hit[0], text: said.text, ...(at === undefined ? {} : { at }), predates, cite: said.cite }]
      }),
    )
}
