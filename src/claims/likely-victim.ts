import type { Cite } from '../evidence/index.ts'
import { pattern } from './language/languages.ts'
import { foldName, mayBeOrganisation, namesIn, organisationKey, type Name } from './name.ts'
import type { Said } from './sentence.ts'

const organisationWord = pattern('organisation-word', 'u')
const telling = pattern('organisation-word', 'iu')

/** A telecom's name as posts write it, without capitals. */
const smallName =
  /(?<![\p{L}\p{N}.@/-])\p{Ll}{3,20}(?:tel|telco|telekom|telecom|cell|mobile|fone|net|fibre|fiber|link)(?![\p{L}\p{N}@/-]|\.\p{L})/gu
const noName =
  /^(?:\w*(?:inter|intra|ether|bot|sub|dark|extra|vpn|black|honey|fish|pla|mag|cabi|kabi|heli|gar|hor|son|va)net|ho[ts]?tel|mo?tel|cartel|lintel|pastel|auto(?:mobile)|hy?perlink|uplink|downlink|blink|backlink|shortlink|datalink|excell?|cancell?|supercell|permalink)$/

/** A host name right behind a word of attack. */
const attackedHost =
  /\b(?:defaced|hacked|breached|owned|target:?|dumped|tango down:?)\s(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,20})\b/i

/** `hey @ebonreach` */
const greeted = /^\W*(?:hey|hi|hello|yo|dear|attn|attention|oi|halo|hai)\W+@([\p{L}][\p{L}\p{N}_]{2,30})/iu

/** Where no words point to a victim: the organisations named most, by the words that companies carry in their names. */
export function likelyVictims(
  all: readonly { readonly said: Said; readonly own: boolean }[],
  context: { readonly forms: ReadonlyMap<string, unknown>; readonly key: string },
): { name: string; earlier: boolean; latest: boolean; cite: Cite }[] {
  const found = new Map<string, { name: string; cite: Cite; count: number }>()
  const add = (name: string, cite: Cite): void => {
    const known = found.get(organisationKey(name))
    found.set(organisationKey(name), { name: known?.name ?? name, cite: known?.cite ?? cite, count: (known?.count ?? 0) + 1 })
  }
  for (const { said, own } of all) {
    for (const name of namesIn(said.flat)) {
      const taken = foldName(name.text) === context.key || [...context.forms.keys()].some((form) => form.includes(name.text))
      if (!taken && /\p{Ll}\p{Lu}| /u.test(name.text) && organisationWord.test(apart(name.text))) add(name.text, said.cite)
    }
    if (!own || /\p{Lu}/u.test(said.flat)) continue
    const words = said.flat.split(/[^\p{L}\p{N}&-]+/u)
    const at = words.findIndex((word, index) => index > 0 && index < 4 && telling.test(word))
    if (at > 0) add(words.slice(0, at + 1).join(' '), said.cite)
  }
  if (found.size === 0)
    for (const { said, own } of all)
      for (const name of own ? namesIn(said.flat) : [])
        if (mayBeAddressed(name, { ...context, flat: said.flat })) add(name.text, said.cite)
  if (found.size === 0)
    for (const { said, own } of all)
      for (const [name] of own ? said.flat.matchAll(smallName) : []) if (!noName.test(name)) add(name, said.cite)
  if (found.size === 0)
    for (const { said, own } of all) {
      const host = own ? attackedHost.exec(said.flat)?.[1] : undefined
      if (host !== undefined) add(host, said.cite)
    }
  if (found.size === 0)
    for (const { said, own } of all) {
      const handle = own ? greeted.exec(said.flat)?.[1] : undefined
      if (handle !== undefined) add(handle, said.cite)
    }
  const most = Math.max(0, ...[...found.values()].map((one) => one.count))
  return [...found.values()]
    .filter((one) => one.count === most)
    .map(({ name, cite }) => ({ name, cite, earlier: false, latest: false }))
}

/** `your Oslo office`: a place. */
const branch = /^ (?:office|branch|shop|store|site|warehouse|data cent|headquarters|hub|plant)/i

/** A name in the middle of a sentence that could be a company's and nobody else's. */
function mayBeAddressed(
  name: Name,
  context: { readonly forms: ReadonlyMap<string, unknown>; readonly key: string; readonly flat: string },
): boolean {
  if (name.start === 0 || foldName(name.text) === context.key || !mayBeOrganisation(name.text)) return false
  if (/\d/.test(name.text) || /^\p{Lu}+s?$/u.test(name.text)) return false
  if (branch.test(context.flat.slice(name.end))) return false
  return ![...context.forms.keys()].some((form) => form.includes(name.text))
}

/** `SelatTelekom` as two words. */
function apart(name: string): string {
  return name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
}
