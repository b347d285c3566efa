import type { Cast } from './form.ts'
import { nouns } from './lexicon/roles.ts'
import type { Speaker } from './thread.ts'

/** Somebody named or meant in a sentence; `start` and `end` in UTF-16 units. */
export interface Mention {
  readonly by: Speaker | 'pronoun' | 'company'
  readonly name?: string
  /** `it`: no person. */
  readonly neuter?: true
  /** A person, or a pronoun for one. */
  readonly person?: true
  readonly start: number
  readonly end: number
}

const he = /^(?:he|she|beliau)$/i

/** Who is named or meant in a sentence whose quotations are blanked, in order: forms of names of the cast, and nouns such as `the regulator`. */
export function mentionsIn(bare: string, cast: Cast): Mention[] {
  const found: Mention[] = []
  const covered: [number, number][] = []
  for (const { form, name, role, person } of cast.forms)
    for (let at = bare.indexOf(form); at >= 0; at = bare.indexOf(form, at + form.length)) {
      const whole = !/[\p{L}\p{N}]/u.test(bare[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(bare[at + form.length] ?? ' ')
      if (!whole || covered.some(([from, to]) => at < to && at + form.length > from)) continue
      covered.push([at, at + form.length])
      found.push({ by: role, ...(name === '' ? {} : { name }), ...(person ? { person } : {}), start: at, end: at + form.length })
    }
  for (const [role, words] of nouns)
    for (const match of bare.matchAll(words)) {
      const end = match.index + match[0].length
      if (covered.some(([from, to]) => match.index < to && end > from)) continue
      // `analysts at Oakham Labs`
      const house = /^\s(?:at|from|with|of)\s(?:the\s)?/.exec(bare.slice(end))
      const name = house ? found.find((one) => one.by === role && one.start === end + house[0].length)?.name : undefined
      const personal = role === 'pronoun' && he.test(match[0]) ? { person: true as const } : {}
      const neuter = role === 'pronoun' && /^it$/i.test(match[0]) ? { neuter: true as const } : {}
      found.push({ by: role, ...(name === undefined ? {} : { name }), ...personal, ...neuter, start: match.index, end })
    }
  return found.sort((a, b) => a.start - b.start).map((one) => (one.by === 'company' ? ofHouse(one, { bare, found }) : one))
}

/** `the Commission's spokesman`, `jurucakap Suruhanjaya`, `chief executive of X`: whoever has a house named beside speaks for it. */
function ofHouse(one: Mention, { bare, found }: { readonly bare: string; readonly found: readonly Mention[] }): Mention {
  const right = found.find((other) => other.start >= one.end)
  const left = found.findLast((other) => other.end <= one.start)
  const house =
    right !== undefined && /^,?\s(?:(?:of|for|at|from|with|bagi|di)\s)?(?:the\s)?$/.test(bare.slice(one.end, right.start))
      ? right
      : left !== undefined && /^(?:'s)?\s(?:[\w-]+\s){0,2}$/.test(bare.slice(left.end, one.start))
        ? left
        : undefined
  const speaks = house !== undefined && (house.by === 'authority' || house.by === 'researcher' || house.by === 'victim')
  return speaks ? { ...one, by: house.by, ...(house.name === undefined ? {} : { name: house.name }) } : one
}
