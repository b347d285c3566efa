import type { Cite } from '../evidence/index.ts'
import type { Form } from './form.ts'
import { pattern } from './language/languages.ts'
import { foldName, mayBeOrganisation, namesIn } from './name.ts'
import type { Passage } from './passage.ts'
import { flatten } from './sentence.ts'

const organisationWord = pattern('organisation-word', 'u')

/** Companies that the head of a notice or memo names: `To: Ashdown Broadband`. */
export function asideVictims(
  { aside, head, said }: Passage,
  context: { readonly forms: ReadonlyMap<string, Form>; readonly key: string },
): { name: string; earlier: boolean; latest: boolean; cite: Cite }[] {
  const cite = said[0]?.cite
  if (aside === undefined || cite === undefined || head?.own !== true || (head.role !== 'authority' && head.role !== 'victim'))
    return []
  return aside.flatMap((line) =>
    namesIn(flatten(line).replace(/^[\p{L} ]{2,20}:\s/u, (label) => label.toLowerCase()))
      .filter(({ text }) => organisationWord.test(text) && foldName(text) !== context.key && !context.forms.has(text))
      .map(({ text }) => ({ name: text, earlier: false, latest: false, cite })),
  )
}

/** Whoever publishes a statement of its own about the claim and is neither actor nor authority nor researcher. */
export function headedVictim(
  passage: Passage,
  context: { readonly forms: ReadonlyMap<string, Form>; readonly key: string },
): { name: string; earlier: boolean; latest: boolean; cite: Cite }[] {
  const { head, said } = passage
  if (
    head === undefined ||
    (head.role !== undefined && head.role !== 'victim') ||
    head.name === '' ||
    !mayBeOrganisation(head.name) ||
    foldName(head.name) === context.key
  )
    return []
  if ([...context.forms.keys()].some((form) => form.includes(head.name) || head.name.includes(form))) return []
  const speaks = said.find(({ flat }) =>
    flat.includes(head.name)
      ? /^\s(?:said|says|wrote|stated)\b/.test(flat.slice(flat.indexOf(head.name) + head.name.length))
      : false,
  )
  const cite = speaks?.cite ?? (head.own ? said[0]?.cite : undefined)
  return cite ? [{ name: head.name, earlier: false, latest: false, cite }] : []
}
