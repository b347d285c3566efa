import { limits } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { ClaimPicture, PicturedSystem } from './claim-picture.ts'
import { systemsNamed } from './estate-names.ts'
import type { Findings } from './findings.ts'
import { other, type Need } from './need.ts'
import type { Asserted, Weight } from './weight.ts'

/** Pictures told on one side; further ones say no more. */
const mostTold = 4
const caution = 'A picture can be made up, or taken of a copy of the system.'

interface Bearing {
  readonly for: readonly Sentence[]
  readonly against: readonly Sentence[]
  readonly needs: readonly Need[]
}

/**
 * What pictures of the claim add to the weight of access or of the system named (A17). They stand on one side or the other; they decide nothing, and make evidence
 * that decides neither stronger nor weaker.
 */
export function withPictures(weight: Weight, part: 'access' | 'system', { about, findings }: PicturesInput): Weight {
  const { pictures = [] } = findings
  if (pictures.length === 0) return weight
  const bearing = part === 'access' ? onAccess(pictures) : onSystem(pictures, { about, findings })
  const [speaksFor, against] = [bearing.for.slice(0, mostTold), bearing.against.slice(0, mostTold)]
  const [first] = [...speaksFor, ...against]
  if (first === undefined) return weight
  const sides = { for: [...weight.for, ...speaksFor], against: [...weight.against, ...against] }
  if (weight.status !== 'open') return { ...weight, ...sides }
  const needs = [...weight.needs, ...bearing.needs.slice(0, 2)]
  if (weight.strength !== 'none') return { ...weight, ...sides, needs }
  return { ...weight, ...sides, grounds: [first, ...weight.grounds], strength: 'weak', needs }
}

interface PicturesInput {
  readonly about: Asserted
  readonly findings: Findings
}

/** Systems of which pictures of the claim can be, each once; where no words name a system, a picture does (A17). */
export function picturedSystems({
  pictures = [],
}: Pick<Findings, 'pictures'>): { readonly names: string; readonly cite: Cite } | undefined {
  const shown = pictures
    .filter(({ answer }) => answer === 'ours')
    .flatMap((one) => able(one).map(({ name }) => ({ name, cite: one.cites[0] })))
  const cite = shown[0]?.cite
  return cite === undefined ? undefined : { names: [...new Set(shown.map(({ name }) => name))].join(', '), cite }
}

function onAccess(pictures: readonly ClaimPicture[]): Bearing {
  const ours = pictures.filter(({ answer }) => answer === 'ours')
  return {
    for: ours.map((one) => said(one, able(one), `${namesOf(able(one))} can show what ${one.file} shows`)),
    against: pictures
      .filter(({ answer }) => answer === 'none of ours')
      .map((one) =>
        said(one, [], `No system of the inventory can show what ${one.file} shows; one that nobody listed is not excluded`),
      ),
    needs: ours.map(pageNeed),
  }
}

function onSystem(pictures: readonly ClaimPicture[], { about, findings }: PicturesInput): Bearing {
  const named = new Set(systemsNamed(findings, about.subject ?? about.text).map(({ entry }) => entry))
  const bearing = { for: [] as Sentence[], against: [] as Sentence[], needs: [] as Need[] }
  if (named.size === 0) {
    const ours = pictures.filter(({ answer }) => answer === 'ours')
    const unnamed = 'the words themselves name no system of the inventory'
    return {
      for: ours.map((one) => said(one, able(one), `${namesOf(able(one))} can show what ${one.file} shows; ${unnamed}`)),
      against: [],
      needs: ours.map(pageNeed),
    }
  }
  for (const one of pictures) {
    const meant = one.systems.filter(({ entry }) => named.has(entry))
    if (meant.length === 0) continue
    const can = meant.filter((system) => one.answer === 'ours' && system.can === 'can show')
    const cannot = meant.filter((system) => system.can === 'cannot show')
    if (can.length > 0) {
      const others = able(one).length - can.length
      const besides = others === 0 ? '' : `, and so can ${others} other${others === 1 ? '' : 's'} of the inventory`
      bearing.for.push(said(one, can, `${namesOf(can)} can show what ${one.file} shows${besides}`))
      bearing.needs.push(pageNeed(one))
    } else if (cannot.length === meant.length) {
      const rather = able(one)
      const instead = rather.length === 0 ? '' : `; ${namesOf(rather)} can`
      bearing.against.push(
        said(
          one,
          [...cannot, ...rather],
          `${namesOf(cannot)}, which the words name, cannot show what ${one.file} shows${instead}`,
        ),
      )
    }
  }
  return bearing
}

function able({ systems }: ClaimPicture): readonly PicturedSystem[] {
  return systems.filter(({ can }) => can === 'can show')
}

const namesTold = 4
/** Regions cited of one system, those that count most first. */
const regionsTold = 4

function namesOf(systems: readonly PicturedSystem[]): string {
  const more = systems.length - namesTold
  return `${systems
    .slice(0, namesTold)
    .map(({ name }) => name)
    .join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** One sentence on a picture, with the reasons of the systems it speaks of; cites their places in it, or what was read in it. */
function said(picture: ClaimPicture, systems: readonly PicturedSystem[], text: string): Sentence {
  const why = systems.slice(0, 2).map((one) => (systems.length === 1 ? one.why.text : `${one.name}: ${one.why.text}`))
  const cites = systems.flatMap(({ why: { cites: all } }) => [
    ...all.filter(({ kind }) => kind === 'exhibit').slice(0, regionsTold),
    ...all.filter(({ kind }) => kind !== 'exhibit'),
  ])
  const own = cites.some(({ kind }) => kind === 'exhibit') ? cites : [...picture.cites.slice(0, regionsTold), ...cites]
  const reasons = why.length === 0 ? '' : ` ${why.join(' ')}`
  const edited = picture.edited === undefined ? '' : ` ${picture.edited}`
  return { text: `${text}.${reasons} ${caution}${edited}`, cites: own.slice(0, limits.citesPerSentence) }
}

function pageNeed(picture: ClaimPicture): Need {
  return other(
    `the same page of ${namesOf(able(picture))}, opened by its owner, beside ${picture.file}: layout, version, and whether the rows shown stood in it`,
  )
}
