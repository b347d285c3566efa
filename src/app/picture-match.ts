import { lookAlike, nearlySame, type PictureShown, type ShownHost } from '../claims/index.ts'
import type { SystemScreen } from './picture-estate.ts'
import { least, weighSystems, type MatchReason } from './picture-weigh.ts'

/** Can this system show what the picture shows? `not known`: too little is stated of it, or something speaks against it. */
export interface SystemMatch {
  readonly system: string
  readonly name: string
  /** The inventory's entry, as a cite names it. */
  readonly entry: string
  readonly revision: number
  readonly can: 'can show' | 'cannot show' | 'not known'
  readonly reasons: readonly MatchReason[]
}

/** Which system the picture can be of. `none of ours`: every system of the inventory is described and excluded. `open`: neither. */
export interface PictureAnswer {
  readonly kind: 'ours' | 'none of ours' | 'open'
  readonly systems: readonly string[]
  readonly text: string
}

/** A system whose score is below this share of the best one's is not named beside it. */
const beside = 0.6

/** Compares a picture with the systems of the inventory, those that can show it first. */
export function matchSystems(
  shown: PictureShown,
  systems: readonly SystemScreen[],
): { answer: PictureAnswer; systems: SystemMatch[] } {
  const { weighed, labels } = weighSystems(shown, systems)
  const foreign = foreignAddress(shown, systems)
  const best = Math.max(0, ...weighed.map((one) => one.score))
  const order = { 'can show': 0, 'not known': 1, 'cannot show': 2 } as const
  const matches = weighed
    .map(({ system: { id, name, entry, revision }, score, fits, excluded, reasons }) => {
      const named = fits && score >= best * beside
      const can = named && foreign === undefined ? 'can show' : !named && excluded ? 'cannot show' : 'not known'
      const against = named && foreign !== undefined ? [{ text: elsewhere(foreign), places: [foreign] }] : []
      return { match: { system: id, name, entry, revision, can, reasons: [...reasons, ...against] } as const, score, named }
    })
    .toSorted(
      (a, b) => order[a.match.can] - order[b.match.can] || b.score - a.score || (a.match.system < b.match.system ? -1 : 1),
    )
  const fitting = matches.filter((one) => one.named).map((one) => one.match)
  const all = matches.map((one) => one.match)
  if (foreign !== undefined && fitting.length > 0) {
    const names = fitting.map((one) => one.name).join(', ')
    return { answer: { kind: 'open', systems: [], text: `The labels fit ${names}. ${elsewhere(foreign)}` }, systems: all }
  }
  return { answer: answerOf(all, labels), systems: all }
}

function elsewhere(foreign: ShownHost): string {
  return `The address of the page, ${foreign.text}, is under no domain of the inventory: the same program elsewhere, or an address that nobody listed.`
}

/** The host in the address of the page, where it is under none of the domains of our hosts. */
function foreignAddress(shown: PictureShown, systems: readonly SystemScreen[]): ShownHost | undefined {
  const ours = [...new Set(systems.flatMap((one) => one.hosts.flatMap((host) => domainOf(host) ?? [])))].map(lookAlike)
  const address = shown.hosts.find((one) => one.kind === 'host' && one.inUrl === true)
  if (address === undefined || address.known !== undefined || ours.length === 0) return undefined
  const domain = domainOf(address.text)
  return domain === undefined || ours.some((one) => nearlySame(one, lookAlike(domain))) ? undefined : address
}

/** `meridian.example` of `crm-01.meridian.example`; three parts under names such as `com.my`. A name without dots has none. */
function domainOf(host: string): string | undefined {
  const parts = host.toLowerCase().split('.')
  const [last = '', second = ''] = parts.toReversed()
  const count = last.length === 2 && second.length <= 3 ? 3 : 2
  return parts.length < count ? undefined : parts.slice(-count).join('.')
}

function answerOf(matches: readonly SystemMatch[], labels: number): PictureAnswer {
  const can = matches.filter((one) => one.can === 'can show')
  const open = matches.filter((one) => one.can === 'not known')
  if (can.length > 0) {
    const text = `${can.map((one) => one.name).join(', ')} can show what the picture shows. A picture can be made up, or taken on a copy of the system.`
    return { kind: 'ours', systems: can.map((one) => one.system), text }
  }
  if (matches.length === 0) return openAnswer('No inventory with systems: nothing to compare the picture with.')
  if (labels < least.labels) return openAnswer(`Too little was read to say which system it is: ${labels} labels.`)
  if (open.length > 0) {
    const names = open.slice(0, 5).map((one) => one.name)
    return openAnswer(
      `No system that the labels fit; ${open.length} cannot be excluded, too little is stated of them or a few labels fit: ${names.join(', ')}${open.length > names.length ? ', ...' : ''}.`,
    )
  }
  const text = `None of the ${matches.length} systems of the inventory shows such labels. A system that nobody listed is not excluded.`
  return { kind: 'none of ours', systems: [], text }
}

function openAnswer(text: string): PictureAnswer {
  return { kind: 'open', systems: [], text }
}
