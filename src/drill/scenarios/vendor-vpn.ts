import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import { connected, queried } from './database-log.ts'
import { explicitCredentials, logoff, shareAccess } from './logon.ts'
import { desktop, overSmb, remoteDesktop } from './movement.ts'
import { throughTunnel, tunnelDown, tunnelUp } from './vpn-gateway.ts'
import type { World } from './world.ts'

/**
 * A vendor's VPN account with a stolen password, from a network it never came from: by remote desktop to the jump host, from there to a
 * file server and to the customer database. Nothing runs that is not installed; there are valid logons and reads, over a few evenings.
 */
export function vendorVpn(world: World, attack: Attack): void {
  const { estate } = world
  const random = world.random('vendor-vpn', attack.number)
  const vendor = random.pick(estate.vendors)
  const remote = `198.51.100.${random.between(100, 149)}`
  const { user, name } = vendor.account
  const jump = random.pick(estate.of('jump'))
  const files = random.pick(estate.of('files'))
  const database = estate.of('database')[1] ?? estate.one('database')
  const workstation = random.pick(['DESKTOP-4K2PLQ9', 'WIN-7RTV0E1', 'LAPTOP-K9D3'])
  const principal = random.pick(['crm_support', 'crm_ro'])
  const evenings = random.between(2, 4)
  const first = 12 + random.below(9)
  // On the file server, too, by remote desktop or only over its shares.
  const onFileServer = random.chance(0.5)
  let day = first
  for (let evening = 0; evening < evenings; evening++) {
    // Out of hours, on days in a row or every second one.
    day += random.between(1, 2)
    const at = world.from + day * dayMs + random.between(20, 25) * hourMs + random.below(40 * minuteMs)
    const tunnel = tunnelUp(world, at, { user: name, remote, machine: workstation, number: 203 + evening })
    const port = random.between(49_152, 65_000)
    const foot = desktop(world, {
      at: at + 2 * minuteMs,
      to: jump,
      user,
      from: { ip: tunnel.inside, name: workstation, port },
    })
    if (evening === 0) {
      attack.enter(at, jump, { kind: 'vendor-session', addresses: [remote], account: user })
      attack.use(name)
      attack.stage(at, jump, 'initial-access')
      attack.compromise(jump)
    }
    let end = at + random.between(40, 90) * minuteMs

    // The file server: what is on the shares, then folders that look like the customers.
    const filesAt = at + 9 * minuteMs + random.below(4 * minuteMs)
    if (onFileServer) {
      const there = remoteDesktop(world, foot, { at: filesAt, to: files, user })
      there.log.start(filesAt + 50_000, {
        image: 'notepad.exe',
        line: `notepad.exe D:\\Care\\Customers\\readme.txt`,
        parent: there.process,
      })
      logoff(there.log, filesAt + 14 * minuteMs, there.process.session, 10)
    } else
      explicitCredentials(foot.log, filesAt - 300, {
        by: foot.process.session,
        as: user,
        to: files.name,
        process: 'C:\\Windows\\explorer.exe',
      })
    const smb = overSmb(world, foot, { at: filesAt + 2 * minuteMs, to: files, user, protocol: 'NTLM' })
    const opened = { session: smb.session, from: jump.ip, port: smb.port, share: 'Care' }
    const there = world.on(files)
    shareAccess(there, filesAt + 2 * minuteMs + 300, opened)
    for (let file = 0; file < random.between(6, 14); file++)
      shareAccess(there, filesAt + 3 * minuteMs + file * 9_000, {
        ...opened,
        path: `Customers\\2026\\export-${random.between(1, 60)}.xlsx`,
      })
    logoff(there, filesAt + 14 * minuteMs, smb.session, 3)
    const way = { from: jump, to: files, account: user }
    if (onFileServer) attack.move(filesAt, { ...way, means: 'rdp' })
    else attack.act(filesAt, { ...way, means: 'smb' })
    if (evening === 0) attack.stage(filesAt + 3 * minuteMs, files, 'collection')
    attack.read(files, 'Care\\Customers', ['identity', 'contact', 'contract'])

    let taken = random.between(4e6, 2e7)
    if (evening > 0) {
      // The database, with the client that is installed on the jump host for vendors.
      const from = filesAt + 16 * minuteMs
      const client = foot.log.start(from, { image: 'C:\\Program Files\\DBeaver\\dbeaver.exe', parent: foot.process })
      foot.log.connect(from + 2_000, client, { ip: database.ip, port: 5432, host: database.name })
      const by = { principal, database: 'crm', from: jump.ip, application: 'DBeaver' }
      connected(world, database, { at: from + 2_100, ...by })
      const rows = random.between(200_000, 900_000)
      queried(world, database, {
        at: from + 60_000,
        ...by,
        command: 'SELECT',
        object: 'crm.customer',
        statement: 'select count(*) from crm.customer',
        rows: 1,
      })
      queried(world, database, {
        at: from + 4 * minuteMs,
        ...by,
        command: 'SELECT',
        object: 'crm.customer',
        statement: 'select account_no, full_name, id_no, msisdn, email, address from crm.customer order by account_no',
        rows,
      })
      attack.act(from, { from: jump, to: database, account: principal, means: 'database' })
      attack.read(database, 'crm.customer', ['identity', 'contact', 'contract'])
      if (evening === 1) attack.stage(from + 4 * minuteMs, database, 'collection')
      taken += rows * 210
      end = Math.max(end, from + 50 * minuteMs)
    }
    logoff(foot.log, end, foot.process.session, 10)
    throughTunnel(world, end + 2_000, tunnel, {
      ip: jump.ip,
      port: 3389,
      sent: Math.floor(taken / 40),
      received: taken,
      seconds: Math.floor((end - at) / 1_000) - 118,
      fromPort: port,
    })
    tunnelDown(world, end + 9_000, tunnel, { sent: taken + 300_000, received: Math.floor(taken / 40) })
    attack.sent(taken)
    if (evening === evenings - 1) attack.stage(end, jump, 'exfiltration')
  }
}
