import type { Watch } from '../base/index.ts'
import type { Story } from '../intrusion/index.ts'
import { SqlValues } from '../sigma/index.ts'
import { lakeEvents, type LakeEvent } from './hunt-lake.ts'
import type { HuntScope } from './hunt-scope.ts'
import type { Workspace } from './workspace.ts'

/** An address behind which more requests stand may be many people's. */
const mostRequests = 2_000
const mostClients = 50
/** Around a cited request an address is taken for the same one's: milliseconds. */
const keptMs = 3 * 24 * 3_600_000

/** A request that a story cites: where it stands, when, from which address. */
interface CitedRequest {
  readonly exhibit: string
  readonly host: string
  readonly time: string
  readonly client: string
  readonly steps: readonly number[]
}

/**
 * Other requests of the clients of cited requests, to the same servers, within three days of those, each with the steps of the requests
 * cited. Left out are addresses that speak to other servers too, at other times than the story's, or very often: somebody else may be
 * behind them.
 */
export async function requestsOfClients(options: {
  readonly workspace: Workspace
  readonly scope: HuntScope
  readonly story: Pick<Story, 'from' | 'to'>
  readonly cited: readonly CitedRequest[]
  readonly watch: Watch
}): Promise<{ readonly record: LakeEvent; readonly steps: readonly number[] }[]> {
  const { workspace, scope, story, watch } = options
  const cited = options.cited.filter((one) => one.client !== '' && !Number.isNaN(Date.parse(one.time)))
  const clients = [...new Set(cited.map((one) => one.client))].sort().slice(0, mostClients)
  if (clients.length === 0) return []
  const { engine } = await workspace.lake()
  const byPlace = Map.groupBy(cited, (one) => `${one.client} ${placeOf(one)}`)
  const [from, to] = [Date.parse(story.from) - keptMs, Date.parse(story.to) + keptMs]
  const counted = await engine.rows<{
    client: string
    host: string
    exhibit: string
    requests: string
    first: string
    last: string
  }>(
    `SELECT fields['c-ip'] AS client, host, exhibit, toString(count()) AS requests, toString(toUnixTimestamp64Milli(min(time))) AS first,
       toString(toUnixTimestamp64Milli(max(time))) AS last
     FROM events WHERE load_id IN {loads:Array(UInt64)} AND category = 'webserver' AND fields['c-ip'] IN {clients:Array(String)}
     GROUP BY client, host, exhibit`,
    { loads: scope.loads, clients },
  )
  const isElsewhere = (one: (typeof counted)[number]): boolean =>
    !byPlace.has(`${one.client} ${placeOf(one)}`) || Number(one.first) < from || Number(one.last) > to
  const own = clients.filter((client) => {
    const rows = counted.filter((one) => one.client === client)
    return !rows.some(isElsewhere) && rows.reduce((sum, one) => sum + Number(one.requests), 0) <= mostRequests
  })
  if (own.length === 0) return []
  const values = new SqlValues()
  const where = `category = 'webserver' AND fields['c-ip'] IN ${values.texts(own)}`
  const found: { record: LakeEvent; steps: readonly number[] }[] = []
  for await (const page of lakeEvents({ engine, scope, watch, values, where }))
    for (const record of page) {
      const { fields, host, time } = record.event
      const here = byPlace.get(`${fields['c-ip'] ?? ''} ${placeOf({ exhibit: record.cite.sha256, host })}`) ?? []
      const near = here.filter((one) => Math.abs(Date.parse(one.time) - Date.parse(time)) <= keptMs)
      if (near.length > 0) found.push({ record, steps: [...new Set(near.flatMap((one) => one.steps))].sort((a, b) => a - b) })
    }
  return found
}

/** The server, where the log says it; else the file. */
function placeOf({ exhibit, host }: Pick<CitedRequest, 'exhibit' | 'host'>): string {
  return host === '' ? exhibit : host
}
