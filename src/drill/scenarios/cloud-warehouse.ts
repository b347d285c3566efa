import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import { ran, signedIn, warehouseHost } from './warehouse.ts'
import type { World } from './world.ts'

const tables = [
  { object: 'MERIDIAN_DW.CDR.CALLS', categories: ['cdr', 'location'] },
  { object: 'MERIDIAN_DW.CRM.CUSTOMERS', categories: ['identity', 'contact'] },
] as const

/**
 * A password that an infostealer took opens the cloud warehouse, from a network nobody works from and without a second factor: tables are
 * looked at, unloaded into a stage and fetched from there. No computer of the estate is touched.
 */
export function cloudWarehouse(world: World, attack: Attack): void {
  const random = world.random('cloud-warehouse', attack.number)
  const { users } = world.estate
  const user = random
    .pick(random.chance(0.5) ? users.slice(-4) : users.slice(0, -4))
    .name.toUpperCase()
    .replace('.', '_')
  const addresses = Array.from({ length: random.between(1, 3) }, (_, at) => `203.0.113.${50 + at * 17 + random.below(16)}`)
  const [client, version] = random.pick([
    ['JDBC_DRIVER', '3.13.30'],
    ['PYTHON_CONNECTOR', '3.0.4'],
    ['OTHER', '1.2'],
  ] as const)
  const here = { name: warehouseHost }
  const taken = random.shuffled(tables).slice(0, random.between(1, 2))
  const days = random.between(1, 4)
  const first = world.from + (12 + random.below(9)) * dayMs + random.between(0, 23) * hourMs
  let session = 910_000 + random.below(60_000)
  for (let day = 0; day < days; day++) {
    const from = random.pick(addresses)
    let at = first + day * dayMs + random.below(2 * hourMs)
    session += 1
    const by = { user, role: 'ANALYST', session: String(session) }
    if (day === 0 && random.chance(0.4))
      signedIn(world, { at: at - 30_000, user, from, client, version, second: false, wrong: true })
    signedIn(world, { at, user, from, client, version, second: false })
    if (day === 0) {
      attack.enter(at, here, {
        kind: 'cloud-login',
        addresses: [from, ...addresses.filter((one) => one !== from)],
        account: user,
      })
      attack.compromise(here)
      attack.stage(at, here, 'initial-access')
      at += 2 * minuteMs
      for (const text of ['SHOW TABLES IN ACCOUNT', 'SELECT CURRENT_ROLE()', 'SHOW GRANTS'])
        ran(world, {
          at: (at += 20_000),
          ...by,
          type: text.startsWith('SHOW') ? 'SHOW' : 'SELECT',
          text,
          rows: random.between(1, 400),
          out: 900,
        })
      attack.stage(at, here, 'discovery')
    }
    for (const { object, categories } of taken) {
      const short = object.slice('MERIDIAN_DW.'.length)
      ran(world, {
        at: (at += 3 * minuteMs),
        ...by,
        type: 'SELECT',
        text: `SELECT * FROM ${short} LIMIT 10`,
        object,
        rows: 10,
        out: 4_000,
      })
      const rows = random.between(2_000_000, 40_000_000)
      const stage = `@~/${random.hex(6)}`
      ran(world, {
        at: (at += 4 * minuteMs),
        ...by,
        type: 'UNLOAD',
        text: `COPY INTO ${stage} FROM (SELECT * FROM ${short}) FILE_FORMAT = (TYPE = CSV COMPRESSION = GZIP)`,
        object,
        rows,
        out: 0,
      })
      if (day === 0) attack.stage(at, here, 'collection')
      const bytes = rows * random.between(30, 60)
      ran(world, { at: (at += 9 * minuteMs), ...by, type: 'GET_FILES', text: `GET ${stage} file:///tmp/d`, rows: 40, out: bytes })
      attack.sent(bytes)
      attack.read(here, object, categories)
    }
    if (day === days - 1) attack.stage(at, here, 'exfiltration')
  }
}
