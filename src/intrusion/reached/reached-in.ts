import { epochMs } from '../../base/index.ts'
import { gapMs } from '../cluster.ts'
import type { Story } from '../story.ts'
import type { EstateObjects } from './estate-objects.ts'
import type { Item } from './gathered.ts'
import { transfers } from './left-items.ts'
import { openObjects } from './open-items.ts'
import { filesRead, tablesRead } from './read-items.ts'
import type { Scope } from './scope.ts'
import { selectActs, type ActGroup } from './select-acts.ts'
import { carriersOf, orderedOut, staged, type Carrier } from './staged-items.ts'
import { boundsText, listed } from './words.ts'
import { distinctCites } from '../cited.ts'

/** What one story reached: what left first, then what was staged, read, and could be reached; each in order of time. */
export function reachedIn({
  scope,
  groups,
  objects,
}: {
  scope: Scope
  groups: readonly ActGroup[]
  objects: EstateObjects
}): Story['reached'] {
  const { told, usual } = selectActs({ scope, groups, objects })
  const carriers = staged(told, objects)
  const sent = transfers(told, objects)
  const read = [...tablesRead(told, objects), ...filesRead(told, objects)].map((item) => carried(item, carriers, sent))
  const seen = [...sent, ...carriers.map((one) => one.item), ...orderedOut(told, objects), ...read]
  const open = openObjects({ story: scope.story, usual, objects, told: seen })
  const items = [...seen, ...open].toSorted(
    (a, b) =>
      rank[a.data.certainty] - rank[b.data.certainty] || order(a.data.first ?? '~', b.data.first ?? '~') || order(a.what, b.what),
  )
  return [...items.map(worded), ...scope.story.reached.filter((one) => !coveredBy(one, items))]
}

/** The same with its bounds in words, so that everybody who shows them says the same. */
function worded(item: Item): Item {
  const { rows, bytes } = item.data
  return {
    ...item,
    data: {
      ...item.data,
      ...(rows === undefined ? {} : { rows: { ...rows, words: boundsText(rows, 'rows') } }),
      ...(bytes === undefined ? {} : { bytes: { ...bytes, words: boundsText(bytes, 'bytes') } }),
    },
  }
}

const rank = { left: 0, staged: 1, read: 2, 'could be reached': 3 } as const

/** What was read, with where it was put and what left from there afterwards. */
function carried(item: Item, carriers: readonly Carrier[], sent: readonly Item[]): Item {
  const held = carriersOf(item, carriers).filter((one) => one.item.what !== `file ${item.what}`)
  if (held.length === 0) return item
  const archives = held.map((one) => one.item)
  const last =
    archives
      .map((one) => one.data.first ?? '')
      .sort()
      .at(-1) ?? ''
  const hosts = new Set(held.map((one) => one.host))
  const after = sent.filter(
    (one) =>
      one.data.certainty === 'left' &&
      hosts.has(one.data.host) &&
      (one.data.last ?? '') >= (archives[0]?.data.first ?? '') &&
      epochMs(one.data.first ?? last) - epochMs(last) <= gapMs,
  )
  const gone = after
    .map(
      (one) =>
        `${one.data.bytes === undefined ? 'data' : boundsText(one.data.bytes, 'bytes')} from ${one.data.host} to ${listed(one.data.peers)}`,
    )
    .join('; ')
  const out = after.length === 0 ? '' : ` Afterwards there went ${gone}: whether that was it, no record says.`
  const { bytes } = archives.find((one) => one.data.bytes !== undefined)?.data ?? {}
  const packed =
    bytes?.low === undefined ? undefined : { low: bytes.low, basis: `${bytes.basis}; packed, so that this is a lower bound` }
  const cites = [
    ...item.cites,
    ...archives.flatMap((one) => one.cites.slice(0, 2)),
    ...after.flatMap((one) => one.cites.slice(0, 2)),
  ]
  return {
    ...item,
    text: `${item.text} It was put into ${listed(archives.map((one) => one.what))}.${out}`,
    cites: distinctCites(cites).slice(0, 16),
    data: {
      ...item.data,
      certainty: item.data.certainty === 'left' ? 'left' : 'staged',
      ...(item.data.bytes === undefined && packed !== undefined ? { bytes: packed } : {}),
    },
  }
}

/** Is what detections alone told of told better now? */
function coveredBy(one: Story['reached'][number], items: readonly Item[]): boolean {
  if (one.kind === 'database object') return true
  const kinds = one.kind === 'transfer' ? ['transfer', 'interface'] : ['collection', 'database object', 'file']
  return items.some(
    (item) => item.data.certainty !== 'could be reached' && kinds.includes(item.kind) && one.what.endsWith(` ${item.data.host}`),
  )
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
