import type { Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { languages } from './language/languages.ts'
import { latinLook } from './links.ts'
import { organisationKey } from './name.ts'
import type { CampaignVictim, Party, Quoted, Reading, Thread } from './thread.ts'

const listing = new RegExp(languages.flatMap((one) => one.patterns['lists-customer'] ?? []).join('|'), 'i')
const sector = new RegExp(languages.flatMap((one) => one.patterns['threatened-sector'] ?? []).join('|'), 'i')

/**
 * The actor's victims in turn, how each case ended as far as the texts tell, and which of them are parties of our own estate.
 * In: a thread, and the vendors and systems of the inventory with their own suppliers. Out: threats against a country or sector, and one
 * entry per victim in order of its first mention.
 */
export function campaignOf(
  thread: Pick<Thread, 'victims' | 'posts'> & { readonly readings: readonly Reading[] },
  options: { readonly parties: readonly Party[]; readonly operator?: string },
): { readonly against: readonly Quoted[]; readonly victims: readonly CampaignVictim[] } {
  const times = new Map<string, Moment>()
  for (const post of thread.posts) {
    const time = post.at ?? post.reportedAt
    if (time !== undefined) times.set(citeFile(post.cite), earliest(times.get(citeFile(post.cite)), time))
  }
  const victims = thread.victims.map((victim): CampaignVictim => {
    const said = thread.readings.filter((one) => one.victim === victim.name)
    const at = [
      ...victim.cites.map(citeFile),
      ...victim.cites.map((cite) => citeFile({ ...cite, at: { kind: 'whole' } } as Cite)),
    ].flatMap((key) => times.get(key) ?? [])[0]
    const ours = partiesLike(victim.name, options.parties)
    const { operator } = options
    const named =
      operator === undefined || operator === ''
        ? []
        : thread.readings.filter((one) => one.victim === victim.name && one.text.includes(operator) && listing.test(one.text))
    return {
      name: victim.name,
      standing: victim.standing,
      ...(at === undefined ? {} : { at }),
      ended: endOf(said),
      ...(ours.length > 0 ? { ours } : {}),
      ...(named.length > 0 ? { listsUs: named.map((one) => ({ text: one.text, cite: one.cite })) } : {}),
      cites: victim.cites,
    }
  })
  const order = (one: CampaignVictim): string => one.at?.at ?? '9999'
  victims.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
  const against = thread.readings.filter((one) => sector.test(one.text)).map((one) => ({ text: one.text, cite: one.cite }))
  return { against: [...new Map(against.map((one) => [one.text, one])).values()], victims }
}

/** What the texts at hand tell of the end, from the strongest: confirmed by the victim, data published, denied; else open. */
function endOf(said: readonly Reading[]): CampaignVictim['ended'] {
  const confirmed = said.find((one) => one.by === 'victim' && (one.kind === 'access' || one.kind === 'possession'))
  const published = said.find(
    (one) =>
      one.by !== 'victim' &&
      one.kind === 'possession' &&
      /\b(?:publish|releas|leak|online|public|terbit|didedah)/i.test(one.text),
  )
  const denied = said.find((one) => one.by === 'victim' && one.kind === 'denial')
  const elsewhere = said.some((one) => one.kind === 'third-party' && one.text === confirmed?.text)
  const told = [
    ...(confirmed === undefined
      ? []
      : [
          {
            kind: elsewhere ? ('confirmed at a third party' as const) : ('confirmed' as const),
            text: confirmed.text,
            cite: confirmed.cite,
          },
        ]),
    ...(published === undefined ? [] : [{ kind: 'said to be published' as const, text: published.text, cite: published.cite }]),
    ...(denied === undefined ? [] : [{ kind: 'denied' as const, text: denied.text, cite: denied.cite }]),
  ]
  return told
}

/** Vendors, their suppliers and systems of the estate that bear a victim's name. */
function partiesLike(name: string, parties: readonly Party[]): Party[] {
  const key = organisationKey(latinLook(name))
  return parties.filter((party) => {
    const own = organisationKey(party.name)
    return own === key || own.startsWith(`${key} `) || key.startsWith(`${own} `)
  })
}

function citeFile(cite: Cite): string {
  return cite.kind === 'exhibit' ? JSON.stringify([cite.sha256, cite.member, cite.at.kind === 'record' ? cite.at.n : 0]) : ''
}

function earliest(a: Moment | undefined, b: Moment): Moment {
  return a !== undefined && a.at < b.at ? a : b
}
