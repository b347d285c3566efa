// A thread that matches parts of logs: takes the rules once, then one task after another.
import { deserialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { fileSource, invariant } from '../base/index.ts'
import { EventMemory, wholeEvent } from '../events/index.ts'
import { compile, type Rule } from '../sigma/index.ts'
import { faultOf } from './fault-of.ts'
import { matchLog, type Counts } from './match-log.ts'
import type { MatchedPart, PartTask } from './match-pool.ts'

const rules = deserialize((workerData as { readonly rules: Uint8Array }).rules) as readonly Rule[]
const set = compile(rules)
const memory = new EventMemory()
const numbers = new Map(rules.map((rule, at) => [rule, at]))
const port = parentPort
invariant(port !== null, 'a matching thread has a parent')

port.on('message', (task: PartTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void run(task).then((answer) => port.postMessage(answer))
})

async function run(task: PartTask): Promise<MatchedPart> {
  const faults: MatchedPart['faults'][number][] = []
  const hits: MatchedPart['hits'][number][] = []
  let events = 0
  let recovered = 0
  let counts: Counts = { lines: 0, records: 0 }
  try {
    const source = await fileSource(task.path, task.name)
    const counted = (all: Counts): void => void (counts = all)
    for await (const batch of matchLog({
      source,
      reading: task.reading,
      part: task.part,
      rules: set,
      memory,
      counted,
      watch: {},
    })) {
      events += batch.events
      recovered += batch.recovered
      faults.push(...batch.faults)
      for (const hit of batch.hits)
        hits.push({ event: wholeEvent(hit.event), rules: hit.rules.map((rule) => numbers.get(rule) ?? -1) })
    }
  } catch (error) {
    faults.push(faultOf(error, { file: task.name }))
  }
  return { events, recovered, faults, hits, counts }
}
