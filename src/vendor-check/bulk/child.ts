// A worker thread for bulk group operations: a job in, its bytes out, one after the other.
import { parentPort } from 'node:worker_threads'
import { ready } from '../suite.ts'
import { doJob, type Job } from './job.ts'

await ready()
parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: Job }) => {
  try {
    parentPort?.postMessage({ id, bytes: doJob(job) }, [])
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, [])
  }
})
