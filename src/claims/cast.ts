import type { Cite } from '../evidence/index.ts'
import { namesVendor } from './assertion.ts'
import type { Cast, Form } from './form.ts'
import { asideVictims, headedVictim } from './headed-victim.ts'
import { likelyVictims } from './likely-victim.ts'
import * as roles from './lexicon/roles.ts'
import { likelyActor } from './likely-actor.ts'
import { aliasesIn, shownName, unshouted } from './name-form.ts'
import { foldName, mayBeOrganisation, namesIn, organisationKey, withoutCountry, type Name } from './name.ts'
import type { Passage } from './passage.ts'
import { personsIn } from './person.ts'
import type { Said } from './sentence.ts'
import type { Victim } from './thread.ts'

/** What the claimant of a passage is called: an actor, else a campaign; undefined when the passages name none. */
export function claimantOf(passages: readonly Passage[]): string | undefined {
  const actors = new Map<string, string[]>()
  const campaigns = new Map<string, string[]>()
  const contacts = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, name: string) => map.set(foldName(name), [...(map.get(foldName(name)) ?? []), name])
  for (const { head } of passages) if (head?.role === 'actor' && head.name !== '') add(actors, head.name)
  for (const { said } of passages)
    for (const { flat } of said) {
      const handle = roles.handle
        .exec(flat)
        ?.slice(1)
        .find((one) => one !== undefined)
      // A handle that begins a capitalised name is read with the whole name below.
      const part = handle !== undefined && namesIn(flat).some((name) => name.text.startsWith(`${handle} `))
      const contact = roles.contact
        .exec(flat)
        ?.slice(1)
        .find((one) => one !== undefined)
      if (contact !== undefined) add(contacts, contact)
      if (handle !== undefined && !part && !roles.hedge.test(flat)) add(actors, handle)
      for (const name of namesIn(flat)) {
        const before = flat.slice(0, name.start)
        const after = flat.slice(name.end)
        const surely = /\b(?:behind the name|calling (?:itself|themselves))\s["']?$/i.test(before)
        if (roles.beforeCampaign.test(before)) add(campaigns, name.text)
        else if (roles.beforeActor.test(before) || (roles.afterActor.test(after) && mayBeOrganisation(name.text)))
          if (surely || !roles.hedge.test(flat)) add(actors, name.text)
      }
    }
  return mostNamed(actors) ?? mostNamed(campaigns) ?? likelyActor(passages) ?? mostNamed(contacts)
}

function mostNamed(map: ReadonlyMap<string, readonly string[]>): string | undefined {
  const ordered = [...map.entries()].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
  const forms = ordered[0]?.[1]
  return forms && mostFrequent(forms)
}

/** The most frequent of some forms of a name; of equally frequent ones the longest, then the first in code unit order. */
export function mostFrequent(forms: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1)
  const ordered = [...counts.entries()].sort(([a, x], [b, y]) => y - x || b.length - a.length || (a < b ? -1 : 1))
  return ordered[0]?.[0] ?? ''
}

/** Finds the people and organisations of a thread in its passages. */
export function castOf(actor: string, passages: readonly Passage[]): Cast {
  const key = foldName(actor)
  const forms = new Map<string, Form>()
  if (key !== '') forms.set(actor, { role: 'actor', form: actor, name: actor })
  const candidates: { name: string; earlier: boolean; latest: boolean; cite: Cite }[] = []
  const all = passages.flatMap((passage) =>
    passage.said.map((said) => ({ said, own: passage.author !== undefined || passage.head?.own === true })),
  )
  for (const { said } of all) for (const form of officials(said.flat, key)) forms.set(form.form, form)
  const persons = all.slice(0, 300).flatMap(({ said }) => personsIn(said.flat))
  const people = new Set(persons.map((one) => one.form))
  for (const { head } of passages) for (const form of head ? officials(head.name, key) : []) forms.set(form.form, form)
  for (const { said, own } of all) candidates.push(...victimsIn(said, { forms, key, own }))
  for (const passage of passages)
    candidates.push(...headedVictim(passage, { forms, key }), ...asideVictims(passage, { forms, key }))
  for (const { about, cite } of passages)
    if (about !== undefined) candidates.push({ name: about, earlier: false, latest: false, cite })
  if (!candidates.some((one) => !one.earlier)) candidates.push(...likelyVictims(all, { forms, key }))
  const aliases = aliasesIn(all.map(({ said }) => said.flat))
  const { victims, victimForms } = groupVictims(
    candidates
      .filter((one) => !people.has(one.name) || one.name.includes('&'))
      .map((one) => ({ ...one, name: aliases.get(one.name) ?? one.name })),
    all,
  )
  for (const form of victimForms) if (!forms.has(form.form)) forms.set(form.form, form)
  for (const [short, name] of aliases) {
    const victim = forms.get(name)
    if (victim?.role === 'victim' && !forms.has(short)) forms.set(short, { ...victim, form: short })
  }
  for (const form of persons) if (!forms.has(form.form)) forms.set(form.form, form)
  for (const { said } of all)
    for (const name of namesIn(said.flat))
      if (key !== '' && foldName(name.text) === key) forms.set(name.text, { role: 'actor', form: name.text, name: actor })
  const ordered = [...forms.values()].sort((a, b) => b.form.length - a.form.length || (a.form < b.form ? -1 : 1))
  return { actor, forms: ordered, victims }
}

/** Victims kept of one thread. */
const most = 100

const longName = /(?:\p{Lu}[\p{L}\p{N}-]*)(?:\s(?:of|and|for|the|on|&|\p{Lu}[\p{L}\p{N}-]*)){0,10}/gu

/** Authorities and researchers that a sentence names. */
function officials(flat: string, actorKey: string): Form[] {
  const found: Form[] = []
  for (const match of flat.matchAll(longName)) {
    const name = match[0].replace(/(?:\s(?:of|and|for|the|on|&))+$/, '').replace(/^(?:The|A|An)\s/, '')
    if (!roles.authorityWords.test(name) || roles.withinCompany.test(name) || foldName(name) === actorKey) continue
    const alias = /^\s\(([\p{Lu}\p{N}-]{2,12})\)/u.exec(flat.slice(match.index + match[0].length))?.[1]
    const shown = alias ?? name
    found.push({ role: 'authority', form: name, name: shown })
    if (alias !== undefined) found.push({ role: 'authority', form: alias, name: shown })
  }
  for (const name of namesIn(flat)) {
    const cue = roles.beforeResearcher.test(flat.slice(0, name.start)) || roles.afterResearcher.test(flat.slice(name.end))
    if (!cue || foldName(name.text) === actorKey) continue
    found.push({ role: 'researcher', form: name.text, name: name.text })
    // `Security researcher Dalia Wren`, later `Wren`.
    const family = /researcher\s$/i.test(flat.slice(0, name.start)) ? name.text.split(' ').at(-1) : undefined
    if (family !== undefined && family !== name.text) found.push({ role: 'researcher', form: family, name: name.text })
  }
  return found
}

function victimsIn(
  said: Said,
  context: { readonly forms: ReadonlyMap<string, Form>; readonly key: string; readonly own: boolean },
): { name: string; earlier: boolean; latest: boolean; cite: Cite }[] {
  const { flat } = said
  const found: { name: string; earlier: boolean; latest: boolean; cite: Cite }[] = []
  let last: (Name & { earlier: boolean }) | undefined
  const taken = [...context.forms.keys()]
  for (const name of namesIn(flat)) {
    if (!mayBeOrganisation(name.text) || foldName(name.text) === context.key) continue
    if (taken.some((form) => form === name.text || (form.includes(name.text) && flat.includes(form)))) continue
    const before = flat.slice(0, name.start)
    if (roles.beforeTime.test(before) || roles.beforePerson.test(before) || roles.withinCompany.test(name.text)) continue
    if (/\bnot (?:from|of|at|in)\s$/i.test(before)) continue
    const after = flat.slice(name.end)
    // `an incident at X, a contractor that prints our invoices`
    if (/^,\s(?:an?|our|its|their|the)\s/.test(after) && namesVendor(after.slice(0, 50))) continue
    const between = last === undefined ? '' : flat.slice(last.end, name.start)
    const listed = last !== undefined && /^(?:,|,? and)\s(?:[a-z][\w-]*\s){0,6}$/.test(between)
    const earlier = roles.beforeEarlier.test(before) || roles.longAgo.test(before) || (listed && last?.earlier === true)
    const latest = /^\s(?:is|was)\s(?:\w+\s)?(?:[\w$']+\s){0,2}(?:latest|newest)\svictim/i.test(after)
    const addressed =
      context.own &&
      (roles.addressing.test(before) || /^,\s(?:you|your|we)\b/i.test(after) || (/^:\s/.test(after) && name.text.includes(' ')))
    if (earlier || latest || listed || addressed || roles.afterVictim.test(after) || roles.beforeVictim.test(before)) {
      found.push({ name: name.text, earlier, latest, cite: said.cite })
      last = { ...name, earlier }
    }
  }
  return found
}

/** A list of dated events, each with another victim: the last is the one at hand, those before were hit earlier. */
function inTurn<T extends Victim>(victims: readonly T[], all: readonly { readonly said: Said }[]): T[] {
  const dated = all.filter(({ said }) => /^(?:On|Pada) \d{1,2} \p{L}{3,9}\b/u.test(said.flat))
  const order = dated.flatMap(({ said }) => victims.filter((one) => said.flat.includes(one.name)).map((one) => one.name))
  const distinct = [...new Set(order)]
  if (dated.length < 3 || distinct.length < 3) return [...victims]
  return victims.map((one) => (distinct.includes(one.name) && one.name !== order.at(-1) ? { ...one, standing: 'earlier' } : one))
}

function groupVictims(
  candidates: readonly { name: string; earlier: boolean; latest: boolean; cite: Cite }[],
  all: readonly { said: Said }[],
): { victims: Victim[]; victimForms: Form[] } {
  const groups = new Map<string, { key: string; found: (typeof candidates)[number][] }>()
  for (const one of [...candidates].sort((a, b) => organisationKey(a.name).length - organisationKey(b.name).length)) {
    const key = organisationKey(one.name)
    const words = key.split(' ')
    const known = words.map((_, index) => groups.get(words.slice(0, index + 1).join(' '))).find((group) => group !== undefined)
    if (known) known.found.push(one)
    else groups.set(key, { key, found: [one] })
  }
  // Hostile exports name thousands: the most spoken of are kept, in an order that no file order changes.
  const kept = [...groups.values()].sort((a, b) => b.found.length - a.found.length || (a.key < b.key ? -1 : 1)).slice(0, most)
  const names = all.flatMap(({ said }) =>
    namesIn(said.flat).map((name) => ({ text: name.text, key: organisationKey(name.text) })),
  )
  const latest = kept.some((group) => group.found.some((one) => one.latest))
  const victimForms: Form[] = []
  const victims = kept.map((group): Victim & { named: number } => {
    const mentions = names.filter(({ key }) => key === group.key || key.startsWith(`${group.key} `)).map(({ text }) => text)
    const written = unshouted(mentions.length > 0 ? mentions : group.found.map((one) => one.name))
    const name = shownName(withoutCountry(mostFrequent(written))).replace(/^@/, '')
    for (const form of new Set([...mentions, ...group.found.map((one) => one.name)]))
      victimForms.push({ role: 'victim', form, name })
    const earlier = group.found.every((one) => one.earlier) || (latest && !group.found.some((one) => one.latest))
    const cites = [...new Map(group.found.map((one) => [JSON.stringify(one.cite), one.cite])).values()].slice(0, 50)
    return { name, standing: earlier ? 'earlier' : 'named', cites, named: mentions.length }
  })
  const ordered = inTurn(victims, all).sort(
    (a, b) =>
      Number(a.standing === 'earlier') - Number(b.standing === 'earlier') || b.named - a.named || (a.name < b.name ? -1 : 1),
  )
  return { victims: ordered.map(({ name, standing, cites }) => ({ name, standing, cites })), victimForms }
}
