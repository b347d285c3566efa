import { Worker } from 'node:worker_threads'
import { ready } from '../suite.ts'
import { doJob, type Job } from './job.ts'

/** Where bulk group operations are done. */
export interface Bulk {
  /** Jobs that are worth being in hand at the same time. */
  readonly lanes: number
  run(job: Job): Promise<Uint8Array>
  close(): Promise<void>
}

interface Waiting {
  readonly job: Job
  readonly done: (bytes: Uint8Array) => void
  readonly failed: (error: Error) => void
}

interface Reply {
  readonly id: number
  readonly bytes?: Uint8Array
  readonly error?: string
}

/** Opens `workers` threads; with 0 the work is done in this one. */
export async function openBulk(workers: number): Promise<Bulk> {
  await ready()
  if (workers === 0)
    return {
      lanes: 1,
      // A turn of the event loop per job, so that an interrupt is heard.
      run: (job) => new Promise((done) => setImmediate(done)).then(() => doJob(job)),
      close: () => Promise.resolve(),
    }
  return threads(workers)
}

function threads(count: number): Bulk {
  const file = new URL(`./child.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
  const queue: Waiting[] = []
  const inHand = new Map<number, Waiting & { readonly worker: Worker }>()
  const idle: Worker[] = []
  let next = 0
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(file, { env: {}, execArgv: ['--disable-warning=ExperimentalWarning'] })
    worker.on('message', ({ id, bytes, error }: Reply) => {
      const waiting = inHand.get(id)
      inHand.delete(id)
      idle.push(worker)
      if (bytes !== undefined) waiting?.done(bytes)
      else waiting?.failed(new Error(error ?? 'a worker gave nothing'))
      give()
    })
    worker.on('error', (error) => {
      for (const [id, waiting] of inHand)
        if (waiting.worker === worker) {
          inHand.delete(id)
          waiting.failed(error instanceof Error ? error : new Error(String(error)))
        }
    })
    idle.push(worker)
    return worker
  })
  const give = (): void => {
    while (queue.length > 0 && idle.length > 0) {
      const worker = idle.pop()
      const waiting = queue.shift()
      if (worker === undefined || waiting === undefined) return
      next += 1
      inHand.set(next, { ...waiting, worker })
      worker.postMessage({ id: next, job: waiting.job }, [])
    }
  }
  return {
    lanes: count + 1,
    run: (job) =>
      new Promise((done, failed) => {
        queue.push({ job, done, failed })
        give()
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
