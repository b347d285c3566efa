import type { Form } from './form.ts'
import { pattern } from './language/languages.ts'
import { namesIn } from './name.ts'

const organisationWord = pattern('organisation-word', 'u')
const titles = [
  ['authority', pattern('official-title').source],
  ['researcher', pattern('researcher-title').source],
  ['victim', pattern('company-title').source],
] as const
/** `Communications Minister Irina Sal`: the title stands in the name. */
const inside = titles.map(([role, words]) => [role, new RegExp(`(?:^|\\s)(?:${words})\\s(\\p{Lu}.{2,60})$`, 'iu')] as const)
const before = titles.map(
  ([role, words]) =>
    [role, new RegExp(`(?:${words}),?\\s(?:(?:(?:of|at|for|di|bagi)\\s)?(?:\\p{Lu}[\\p{L}.'-]*,?\\s){1,4})?$`, 'iu')] as const,
)
const after = titles.map(
  ([role, words]) =>
    [role, new RegExp(`^,\\s(?:the\\s|an?\\s|its\\s|their\\s)?(?:[\\w'-]+\\s){0,4}?(?:${words})`, 'iu')] as const,
)

/**
 * Persons that a sentence introduces with their office (`Commissioner Ines Roth`, `Sara Lim, chief technology officer`), by whole and family name,
 * so that `Roth said` is read later. A company's people have no name of their own here: they speak for the victim.
 */
export function personsIn(flat: string): Form[] {
  return namesIn(flat).flatMap(({ text, start, end }): Form[] => {
    const lead = flat.slice(Math.max(0, start - 60), start)
    const rest = flat.slice(end, end + 80)
    const titled = inside.map(([role, one]) => [role, one.exec(text)?.[1]] as const).find(([, own]) => own !== undefined)
    const role = titled?.[0] ?? before.find(([, one]) => one.test(lead))?.[0] ?? after.find(([, one]) => one.test(rest))?.[0]
    const own = titled?.[1] ?? text
    const words = own.split(' ')
    if (role === undefined || words.length < 2 || words.length > 5 || organisationWord.test(own)) return []
    // `the CISO of Linnet Mobile`
    if (titled === undefined && /\b(?:of|at|for|from)\s$/.test(lead)) return []
    const name = role === 'victim' ? '' : own
    const last = words.at(-1) ?? ''
    return [own, ...(last.length > 2 ? [last] : [])].map((form) => ({ role, form, name, person: true as const }))
  })
}
