import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { ones } from './bits.ts'
import { holdersOf, identifiersOf, linkPairs } from './link-pairs.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/**
 * Carries links over (rule P23): a row linked to a person of one copy is looked up in all others by the identifiers that this person has there and the row has
 * not, for it may be damaged in the very identifier that another copy holds. `donors` are the copies whose links are carried. The same linkages,
 * with links added where a copy had none for the row; the same list when there are none to add.
 */
export async function carryLinks(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly linkages: readonly Linkage[]
  readonly donors: readonly Copy[]
}): Promise<readonly Linkage[]> {
  const { lake, sample, donors } = options
  let linkages = options.linkages
  for (const copy of donors) {
    const donor = linkages.find((one) => one.copy === copy)
    if (donor === undefined) continue
    const tags = idTagsOf(donor.copy)
    const able = linkages.filter((one) => one !== donor && idTagsOf(one.copy).some((tag) => tags.includes(tag)))
    const telling = tellingLinks({ donor, tags, able })
    if (telling.length === 0) continue
    const held = await identifiersOf(
      lake,
      donor,
      [...new Set(telling.map(({ link }) => link.row))].toSorted((a, b) => a - b),
    )
    const ids = new Set(
      telling.flatMap(({ link, other }) => other.map((at) => held.get(link.row)?.[at] ?? '')).filter((id) => id !== ''),
    )
    const holders = await holdersOf(
      lake,
      able.map(({ loadId }) => loadId),
      [...ids].toSorted(),
    )
    const more = new Map<Linkage, ReadonlyMap<number, readonly Link[]>>()
    for (const linkage of able) {
      const there = holders.get(linkage.loadId)
      const pairs = new Map<string, { readonly n: number; readonly row: number }>()
      for (const { link, other } of telling)
        if (!linkage.links.has(link.n))
          for (const at of other)
            for (const row of there?.get(held.get(link.row)?.[at] ?? '') ?? []) pairs.set(`${link.n} ${row}`, { n: link.n, row })
      if (pairs.size > 0) more.set(linkage, agreeing(await linkPairs({ lake, sample, linkage, pairs: [...pairs.values()] })))
    }
    if ([...more.values()].some((links) => links.size > 0))
      linkages = linkages.map((one) => {
        const links = more.get(one)
        return links === undefined || links.size === 0 ? one : { ...one, links: new Map([...one.links, ...links]) }
      })
  }
  return linkages
}

/** The copy that meets most rows, and so knows most of their people. */
export function mostMet(linkages: readonly Linkage[]): readonly Copy[] {
  return linkages
    .toSorted((a, b) => b.links.size - a.links.size || b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1))
    .slice(0, 1)
    .map(({ copy }) => copy)
}

/** Links of rows that another copy does not meet, with the places of the identifiers that the person has and the sample's row has not. */
function tellingLinks(options: {
  readonly donor: Linkage
  readonly tags: readonly string[]
  readonly able: readonly Linkage[]
}): readonly { readonly link: Link; readonly other: readonly number[] }[] {
  const { donor, tags, able } = options
  const places = tags.flatMap((tag, at) =>
    able.some(({ copy }) => idTagsOf(copy).includes(tag)) ? [{ at, bit: donor.tags.indexOf(tag) }] : [],
  )
  const met = able.map(({ links }) => links)
  const found: { readonly link: Link; readonly other: readonly number[] }[] = []
  for (const [n, list] of donor.links) {
    if (met.every((links) => links.has(n))) continue
    for (const link of list) {
      const other = places.filter(({ bit }) => bit < 0 || ((link.equal >>> bit) & 1) === 0).map(({ at }) => at)
      if (other.length > 0) found.push({ link, other })
    }
  }
  return found
}

/** Links that agree in half of the compared cells at least. */
function agreeing(links: ReadonlyMap<number, readonly Link[]>): ReadonlyMap<number, readonly Link[]> {
  return new Map(
    [...links].flatMap(([n, list]) => {
      const good = list.filter(({ compared, equal }) => equal !== 0 && ones(equal) * 2 >= ones(compared))
      return good.length === 0 ? [] : [[n, good] as const]
    }),
  )
}

function idTagsOf(copy: Copy): readonly string[] {
  return tokenColumns(copy.columns).ids.map(({ meaning }) => tokenTag(meaning))
}
