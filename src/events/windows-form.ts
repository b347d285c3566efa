import type { EvtxRow, JsonRow } from '../formats/index.ts'
import type { EventClass } from './event.ts'
import type { FieldLayout } from './event-row.ts'
import { addedNames, eventType, type AddedName } from './windows.ts'
import { computerNames, providerNames, timeNames, winlogbeatName } from './windows-json.ts'
import { windowsClass } from './windows-class.ts'
import { categoryOf, serviceOf } from './windows-source.ts'

/** A record of Windows known by the places of its values. */
export type WindowsRow = JsonRow | EvtxRow
type Derived = Exclude<AddedName['of'], string>

/** How records of one JSON layout become Windows events. */
export interface Form {
  readonly from: 'evtx' | 'winlogbeat' | 'flat'
  /** The best of the names that may hold the time. */
  readonly time: string
  /** The place of the time that counts before all others where it states its zone. */
  readonly timed: number | undefined
  readonly at: ReadonlyMap<string, number>
  /** The fields' names by the place of their value in the record; names that stand beside another one's value at the end. */
  readonly names: readonly string[]
  readonly beside: readonly (readonly [name: string, at: number])[]
  readonly sources: Map<string, Map<string, Source>>
  /** The source found last, and the versions of the values that it goes by. */
  last: { readonly channel: number; readonly eventId: number; readonly source: Source } | undefined
}

/** What the events of one layout, channel and id have in common. */
export interface Source {
  readonly channel: string
  readonly eventId: string
  readonly product: string
  readonly service: string
  readonly category: string
  readonly class: EventClass
  readonly sysmon: boolean
  readonly layout: FieldLayout
  /** By place behind the record's own values: the place of the value meant, or how it is worked out. */
  readonly added: readonly (number | Derived)[]
  readonly derived: boolean
}

/** How the records of a row's layout become events; undefined for those that the careful way must read. */
export function formOf({ kind, layout: { names } }: WindowsRow): Form | undefined {
  if (kind === 'evtx-row') {
    const at = new Map(names.map((name, index) => [name, index]))
    if (!at.has('EventID')) return undefined
    return {
      from: 'evtx',
      time: 'TimeCreated',
      timed: at.get('TimeCreated'),
      at,
      names,
      beside: [],
      sources: new Map(),
      last: undefined,
    }
  }
  const winlogbeat = names.some((name) => name.startsWith('winlog.'))
  const plain = new Set(names)
  if (!winlogbeat && !(plain.has('Channel') && plain.has('EventID'))) return undefined
  // A finding of another engine beside the event's own fields is told by its map.
  if (plain.has('RuleTitle')) return undefined
  if (names.some((name) => name.startsWith('Event.') || name === 'EventData' || name.startsWith('EventData.'))) return undefined
  const fields = names.map(winlogbeat ? winlogbeatName : (name) => name.replaceAll(' ', ''))
  const at = new Map(fields.map((name, index) => [name, index]))
  if (at.size !== fields.length) return undefined
  const beside: (readonly [string, number])[] = []
  const also = (name: string, sources: readonly string[]): void => {
    const found = sources.map((one) => at.get(one)).find((one) => one !== undefined)
    if (found !== undefined && !at.has(name)) beside.push([name, found])
  }
  if (winlogbeat) {
    also('EventID', ['event.code'])
    also('Computer', ['host.name'])
  } else {
    also('Computer', computerNames)
    also('Provider_Name', providerNames)
  }
  for (const [name, index] of beside) at.set(name, index)
  if (!at.has('Channel') || !at.has('EventID') || (winlogbeat && !at.has('Computer'))) return undefined
  const time = winlogbeat || !at.has('TimeCreated') ? '@timestamp' : 'TimeCreated'
  const timed = at.get(winlogbeat ? '@timestamp' : (timeNames.find((name) => at.has(name)) ?? ''))
  const from = winlogbeat ? 'winlogbeat' : 'flat'
  return { from, time, timed, at, names: fields, beside, sources: new Map(), last: undefined }
}

const sourcesKept = 2_000

/** What the events of the row's channel and id have in common; undefined for a row that the careful way must read. */
export function sourceOf(form: Form, row: WindowsRow): Source | undefined {
  const channelAt = form.at.get('Channel')
  const eventId = row.version(form.at.get('EventID') as number)
  const channel = channelAt === undefined ? 0 : row.version(channelAt)
  const { last } = form
  if (last !== undefined && last.eventId === eventId && last.channel === channel) return last.source
  const source = foundSource(form, row, channelAt)
  // Sysmon's event 12 is divided by more than its number.
  if (source !== undefined && source.eventId !== '12') form.last = { channel, eventId, source }
  return source
}

function foundSource(form: Form, row: WindowsRow, channelAt: number | undefined): Source | undefined {
  const rawChannel = channelAt === undefined ? '' : row.raw(channelAt)
  let byId = form.sources.get(rawChannel)
  if (byId === undefined) {
    if ((channelAt !== undefined && !row.isString(channelAt)) || form.sources.size >= sourcesKept) return undefined
    form.sources.set(copy(rawChannel), (byId = new Map()))
  }
  const rawId = row.raw(form.at.get('EventID') as number)
  const key = rawId === '12' ? `12 ${eventType('sysmon', '12', (name) => textOf(form, row, name))}` : rawId
  const known = byId.get(key)
  if (known !== undefined) return known
  const source = makeSource(form, row)
  if (source !== undefined && byId.size < sourcesKept) byId.set(copy(key), source)
  return source
}

function makeSource(form: Form, row: WindowsRow): Source | undefined {
  const channel = textOf(form, row, 'Channel') ?? ''
  const eventId = textOf(form, row, 'EventID') ?? ''
  const service = serviceOf(channel)
  const category = categoryOf(
    service,
    eventId,
    eventType(service, eventId, (name) => textOf(form, row, name)),
  )
  const names = [...form.names]
  const at = new Map(form.at)
  const added: (number | Derived)[] = []
  const add = (name: string, value: number | Derived): void => {
    at.set(name, names.length)
    names.push(name)
    added.push(value)
  }
  for (const [name, index] of form.beside) add(name, index)
  for (const { name, of } of addedNames(service, eventId, category)) {
    if (form.at.has(name)) continue
    if (typeof of !== 'string') add(name, of)
    else if (form.at.has(of)) add(name, form.at.get(of) as number)
  }
  return {
    channel,
    eventId,
    product: channel.startsWith('Linux-Sysmon') ? 'linux' : 'windows',
    service,
    category,
    class: windowsClass(category, service, eventId, channel),
    sysmon: channel.includes('Sysmon'),
    layout: { names, at, fixed: row.layout.fixed },
    added,
    derived: added.some((one) => typeof one !== 'number'),
  }
}

function textOf(form: Form, row: WindowsRow, name: string): string | undefined {
  const at = form.at.get(name)
  return at === undefined ? undefined : row.text(at)
}

/** A text that does not keep alive the block it was cut from. */
function copy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
