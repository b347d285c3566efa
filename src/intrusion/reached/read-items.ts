import type { Cite } from '../../evidence/index.ts'
import { basename } from '../names.ts'
import type { Weighed } from './act.ts'
import type { Bounds } from './data-reached.ts'
import { categoriesOf, type EstateObjects, type KnownObject } from './estate-objects.ts'
import { gathered, groupedBy, type Item } from './gathered.ts'
import { boundsText, listed, meansText, spanText, times, underText } from './words.ts'

/** Schemas of the databases themselves: what is read there is no data of the operator. */
const catalogues = /^(?:pg_catalog|information_schema|pg_toast|sys|mysql|performance_schema|snowflake|system)(?:\.|$)/i

/** Tables read, by database server and name. */
export function tablesRead(acts: readonly Weighed[], objects: EstateObjects): Item[] {
  const all = acts.filter((act) => act.via === 'database')
  const reads = all.filter((act) => act.name !== '' && !act.name.startsWith('@') && !catalogues.test(act.name))
  return groupedBy(reads, (act) => `${act.host}\n${act.name.toLowerCase()}`).map((group): Item => {
    const [{ host, name }] = group as [Weighed]
    const object = objects.find('database', host, name)
    const { cites, ...shared } = gathered(group)
    const rows = rowsOf(group, object)
    const taken = fetched(group, all)
    const bytes = taken === undefined ? bytesOf(group) : taken.bytes
    const amount = boundsText(rows, 'rows')
    const from = shared.peers.length === 0 ? '' : ` from ${listed(shared.peers)}`
    return {
      what: `${name} on ${host}`,
      kind: 'database object',
      text: `${name} on ${host} was read${from}${underText(shared.accounts)}${spanText(shared.first, shared.last)}: ${times(shared.records, 'statement')}, ${amount}.${taken === undefined ? (bytes === undefined ? '' : ` The log counts ${boundsText(bytes, 'bytes')} handed out.`) : ` It was unloaded into ${taken.stage} and fetched from there: ${boundsText(taken.bytes, 'bytes')}.`}${meansText(categoriesOf(object), object?.sensitivity)}`,
      cites: taken === undefined ? cites : [...cites, ...taken.cites].slice(0, 12),
      data: {
        certainty: taken === undefined ? 'read' : 'left',
        host,
        ...shared,
        ...meaning(object),
        ...(rows === undefined ? {} : { rows }),
        ...(bytes === undefined ? {} : { bytes }),
      },
    }
  })
}

/** What was unloaded into a stage of a warehouse and fetched from it. */
function fetched(
  group: readonly Weighed[],
  all: readonly Weighed[],
): { readonly stage: string; readonly bytes: Bounds; readonly cites: readonly Cite[] } | undefined {
  const stages = new Set(group.flatMap((act) => (act.how.startsWith('UNLOAD ') ? [act.how.slice('UNLOAD '.length)] : [])))
  const gets = all.filter((act) => act.how === 'GET_FILES' && stages.has(act.name) && act.bytesKnown > 0)
  if (gets.length === 0) return undefined
  const bytes = {
    low: sum(gets),
    high: sum(gets),
    basis: 'bytes that the warehouse counts as transferred out; packed, so that they unpack to more',
  }
  return { stage: listed(gets.map((act) => act.name)), bytes, cites: gets.flatMap((act) => act.cites.slice(0, 2)) }
}

/** Files opened over shares or seen by file auditing, by folder or by name when the name tells. */
export function filesRead(acts: readonly Weighed[], objects: EstateObjects): Item[] {
  const opened = acts.filter((act) => act.via === 'share' && (act.how === 'read' || act.how === 'sent'))
  return groupedBy(
    opened,
    (act) => `${act.host}\n${(objects.find('share', act.host, act.name)?.id ?? act.name).toLowerCase()}`,
  ).map((group): Item => {
    const [{ host, name }] = group as [Weighed]
    const object = objects.find('share', host, name)
    const { cites, ...shared } = gathered(group)
    const sent = group.filter((act) => act.bytesKnown > 0)
    const bytes: Bounds | undefined =
      sent.length === 0 ? undefined : { low: sum(sent), high: sum(sent), basis: 'bytes that the server says it sent' }
    const folders = [...new Set(group.map((act) => act.name))].sort()
    const shown = folders.length === 1 ? name : listed(folders, 3)
    const from = shared.peers.length === 0 ? '' : ` from ${listed(shared.peers)}`
    const amount = boundsText(bytes, 'bytes')
    return {
      what: `${object?.type === 'file' ? basename(name) : name} on ${host}`,
      kind: 'file',
      text: `${shown} on ${host} ${folders.length === 1 ? 'was' : 'were'} opened for reading${from}${underText(shared.accounts)}${spanText(shared.first, shared.last)}: ${times(shared.records, 'record')}, ${amount}.${meansText(categoriesOf(object), object?.sensitivity)}`,
      cites,
      data: { certainty: 'read', host, ...shared, ...meaning(object), ...(bytes === undefined ? {} : { bytes }) },
    }
  })
}

/** What the inventory says of an object, for an item about it. */
export function meaning(object: KnownObject | undefined): Pick<Item['data'], 'object' | 'categories' | 'sensitivity'> {
  return {
    ...(object === undefined ? {} : { object: `object:${object.id}` }),
    categories: categoriesOf(object),
    ...(object?.sensitivity === undefined ? {} : { sensitivity: object.sensitivity }),
  }
}

/** Rows: at least those of the largest statement, at most all statements together, never more than the object has. */
function rowsOf(group: readonly Weighed[], object: KnownObject | undefined): Bounds | undefined {
  const known = group.reduce((total, act) => total + act.rowsKnown, 0)
  if (known === 0) return undefined
  const records = group.reduce((total, act) => total + act.records, 0)
  const low = Math.max(...group.map((act) => act.rowsMost))
  const total = group.reduce((rows, act) => rows + act.rows, 0)
  const high = object?.rows === undefined ? total : Math.max(low, Math.min(total, object.rows))
  const basis = `rows stated by ${known} of ${times(records, 'statement')}; lower bound the largest, upper bound all together, as the same row can be read twice`
  return known < records ? { low, basis } : { low, high, basis }
}

function bytesOf(group: readonly Weighed[]): Bounds | undefined {
  const counted = group.filter((act) => act.bytesKnown > 0)
  if (counted.length === 0) return undefined
  return { low: sum(counted), basis: 'bytes that the database counts as handed out; statements without a count are not in it' }
}

function sum(acts: readonly Weighed[]): number {
  return acts.reduce((total, act) => total + act.bytes, 0)
}
