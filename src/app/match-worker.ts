// A thread that matches parts of logs: takes the rules once, then one task after another.
import { deserialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { invariant } from '../base/index.ts'
import type { Rule } from '../sigma/index.ts'
import { partMatcher, type PartTask } from './match-part.ts'

const match = partMatcher(deserialize((workerData as { readonly rules: Uint8Array }).rules) as readonly Rule[])
const port = parentPort
invariant(port !== null, 'a matching thread has a parent')

// The next task waits here while one is worked on.
let before: Promise<void> = Promise.resolve()
port.on('message', (task: PartTask) => {
  before = before.then(async () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    port.postMessage(await match(task))
  })
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
port.postMessage('ready')
