import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import { connected, queried } from './database-log.ts'
import { logoff, logon } from './logon.ts'
import { flow, proxied } from './network-log.ts'
import type { World } from './world.ts'

/**
 * An employee's own account, at the employee's own desk, out of hours: customers are exported from the database into a file and the file goes
 * out by the proxy to a file store, on one night or several. Nothing is broken into.
 */
export function insiderExport(world: World, attack: Attack): void {
  const { estate } = world
  const random = world.random('insider-export', attack.number)
  const user = random.pick(estate.users.slice(estate.admins.length))
  const database = estate.of('database')[1] ?? estate.one('database')
  const proxy = estate.one('proxy')
  const log = world.on(user.home)
  const store = random.pick([
    'https://drop.boxed.example/upload',
    'https://files.example/share/in',
    'https://transfer.example/put',
  ])
  const server = `198.51.100.${random.between(60, 95)}`
  const principal = random.pick(['crm_report', 'crm_ro'])
  const object = random.pick(['crm.customer', 'crm.contract'])
  const nights = random.between(1, 3)
  let day = 12 + random.below(7)
  for (let night = 0; night < nights; night++) {
    day += random.between(1, 3)
    const at = world.from + day * dayMs + random.between(21, 25) * hourMs + random.below(50 * minuteMs)
    const session = logon(log, at, { user: user.user, type: night === 0 ? 2 : 7, controller: world.controller(at) })
    const shell = log.running('explorer.exe', session)
    const file = `C:\\Users\\${user.name}\\Documents\\${random.pick(['archive', 'backup', 'photos', 'list'])}${night + 1}.csv`
    const image = random.pick(['C:\\Program Files\\DBeaver\\dbeaver.exe', 'C:\\Program Files\\PostgreSQL\\16\\bin\\psql.exe'])
    const client = log.start(at + 4 * minuteMs, {
      image,
      line: image.endsWith('psql.exe') ? `psql.exe -h ${database.name} -U ${principal} crm` : image,
      parent: shell,
    })
    log.connect(at + 4 * minuteMs + 1_500, client, { ip: database.ip, port: 5432, host: database.name })
    const by = { principal, database: 'crm', from: user.home.ip, application: image.endsWith('psql.exe') ? 'psql' : 'DBeaver' }
    connected(world, database, { at: at + 4 * minuteMs + 1_700, ...by })
    const rows = random.between(150_000, 700_000)
    const read = at + 7 * minuteMs
    queried(world, database, {
      at: read,
      ...by,
      command: 'COPY',
      object,
      statement: `COPY ${object} (account_no, full_name, id_no, msisdn, address) TO STDOUT (FORMAT csv)`,
      rows,
    })
    const size = rows * random.between(120, 180)
    log.create(read + 90_000, client, file)
    const browser = log.start(read + 6 * minuteMs, { image: 'C:\\Program Files\\Lumo Browser\\browser.exe', parent: shell })
    log.connect(read + 6 * minuteMs + 2_000, browser, { ip: proxy.ip, port: 3128 })
    // Large files go in parts.
    let left = size
    for (let part = 1; left > 0; part++) {
      const sent = Math.min(left, 40_000_000)
      left -= sent
      const when = read + 7 * minuteMs + part * 50_000
      proxied(world, {
        at: when,
        client: user.home.ip,
        user: user.name,
        category: 'File Storage',
        method: 'PUT',
        url: `${store}/${random.hex(8)}/part${part}`,
        agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/137.0.0.0',
        received: 340,
        sent: sent + 900,
        server,
      })
      flow(world, {
        at: when,
        from: proxy.ip,
        to: server,
        port: 443,
        sent: sent + 30_000,
        received: 20_000,
        seconds: 45,
        service: 'ssl',
      })
    }
    const end = read + 40 * minuteMs
    logoff(log, end, session, 2)
    attack.sent(size)
    if (night === 0) {
      attack.enter(at, user.home, { kind: 'insider', addresses: [], account: user.user })
      attack.compromise(user.home)
      attack.stage(at, user.home, 'initial-access')
      attack.stage(read, database, 'collection')
    }
    attack.act(read, { from: user.home, to: database, account: principal, means: 'database' })
    if (night === nights - 1) attack.stage(end - 20 * minuteMs, user.home, 'exfiltration')
  }
  attack.use(user.name)
  attack.read(database, object, object === 'crm.customer' ? ['identity', 'contact'] : ['identity', 'contract'])
}
