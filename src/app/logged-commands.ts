import type { Locator } from '../base/index.ts'
import type { LoggedCommand } from '../lookups/index.ts'
import { clientCall } from '../statements/index.ts'
import type { Lake } from '../store/index.ts'
import { itemName, type Item } from './items.ts'

/** Command lines given out at once, and of one review. */
const [atOnce, most] = [10_000, 200_000]

/**
 * Command lines of processes in loads of events that may call a client of a database, in the order of their exhibits. Histories are left out: they are read as
 * histories.
 */
export async function* loggedCommands(
  lake: Lake,
  { loads, items }: { readonly loads: readonly string[]; readonly items: readonly Item[] },
): AsyncGenerator<LoggedCommand> {
  const known = new Map(items.map((item) => [`${item.sha256}/${item.member ?? ''}`, item]))
  let after = { exhibit: '', member: '', n: '0' }
  for (let given = 0; given < most;) {
    const rows = await lake.engine.rows<Row>(
      `SELECT exhibit, member, unit, toString(n) AS n, if(timed, formatDateTime(time, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC'), '') AS time, account, host, command_line
       FROM events WHERE load_id IN ({loads:Array(UInt64)}) AND class = 'process' AND match(command_line, {clients:String}) AND service != 'shell-history'
         AND (exhibit, member, events.n) > ({exhibit:String}, {member:String}, {n:UInt64})
       ORDER BY exhibit, member, events.n LIMIT ${atOnce}`,
      { loads, clients: `(?i)${clientCall}`, ...after },
    )
    for (const { exhibit, member, unit, n, time, account, host, command_line: command } of rows) {
      const item = known.get(`${exhibit}/${member}`)
      if (item?.identified.history !== undefined) continue
      yield {
        sha256: exhibit,
        ...(member === '' ? {} : { member }),
        file: item === undefined ? exhibit.slice(0, 12) : item.member === undefined ? itemName(item) : item.file,
        at: { kind: unitOf(unit), n: Number(n) } satisfies Locator,
        time,
        account,
        host,
        command,
      }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < atOnce) return
    given += rows.length
    after = { exhibit: last.exhibit, member: last.member, n: last.n }
  }
}

interface Row {
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly n: string
  readonly time: string
  readonly account: string
  readonly host: string
  readonly command_line: string
}

function unitOf(unit: string): 'record' | 'line' | 'row' {
  return unit === 'line' || unit === 'row' ? unit : 'record'
}
