import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { extname } from 'node:path'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { exitCodes, UserError } from '../base/index.ts'
import { proofText, signatureHolds, type Person, type Signer } from '../evidence/index.ts'
import type { Asked } from './far-signer-worker.ts'

/** A signer whose key is in another process of this machine, for as long as that process runs. */
export interface FarSigner {
  readonly signer: Signer
  close(): void
}

/** How long the key's process may take for one signature: this process stands still meanwhile. */
const withinMs = 3_000

/**
 * A signer for a person whose command listens on `127.0.0.1:port` and signs there. It has proved that it has the key when this returns, and every
 * signature is checked before it counts. Throws a `UserError` when the command does not answer, or signs with another key.
 */
export async function farSigner(at: {
  readonly person: Person
  readonly port: number
  readonly secret: string
}): Promise<FarSigner> {
  const { person, port, secret } = at
  const worker = new Worker(new URL(`./far-signer-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: { port, secret, withinMs },
  })
  // A thread that failed answers nothing: what waits for it says so.
  worker.on('error', () => undefined)
  worker.unref()
  await once(worker, 'online')
  const signed = (question: object, text: string): string => {
    const signature = askedOf(worker, question)
    if (signatureHolds({ publicKey: person.publicKey, text, signature })) return signature
    throw new UserError({
      code: 'signer-silent',
      message: `the command of ${person.name} did not sign`,
      hint: 'give the command again; the key stays with it, and nothing was written',
      exitCode: exitCodes.environment,
    })
  }
  try {
    const challenge = randomBytes(32).toString('base64url')
    signed({ challenge }, proofText(challenge))
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return {
    // Entries are signed inside a transaction, which cannot wait for anybody but by standing still.
    signer: { ...person, sign: (text, entry) => signed({ entry }, text) },
    close: () => void worker.terminate(),
  }
}

function askedOf(worker: Worker, question: object): string {
  const { port1, port2 } = new MessageChannel()
  const woken = new Int32Array(new SharedArrayBuffer(4))
  const asked: Asked = { question, reply: port2, woken }
  worker.postMessage(asked, [port2])
  Atomics.wait(woken, 0, 0, withinMs + 1_000)
  const said: { readonly message: string } | undefined = receiveMessageOnPort(port1)
  port1.close()
  return said?.message ?? ''
}
