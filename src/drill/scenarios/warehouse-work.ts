import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import { some } from './pace.ts'
import { ran, signedIn } from './warehouse.ts'
import type { World } from './world.ts'

/** The cloud warehouse: the loading job with its key, analysts from the office with a second factor. */
export function warehouseWork(world: World): void {
  const random = world.random('warehouse')
  const analysts = world.estate.users.slice(-4).map((user) => user.name.toUpperCase().replace('.', '_'))
  let session = 70_000
  for (let day = 0; day < world.days; day++) {
    const start = world.from + day * dayMs
    const night = start + 4 * hourMs + random.below(10 * minuteMs)
    session += 1
    signedIn(world, {
      at: night,
      user: 'SVC_LOADER',
      from: '192.0.2.250',
      client: 'JDBC_DRIVER',
      version: '3.16.1',
      second: false,
    })
    ran(world, {
      at: night + 4_000,
      user: 'SVC_LOADER',
      role: 'LOADER',
      session: String(session),
      type: 'INSERT',
      text: 'COPY INTO CDR.CALLS FROM @CDR.LANDING',
      object: 'MERIDIAN_DW.CDR.CALLS',
      rows: 4_000_000 + random.below(400_000),
      out: 0,
    })
    ran(world, {
      at: night + 400_000,
      user: 'SVC_LOADER',
      role: 'LOADER',
      session: String(session),
      type: 'UNLOAD',
      text: 'COPY INTO @REPORTS.DAILY FROM (SELECT CELL, COUNT(*) FROM CDR.CALLS GROUP BY 1)',
      object: 'MERIDIAN_DW.CDR.CALLS',
      rows: 9_000 + random.below(800),
      out: 0,
    })
    for (let more = some(world, random, 5); more > 0; more--) {
      const user = random.pick(analysts)
      const at = world.working(day, random.unit())
      session += 1
      if (random.chance(0.06))
        signedIn(world, {
          at: at - 20_000,
          user,
          from: '192.0.2.251',
          client: 'SNOWFLAKE_UI',
          version: '1.0',
          second: false,
          wrong: true,
        })
      signedIn(world, { at, user, from: '192.0.2.251', client: 'SNOWFLAKE_UI', version: '1.0', second: true })
      for (let query = 0; query < random.between(1, 4); query++)
        ran(world, {
          at: at + (query + 1) * 90_000,
          user,
          role: 'ANALYST',
          session: String(session),
          type: 'SELECT',
          text: 'SELECT PLAN, COUNT(*) FROM CRM.CUSTOMERS GROUP BY PLAN',
          object: random.pick(['MERIDIAN_DW.CRM.CUSTOMERS', 'MERIDIAN_DW.CDR.CALLS', 'MERIDIAN_DW.SALES.ORDERS']),
          rows: random.between(4, 900),
          out: random.between(900, 80_000),
        })
    }
  }
}
