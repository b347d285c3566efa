import type { Locator, Moment, Zone } from '../base/index.ts'
import type { EvtxRow, JsonRow, RowLayout, Stretch } from '../formats/index.ts'
import type { EventClass, LogEvent } from './event.ts'
import type { FieldLayout, FieldRow, RowEvent } from './event-row.ts'
import { hostName } from './name.ts'
import { timeOf } from './time-of.ts'
import {
  addedNames,
  eventType,
  windowsAccount,
  windowsEvent,
  windowsPort,
  windowsProcess,
  windowsSource,
  windowsTarget,
  type AddedName,
} from './windows.ts'
import { computerNames, flatMoment, providerNames, winlogbeatName } from './windows-json.ts'
import { windowsClass } from './windows-class.ts'
import { categoryOf, serviceOf } from './windows-source.ts'

type WindowsRow = JsonRow | EvtxRow
type Derived = Exclude<AddedName['of'], string>

/** How records of one JSON layout become Windows events. */
export interface Form {
  readonly from: 'evtx' | 'winlogbeat' | 'flat'
  /** The best of the names that may hold the time. */
  readonly time: string
  readonly at: ReadonlyMap<string, number>
  /** The fields' names by the place of their value in the record; names that stand beside another one's value at the end. */
  readonly names: readonly string[]
  readonly beside: readonly (readonly [name: string, at: number])[]
  readonly sources: Map<string, Map<string, Source>>
}

/** What the events of one layout, channel and id have in common. */
interface Source {
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

/** Turns rows of JSON lines into Windows events without decoding them; undefined for rows that the careful way must read. */
export class WindowsRows {
  readonly #assume: string | undefined
  readonly #host: string
  readonly #forms: WeakMap<RowLayout, Form | null>

  /** `assume`: zone of times that state none; `host`: of records that name none; `forms`: what is known of layouts. */
  constructor(assume: string | undefined, host: string, forms: WeakMap<RowLayout, Form | null>) {
    this.#forms = forms
    this.#assume = assume
    this.#host = host
  }

  event(row: WindowsRow): WindowsRowEvent | undefined {
    let form = this.#forms.get(row.layout)
    if (form === undefined) {
      form = formOf(row) ?? null
      this.#forms.set(row.layout, form)
    }
    if (form === null) return undefined
    const source = sourceOf(form, row)
    return source === undefined ? undefined : new WindowsRowEvent(row, { form, source, assume: this.#assume, host: this.#host })
  }
}

function formOf({ kind, layout: { names } }: WindowsRow): Form | undefined {
  if (kind === 'evtx-row') {
    const at = new Map(names.map((name, index) => [name, index]))
    if (!at.has('EventID')) return undefined
    return { from: 'evtx', time: 'TimeCreated', at, names, beside: [], sources: new Map() }
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
  return { from: winlogbeat ? 'winlogbeat' : 'flat', time, at, names: fields, beside, sources: new Map() }
}

const sourcesKept = 2_000

function sourceOf(form: Form, row: WindowsRow): Source | undefined {
  const channelAt = form.at.get('Channel')
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

const plainStated = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/

function momentOf(
  get: (name: string) => string | undefined,
  from: Form['from'],
  sysmon: boolean,
  assume: string | undefined,
): { readonly moment: Moment | undefined; readonly clocksApart: boolean } {
  switch (from) {
    case 'evtx':
      return { moment: timeOf(get('TimeCreated')), clocksApart: false }
    case 'winlogbeat':
      return { moment: timeOf(get('@timestamp') ?? get('event.created'), assume), clocksApart: false }
    case 'flat':
      return flatMoment(get, sysmon, assume)
  }
}

class WindowsRowEvent implements RowEvent, FieldRow {
  readonly #row: WindowsRow
  readonly #form: Form
  readonly #source: Source
  readonly #assume: string | undefined
  readonly #host: string
  #whole: LogEvent | undefined
  #moment: { readonly moment: Moment | undefined; readonly clocksApart: boolean } | undefined

  constructor(
    row: WindowsRow,
    how: { readonly form: Form; readonly source: Source; readonly assume: string | undefined; readonly host: string },
  ) {
    this.#row = row
    this.#form = how.form
    this.#source = how.source
    this.#assume = how.assume
    this.#host = how.host
  }

  get row(): FieldRow {
    return this
  }
  get layout(): FieldLayout {
    return this.#source.layout
  }
  get derived(): boolean {
    return this.#source.derived
  }
  mostUtf8(at: number): number {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.mostUtf8(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.mostUtf8(added) : this.text(at).length * 3
  }
  writeUtf8(at: number, into: Buffer, put: number): number {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.writeUtf8(at, into, put)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.writeUtf8(added, into, put) : put + into.write(this.text(at), put)
  }
  raw(at: number): string {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.raw(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.raw(added) : this.text(at)
  }
  text(at: number): string {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.text(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.text(added) : (added?.((name) => this.#get(name)) ?? '')
  }

  isRaw(at: number, raw: string): boolean {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.isRaw(at, raw)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.isRaw(added, raw) : this.text(at) === raw
  }
  stretch(at: number): Stretch | undefined {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.stretch(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.stretch(added) : undefined
  }
  written(): readonly Stretch[] | undefined {
    return this.#source.derived ? undefined : this.#row.written()
  }

  /** Whether the event surely has a readable time that states its zone; otherwise `time` tells. */
  get surelyTimed(): boolean {
    const stated = this.#get(this.#form.time)
    return stated !== undefined && plainStated.test(stated)
  }
  /** Whether the clock inside surely agrees with the record's; otherwise `clocksApart` tells. */
  get clocksAgree(): boolean {
    if (this.#form.from !== 'flat' || !this.#source.sysmon) return true
    const stated = this.#get(this.#form.time)
    const inside = this.#get('UtcTime')
    if (stated === undefined || inside === undefined) return false
    return inside.startsWith(stated.slice(0, 10)) && inside.slice(11, 15) === stated.slice(11, 15)
  }
  get clocksApart(): boolean {
    return this.#time().clocksApart
  }
  get time(): string {
    return this.#time().moment?.at ?? ''
  }
  get zone(): Zone {
    return this.#time().moment?.zone ?? 'unknown'
  }
  get host(): string {
    return hostName(this.#get('Computer') ?? '') || this.#host
  }
  get class(): EventClass {
    return this.#source.class
  }
  get product(): string {
    return this.#source.product
  }
  get category(): string {
    return this.#source.category
  }
  get service(): string {
    return this.#source.service
  }
  get channel(): string {
    return this.#source.channel
  }
  get eventId(): string {
    return this.#source.eventId
  }
  get at(): Locator {
    return this.#row.kind === 'json-row' ? { kind: 'line', n: this.#row.line } : { kind: 'record', n: this.#row.n }
  }
  get writing(): 'json' | 'text' {
    return this.#row.writing
  }
  get provider(): string {
    return this.#get('Provider_Name') ?? ''
  }
  get account(): string {
    return windowsAccount(this.#source.service, this.#source.eventId, this.#named)
  }
  get process(): string {
    return windowsProcess(this.#source.service, this.#named)
  }
  get commandLine(): string {
    return this.#named('CommandLine') ?? ''
  }
  get parentProcess(): string {
    return this.#named('ParentImage') ?? ''
  }
  get sourceIp(): string {
    return windowsSource(this.#source.channel, this.#source.eventId, this.#named)
  }
  get targetIp(): string {
    return windowsTarget(this.#named)
  }
  get targetPort(): number {
    return windowsPort(this.#named)
  }
  get bytesOut(): number {
    return -1
  }
  get fields(): Readonly<Record<string, string>> {
    return this.#all().fields
  }

  /** By any name the event has, those of the Sigma taxonomy among them. */
  readonly #named = (name: string): string | undefined => {
    const at = this.#source.layout.at.get(name)
    if (at === undefined) return undefined
    const added = this.#source.added[at - this.#row.layout.names.length]
    return added === undefined || typeof added === 'number' ? this.text(at) : added((one) => this.#get(one))
  }

  #get(name: string): string | undefined {
    const at = this.#form.at.get(name)
    return at === undefined ? undefined : this.#row.text(at)
  }

  #time(): { readonly moment: Moment | undefined; readonly clocksApart: boolean } {
    this.#moment ??= momentOf(
      (name) => this.#get(name),
      this.#form.from,
      // A clock inside that surely agrees need not be read.
      this.#source.sysmon && !(this.surelyTimed && this.clocksAgree),
      this.#assume,
    )
    return this.#moment
  }

  #all(): LogEvent {
    if (this.#whole !== undefined) return this.#whole
    const fields: Record<string, string> = {}
    const own = this.#row.layout.names.length
    const beside = this.#form.beside.length
    this.#source.layout.names.forEach((name, at) => {
      if (at < own + beside) fields[name] = this.text(at)
    })
    this.#whole = windowsEvent(fields, this.at, this.#time().moment)
    return this.#whole
  }
}
