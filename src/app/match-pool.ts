import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { serialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Fault, Place } from '../base/index.ts'
import type { LogEvent, ReadEventsOptions } from '../events/index.ts'
import type { LogPart } from '../formats/index.ts'
import type { Rule } from '../sigma/index.ts'
import type { Counts, Matched } from './match-log.ts'

/** A part of a log that lies on disk as a file. */
export interface PartTask {
  readonly path: string
  readonly name: string
  readonly reading: Omit<ReadEventsOptions, 'watch' | 'memory'>
  readonly part: LogPart
}

/** What a thread answers: rules by their place in the list it was given. */
export interface MatchedPart {
  readonly events: number
  readonly recovered: number
  readonly faults: readonly Fault[]
  readonly hits: readonly { readonly event: LogEvent; readonly rules: readonly number[] }[]
  readonly counts: Counts
}

/** Bytes of a part: some hundred milliseconds of work. */
export const usualPart = 8 * 1024 * 1024

/** Parts below which one thread is done before others have started and compiled the rules. */
const partsWorthwhile = 40

/** Threads worth starting for so many bytes of logs: one for each core, one alone for little. */
export function threadsFor(bytes: number, partBytes: number): number {
  return bytes < partsWorthwhile * partBytes ? 1 : Math.min(availableParallelism(), 16)
}

interface Waiting {
  readonly task: PartTask
  readonly resolve: (part: MatchedPart) => void
  readonly reject: (error: Error) => void
}

/** Threads that match parts of logs with one set of rules. */
export class MatchPool {
  readonly threads: number
  readonly #rules: readonly Rule[]
  readonly #idle: Worker[] = []
  readonly #all: Worker[] = []
  readonly #busy = new Map<Worker, Waiting>()
  readonly #queue: Waiting[] = []
  #failed: Error | undefined

  constructor(rules: readonly Rule[], threads: number) {
    this.threads = threads
    this.#rules = rules
    const module = new URL(`./match-worker${extname(import.meta.url)}`, import.meta.url)
    // Written once for all threads.
    const written = serialize(rules)
    const shared = new Uint8Array(new SharedArrayBuffer(written.length))
    shared.set(written)
    for (let i = 0; i < threads; i += 1) {
      const worker = new Worker(module, { workerData: { rules: shared } })
      worker.on('message', (part: MatchedPart) => {
        const done = this.#busy.get(worker)
        this.#busy.delete(worker)
        this.#idle.push(worker)
        done?.resolve(part)
        this.#next()
      })
      worker.on('error', (error) => this.#fail(error))
      this.#all.push(worker)
      this.#idle.push(worker)
    }
  }

  /** Matches a part; rejects when a thread fails. */
  run(task: PartTask): Promise<MatchedPart> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed)
    const { promise, resolve, reject } = Promise.withResolvers<MatchedPart>()
    // The failure of one part ends the run; those behind it are not waited for.
    promise.catch(() => undefined)
    this.#queue.push({ task, resolve, reject })
    this.#next()
    return promise
  }

  /** The answer of a thread in the numbers of the whole log. */
  placed(part: MatchedPart, before: Counts): Matched {
    return {
      events: part.events,
      recovered: part.recovered,
      faults:
        before.lines === 0 && before.records === 0
          ? part.faults
          : part.faults.map((one) => ({ ...one, where: moved(one.where, before) })),
      hits: part.hits.map(({ event, rules }) => ({
        event: { ...event, at: movedAt(event.at, before) },
        rules: rules.flatMap((at) => this.#rules[at] ?? []),
      })),
    }
  }

  async close(): Promise<void> {
    this.#fail(new Error('internal error: the threads were closed'))
    await Promise.all(this.#all.map((worker) => worker.terminate()))
  }

  #next(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const worker = this.#idle.pop() as Worker
      const waiting = this.#queue.shift() as Waiting
      this.#busy.set(worker, waiting)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(waiting.task)
    }
  }

  #fail(error: Error): void {
    this.#failed ??= error
    for (const one of [...this.#busy.values(), ...this.#queue.splice(0)]) one.reject(error)
    this.#busy.clear()
  }
}

function moved(where: Place, before: Counts): Place {
  return {
    ...where,
    ...(where.line === undefined ? {} : { line: where.line + before.lines }),
    ...(where.record === undefined ? {} : { record: where.record + before.records }),
  }
}

function movedAt(at: LogEvent['at'], before: Counts): LogEvent['at'] {
  if (at.kind === 'line') return { ...at, n: at.n + before.lines }
  return at.kind === 'record' ? { ...at, n: at.n + before.records } : at
}
