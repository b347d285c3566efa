import { hourMs, minuteMs } from '../calendar.ts'
import { connected, queried } from './database-log.ts'
import { accounted, routerSays } from './network-log.ts'
import { onJumpHost } from './on-jump-host.ts'
import { ran, signedIn } from './warehouse.ts'
import { request } from './web-requests.ts'
import type { World } from './world.ts'

/** A database administrator copies a table of call records for the test system, with the installed tools, in a change window. */
export function databaseCopy(world: World): void {
  const random = world.random('hard-database')
  const at = world.working(11 + random.below(6), 0.95) + 3 * hourMs
  const foot = onJumpHost(world, at, 2)
  const database = world.estate.one('database')
  const image = 'C:\\Program Files\\PostgreSQL\\16\\bin\\pg_dump.exe'
  const client = foot.log.start(at + 5 * minuteMs, {
    image,
    line: `"${image}" -h ${database.name} -U dba -d cdr -t cdr.cell -Fc -f D:\\Ops\\cell.dmp`,
    parent: foot.process,
  })
  foot.log.connect(at + 5 * minuteMs + 300, client, { ip: database.ip, port: 5432, host: database.name })
  const by = { principal: 'dba', database: 'cdr', from: foot.log.host.ip, application: 'pg_dump' }
  connected(world, database, { at: at + 5 * minuteMs + 350, ...by })
  queried(world, database, {
    at: at + 5 * minuteMs + 900,
    ...by,
    command: 'COPY',
    object: 'cdr.cell',
    statement: 'COPY cdr.cell (cell_id, lat, lon) TO stdout',
    rows: 18_400,
  })
  foot.log.create(at + 6 * minuteMs, client, 'D:\\Ops\\cell.dmp')
}

/** An access list is changed and a capture made, by the jump host, in a change window. */
export function changeWindow(world: World): void {
  const random = world.random('hard-routers')
  const { estate } = world
  const at = world.working(8 + random.below(9), 0) + 14 * hourMs
  const user = (estate.admins[0]?.name ?? 'adm.ops').replace('adm.', 'net.')
  const from = estate.one('jump').ip
  const device = estate.one('router')
  let task = 30_000
  accounted(world, device, { at, user, from, task })
  const commands = [
    'configure terminal',
    'ipv4 access-list CUSTOMER-77',
    '20 permit ipv4 192.0.2.0 0.0.0.255 any',
    'commit',
    'monitor capture CAP9 interface TenGigE0/0/0/4 both',
    'monitor capture CAP9 start',
    'monitor capture CAP9 stop',
  ]
  for (const [step, command] of commands.entries())
    accounted(world, device, { at: at + (step + 1) * 50_000, user, from, task: ++task, command })
  routerSays(world, device, at + 4 * 50_000 + 100, {
    process: 'config[65850]',
    message: `%MGBL-SYS-5-CONFIG_I : Configured from console by ${user} on vty0 (${from})`,
  })
}

/** A partner's system asks for the customers of its own list, one after the other, every Monday from one address. */
export function partnerSync(world: World): void {
  const random = world.random('hard-partner')
  const host = world.estate.one('api')
  for (let week = 0; week * 7 < world.days; week++) {
    const from = world.working(week * 7, 0) - 6 * hourMs
    for (let number = 0; number < 160; number++)
      request(world, host, {
        at: from + number * 4_000,
        client: '192.0.2.240',
        method: 'GET',
        path: `/v2/customers/${3_000_000 + week * 1_000 + number * 7}`,
        status: random.chance(0.98) ? 200 : 404,
        bytes: 1_060 + random.below(240),
        agent: 'PartnerSync/4.1',
      })
  }
}

/** An analyst unloads a report into a stage and fetches it, from the office and with a second factor. */
export function warehouseExport(world: World): void {
  const random = world.random('hard-warehouse')
  const user = (world.estate.users.at(-1)?.name ?? 'analyst').toUpperCase().replace('.', '_')
  const at = world.working(12 + random.below(8), 0.4)
  signedIn(world, { at, user, from: '192.0.2.251', client: 'SNOWFLAKE_UI', version: '1.0', second: true })
  const by = { user, role: 'ANALYST', session: '69001' }
  ran(world, {
    at: at + 90_000,
    ...by,
    type: 'UNLOAD',
    text: 'COPY INTO @~/weekly FROM (SELECT PLAN, REGION, COUNT(*) FROM CRM.CUSTOMERS GROUP BY 1, 2)',
    object: 'MERIDIAN_DW.CRM.CUSTOMERS',
    rows: 1_900,
    out: 0,
  })
  ran(world, { at: at + 150_000, ...by, type: 'GET_FILES', text: 'GET @~/weekly file:///home/reports', rows: 1, out: 210_000 })
}
