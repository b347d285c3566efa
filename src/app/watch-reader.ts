import { bytesSource, type ByteSource } from '../base/index.ts'
import type { LogEvent, ReadEventsOptions } from '../events/index.ts'
import { identify, type Identified } from '../formats/index.ts'
import type { RuleSet } from '../sigma/index.ts'
import type { IndicatorSeen } from './indicators-match.ts'
import { matchLog, type Matched } from './match-log.ts'

/**
 * A log that is read while it is written: bytes are pushed in, and what the rules hit comes out before the push is over. Nothing is
 * buffered but what the format holds back (a line without its end, an entry that the next one ends).
 */
export class LiveReader {
  readonly #pump: Promise<void>
  #chunk: Uint8Array | undefined
  #ended = false
  #wanted: (() => void) | undefined
  #drained: (() => void) | undefined
  #failed = false

  /** `head`: the beginning of the source, by which the reader is chosen and helped. */
  constructor(options: {
    readonly name: string
    readonly head: Uint8Array
    readonly identified: Identified
    readonly reading: ReadEventsOptions
    readonly rules: RuleSet
    readonly seek: (event: LogEvent) => readonly IndicatorSeen[]
    readonly found: (matched: Matched) => void
  }) {
    const { name, head, identified, reading, rules, seek } = options
    const source: ByteSource = {
      name,
      // It has no end yet.
      size: Number.MAX_SAFE_INTEGER,
      stream: (from = 0) => this.#stream(from),
      slice: (from, to) => Promise.resolve(head.subarray(from, to)),
    }
    this.#pump = (async () => {
      for await (const one of matchLog({ source, reading: { ...reading, identified }, rules, seek, watch: {} }))
        options.found(one)
    })()
    this.#pump.catch(() => (this.#failed = true))
  }

  /** Reads bytes; over when all that they hold was given to `found`. */
  async feed(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#drained = resolve
    this.#chunk = bytes
    this.#wanted?.()
    await Promise.race([promise, this.#pump])
    if (this.#failed) await this.#pump
  }

  /** The source ends here: gives what was held back. */
  async end(): Promise<void> {
    this.#ended = true
    this.#wanted?.()
    await this.#pump
  }

  async *#stream(from: number): AsyncGenerator<Uint8Array> {
    let skip = from
    for (;;) {
      if (this.#chunk === undefined) {
        this.#drained?.()
        this.#drained = undefined
        if (this.#ended) return
        const { promise, resolve } = Promise.withResolvers<void>()
        this.#wanted = resolve
        await promise
        this.#wanted = undefined
        continue
      }
      const bytes = this.#chunk
      this.#chunk = undefined
      const rest = skip === 0 ? bytes : bytes.subarray(skip)
      skip = Math.max(0, skip - bytes.length)
      if (rest.length > 0) yield rest
    }
  }
}

/** What the beginning of a followed file says it is. */
export function identifyHead(name: string, head: Uint8Array): Promise<Identified> {
  return identify(bytesSource(name, head))
}
