import { createHash } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSource, invariant, sha256Of } from '../base/index.ts'
import type { ReadEventsOptions } from '../events/index.ts'
import { detectionOf } from '../sigma/index.ts'
import type { Matched } from './match-log.ts'
import type { KeyedHit } from './watch-correlate.ts'
import type { WatchDesk } from './watch-desk.ts'
import { entryKey, leadOf, type CloseReason, type Unnumbered, type WatchEntry, type WatchedPlace } from './watch-entry.ts'
import { headerOf } from './watch-header.ts'
import { countLines, LineOffsets } from './watch-lines.ts'
import { LiveReader } from './watch-reader.ts'
import { readState, tailBytes, writeState, type OpenSegment, type SourceState } from './watch-state.ts'

/** Bytes by which a reader is chosen and helped. */
const headBytes = 65_536
/** Rows of a table are no events: they are kept for the review of their case. */
const unread = { feed: () => Promise.resolve(), end: () => Promise.resolve() }
/** Bytes fed at once when a segment is read again. */
const pieceBytes = 1024 * 1024

/**
 * One followed source of lines: what is read of it goes into the file of its open segment first, then past the rules, then into
 * the journal, and only then counts as read. After the process was killed the open segment is read again from that file.
 */
export class WatchLog {
  state: SourceState
  readonly desk: WatchDesk
  #file: FileHandle | undefined
  #reader: Pick<LiveReader, 'feed' | 'end'> | undefined
  #lines: LineOffsets | undefined
  #headerLines = 0
  /** What is read was delivered before. */
  #silent = false
  /** What is read may have been delivered before. */
  #unsure = false
  #found: Unnumbered<WatchEntry>[] = []
  #hits: KeyedHit[] = []
  /** The audit system's records were met: the last ones wait for the rest of their event. */
  #holdsBack = false
  /** The last line is a JSON object. */
  #wholeLine = false

  private constructor(desk: WatchDesk, state: SourceState) {
    this.desk = desk
    this.state = state
  }

  /** Opens a source where it was left. */
  static async open(desk: WatchDesk, path: string): Promise<WatchLog> {
    const log = new WatchLog(desk, readState(desk.store, path))
    await log.#resume()
    return log
  }

  /** Takes the bytes that follow; over when their detections are delivered. */
  async take(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    const { offset, line, header } = this.state
    if (this.state.open === undefined) {
      const epoch = { bytes: 0, lines: 0 }
      this.#deliver({ ...this.state, open: { from: offset, fromLine: line, at: this.desk.now(), epoch, header, head: 0 } })
    }
    const file = await this.#spool()
    const at = offset - this.#open.from
    for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    await this.#advance(bytes)
  }

  /** Nothing came for a while: gives what was held back for lines that did not come. */
  async quiet(): Promise<void> {
    if (!this.#holdsBack || this.#reader === undefined) return
    await this.#endReader()
    const bytes = this.state.offset - this.#open.from
    this.#deliver({
      ...this.state,
      open: { ...this.#open, epoch: { bytes, lines: this.state.line - this.#open.fromLine }, head: 0 },
    })
  }

  /** Whether the open segment is due: by its size, or by its age in milliseconds. */
  due(nowMs: number): CloseReason | undefined {
    const { open: opened, offset, format } = this.state
    // A JSON value over many lines is not cut.
    if (opened === undefined || (format?.kind === 'jsonl' && !this.#wholeLine)) return undefined
    if (offset - opened.from >= this.desk.segmentBytes) return 'size'
    return nowMs - Date.parse(opened.at) >= this.desk.segmentMs ? 'age' : undefined
  }

  /** Ends the open segment and puts its bytes away; `next` says how the source goes on. */
  async close(why: CloseReason, next: (state: SourceState) => SourceState = (state) => state): Promise<void> {
    if (this.state.open === undefined) {
      this.#deliver(next(this.state))
      return
    }
    await this.#endReader()
    this.#deliver({ ...this.state, open: { ...this.#open, closing: why } })
    await this.#putAway(next)
  }

  /** Lets go of the file; the segment stays open for the next start. */
  async release(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  /** What helps any reader of the source. */
  get reading(): Pick<ReadEventsOptions, 'zone' | 'until'> {
    const { zone, now } = this.desk
    return { until: now(), ...(zone === undefined ? {} : { zone }) }
  }

  /** Changes what is known of the source. */
  change(part: Partial<SourceState>): void {
    this.#deliver({ ...this.state, ...part })
  }

  get #open(): OpenSegment {
    invariant(this.state.open !== undefined, 'a segment is open')
    return this.state.open
  }

  get #spoolPath(): string {
    const name = createHash('sha256').update(this.state.path).digest('hex').slice(0, 16)
    return join(this.desk.folder, `${name}-${this.state.segment}.part`)
  }

  async #spool(): Promise<FileHandle> {
    this.#file ??= await open(this.#spoolPath, 'r+').catch(() => open(this.#spoolPath, 'wx+', 0o600))
    return this.#file
  }

  /** Reads bytes that stand in the segment's file already, and counts them as read. */
  async #advance(bytes: Uint8Array): Promise<void> {
    const { offset, line } = this.state
    await this.#feed(bytes, offset)
    await (await this.#spool()).datasync()
    const cut = this.state.format?.log ?? 'lines'
    const header = headerOf(Buffer.from(this.state.header, 'base64'), bytes, cut)
    const tail = Buffer.concat([Buffer.from(this.state.tail, 'hex'), bytes.subarray(-tailBytes)]).subarray(-tailBytes)
    this.#deliver({
      ...this.state,
      offset: offset + bytes.length,
      line: line + countLines(bytes),
      header: Buffer.from(header).toString('base64'),
      tail: tail.toString('hex'),
    })
  }

  async #feed(bytes: Uint8Array, offset: number): Promise<void> {
    this.#wholeLine = endsWithObject(bytes)
    this.#reader ??= await this.#start(bytes)
    this.#lines?.add(bytes, offset)
    this.#holdsBack ||=
      this.state.format?.kind === 'log' && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('msg=audit(')
    await this.#reader.feed(bytes)
    if (!this.#silent) this.desk.read({ bytes: bytes.length, events: 0, faults: [] })
  }

  /** A reader from the epoch of the segment on; the lines that name the columns go first. */
  async #start(bytes: Uint8Array): Promise<Pick<LiveReader, 'feed' | 'end'>> {
    const { format, path } = this.state
    invariant(format !== undefined, 'a source is read once its format is known')
    const { epoch, fromLine, from, at, head: helped } = this.#open
    const header = Buffer.from(this.#open.header, 'base64')
    const head = Math.min(helped === 0 ? headBytes : helped, bytes.length)
    if (helped === 0) this.state = { ...this.state, open: { ...this.#open, head } }
    this.#lines = new LineOffsets(epoch.lines + 1, from + epoch.bytes)
    this.#headerLines = countLines(header)
    this.#holdsBack = false
    if (format.kind === 'csv') return unread
    const { zone, year } = this.desk
    const reading: ReadEventsOptions = {
      until: at,
      ...(zone === undefined ? {} : { zone }),
      ...(year === undefined || fromLine > 0 || epoch.bytes > 0 ? {} : { year }),
    }
    const reader = new LiveReader({
      name: path,
      head: Buffer.concat([header, bytes.subarray(0, head)]),
      identified: format,
      reading,
      rules: this.desk.rules,
      seek: this.desk.indicators.seek,
      found: (matched) => this.#take(matched),
    })
    const silent = this.#silent
    this.#silent = true
    await reader.feed(header)
    this.#silent = silent
    return reader
  }

  async #endReader(): Promise<void> {
    await this.#reader?.end()
    this.#reader = undefined
    this.#holdsBack = false
  }

  #take({ events, faults, hits }: Matched): void {
    if (this.#silent) return
    this.desk.read({ bytes: 0, events, faults })
    for (const { event, rules, seen = [] } of hits) {
      const place = this.#placeOf(event.at)
      for (const rule of rules) {
        const { at: _, ...detection } = detectionOf(rule, event)
        const entry = { kind: 'detection' as const, ...detection, ...place }
        const hit = this.desk.correlations.hitOf(rule, event, place)
        if (hit !== undefined) this.#hits.push({ key: entryKey(entry), hit })
        if (rule.quiet === true) continue
        this.#tell(entry)
      }
      for (const one of seen) this.#tell(leadOf(one, event, place))
    }
  }

  #tell(entry: Unnumbered<WatchEntry>): void {
    if (!this.#unsure || !this.desk.store.isDelivered(entry)) this.#found.push(entry)
  }

  #placeOf(at: WatchedPlace['at']): WatchedPlace {
    const { path, segment } = this.state
    if (at.kind !== 'line') return { source: path, segment, at }
    const n = at.n - this.#headerLines + this.#open.epoch.lines
    const offset = this.#lines?.of(n)
    return {
      source: path,
      segment,
      at: { kind: 'line', n },
      line: this.#open.fromLine + n,
      ...(offset === undefined ? {} : { offset }),
    }
  }

  /** What was found goes to the journal, and the source moves on to `state`. */
  #deliver(state: SourceState): void {
    const { store, correlations, now, told } = this.desk
    const found = this.#found
    const hits = this.#hits
    this.#found = []
    this.#hits = []
    const entries = store.deliver(found, () => {
      writeState(store, state)
      correlations.keep(hits, Date.parse(now()))
    })
    this.state = state
    told(entries)
  }

  async #resume(): Promise<void> {
    const { open: opened, offset, path } = this.state
    this.#unsure = this.desk.store.hasDelivered(path)
    if (opened === undefined) return
    if (opened.closing !== undefined) return this.#putAway((state) => state)
    const file = await this.#spool()
    const { size } = await file.stat()
    const read = async (from: number, to: number, take: (bytes: Uint8Array, at: number) => Promise<void>): Promise<void> => {
      for (let at = from; at < to; at += pieceBytes) {
        const bytes = Buffer.alloc(Math.min(pieceBytes, to - at))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, at)
        invariant(bytesRead === bytes.length, 'the file of an open segment holds what was read')
        await take(bytes, opened.from + at)
      }
    }
    const delivered = offset - opened.from
    this.#silent = true
    await read(opened.epoch.bytes, delivered, (bytes, at) => this.#feed(bytes, at))
    this.#silent = false
    await read(delivered, size, (bytes) => this.#advance(bytes))
  }

  async #putAway(next: (state: SourceState) => SourceState): Promise<void> {
    const { store, told, keep, now } = this.desk
    const { path, segment, offset, format } = this.state
    const { from, fromLine, at: opened, closing: why = 'stopped' } = this.#open
    await this.release()
    const spool = this.#spoolPath
    const closed = now()
    const sha256 = await sha256Of(await fileSource(spool))
    const kind = format?.kind ?? 'log'
    const header = Buffer.from(this.#open.header, 'base64')
    const exhibit = await keep({
      path: spool,
      source: path,
      segment,
      kind,
      sha256,
      header,
      from,
      to: offset,
      opened,
      closed,
      why,
    })
    const entry = {
      kind: 'segment' as const,
      source: path,
      segment,
      sha256,
      from,
      to: offset,
      firstLine: fromLine + 1,
      opened,
      closed,
      why,
      ...(exhibit === undefined ? {} : { exhibit }),
      ...(exhibit === undefined || header.length === 0 ? {} : { headerLines: countLines(header) }),
    }
    const { open: _, ...rest } = this.state
    const state = next({ ...rest, segment: segment + 1 })
    const entries = store.deliver(store.isDelivered(entry) ? [] : [entry], () => {
      store.forgetDelivered(path, segment)
      writeState(store, state)
    })
    this.state = state
    this.#unsure = false
    told(entries)
    await rm(spool, { force: true })
  }
}

/** Whether the last line is an object by itself. */
function endsWithObject(bytes: Uint8Array): boolean {
  const end = bytes.at(-1) === 10 ? bytes.length - 1 : bytes.length
  const start = bytes.lastIndexOf(10, end - 1) + 1
  return bytes[start] === 0x7b && (bytes[end - 1] === 0x7d || bytes[end - 2] === 0x7d)
}
