import type { Locator, Moment, Zone } from '../base/index.ts'
import type { RowLayout, Stretch } from '../formats/index.ts'
import type { EventClass, LogEvent } from './event.ts'
import type { FieldLayout, FieldRow, RowEvent, WorkedMember } from './event-row.ts'
import { hostName } from './name.ts'
import { isPlainlyStated, plainMicros, sameTenMinutes } from './stated-time.ts'
import { timeOf } from './time-of.ts'
import { windowsAccount, windowsEvent, windowsPort, windowsProcess, windowsSource, windowsTarget } from './windows.ts'
import { formOf, sourceOf, type Form, type Source, type WindowsRow } from './windows-form.ts'
import { flatMoment } from './windows-json.ts'

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

/** Places of the values read for a member, while one is worked out. */
let placesRead: number[] | undefined

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

  version(at: number): number {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.version(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.version(added) : 0
  }
  changes(known: Int32Array, changed: Int32Array): number {
    let count = this.#row.changes(known, changed)
    const own = this.#row.layout.names.length
    const { added } = this.#source
    for (let i = 0; i < added.length; i += 1) {
      const place = added[i]
      const version = typeof place === 'number' ? this.#row.version(place) : 0
      if (version !== 0 && known[own + i] === version) continue
      known[own + i] = version
      changed[count] = own + i
      count += 1
    }
    return count
  }
  written(at: number): Stretch | undefined {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.written(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' ? this.#row.written(added) : undefined
  }
  isNumeric(at: number): boolean {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.isNumeric(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' && this.#row.isNumeric(added)
  }
  isAscii(at: number): boolean {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.isAscii(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' && this.#row.isAscii(added)
  }
  isPlain(at: number): boolean {
    const own = this.#row.layout.names.length
    if (at < own) return this.#row.isPlain(at)
    const added = this.#source.added[at - own]
    return typeof added === 'number' && this.#row.isPlain(added)
  }

  /** Whether the event surely has a readable time that states its zone; otherwise `time` tells. */
  get surelyTimed(): boolean {
    const at = this.#form.at.get(this.#form.time)
    if (at === undefined) return false
    const row = this.#row
    if (row.kind === 'evtx-row') return row.isTime(at)
    const stated = row.written(at)
    return stated !== undefined && isPlainlyStated(stated)
  }
  /** Whether the clock inside surely agrees with the record's; otherwise `clocksApart` tells. */
  get clocksAgree(): boolean {
    if (this.#form.from !== 'flat' || !this.#source.sysmon) return true
    const stated = this.#form.at.get(this.#form.time)
    const inside = this.#form.at.get('UtcTime')
    if (stated === undefined || inside === undefined) return false
    const one = this.#row.written(stated)
    const other = this.#row.written(inside)
    return one !== undefined && other !== undefined && sameTenMinutes(one, other)
  }
  get clocksApart(): boolean {
    return this.#time().clocksApart
  }
  get micros(): number {
    const at = this.#form.timed
    const row = this.#row
    if (at === undefined || (row.kind === 'evtx-row' && !row.isTime(at))) return Number.NaN
    const stated = row.written(at)
    return stated === undefined ? Number.NaN : plainMicros(stated)
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
    return windowsAccount(this.#source.service, this.#source.eventId, this.#names)
  }
  get process(): string {
    return windowsProcess(this.#source.service, this.#names)
  }
  get commandLine(): string {
    return this.#named('CommandLine') ?? ''
  }
  get parentProcess(): string {
    return this.#named('ParentImage') ?? ''
  }
  get sourceIp(): string {
    return windowsSource(this.#source.channel, this.#source.eventId, this.#names)
  }
  get targetIp(): string {
    return windowsTarget(this.#names)
  }
  get targetPort(): number {
    return windowsPort(this.#names)
  }
  get bytesOut(): number {
    return -1
  }
  get fields(): Readonly<Record<string, string>> {
    return this.#all().fields
  }

  worked<M extends WorkedMember>(member: M, places: number[]): LogEvent[M] {
    places.length = 0
    placesRead = places
    try {
      return (this as LogEvent)[member]
    } finally {
      placesRead = undefined
    }
  }

  /** By any name the event has, those of the Sigma taxonomy among them. */
  #named(name: string): string | undefined {
    const at = this.#source.layout.at.get(name)
    if (at === undefined) return undefined
    placesRead?.push(at)
    const added = this.#source.added[at - this.#row.layout.names.length]
    return added === undefined || typeof added === 'number' ? this.text(at) : added((one) => this.#get(one))
  }

  get #names(): (name: string) => string | undefined {
    return (name) => this.#named(name)
  }

  #get(name: string): string | undefined {
    const at = this.#form.at.get(name)
    if (at === undefined) return undefined
    placesRead?.push(at)
    return this.#row.text(at)
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
