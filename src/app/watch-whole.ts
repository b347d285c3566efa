import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSource, locatorText, sha256Of, type Fault } from '../base/index.ts'
import { identify } from '../formats/index.ts'
import { detectionOf } from '../sigma/index.ts'
import { matchLog } from './match-log.ts'
import type { KeyedHit } from './watch-correlate.ts'
import type { WatchDesk } from './watch-desk.ts'
import { entryKey, leadOf, type Unnumbered, type WatchEntry } from './watch-entry.ts'
import type { Step } from './watch-file.ts'
import { readState, writeState, type SourceState } from './watch-state.ts'

/** A file counts as written when it has not changed for so long. */
const settledMs = 2_000
/** A whole file needs no lines of before. */
const noHeader = new Uint8Array()

/**
 * A Windows event log: read whole each time it has stopped growing, from a copy. Records told before are known by their number and
 * are not told again.
 */
export class WatchWhole {
  readonly path: string
  readonly #desk: WatchDesk
  #state: SourceState
  #seen = ''
  #seenAt = 0

  constructor(desk: WatchDesk, path: string) {
    this.path = path
    this.#desk = desk
    this.#state = readState(desk.store, path)
  }

  get fault(): Fault | undefined {
    return undefined
  }

  /** `now` in milliseconds; `last`: there is no time to wait for the file to come to rest. */
  async step(now: number, last: boolean): Promise<Step> {
    const info = await stat(this.path).catch(() => undefined)
    if (info?.isFile() !== true) return 'gone'
    const mark = `${info.size} ${info.mtimeMs}`
    if (mark !== this.#seen) {
      this.#seen = mark
      this.#seenAt = now
    }
    if (info.size === 0 || mark === this.#state.settled) return 'idle'
    if (!last && now - this.#seenAt < settledMs) return 'idle'
    await this.#read(mark)
    return 'busy'
  }

  async stop(): Promise<void> {
    // What was read is put away already.
  }

  async #read(mark: string): Promise<void> {
    const { store, folder, rules, correlations, indicators, now, told, keep } = this.#desk
    const { path } = this
    const { segment } = this.#state
    const name = createHash('sha256').update(path).digest('hex').slice(0, 16)
    const copy = join(folder, `${name}-${segment}.whole`)
    const opened = now()
    await copyFile(path, copy, constants.COPYFILE_FICLONE)
    const source = await fileSource(copy, path)
    const sha256 = await sha256Of(source)
    if (sha256 === this.#state.sha256) {
      // Touched, not written.
      this.#settle({ ...this.#state, settled: mark })
      await rm(copy, { force: true })
      return
    }
    const identified = await identify(source)
    const { seek } = indicators
    for await (const { events, faults, hits } of matchLog({ source, reading: { identified }, rules, seek, watch: {} })) {
      const found: Unnumbered<WatchEntry>[] = []
      const waiting: KeyedHit[] = []
      for (const { event, rules: hit, seen = [] } of hits) {
        const recordId = event.fields['EventRecordID'] || locatorText(event.at)
        const place = { source: path, segment, at: event.at }
        for (const rule of hit) {
          const { at: _, ...detection } = detectionOf(rule, event)
          const entry = { kind: 'detection' as const, ...detection, ...place, recordId }
          const one = correlations.hitOf(rule, event, place)
          if (one !== undefined) waiting.push({ key: entryKey(entry), hit: one })
          if (rule.quiet !== true && !store.isDelivered(entry)) found.push(entry)
        }
        for (const one of seen) {
          const lead = { ...leadOf(one, event, place), recordId }
          if (!store.isDelivered(lead)) found.push(lead)
        }
      }
      this.#desk.read({ bytes: 0, events, faults })
      const entries = store.deliver(found, () => {
        for (const one of found) store.noteDelivered(one)
        correlations.keep(waiting, Date.parse(now()))
      })
      told(entries)
    }
    const closed = now()
    const to = source.size
    const { kind } = identified
    const why = 'settled' as const
    this.#desk.read({ bytes: to, events: 0, faults: [] })
    const exhibit = await keep({
      path: copy,
      source: path,
      segment,
      kind,
      sha256,
      header: noHeader,
      from: 0,
      to,
      opened,
      closed,
      why,
    })
    const about = { kind: 'segment' as const, source: path, segment, sha256, from: 0, to, firstLine: 1, opened, closed, why }
    const entry = { ...about, ...(exhibit === undefined ? {} : { exhibit }) }
    const state = { ...this.#state, segment: segment + 1, settled: mark, sha256 }
    const entries = store.deliver(store.isDelivered(entry) ? [] : [entry], () => {
      store.forgetDelivered(path, segment)
      writeState(store, state)
    })
    this.#state = state
    told(entries)
    await rm(copy, { force: true })
  }

  #settle(state: SourceState): void {
    this.#desk.store.deliver([], () => writeState(this.#desk.store, state))
    this.#state = state
  }
}
