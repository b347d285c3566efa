import { dayMs, hourMs, minuteMs, weekday } from '../calendar.ts'
import type { Account, Host } from './estate.ts'
import { explicitCredentials, logoff, logon, logonFailed, shareAccess } from './logon.ts'
import { overSmb, remoteDesktop, remoteService, remoteWmi, type Foot } from './movement.ts'
import { shellLogin } from './network-log.ts'
import { request } from './web-requests.ts'
import type { World } from './world.ts'

const serverRoles = new Set([
  'controller',
  'jump',
  'portal',
  'selfcare',
  'files',
  'application',
  'backup',
  'updates',
  'protection',
  'scanner',
])

/** Windows servers. */
function servers(world: World): readonly Host[] {
  return world.estate.hosts.filter((host) => host.system === 'windows' && serverRoles.has(host.role))
}

/** What runs by itself, every night and every hour: backup, jobs, endpoint protection, updates, the weekly scan. */
export function machinesAtWork(world: World): void {
  const { estate } = world
  const random = world.random('machines')
  for (let day = 0; day < world.days; day++) {
    const start = world.from + day * dayMs
    for (const [at, host] of servers(world).entries()) {
      if (host.role !== 'backup' && random.chance(world.density))
        backup(world, start + 3_600_000 + at * 3 * minuteMs + random.below(90_000), host)
      for (let more = random.poisson(1.3 * world.density * world.detail); more > 0; more--)
        housekeeping(world, start + random.below(dayMs), host, random.between(0, 3))
      if (host.role === 'application' && random.chance(world.density)) nightlyJob(world, start + 2 * hourMs + at * minuteMs, host)
    }
    for (const host of estate.hosts) {
      if (host.system !== 'windows') continue
      if (random.chance(0.33 * world.density * world.detail)) checkIn(world, start + random.below(dayMs), host)
      if (host.role !== 'controller' && random.chance(0.5 * world.density)) policy(world, start + random.below(dayMs), host)
      if (weekday(start + 12 * hourMs) === 3 && random.chance(world.density))
        update(world, start + 20 * hourMs + random.below(3 * hourMs), host)
    }
    if (weekday(start + 12 * hourMs) === 0) scan(world, start + 21 * hourMs)
  }
}

function backup(world: World, at: number, host: Host): void {
  const server = world.on(world.estate.one('backup'))
  const { user } = world.estate.service.backup
  const agent = server.running('C:\\Program Files\\Tarra Backup\\server.exe', { user, logonId: '0x51a20' })
  const { session, port } = overSmb(world, { log: server, process: agent }, { at, to: host, user, by: agent, privileged: true })
  const there = world.on(host)
  shareAccess(there, at + 400, { session, from: server.host.ip, port, share: 'C$' })
  logoff(there, at + 8 * minuteMs, session, 3)
}

const tasks: readonly (readonly [image: string, line: string])[] = [
  ['taskhostw.exe', 'taskhostw.exe'],
  ['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', 'powershell.exe -NoProfile -File C:\\Ops\\disk-report.ps1'],
  ['cmd.exe', 'cmd.exe /c C:\\Ops\\rotate-logs.bat'],
  ['C:\\Program Files\\Senja Monitor\\probe.exe', 'probe.exe --once'],
]

function housekeeping(world: World, at: number, host: Host, which: number): void {
  const log = world.on(host)
  const [image, line] = tasks[which] ?? ['taskhostw.exe', 'taskhostw.exe']
  log.start(at, { image, line, parent: log.running(which === 3 ? 'services.exe' : 'svchost.exe') })
}

/** A job of an application: its service account logs on locally, and to the file server for what it has made. */
function nightlyJob(world: World, at: number, host: Host): void {
  const log = world.on(host)
  const { user } = world.estate.service.jobs
  const session = logon(log, at, { user, type: 5, privileged: true })
  const job = log.start(at + 500, {
    image: 'C:\\Program Files\\Tasik\\batch.exe',
    line: 'batch.exe --queue nightly',
    parent: log.running('services.exe'),
    session,
  })
  const files = world.estate.one('files')
  const step = overSmb(world, { log, process: job }, { at: at + 20 * minuteMs, to: files, user, by: job })
  const there = world.on(files)
  shareAccess(there, at + 20 * minuteMs + 500, {
    session: step.session,
    from: host.ip,
    port: step.port,
    share: 'Exports',
    path: `nightly-${host.name}.csv`,
    write: true,
  })
  logoff(there, at + 22 * minuteMs, step.session, 3)
  logoff(log, at + 25 * minuteMs, session, 5)
}

/** Endpoint protection: agents report, and the server looks at every computer. */
function checkIn(world: World, at: number, host: Host): void {
  const server = world.estate.one('protection')
  if (host.name === server.name) return
  const log = world.on(host)
  const agent = log.running('C:\\Program Files\\Warden\\agent.exe')
  log.lookUp(at - 90, agent, `${server.name}.${world.estate.dns}`, server.ip)
  log.connect(at, agent, { ip: server.ip, port: 8443, host: server.name })
  const there = world.on(server)
  there.connect(at + 40_000, there.running('C:\\Program Files\\Warden\\server.exe'), { ip: host.ip, port: 445, host: host.name })
  const session = logon(log, at + 40_200, {
    user: world.estate.service.protection.user,
    type: 3,
    from: { ip: server.ip, name: server.name },
    privileged: true,
    controller: world.controller(at),
  })
  logoff(log, at + 60_000, session, 3)
}

/** A computer asks a domain controller for its policies, under its own account. */
function policy(world: World, at: number, host: Host): void {
  const there = world.controller(at)
  const user = `MERIDIAN\\${host.name.toUpperCase()}$`
  const session = logon(there, at, { user, type: 3, from: { ip: host.ip, name: host.name } })
  shareAccess(there, at + 200, { session, from: host.ip, share: 'SYSVOL' })
  logoff(there, at + 9_000, session, 3)
}

/** Patch evening: the distribution server reaches a computer and its agent runs an installer. */
function update(world: World, at: number, host: Host): void {
  const server = world.estate.one('updates')
  if (host.name === server.name) return
  const log = world.on(host)
  const agent = log.running('C:\\Program Files\\Rilis\\agent.exe')
  log.connect(at, agent, { ip: server.ip, port: 8530, host: server.name })
  log.start(at + 90_000, {
    image: 'C:\\Windows\\SoftwareDistribution\\Download\\Install\\patch.exe',
    line: 'patch.exe /quiet /norestart',
    parent: agent,
  })
}

/** The weekly vulnerability scan: every Windows computer, first with wrong names, then with its own account; web servers too. */
function scan(world: World, from: number): void {
  const { estate } = world
  const scanner = estate.one('scanner')
  const random = world.random('scan', from)
  const engine = world
    .on(scanner)
    .running('C:\\Program Files\\Sonar Scan\\engine.exe', { user: estate.service.scan.user, logonId: '0x4c1b2' })
  for (const [order, host] of estate.hosts.entries()) {
    const at = from + order * 25_000
    if (host.name === scanner.name) continue
    if (host.role === 'portal' || host.role === 'selfcare' || host.role === 'api')
      for (const path of ['/.env', '/manager/html', '/.git/config', '/cgi-bin/status', '/backup.zip', '/uploads/test.aspx'])
        request(world, host, {
          at: at + random.below(9_000),
          client: scanner.ip,
          method: 'GET',
          path,
          status: 404,
          bytes: 1_245,
          agent: 'SonarScan/9.1',
        })
    if (host.system !== 'windows' || !random.chance(Math.min(1, world.density * 1.5))) continue
    const log = world.on(host)
    if (random.chance(0.5)) logonFailed(log, at, `MERIDIAN\\${random.pick(['administrator', 'guest', 'test'])}`, scanner)
    const { session } = overSmb(
      world,
      { log: world.on(scanner), process: engine },
      { at: at + 2_000, to: host, user: estate.service.scan.user, by: engine, protocol: 'NTLM', privileged: true },
    )
    logoff(log, at + 20_000, session, 3)
  }
}

/** Administrators: from their desk to the jump host, from there to servers by remote desktop, WMI, now and then PsExec; databases by SSH. */
export function administration(world: World): void {
  const { estate } = world
  const all = servers(world).filter((host) => host.role !== 'jump')
  for (const admin of estate.admins) {
    const random = world.random('admin', admin.name)
    for (let day = 0; day < world.days; day++) {
      const at = world.working(day, random.unit() * 0.8)
      if (at - world.from > (day + 1) * dayMs || !random.chance(0.6 * world.density)) continue
      const jump = random.pick(estate.of('jump'))
      const desk = atTheDesk(world, admin, at)
      const foot = remoteDesktop(world, desk, { at: at + minuteMs, to: jump, user: admin.user, privileged: true })
      const prompt = foot.log.start(at + 3 * minuteMs, { image: 'cmd.exe', parent: foot.process })
      const target = random.pick(all)
      const here: Foot = { log: foot.log, process: prompt }
      const kind = random.unit()
      if (kind < 0.45) {
        const there = remoteDesktop(world, here, { at: at + 5 * minuteMs, to: target, user: admin.user, privileged: true })
        there.log.start(at + 7 * minuteMs, {
          image: 'mmc.exe',
          line: 'mmc.exe C:\\Windows\\system32\\services.msc',
          parent: there.process,
        })
        logoff(there.log, at + 35 * minuteMs, there.process.session, 10)
      } else if (kind < 0.6) {
        remoteWmi(world, here, { at: at + 5 * minuteMs, to: target, user: admin.user, command: 'cmd.exe /c gpupdate /force' })
      } else if (kind < 0.7) {
        remoteService(world, here, {
          at: at + 5 * minuteMs,
          to: target,
          user: admin.user,
          tool: 'C:\\Ops\\Sysinternals\\PsExec.exe',
          service: 'PSEXESVC',
          command: 'cmd.exe /c net stop spooler',
        })
      } else if (kind < 0.85) {
        const database = random.pick(estate.of('database'))
        const client = foot.log.start(at + 5 * minuteMs, {
          image: 'C:\\Windows\\System32\\OpenSSH\\ssh.exe',
          line: `ssh ${admin.name}@${database.name}`,
          parent: prompt,
        })
        const port = foot.log.connect(at + 5 * minuteMs + 200, client, { ip: database.ip, port: 22, host: database.name })
        shellLogin(world, database, { at: at + 5 * minuteMs + 900, user: admin.name, from: jump.ip, port, method: 'publickey' })
      } else {
        foot.log.start(at + 5 * minuteMs, {
          image: 'net.exe',
          line: random.pick(['net group "Domain Admins" /domain', 'net user /domain', 'net accounts /domain']),
          parent: prompt,
        })
      }
      logoff(foot.log, at + random.between(40, 200) * minuteMs, foot.process.session, 10)
    }
  }
}

/** An administrator at the desk, who opens a prompt under the administrative account. */
function atTheDesk(world: World, admin: Account, at: number): Foot {
  const log = world.on(admin.home)
  const own = { user: admin.user.replace('adm.', ''), logonId: '0x2f1c4' }
  explicitCredentials(log, at - 900, { by: own, as: admin.user, to: 'localhost', process: 'C:\\Windows\\System32\\runas.exe' })
  const session = logon(log, at - 800, { user: admin.user, type: 2, privileged: true, controller: world.controller(at) })
  return { log, process: log.start(at, { image: 'cmd.exe', parent: log.running('explorer.exe', own), session }) }
}
