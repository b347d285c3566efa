import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import type { Host } from './estate.ts'
import { sidOf, subject } from './identity.ts'
import { logoff, logon, logonFailed, shareAccess } from './logon.ts'
import { overSmb, remoteDesktop, remoteService } from './movement.ts'
import { onJumpHost } from './on-jump-host.ts'
import { request } from './web-requests.ts'
import type { World } from './world.ts'

/** PsExec, net group and a saved process list, from server to server at ten in the evening. */
export function troubleAtNight(world: World): void {
  const random = world.random('hard-night')
  const at = world.working(3 + random.below(4), 0) + 13 * hourMs
  const foot = onJumpHost(world, at, 0)
  foot.log.start(at + 4 * minuteMs, { image: 'net.exe', line: 'net group "Domain Admins" /domain', parent: foot.process })
  foot.log.start(at + 5 * minuteMs, { image: 'net.exe', line: 'net user /domain', parent: foot.process })
  for (const [step, to] of random.shuffled(world.estate.of('application')).slice(0, 4).entries()) {
    const there = remoteService(world, foot, {
      at: at + (8 + step * 6) * minuteMs,
      to,
      user: foot.user,
      tool: 'C:\\Ops\\Sysinternals\\PsExec.exe',
      service: 'PSEXESVC',
      command: 'cmd.exe',
    })
    there.log.start(at + (9 + step * 6) * minuteMs, { image: 'netstat.exe', line: 'netstat -ano', parent: there.process })
    there.log.start(at + (10 + step * 6) * minuteMs, { image: 'tasklist.exe', line: 'tasklist /svc', parent: there.process })
  }
}

/** A login is made, put among the administrators, and on its first day sees every second server. */
export function newAdministrator(world: World): void {
  const random = world.random('hard-new')
  const { estate } = world
  const name = `adm.${random.pick(['hafiz', 'melati', 'suresh', 'joanne'])}.new`
  const user = `MERIDIAN\\${name}`
  const at = world.working(6 + random.below(6), 0.1)
  const foot = onJumpHost(world, at, 1)
  const log = world.controller(at)
  const by = { user: foot.user, logonId: '0x7c2a1' }
  log.security(at + 6 * minuteMs, 4720, {
    TargetUserName: name,
    TargetDomainName: 'MERIDIAN',
    TargetSid: sidOf(user),
    ...subject(by, log.host.name),
    PrivilegeList: '-',
    SamAccountName: name,
    UserPrincipalName: `${name}@${estate.dns}`,
    PrimaryGroupId: '513',
  })
  log.security(at + 7 * minuteMs, 4728, {
    MemberName: `CN=${name},OU=Staff,DC=corp,DC=meridian,DC=example`,
    MemberSid: sidOf(user),
    TargetUserName: 'Domain Admins',
    TargetDomainName: 'MERIDIAN',
    TargetSid: 'S-1-5-21-1844237615-2147483651-1417001333-512',
    ...subject(by, log.host.name),
    PrivilegeList: '-',
  })
  const home = estate.of('workstation').at(-1) ?? estate.one('workstation')
  const desk = world.on(home)
  const start = at + 3 * hourMs
  const session = logon(desk, start, { user, type: 2, privileged: true, controller: world.controller(start) })
  const shell = desk.start(start + 4_000, {
    image: 'explorer.exe',
    line: 'C:\\Windows\\Explorer.EXE',
    parent: desk.running('userinit.exe', session),
    session,
  })
  const jump = remoteDesktop(
    world,
    { log: desk, process: shell },
    { at: start + 10 * minuteMs, to: estate.one('jump'), user, privileged: true },
  )
  const tour = [...estate.of('application'), ...estate.of('files'), ...estate.of('controller')].filter(
    (_, place) => place % 2 === 0,
  )
  for (const [step, to] of tour.entries()) {
    const there = remoteDesktop(world, jump, { at: start + (15 + step * 9) * minuteMs, to, user, privileged: true })
    there.log.start(start + (17 + step * 9) * minuteMs, { image: 'mmc.exe', line: 'mmc.exe compmgmt.msc', parent: there.process })
    logoff(there.log, start + (22 + step * 9) * minuteMs, there.process.session, 10)
  }
}

/** The distribution server puts a new agent as a service on most computers, in two hours. */
export function rollOut(world: World): void {
  const random = world.random('hard-roll-out')
  const { estate } = world
  const from = world.working(9 + random.below(8), 0) + 11 * hourMs
  const server = world.on(estate.one('updates'))
  const { user } = estate.service.updates
  const process = server.start(from - 60_000, {
    image: 'C:\\Program Files\\Rilis\\deploy.exe',
    line: 'deploy.exe --package senja-probe-7.2',
    parent: server.running('services.exe'),
    session: { user, logonId: '0x61b20' },
  })
  const targets = estate.hosts.filter((host) => host.system === 'windows' && host.role !== 'updates').slice(0, 150)
  for (const [step, to] of targets.entries()) {
    const at = from + step * 45_000 + random.below(9_000)
    const there = world.on(to)
    const { session, port } = overSmb(world, { log: server, process }, { at, to, user, by: process, privileged: true })
    const opened = { session, from: server.host.ip, port, write: true }
    shareAccess(there, at + 400, { ...opened, share: 'ADMIN$', path: 'Temp\\senja-probe-7.2.exe' })
    there.create(at + 420, there.running('System'), 'C:\\Windows\\Temp\\senja-probe-7.2.exe')
    shareAccess(there, at + 600, { ...opened, share: 'IPC$', path: 'svcctl' })
    there.service(at + 800, 'SenjaProbe7', 'C:\\Windows\\Temp\\senja-probe-7.2.exe --service', 'auto start')
    there.start(at + 1_200, {
      image: 'C:\\Windows\\Temp\\senja-probe-7.2.exe',
      line: 'senja-probe-7.2.exe --service',
      parent: there.running('services.exe'),
    })
    logoff(there, at + 20_000, session, 3)
  }
}

/** The yearly scan with every check switched on: many wrong passwords, every web path, admin shares. */
export function fullScan(world: World): void {
  const random = world.random('hard-scan')
  const { estate } = world
  const from = world.from + (16 + random.below(8)) * dayMs + 20 * hourMs
  const scanner = world.on(estate.one('scanner'))
  const process = scanner.running('C:\\Program Files\\Sonar Scan\\engine.exe', {
    user: estate.service.scan.user,
    logonId: '0x4c1b2',
  })
  for (const [order, host] of estate.hosts.entries()) {
    const at = from + order * 20_000
    if (host.role === 'portal' || host.role === 'selfcare' || host.role === 'api') scanWeb(world, host, at)
    if (host.system !== 'windows' || host.role === 'scanner') continue
    for (const [step, name] of ['administrator', 'guest', 'backup', 'test'].entries())
      logonFailed(world.on(host), at + step * 300, `MERIDIAN\\${name}`, scanner.host)
    const { session, port } = overSmb(
      world,
      { log: scanner, process },
      { at: at + 3_000, to: host, user: estate.service.scan.user, by: process, protocol: 'NTLM', privileged: true },
    )
    shareAccess(world.on(host), at + 3_500, {
      session,
      from: scanner.host.ip,
      port,
      share: 'ADMIN$',
      path: 'System32\\drivers\\etc\\hosts',
    })
    logoff(world.on(host), at + 15_000, session, 3)
  }
}

function scanWeb(world: World, host: Host, at: number): void {
  const client = world.estate.one('scanner').ip
  const paths = [
    '/upload.aspx',
    '/upload.jsp',
    '/cmd.jsp',
    '/shell.aspx',
    '/v1/customers/1',
    '/admin/',
    '/..%2f..%2fetc/passwd',
    '/console/login.jsp',
  ]
  for (const [step, path] of paths.entries())
    for (const method of ['GET', 'POST'] as const)
      request(world, host, {
        at: at + step * 700 + (method === 'POST' ? 300 : 0),
        client,
        method,
        path,
        status: 404,
        bytes: 1_245,
        agent: 'SonarScan/9.1',
      })
}
