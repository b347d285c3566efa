import type { Watch } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Story } from '../intrusion/index.ts'
import { SqlValues } from '../sigma/index.ts'
import type { StoryRecord } from '../sharing/index.ts'
import { lakeEvents } from './hunt-lake.ts'
import type { HuntScope } from './hunt-scope.ts'
import { requestsOfClients } from './share-requests.ts'
import { isOddPath, isSystemPath } from './share-paths.ts'
import type { Workspace } from './workspace.ts'

const mostRecords = 5_000
/** Around a story on its hosts, what is seen may still be of it: milliseconds. */
const aroundMs = 24 * 3_600_000
/** Around a record of a story on its host: milliseconds. */
const nearMs = 600_000

/** A record of a story with the steps that rest on it. */
export type CitedRecord = StoryRecord & {
  readonly key: string
  readonly host: string
  readonly time: string
  /** It is no step's, but was asked for by the client of a request that is. */
  readonly beside?: boolean
}

/** What belongs to a story: the records it cites, and its hosts for the time around it. */
export interface StoryBounds {
  readonly from: string
  readonly to: string
  /** On the hosts of the story, within a day of it: for values that name the actor. */
  contains(record: PlacedRecord): boolean
  /** One of the records of the story, or within ten minutes of one on its host: for behaviour, which others on the host may show too. */
  isNear(record: PlacedRecord): boolean
}

interface PlacedRecord {
  readonly cite: Cite
  readonly host: string
  readonly time: string
}

/**
 * The records that the steps of a story cite, as the lake holds them; what else the programs in them did that are no part of a
 * system, on the hosts of the story while it lasted; and what else the clients of cited requests asked the same servers for.
 */
export async function storyRecords(options: {
  readonly workspace: Workspace
  readonly scope: HuntScope
  readonly story: Story
  readonly watch: Watch
}): Promise<CitedRecord[]> {
  const { workspace, scope, story, watch } = options
  const steps = new Map<string, number[]>()
  for (const [at, step] of story.steps.entries())
    for (const cite of step.cites) {
      const key = keyOf(cite)
      if (key !== undefined && (steps.has(key) || steps.size < mostRecords)) steps.set(key, [...(steps.get(key) ?? []), at + 1])
    }
  const cited = await citedRecords()
  const programs = new Map<string, CitedRecord[]>()
  for (const record of cited) {
    const image = record.fields['Image'] ?? ''
    if (isOddPath(image) && !isSystemPath(image)) programs.set(image, [...(programs.get(image) ?? []), record])
  }
  return [...cited, ...(programs.size === 0 ? [] : await recordsOf(programs)), ...(await requestsBeside(cited))]

  async function recordsOf(images: ReadonlyMap<string, readonly CitedRecord[]>): Promise<CitedRecord[]> {
    const { engine } = await workspace.lake()
    const values = new SqlValues()
    const where = `host IN ${values.texts(story.hosts.map((one) => one.name).sort())} AND fields['Image'] IN ${values.texts([...images.keys()].sort())}`
    const found: CitedRecord[] = []
    for await (const page of lakeEvents({ engine, scope, watch, values, where, from: story.from, to: story.to }))
      for (const { event, cite } of page) {
        const key = keyOf(cite) ?? ''
        if (steps.has(key) || found.length >= mostRecords) continue
        const by = images.get(event.fields['Image'] ?? '') ?? []
        const all = <T>(part: (one: CitedRecord) => readonly T[]): T[] => [...new Set(by.flatMap(part))]
        found.push({
          key,
          ...plainOf(event),
          steps: all((one) => one.steps),
          techniques: all((one) => one.techniques),
          tactics: all((one) => one.tactics),
        })
      }
    return found
  }

  async function requestsBeside(records: readonly CitedRecord[]): Promise<CitedRecord[]> {
    const requests = records.flatMap(({ category, fields, key, host, time, steps: of }) =>
      category === 'webserver' ? [{ exhibit: key.slice(0, 64), host, time, client: fields['c-ip'] ?? '', steps: of }] : [],
    )
    const found = await requestsOfClients({ workspace, scope, story, cited: requests, watch })
    return found.flatMap(({ record: { event, cite }, steps: of }) => {
      const key = keyOf(cite) ?? ''
      // Techniques and tactics are those of the steps; of these requests nobody said any.
      return steps.has(key) ? [] : [{ key, ...plainOf(event), steps: of, techniques: [], tactics: [], beside: true }]
    })
  }

  async function citedRecords(): Promise<CitedRecord[]> {
    const { engine } = await workspace.lake()
    const values = new SqlValues()
    const where = `concat(exhibit, ' ', member, ' ', toString(n)) IN ${values.texts([...steps.keys()].sort())}`
    const found: CitedRecord[] = []
    for await (const page of lakeEvents({ engine, scope, watch, values, where }))
      for (const { event, cite } of page) {
        const key = keyOf(cite) ?? ''
        const numbers = steps.get(key) ?? []
        const of = numbers.flatMap((n) => story.steps[n - 1] ?? [])
        found.push({
          key,
          ...plainOf(event),
          steps: numbers,
          techniques: [...new Set(of.flatMap((step) => step.techniques))].sort(),
          tactics: [...new Set(of.map((step) => step.tactic))].sort(),
        })
      }
    return found
  }
}

/** What is of the story and what is not. */
export function boundsOf(story: Story, records: readonly CitedRecord[]): StoryBounds {
  const hosts = new Set(story.hosts.map((one) => one.name))
  const cites = story.steps.flatMap((step) => step.cites)
  const cited = new Set(cites.map(keyOf))
  // Some logs do not say whose they are: there, what is in the same file is.
  const files = new Set(cites.flatMap((one) => (one.kind === 'exhibit' ? [one.sha256] : [])))
  const shifted = (time: string, by: number): string =>
    Number.isNaN(Date.parse(time)) ? time : `${new Date(Date.parse(time) + by).toISOString().slice(0, 23)}000Z`
  const from = shifted(story.from, -aroundMs)
  const to = shifted(story.to, aroundMs)
  const own = new Set(records.map((one) => one.key))
  const times = new Map<string, number[]>()
  for (const one of records) {
    if (one.beside === true) continue
    // Records without a host stand for the file they are in.
    const place = one.host === '' ? one.key.slice(0, 64) : one.host
    times.set(place, [...(times.get(place) ?? []), Date.parse(one.time)])
  }
  return {
    from,
    to,
    isNear({ cite, host, time }) {
      const key = keyOf(cite) ?? ''
      if (own.has(key) || cited.has(key)) return true
      const near = times.get(host === '' ? key.slice(0, 64) : host) ?? []
      return near.some((one) => Math.abs(one - Date.parse(time)) <= nearMs)
    },
    contains({ cite, host, time }) {
      const here = hosts.has(host) || (host === '' && cite.kind === 'exhibit' && files.has(cite.sha256))
      return cited.has(keyOf(cite)) || (here && time >= from && time <= to)
    },
  }
}

function keyOf(cite: Cite): string | undefined {
  return cite.kind === 'exhibit' && 'n' in cite.at && typeof cite.at.n === 'number'
    ? `${cite.sha256} ${cite.member ?? ''} ${cite.at.n}`
    : undefined
}

/** What of an event a record of a story holds. */
function plainOf<T extends Omit<CitedRecord, 'key' | 'steps' | 'techniques' | 'tactics'>>(event: T) {
  const { product, category, service, eventId, fields, host, time } = event
  return { product, category, service, eventId, fields, host, time }
}
