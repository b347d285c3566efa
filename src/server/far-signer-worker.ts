import { parentPort, workerData, type MessagePort } from 'node:worker_threads'

/** What the thread is asked: a question for the key's process, where to put its answer, and what to wake. */
export interface Asked {
  readonly question: object
  readonly reply: MessagePort
  readonly woken: Int32Array
}

const { port, secret, withinMs } = workerData as { readonly port: number; readonly secret: string; readonly withinMs: number }

parentPort?.on('message', ({ question, reply, woken }: Asked) => {
  void answered(question).then((signature) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    reply.postMessage(signature)
    Atomics.store(woken, 0, 1)
    Atomics.notify(woken, 0)
  })
})

/** The signature, base64; '' when the process that has the key does not give one. */
async function answered(question: object): Promise<string> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    })
    const text = response.ok ? await response.text() : ''
    return /^[A-Za-z0-9+/]{86}==$/.test(text) ? text : ''
  } catch {
    return ''
  }
}
