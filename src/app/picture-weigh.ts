import { lookAlike, nearlySame, type PictureShown, type Shown } from '../claims/index.ts'
import type { SystemScreen } from './picture-estate.ts'

/** Why, in one sentence, with the places of what it rests on. */
export interface MatchReason {
  readonly text: string
  readonly places: readonly Shown[]
}

/** How much speaks for one system. `fits`: enough to name it; `excluded`: its labels are stated and hardly any was read. */
export interface Weighed {
  readonly system: SystemScreen
  readonly score: number
  readonly fits: boolean
  readonly excluded: boolean
  readonly reasons: readonly MatchReason[]
}

/** Labels that programs of all kinds have: they tell little of which it is. */
const common = new Set(
  'status|state|name|date|time|type|id|search|save|cancel|close|home|settings|logout|log out|sign out|signed in|help|export|import|users|user|reports|report|dashboard|menu|city|site|total|address|phone|email|print|edit|delete|new|back|next|previous|filter|clear filter|description|severity|last update|customer name|invoices|maintenance|acknowledge'
    .split('|')
    .map(lookAlike),
)

/** Labels to be read and to be stated before anything is excluded; weight and share that name a system. */
export const least = { labels: 5, stated: 5, weight: 2.5, share: 0.3, excludedShare: 0.25 } as const

/**
 * Weighs each system: a label that only it states counts 1, one that n systems state 1/n, a common word 0.2; the page's address 3, its
 * name in the title 1, a host of it elsewhere in the picture 0.5. Where few of the labels read are its own, labels count for a third.
 */
export function weighSystems(shown: PictureShown, systems: readonly SystemScreen[]): { weighed: Weighed[]; labels: number } {
  const labels = new Map(
    [...shown.labels, ...(shown.title === undefined ? [] : [shown.title])].map((one) => [lookAlike(one.text), one] as const),
  )
  labels.delete('')
  const stated = systems.map((one) => new Set(one.labels.map(lookAlike)))
  const holders = new Map<string, number>()
  for (const all of stated) for (const key of all) holders.set(key, (holders.get(key) ?? 0) + 1)
  const weighed = systems.map((system, at) => weigh(system, stated[at] ?? new Set(), { labels, holders, shown }))
  return { weighed, labels: labels.size }
}

interface Picture {
  readonly labels: ReadonlyMap<string, Shown>
  readonly holders: ReadonlyMap<string, number>
  readonly shown: PictureShown
}

function weigh(system: SystemScreen, stated: ReadonlySet<string>, { labels, holders, shown }: Picture): Weighed {
  const met = metLabels(labels, stated)
  const weight = met.reduce((sum, { key }) => sum + (common.has(key) ? 0.2 : 1 / (holders.get(key) ?? 1)), 0)
  const share = labels.size === 0 ? 0 : met.length / labels.size
  const own = shown.hosts.filter((one) => one.known !== undefined && system.hosts.includes(one.known))
  const address = own.filter((one) => one.inUrl === true)
  const named = [...(shown.title === undefined ? [] : [shown.title]), ...shown.programs].filter((one) =>
    system.names.some((name) => name.length > 3 && lookAlike(one.text).includes(lookAlike(name))),
  )
  const score =
    (share >= least.share || address.length > 0 ? weight : weight * 0.3) +
    (address.length > 0 ? 3 : own.length > 0 ? 0.5 : 0) +
    (named.length > 0 ? 1 : 0)
  const labelled = stated.size >= least.stated && labels.size >= least.labels
  return {
    system,
    score,
    fits: score >= least.weight,
    excluded: labelled && share < least.excludedShare && address.length === 0 && weight < least.weight,
    reasons: [
      ...(address.length > 0
        ? [{ text: `The address of the page names ${address[0]?.known ?? ''}, a host of it.`, places: address }]
        : own.length > 0
          ? [{ text: `A host of it stands in the picture: ${own[0]?.known ?? ''}. Another system may list it.`, places: own }]
          : []),
      ...(named.length > 0
        ? [{ text: 'The picture bears its name or that of its program. Anybody can write a name.', places: named }]
        : []),
      stated.size > 0
        ? {
            text: `${met.length} of ${labels.size} labels read are among the ${stated.size} stated for it.`,
            places: met.map((one) => one.place),
          }
        : { text: 'No labels of its pages are stated in the inventory (screen_labels).', places: [] },
    ],
  }
}

/** Labels read that are stated, one letter read wrong allowed in longer ones. */
function metLabels(labels: ReadonlyMap<string, Shown>, stated: ReadonlySet<string>): { key: string; place: Shown }[] {
  const lengths = Map.groupBy(stated, (key) => key.length)
  return [...labels].flatMap(([key, place]) => {
    const near = stated.has(key)
      ? key
      : [key.length, key.length - 1, key.length + 1]
          .flatMap((length) => lengths.get(length) ?? [])
          .find((one) => nearlySame(one, key))
    return near === undefined ? [] : [{ key: near, place }]
  })
}
