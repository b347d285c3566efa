import { MapColumn, NumberColumn, nativeRows, TextColumn, WordColumn, type NativeRows } from '../store/index.ts'
import type { FieldLayout, FieldRow, RowEvent } from './event-row.ts'
import type { LogEvent } from './event.ts'
import { timed } from './events-table.ts'

/** Events on their way into the lake, column by column; fields of quick rows are copied without being made into texts. */
export class EventBlock {
  readonly #columns = {
    exhibit: new WordColumn(),
    member: new WordColumn(),
    unit: new WordColumn(),
    n: new NumberColumn('UInt64'),
    time: new NumberColumn("DateTime64(6, 'UTC')"),
    timed: new NumberColumn('Bool'),
    zone: new WordColumn(),
    host: new WordColumn(),
    class: new WordColumn(),
    product: new WordColumn(),
    category: new WordColumn(),
    service: new WordColumn(),
    channel: new WordColumn(),
    provider: new WordColumn(),
    event_id: new WordColumn(),
    account: new WordColumn(),
    process: new WordColumn(),
    command_line: new TextColumn(),
    parent_process: new WordColumn(),
    source_ip: new WordColumn(),
    target_ip: new WordColumn(),
    target_port: new NumberColumn('UInt16'),
    bytes_out: new NumberColumn('Int64'),
    fields: new MapColumn(),
  }
  readonly #exhibit: string
  readonly #member: string
  readonly #keys = new Map<FieldLayout, Uint32Array>()
  #minute = ''
  #minuteMicros = 0
  rows = 0

  constructor(exhibit: string, member: string) {
    this.#exhibit = exhibit
    this.#member = member
  }

  /** Bytes held, about. */
  get size(): number {
    return this.#columns.fields.size + this.#columns.command_line.size
  }

  add(event: LogEvent): void {
    const columns = this.#columns
    const known = timed(event)
    columns.exhibit.put(this.#exhibit)
    columns.member.put(this.#member)
    const { at } = event
    columns.unit.put(at.kind)
    columns.n.put(at.kind === 'record' || at.kind === 'line' || at.kind === 'row' ? at.n : 0)
    columns.time.put(known ? this.#micros(event.time) : 0)
    columns.timed.put(known ? 1 : 0)
    columns.zone.put(event.zone)
    columns.host.put(event.host)
    columns.class.put(event.class)
    columns.product.put(event.product)
    columns.category.put(event.category)
    columns.service.put(event.service)
    columns.channel.put(event.channel)
    columns.provider.put(event.provider)
    columns.event_id.put(event.eventId)
    columns.account.put(event.account)
    columns.process.put(event.process)
    columns.command_line.put(event.commandLine)
    columns.parent_process.put(event.parentProcess)
    columns.source_ip.put(event.sourceIp)
    columns.target_ip.put(event.targetIp)
    columns.target_port.put(event.targetPort)
    columns.bytes_out.put(event.bytesOut)
    if ('row' in event && !(event as RowEvent).row.derived) this.#addRow((event as RowEvent).row)
    else this.#addFields(event.fields)
    this.rows += 1
  }

  /** The rows so far; they hold until the block is cleared. */
  taken(): NativeRows {
    return nativeRows(this.#columns, this.rows)
  }

  clear(): void {
    for (const column of Object.values(this.#columns)) column.clear()
    this.#keys.clear()
    this.rows = 0
  }

  #addRow(row: FieldRow): void {
    const { layout } = row
    const { fields } = this.#columns
    let keys = this.#keys.get(layout)
    if (keys === undefined) {
      keys = Uint32Array.from(layout.names, (name) => fields.keys.wordOf(name))
      this.#keys.set(layout, keys)
    }
    fields.keys.putAll(keys)
    const { values } = fields
    for (let at = 0; at < keys.length; at += 1) {
      values.open(row.mostUtf8(at))
      values.close(row.writeUtf8(at, values.bytes, values.size))
    }
    fields.put(keys.length)
  }

  #addFields(all: Readonly<Record<string, string>>): void {
    const { fields } = this.#columns
    const names = Object.keys(all)
    fields.keys.putAll(Uint32Array.from(names, (name) => fields.keys.wordOf(name)))
    for (const name of names) fields.values.put(all[name] as string)
    fields.put(names.length)
  }

  /** Microseconds since 1970 of a fixed-width time. */
  #micros(time: string): number {
    const minute = time.slice(0, 16)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#minuteMicros = Date.parse(`${minute}:00Z`) * 1000
    }
    return this.#minuteMicros + Number(time.slice(17, 19)) * 1_000_000 + Number(time.slice(20, 26))
  }
}
