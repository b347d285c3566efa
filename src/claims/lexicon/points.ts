import { languages } from '../language/languages.ts'

type List = 'statement' | 'actor' | 'method' | 'demand'

function list(name: List): (readonly [key: string, words: RegExp])[] {
  const parts = languages.flatMap((one) => Object.entries(one.points[name] ?? {}))
  return [...Map.groupBy(parts, ([key]) => key)].map(([key, all]) => [
    key,
    new RegExp(all.map(([, words]) => `(?:${words})`).join('|'), 'i'),
  ])
}

const lists = {
  statement: [...list('statement'), ...list('actor'), ...list('method')],
  method: list('method'),
  attribution: list('actor'),
  demand: list('demand'),
}

/** Keys of all points said in a text, in the order of the lists in `data/claims`. */
export function pointsOf(flat: string, about: keyof typeof lists): string[] {
  return lists[about].flatMap(([key, words]) => (words.test(flat) ? [key] : []))
}
