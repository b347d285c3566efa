import { eventsTable } from '../../src/events/index.ts'
import type { Lake } from '../../src/store/index.ts'
import { hostOf, type Kind } from './engine-fields.ts'
import { serverKinds } from './engine-servers.ts'
import { sysmonKinds } from './engine-sysmon.ts'

/** An estate whose events are made inside the engine. */
interface EngineEstate {
  readonly loads: readonly string[]
  readonly hosts: number
}

/** First moment of the estate, and days of it. */
export const begin = '2026-03-02 00:00:00'
export const days = 30
/** Events of a day on one host, about; there are at least as many hosts. */
const [eventsPerHost, leastHosts] = [50_000, 120]
/** Events of one load, as of one file. */
const eventsPerLoad = 5_000_000

const kinds: readonly Kind[] = [...sysmonKinds, ...serverKinds]

/** Makes about `size` events of `days` days, one load for each five million; times rise with the loads, as files of a collector do. */
export async function engineEstate(lake: Lake, size: number): Promise<EngineEstate> {
  const hosts = Math.max(leastHosts, Math.floor(size / eventsPerHost))
  const parts = Math.max(2, Math.ceil(size / eventsPerLoad))
  const loads: string[] = []
  for (let part = 0; part < parts; part += 1) {
    const { id } = await lake.load({ key: `made ${size} ${part}`, tables: [eventsTable] }, async ({ loadId }) => {
      for (const [index, kind] of kinds.entries()) {
        const count = Math.round((size / parts) * (kind.share / 1000))
        await lake.engine.run(kindSql(kind, index), {
          load: loadId,
          count,
          first: part * count,
          all: parts * count,
          part,
          hosts,
          begin,
        })
      }
    })
    loads.push(id)
  }
  return { loads, hosts }
}

function kindSql({ host, columns, fields }: Kind, index: number): string {
  const map = Object.entries(fields).map(([name, value]) => `'${name}', ${value}`)
  return `INSERT INTO events (load_id, exhibit, unit, n, time, timed, zone, host, ${Object.keys(columns).join(', ')}, fields)
SELECT {load:UInt64}, leftPad(toString({part:UInt32}), 64, '0'), 'record', i * 32 + ${index + 1}, time_said, true, 'stated', ${host ?? hostOf('w')}, ${Object.values(columns).join(', ')}, map(${map.join(', ')})
FROM (
  SELECT i, toUInt32(cityHash64(i, ${index}) % {hosts:UInt32}) AS w, toUInt64((i + 0.5) / {all:UInt64} * ${days * 86_400}000000) AS at, toUInt32(intDiv(at, 86400000000)) AS day,
    toUInt32(cityHash64(i, 'slot') % 48) AS slot, addMicroseconds(toDateTime64({begin:String}, 6, 'UTC'), at) AS time_said
  FROM (SELECT number + {first:UInt64} AS i FROM numbers({count:UInt64})))
SETTINGS max_threads = 2, max_insert_threads = 1, min_insert_block_size_rows = 1000000, min_insert_block_size_bytes = 600000000`
}
