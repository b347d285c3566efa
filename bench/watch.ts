import { appendFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { watchSources } from '../src/app/index.ts'
import { Stopwatch, type Figures, type Measure, type Task } from './measure.ts'

const single = 300

/** Following a log: how long after a line is written its detection is told, and how fast a backlog is read. */
export const watchMeasure: Measure = {
  about: `a log followed: time from writing a line to its detection, for ${single} lines written one by one; then a backlog of --size lines`,
  needs: 'nothing',
  drill: 200_000,
  runs: 3,
  rates: [
    { unit: 'events/s of backlog', count: 'events', time: 'backlog' },
    { unit: 'MB/s of backlog', count: 'bytes', time: 'backlog', per: 1e6 },
  ],
  run,
}

/** An invented request; every hundredth of the backlog runs a command. */
function request(n: number, hit: boolean): string {
  const clock = `${String(Math.floor(n / 3600) % 24).padStart(2, '0')}:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
  return `203.0.113.9 - - [01/Jul/2026:${clock} +0000] "GET /${hit ? 'a.jsp?cmd=whoami%20/all' : `page-${n % 997}`} HTTP/1.1" 200 512 "-" "invented"\n`
}

async function run({ rules, scratch, size }: Task): Promise<Figures> {
  const watch = new Stopwatch()
  const log = join(scratch, 'single.log')
  writeFileSync(log, request(0, false))
  const delays: number[] = []
  let written = 0
  const shared = {
    warn: () => undefined,
    rules: rules === 'own' ? [] : [rules],
    world: { now: () => new Date().toISOString(), pid: process.pid, env: {}, home: scratch, user: 'bench' },
  }
  const abort = new AbortController()
  const ready = Promise.withResolvers<unknown>()
  const followed = watchSources({
    ...shared,
    paths: [log],
    workspace: join(scratch, 'one'),
    once: false,
    told: (entry) => {
      if (entry.kind === 'detection') delays.push(performance.now() - written)
    },
    ready: ready.resolve,
    signal: abort.signal,
  })
  await ready.promise
  for (let n = 1; n <= single; n += 1) {
    const before = delays.length
    written = performance.now()
    appendFileSync(log, request(n, true))
    while (delays.length === before) await pause(1)
    await pause(n % 40)
  }
  abort.abort()
  await followed

  const many = join(scratch, 'backlog.log')
  writeFileSync(many, Array.from({ length: size }, (_, n) => request(n, n % 100 === 0)).join(''))
  const { events, detections } = await watch.time('backlog', () =>
    watchSources({
      ...shared,
      paths: [many],
      workspace: join(scratch, 'two'),
      once: true,
      told: () => undefined,
      ready: () => undefined,
      signal: new AbortController().signal,
    }),
  )
  const sorted = delays.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  return {
    counts: { events, bytes: statSync(many).size, detections },
    times: { ...watch.times, 'line, median': at(0.5), 'line, 99 %': at(0.99), 'line, worst': at(1) },
    cores: watch.cores,
  }
}
