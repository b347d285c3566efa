// A thread that matches parts of logs: takes the rules once, then one task after another.
import { deserialize } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { invariant } from '../base/index.ts'
import type { Rule } from '../sigma/index.ts'
import { partMatcher, type ForThread } from './match-part.ts'

const port = parentPort
invariant(port !== null, 'a matching thread has a parent')

let match: ReturnType<typeof partMatcher> | undefined
// The next task waits here while one is worked on.
let before: Promise<void> = Promise.resolve()
port.on('message', (said: ForThread) => {
  if ('rules' in said) {
    match = partMatcher(deserialize(said.rules) as readonly Rule[])
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    port.postMessage('ready')
    return
  }
  before = before.then(async () => {
    invariant(match !== undefined, 'a matching thread has its rules before its parts')
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    port.postMessage(await match(said.task))
  })
})
