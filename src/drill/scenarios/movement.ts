import { systemSession, type Session } from '../session.ts'
import type { Host } from './estate.ts'
import { networkService } from './identity.ts'
import { explicitCredentials, logon, shareAccess } from './logon.ts'
import type { Process, WindowsLog } from './windows-log.ts'
import type { World } from './world.ts'

/** Where somebody stands: a process on a computer, in a session. */
export interface Foot {
  readonly log: WindowsLog
  readonly process: Process
}

/** Where to, as whom, when. */
interface Step {
  readonly at: number
  readonly to: Host
  readonly user: string
  readonly protocol?: 'Kerberos' | 'NTLM'
  readonly noSessionKey?: boolean
  readonly privileged?: boolean
}

/** Remote desktop. Returns the desktop on the target. */
export function remoteDesktop(world: World, foot: Foot, step: Step): Foot {
  const { at, to, user } = step
  const client = foot.log.start(at, { image: 'mstsc.exe', line: `mstsc.exe /v:${to.name}`, parent: foot.process })
  if (foot.process.session.user !== user)
    explicitCredentials(foot.log, at + 900, {
      by: foot.process.session,
      as: user,
      to: `TERMSRV/${to.name}`,
      process: client.image,
    })
  const port = foot.log.connect(at + 1_000, client, { ip: to.ip, port: 3389, host: to.name })
  return desktop(world, {
    at: at + 1_050,
    to,
    user,
    from: { ip: foot.log.host.ip, name: foot.log.host.name, port },
    protocol: 'Kerberos',
    ...privilege(step),
  })
}

/** The side of remote desktop that is called; also for callers whose own logs are not collected. */
export function desktop(
  world: World,
  how: {
    readonly at: number
    readonly to: Host
    readonly user: string
    readonly from: { readonly ip: string; readonly name: string; readonly port: number }
    /** NTLM unless told: what computers outside the domain use. */
    readonly protocol?: 'Kerberos'
    readonly privileged?: boolean
  },
): Foot {
  const { at, user, from } = how
  const there = world.on(how.to)
  const privilege = how.privileged === true ? { privileged: true } : {}
  there.accept(at, there.running('svchost.exe', networkService), { ip: from.ip, port: from.port, toPort: 3389 })
  logon(there, at + 400, {
    user,
    type: 3,
    from: { ip: from.ip, name: from.name, port: 0 },
    protocol: how.protocol ?? 'NTLM',
    controller: world.controller(at),
    ...privilege,
  })
  const session = logon(there, at + 1_900, { user, type: 10, from: { ip: from.ip, name: from.name }, ...privilege })
  const process = there.start(at + 3_000, {
    image: 'explorer.exe',
    line: 'C:\\Windows\\Explorer.EXE',
    parent: there.running('userinit.exe', session),
    session,
  })
  return { log: there, process }
}

/** A network logon over SMB; returns its session on the target. */
export function overSmb(
  world: World,
  foot: Foot,
  step: Step & { readonly by?: Process },
): { readonly session: Session; readonly port: number } {
  const there = world.on(step.to)
  const port = foot.log.connect(step.at, step.by ?? foot.log.running('System'), { ip: step.to.ip, port: 445, host: step.to.name })
  there.accept(step.at + 30, there.running('System'), { ip: foot.log.host.ip, port, toPort: 445 })
  const session = logon(there, step.at + 120, {
    user: step.user,
    type: 3,
    from: { ip: foot.log.host.ip, name: foot.log.host.name, port },
    protocol: step.protocol ?? 'Kerberos',
    controller: world.controller(step.at),
    ...privilege(step),
  })
  return { session, port }
}

/** A service that is copied over an admin share and started, in the manner of PsExec. Returns the prompt on the target. */
export function remoteService(
  world: World,
  foot: Foot,
  step: Step & { readonly tool: string; readonly original?: string; readonly service: string; readonly command: string },
): Foot {
  const { at, to, service } = step
  const there = world.on(to)
  const tool = foot.log.start(at, {
    image: step.tool,
    line: `${step.tool} \\\\${to.name} -s ${step.command}`,
    parent: foot.process,
    originalName: step.original ?? 'psexec.c',
  })
  const { session, port } = overSmb(world, foot, { ...step, at: at + 300, privileged: true, by: foot.log.running('System') })
  const from = foot.log.host.ip
  shareAccess(there, at + 700, { session, from, port, share: 'ADMIN$', path: `${service}.exe`, write: true })
  there.create(at + 720, there.running('System'), `C:\\Windows\\${service}.exe`)
  shareAccess(there, at + 800, { session, from, port, share: 'IPC$', path: 'svcctl', write: true })
  there.service(at + 950, service, `%SystemRoot%\\${service}.exe`, 'demand start')
  const started = there.start(at + 1_200, {
    image: `C:\\Windows\\${service}.exe`,
    parent: there.running('services.exe'),
    session: systemSession,
    originalName: 'psexesvc.exe',
  })
  const process = there.start(at + 1_500, { image: 'cmd.exe', line: step.command, parent: started })
  shareAccess(there, at + 1_600, {
    session,
    from,
    port,
    share: 'IPC$',
    path: `${service}-${foot.log.host.name.toUpperCase()}-${tool.pid}-stdout`,
  })
  return { log: there, process }
}

/** A process made through WMI. Returns it. */
export function remoteWmi(world: World, foot: Foot, step: Step & { readonly command: string }): Foot {
  const { at, to, user } = step
  const there = world.on(to)
  const client = foot.log.start(at, {
    image: 'C:\\Windows\\System32\\wbem\\WMIC.exe',
    line: `wmic /node:${to.name} process call create "${step.command}"`,
    parent: foot.process,
  })
  if (foot.process.session.user !== user)
    explicitCredentials(foot.log, at + 150, { by: foot.process.session, as: user, to: to.name, process: client.image })
  const service = there.running('svchost.exe', networkService)
  const port = foot.log.connect(at + 300, client, { ip: to.ip, port: 135, host: to.name })
  there.accept(at + 320, service, { ip: foot.log.host.ip, port, toPort: 135 })
  const upper = foot.log.connect(at + 420, client, { ip: to.ip, port: 49_667, host: to.name })
  const session = logon(there, at + 520, {
    user,
    type: 3,
    from: { ip: foot.log.host.ip, name: foot.log.host.name, port: upper },
    protocol: step.protocol ?? 'Kerberos',
    ...privilege({ ...step, privileged: true }),
    controller: world.controller(at),
  })
  const provider = there.start(at + 800, {
    image: 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
    line: 'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    parent: there.running('svchost.exe'),
    session: networkService,
  })
  return { log: there, process: there.start(at + 1_000, { image: 'cmd.exe', line: step.command, parent: provider, session }) }
}

function privilege(step: Step): { readonly privileged?: boolean; readonly noSessionKey?: boolean } {
  return {
    ...(step.privileged === true ? { privileged: true } : {}),
    ...(step.noSessionKey === true ? { noSessionKey: true } : {}),
  }
}
