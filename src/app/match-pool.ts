import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { serialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Place } from '../base/index.ts'
import type { LogEvent } from '../events/index.ts'
import type { Rule } from '../sigma/index.ts'
import type { Counts, Matched } from './match-log.ts'
import { partMatcher, type ForThread, type MatchedPart, type PartTask } from './match-part.ts'

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

/** Tasks a thread has at once: the next one is there when one is done, however busy this thread is. */
const tasksAtOnce = 2

/** Threads that match parts of logs with one set of rules; the one that asks is one of them. They start while the rules are still being read. */
export class MatchPool {
  readonly threads: number
  #rules: readonly Rule[] = []
  readonly #workers: readonly Worker[]
  /** What each thread that has started is about, the task given first at the front. */
  readonly #busy = new Map<Worker, Waiting[]>()
  readonly #queue: Waiting[] = []
  readonly #settled = new WeakSet<Promise<MatchedPart>>()
  #own: ReturnType<typeof partMatcher> | undefined
  #failed: Error | undefined

  constructor(threads: number) {
    this.threads = threads
    const module = new URL(`./match-worker${extname(import.meta.url)}`, import.meta.url)
    this.#workers = Array.from({ length: threads - 1 }, () => {
      const worker = new Worker(module)
      worker.on('message', (said: MatchedPart | 'ready') => {
        if (said !== 'ready') this.#busy.get(worker)?.shift()?.resolve(said)
        else if (this.#failed === undefined) this.#busy.set(worker, [])
        this.#next()
      })
      worker.on('error', (error) => this.#fail(error))
      return worker
    })
  }

  /** The threads for so many bytes of logs, none where one is enough. `most`: at most so many. */
  static for(bytes: number, most = Infinity): MatchPool | undefined {
    const threads = Math.min(most, threadsFor(bytes, usualPart))
    return threads > 1 ? new MatchPool(threads) : undefined
  }

  /** Gives the rules, once, before the first part. */
  give(rules: readonly Rule[]): void {
    this.#rules = rules
    // Written once for all threads.
    const written = serialize(rules)
    const shared = new Uint8Array(new SharedArrayBuffer(written.length))
    shared.set(written)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    for (const worker of this.#workers) worker.postMessage({ rules: shared } satisfies ForThread)
  }

  /** Matches a part; rejects when a thread fails. */
  run(task: PartTask): Promise<MatchedPart> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed)
    const { promise, resolve, reject } = Promise.withResolvers<MatchedPart>()
    // The failure of one part ends the run; those behind it are not waited for.
    const settle = (): void => void this.#settled.add(promise)
    promise.then(settle, settle)
    this.#queue.push({ task, resolve, reject })
    this.#next()
    return promise
  }

  /** What `run` promised. Until it is there this thread does a part of the work itself. */
  async awaited(part: Promise<MatchedPart>): Promise<MatchedPart> {
    // A part that is there already is seen to be.
    await Promise.resolve()
    while (!this.#settled.has(part)) {
      const waiting = this.#queue.shift()
      if (waiting === undefined) break
      this.#own ??= partMatcher(this.#rules)
      waiting.resolve(await this.#own(waiting.task))
    }
    return part
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
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  #next(): void {
    for (let room = 1; room <= tasksAtOnce; room += 1)
      for (const [worker, tasks] of this.#busy) {
        if (tasks.length >= room) continue
        const waiting = this.#queue.shift()
        if (waiting === undefined) return
        tasks.push(waiting)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage({ task: waiting.task } satisfies ForThread)
      }
  }

  #fail(error: Error): void {
    this.#failed ??= error
    for (const one of [...[...this.#busy.values()].flat(), ...this.#queue.splice(0)]) one.reject(error)
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
