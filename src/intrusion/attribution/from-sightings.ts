import { citeKey, type Cite } from '../../evidence/index.ts'
import { basename } from '../names.ts'
import type { Level, Sighting } from '../sighting.ts'
import type { Story } from '../story.ts'
import type { AttackGroups } from './attack-groups.ts'
import type { ObservedSoftware, ObservedTechnique } from './observed.ts'

/** How sure a technique is when a rule of this level names it. Set, not measured. */
const sureness: Readonly<Record<Level, number>> = { informational: 0.1, low: 0.3, medium: 0.6, high: 0.8, critical: 0.9 }

const citesKept = 20

/** What a detection says for attribution; `software` are ids of the rule's tags (`S0002`). */
export type SoftwareSighting = Pick<Sighting, 'title' | 'level' | 'techniques' | 'process' | 'cite'> & {
  readonly software?: readonly string[]
}

/**
 * Techniques and software that detections name: techniques by the tags of their rules, as sure as the rule's level; software by
 * tags, by words of the title, and by the file name of the process. A program that was renamed is not told by its file name.
 */
export function observedIn(
  sightings: readonly SoftwareSighting[],
  { tools }: Pick<AttackGroups, 'tools'>,
): { readonly techniques: readonly ObservedTechnique[]; readonly software: readonly ObservedSoftware[] } {
  const techniques = new Map<string, { observed: number; cites: Cite[] }>()
  const software = new Map<string, Cite[]>()
  for (const one of sightings) {
    for (const id of one.techniques) {
      const known = techniques.get(id) ?? { observed: 0, cites: [] }
      if (known.cites.length < citesKept) known.cites.push(one.cite)
      techniques.set(id, { ...known, observed: Math.max(known.observed, sureness[one.level]) })
    }
    const image = basename(one.process).toLowerCase()
    const title = wordsOf(one.title)
    const named = tools.filter(
      (tool) => tool.images.includes(image) || tool.titles.some((words) => title.includes(wordsOf(words))),
    )
    for (const id of new Set([...(one.software ?? []), ...named.map((tool) => tool.id)])) {
      const cites = software.get(id) ?? []
      if (cites.length < citesKept) cites.push(one.cite)
      software.set(id, cites)
    }
  }
  return {
    techniques: [...techniques].sort(byKey).map(([id, found]) => ({ id, ...found })),
    software: [...software].sort(byKey).map(([name, cites]) => ({ name, cites })),
  }
}

/** The detections that the steps of a story cite. */
export function sightingsOf<S extends Pick<Sighting, 'cite'>>(story: Pick<Story, 'steps'>, sightings: readonly S[]): S[] {
  const cited = new Set(story.steps.flatMap((step) => step.cites.map(keyOf)))
  return sightings.filter((one) => cited.has(keyOf(one.cite)))
}

function keyOf(cite: Cite): string {
  return JSON.stringify(citeKey(cite))
}

/** A text as words between spaces, lower case: one holds another when its words stand in it whole. */
function wordsOf(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join(' ')} `
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
