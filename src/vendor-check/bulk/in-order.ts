import type { Bulk } from './bulk.ts'
import type { Job } from './job.ts'

/** Parts of long work that are done already, by their number; what is kept survives a stop. */
export interface Parts {
  get(n: number): Uint8Array | undefined
  put(n: number, bytes: Uint8Array): void
}

/** Runs the jobs with a few in hand at a time and gives their results in order; kept parts are not done again. */
export async function* inOrder(
  jobs: AsyncIterable<Job> | Iterable<Job>,
  options: { readonly bulk: Bulk; readonly parts?: Parts | undefined; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<Uint8Array> {
  const { bulk, parts, signal } = options
  const running: Promise<Uint8Array>[] = []
  let n = 0
  try {
    for await (const job of jobs) {
      signal?.throwIfAborted()
      const part = n
      n += 1
      const kept = parts?.get(part)
      const result =
        kept === undefined
          ? bulk.run(job).then((bytes) => {
              parts?.put(part, bytes)
              return bytes
            })
          : Promise.resolve(kept)
      // A failure is met when its turn comes, not as an unhandled rejection before.
      result.catch(() => undefined)
      running.push(result)
      if (running.length >= bulk.lanes) yield await (running.shift() as Promise<Uint8Array>)
    }
    for (const one of running.splice(0)) {
      signal?.throwIfAborted()
      yield await one
    }
  } finally {
    await Promise.allSettled(running)
  }
}
