import type { Watch } from '../base/index.ts'
import { bounds } from './bounds.ts'
import type { Bulk } from './bulk/bulk.ts'
import { inOrder, type Parts } from './bulk/in-order.ts'
import type { Job } from './bulk/job.ts'
import { elementBytes, type KeyPair } from './suite.ts'

interface Work {
  readonly bulk: Bulk
  readonly watch: Watch
  readonly parts?: Parts
}

const batchBytes = bounds.proofBatch * elementBytes

/** Evaluates a run in its order with one RFC 9497 proof (hex) per 512 elements. */
export async function evaluateRows(
  key: KeyPair,
  run: Uint8Array,
  step: string,
  { bulk, watch, parts }: Work,
): Promise<{ readonly evaluated: Uint8Array; readonly proofs: readonly string[] }> {
  const jobs = batches(run).map((batch): Job => ({ kind: 'evaluate', run: batch, key }))
  const evaluated: Uint8Array[] = []
  const proofs: string[] = []
  for await (const bytes of inOrder(jobs, { bulk, parts, signal: watch.signal })) {
    evaluated.push(bytes.subarray(0, -64))
    proofs.push(Buffer.from(bytes.subarray(-64)).toString('hex'))
    watch.report?.({ step, done: proofs.length, total: jobs.length, unit: 'batches' })
  }
  return { evaluated: Buffer.concat(evaluated), proofs }
}

/** The number of the first batch (from 1) whose proof fails, or undefined when all hold and there are as many as needed. */
export async function failedBatch(
  claim: {
    readonly publicKey: Uint8Array
    readonly run: Uint8Array
    readonly evaluated: Uint8Array
    readonly proofs: readonly string[]
  },
  { bulk, watch }: Work,
): Promise<number | undefined> {
  const { publicKey, proofs } = claim
  const evaluated = batches(claim.evaluated)
  const runs = batches(claim.run)
  if (claim.evaluated.length !== claim.run.length || runs.length !== proofs.length)
    return Math.min(runs.length, proofs.length) + 1
  const jobs = runs.map((run, n): Job => ({
    kind: 'check',
    run,
    evaluated: evaluated[n] as Uint8Array,
    publicKey,
    proof: Buffer.from(proofs[n] ?? '', 'hex'),
  }))
  let n = 0
  for await (const [holds] of inOrder(jobs, { bulk, signal: watch.signal })) {
    n += 1
    if (holds !== 1) return n
    watch.report?.({ step: 'checking the proofs', done: n, total: jobs.length, unit: 'batches' })
  }
  return undefined
}

function batches(run: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(run.length / batchBytes) }, (_, n) => run.subarray(n * batchBytes, (n + 1) * batchBytes))
}
