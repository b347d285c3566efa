import { join } from 'node:path'
import { countDensity } from '../src/app/story-view-density.ts'
import { firstEvents } from '../src/app/story-view-events.ts'
import { caseLoads } from '../src/app/story-view-loads.ts'
import { eventsTable } from '../src/events/index.ts'
import { openLake, type Engine } from '../src/store/index.ts'
import { Stopwatch, type Measure } from './measure.ts'

const hosts = 200
const days = 30
const start = '2026-03-01T00:00:00Z'
const lanes = Array.from({ length: 40 }, (_, n) => `host-${n}`)
const day = (n: number, hour = 0): string => new Date(Date.parse(start) + (n * 24 + hour) * 3_600_000).toISOString()

/** What the page of a story asks of the lake, of `size` events made inside the engine (10 million when absent): 200 hosts, 30 days. */
export const storyPage: Measure = {
  about:
    'events per host and bucket of time for the page of a story, and the first records of a bucket, of events made in the engine',
  needs: 'nothing',
  drill: 10_000_000,
  runs: 5,
  rates: [{ unit: 'events/s', count: 'events', time: 'whole period, 40 lanes' }],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const directory = join(scratch, 'lake')
    const filling = await openLake({ directory, tables: [eventsTable] })
    let load = ''
    try {
      const made = await filling.load({ key: 'made', tables: [eventsTable] }, (writer) =>
        make(filling.engine, { load: writer.loadId, size }),
      )
      load = made.id
    } finally {
      await filling.close()
    }
    const lake = await watch.time('open the lake', () => openLake({ directory, tables: [eventsTable] }))
    try {
      const given = [{ sha256: '0'.repeat(64), name: 'made' }] as unknown as Parameters<typeof caseLoads>[1]
      await watch.time('find the loads of the case', () => caseLoads(lake.engine, given))
      const count = (name: string, from: string, to: string, buckets = 240) =>
        watch.time(name, () => countDensity(lake.engine, [load], { from, to, buckets, hosts: lanes }))
      const whole = await count('whole period, 40 lanes', day(0), day(days))
      await count('one day, 40 lanes', day(12), day(13))
      await count('one hour, 40 lanes', day(12, 9), day(12, 10), 600)
      const source = { engine: lake.engine, loads: [load], fileOf: (sha256: string) => sha256 }
      const { events } = await watch.time('first records of an hour on a host', () =>
        firstEvents(source, { from: day(12, 9), to: day(12, 10), host: 'host-3' }),
      )
      await watch.time('first records of an hour on all hosts', () => firstEvents(source, { from: day(12, 9), to: day(12, 10) }))
      return {
        counts: {
          events: whole.all.reduce((sum, one) => sum + one, 0),
          buckets: whole.all.length,
          lanes: whole.hosts.length,
          records: events.length,
        },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}

/** Rows spread evenly over hosts and time, in an order that is neither's, with a few fields each. */
async function make(engine: Engine, { load, size }: { readonly load: string; readonly size: number }): Promise<void> {
  await engine.run(
    `INSERT INTO events (load_id, exhibit, unit, n, time, timed, zone, host, class, product, channel, event_id, account, process, fields)
     SELECT {load:UInt64}, repeat('0', 64), 'record', number + 1,
       addMicroseconds(toDateTime64({start:String}, 6, 'UTC'), cityHash64(number) % ${days * 86_400}000000), true, 'stated',
       concat('host-', toString(cityHash64(number, 1) % ${hosts})), 'process', 'windows', 'Security', '4688',
       concat('user-', toString(cityHash64(number, 2) % 500)), concat('program-', toString(cityHash64(number, 3) % 300)),
       map('NewProcessId', toString(cityHash64(number, 4) % 65536), 'SubjectLogonId', toString(cityHash64(number, 5)))
     FROM numbers(${size})`,
    { load, start: start.slice(0, 19).replace('T', ' ') },
  )
}
