import { citeText, type Cite, type Sentence } from '../evidence/index.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

/** Writes sentences with their cites as chips that lead to the exhibit, finding or decision on the page. */
export interface Citing {
  chips(cites: readonly Cite[], most?: number): Html
  sentence(sentence: Sentence): Html
  sentences(sentences: readonly Sentence[]): Html
}

/** Chips for this view; a cite of something that the page does not list is shown without a link. */
export function citing(view: CaseView): Citing {
  const exhibits = new Map(view.exhibits.map((one) => [one.sha256, one.id]))
  const findings = new Set(view.findings.filter((one) => one.status !== 'rejected').map((one) => one.id))
  const decisions = new Set(view.decisions.map((one) => one.id))
  const chip = (cite: Cite): Html => {
    const text = citeText(cite, (sha) => exhibits.get(sha))
    const anchor = anchorOf(cite)
    return anchor === undefined
      ? markup`<span class="cite">${text}</span>`
      : markup`<a class="cite" href="#${anchor}">${text}</a>`
  }
  const anchorOf = (cite: Cite): string | undefined => {
    if (cite.kind === 'exhibit') return exhibits.get(cite.sha256)
    if (cite.kind === 'finding' && findings.has(cite.id)) return cite.id
    return cite.kind === 'decision' && decisions.has(cite.id) ? cite.id : undefined
  }
  const chips = (cites: readonly Cite[], most = 4): Html => {
    const rest = cites.length - most
    return markup`<span class="cites"
      >${cites.slice(0, most).map(chip)}${rest > 0 ? markup`<span class="more">and ${rest} more</span>` : ''}</span
    >`
  }
  const sentence = (one: Sentence): Html => markup`${one.text} ${chips(one.cites)}`
  return {
    chips,
    sentence,
    sentences: (list) =>
      list.length === 0
        ? markup``
        : markup`<ul>
            ${list.map((one) => markup`<li>${sentence(one)}</li>`)}
          </ul>`,
  }
}
