import { MapColumn, NumberColumn, nativeRows, TextColumn, WordColumn, type NativeRows } from '../store/index.ts'
import { workedMembers, type FieldLayout, type FieldRow, type RowEvent } from './event-row.ts'
import type { LogEvent } from './event.ts'
import { timed, timedMicros } from './events-table.ts'
import { RowTrace } from './row-trace.ts'

/** Places of all layouts that are followed at once; beyond, all are begun anew. */
const placesTraced = 1 << 20

/** Events on their way into the lake, column by column; what a quick row has in common with the last one of its layout is copied from there. */
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
  /** Columns of what the events of a layout have in common. */
  readonly #common = [
    ['class', this.#columns.class],
    ['product', this.#columns.product],
    ['category', this.#columns.category],
    ['service', this.#columns.service],
    ['channel', this.#columns.channel],
    ['eventId', this.#columns.event_id],
  ] as const
  /** Columns of the members that are worked out, in their order. */
  readonly #worked = [
    this.#columns.host,
    this.#columns.provider,
    this.#columns.account,
    this.#columns.process,
    this.#columns.command_line,
    this.#columns.parent_process,
    this.#columns.source_ip,
    this.#columns.target_ip,
    this.#columns.target_port,
  ] as const
  #exhibit = ''
  #member = ''
  readonly #traces = new Map<FieldLayout, RowTrace>()
  #traced = 0
  #minute = ''
  #minuteMicros = 0
  rows = 0

  /** Empty, for the events of an exhibit. */
  begin(exhibit: string, member: string): this {
    this.clear()
    this.#exhibit = exhibit
    this.#member = member
    return this
  }

  /** Bytes held, about. */
  get size(): number {
    return this.#columns.fields.size + this.#columns.command_line.size
  }

  add(event: LogEvent): void {
    const columns = this.#columns
    const { at } = event
    columns.exhibit.put(this.#exhibit)
    columns.member.put(this.#member)
    columns.unit.put(at.kind)
    columns.n.put(at.kind === 'record' || at.kind === 'line' || at.kind === 'row' ? at.n : 0)
    columns.bytes_out.put(event.bytesOut)
    this.#addTime(event)
    if ('row' in event) this.#addRow(event as RowEvent)
    else {
      for (const [member, column] of this.#common) column.put(event[member])
      for (const [place, member] of workedMembers.entries()) this.#worked[place]?.put(event[member] as never)
      this.#addFields(event.fields)
    }
    this.rows += 1
  }

  /** The rows so far; they hold until the block is cleared. */
  taken(): NativeRows {
    return nativeRows(this.#columns, this.rows)
  }

  clear(): void {
    for (const column of Object.values(this.#columns)) column.clear()
    this.#traces.clear()
    this.#traced = 0
    this.rows = 0
  }

  #addTime(event: LogEvent): void {
    const { time, timed: known, zone } = this.#columns
    const micros = 'row' in event ? (event as RowEvent).micros : Number.NaN
    const isTimed = Number.isNaN(micros) ? timed(event) : timedMicros(micros)
    time.put(!isTimed ? 0 : Number.isNaN(micros) ? this.#micros(event.time) : micros)
    known.put(isTimed ? 1 : 0)
    zone.put(Number.isNaN(micros) ? event.zone : 'stated')
  }

  #addRow(event: RowEvent): void {
    const trace = this.#traceOf(event)
    const { count, stale } = trace.turn(event)
    for (let i = 0; i < this.#common.length; i += 1) this.#common[i]?.[1].putWord(trace.common[i] as number)
    for (let member = 0; member < this.#worked.length; member += 1)
      this.#addMember(event, trace, { member, again: (stale & (1 << member)) !== 0 })
    if (event.row.derived) this.#addFields(event.fields)
    else this.#addValues(event.row, trace, count)
  }

  #traceOf(event: RowEvent): RowTrace {
    const { layout } = event.row
    const known = this.#traces.get(layout)
    if (known !== undefined) return known
    this.#traced += layout.names.length
    if (this.#traced > placesTraced) {
      this.#traces.clear()
      this.#traced = layout.names.length
    }
    const { keys } = this.#columns.fields
    const trace = new RowTrace(
      layout,
      Uint32Array.from(layout.names, (name) => keys.wordOf(name)),
      Uint32Array.from(this.#common, ([member, column]) => column.wordOf(event[member])),
    )
    this.#traces.set(layout, trace)
    return trace
  }

  #addMember(event: RowEvent, trace: RowTrace, { member, again }: { readonly member: number; readonly again: boolean }): void {
    const column = this.#worked[member]
    if (column instanceof TextColumn) {
      if (again) {
        trace.lineFrom = column.size
        column.put(trace.worked(event, member) as string)
      } else {
        const from = column.size
        column.copy(trace.lineFrom, trace.lineTo)
        trace.lineFrom = from
      }
      trace.lineTo = column.size
    } else if (column instanceof NumberColumn) {
      if (again) trace.members[member] = trace.worked(event, member) as number
      column.put(trace.members[member] as number)
    } else if (column !== undefined) {
      if (again) trace.members[member] = column.wordOf(trace.worked(event, member) as string)
      column.putWord(trace.members[member] as number)
    }
  }

  /** Values that changed are written; those between them are copied, as one piece, from the last row of the layout. */
  #addValues(row: FieldRow, trace: RowTrace, count: number): void {
    const { fields } = this.#columns
    const { keys, starts, changed } = trace
    const { values } = fields
    fields.keys.putAll(keys)
    let next = 0
    for (let i = 0; i <= count; i += 1) {
      const end = i < count ? (changed[i] as number) : keys.length
      if (end > next) {
        const shift = values.size - (starts[next] as number)
        values.copy(starts[next] as number, starts[end] as number)
        for (let at = next; at < end; at += 1) (starts[at] as number) += shift
      }
      if (i === count) break
      starts[end] = values.size
      values.open(row.mostUtf8(end))
      values.close(row.writeUtf8(end, values.bytes, values.size))
      next = end + 1
    }
    starts[keys.length] = values.size
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
