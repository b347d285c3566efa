import { parts, systemSession, type Session } from '../session.ts'
import type { Host } from './estate.ts'
import { subject, targetOf } from './identity.ts'
import type { WindowsLog } from './windows-log.ts'

/** How a logon came about. */
interface LogonHow {
  readonly user: string
  /** 2 at the keyboard, 3 over the network, 5 a service, 7 unlocking, 9 with other credentials for the network, 10 remote desktop. */
  readonly type: 2 | 3 | 5 | 7 | 9 | 10
  readonly from?: { readonly ip: string; readonly name: string; readonly port?: number }
  readonly protocol?: 'Kerberos' | 'NTLM'
  readonly privileged?: boolean
  /** True for tools that sign in over NTLM without agreeing on a session key. */
  readonly noSessionKey?: boolean
  /** For type 9: whose session asks, and the account for the network. */
  readonly outbound?: string
  readonly by?: Session
  /** Domain controller that is asked for the ticket or checks the password. */
  readonly controller?: WindowsLog
}

const nobody = { SubjectUserSid: 'S-1-0-0', SubjectUserName: '-', SubjectDomainName: '-', SubjectLogonId: '0x0' } as const

/** A logon succeeds: 4624, 4672 for privileged accounts; 4768 and 4769 or 4776 at the controller. Returns the session. */
export function logon(log: WindowsLog, at: number, how: LogonHow): Session {
  const session: Session = { user: how.user, logonId: `0x${log.random.between(0x20000, 0x7ffffff).toString(16)}` }
  const protocol = how.type === 3 ? (how.protocol ?? 'Kerberos') : 'Negotiate'
  const LogonGuid = protocol === 'NTLM' ? '{00000000-0000-0000-0000-000000000000}' : guid(log.random.hex(32))
  const { from, controller } = how
  if (controller !== undefined) asked(controller, at - 60, { ...how, host: log.host, protocol, LogonGuid })
  log.security(at, 4624, {
    ...(how.by !== undefined ? subject(how.by, log.host.name) : how.type === 3 ? nobody : subject(systemSession, log.host.name)),
    ...targetOf(how.user),
    TargetLogonId: session.logonId,
    LogonType: String(how.type),
    LogonProcessName:
      how.type === 9 ? 'seclogo' : how.type === 3 && protocol === 'NTLM' ? 'NtLmSsp ' : how.type === 3 ? 'Kerberos' : 'User32 ',
    AuthenticationPackageName: how.type === 9 ? 'Negotiate' : protocol,
    WorkstationName:
      how.type === 3 && protocol === 'Kerberos'
        ? '-'
        : how.type === 3
          ? (from?.name.toUpperCase() ?? '-')
          : log.host.name.toUpperCase(),
    LogonGuid,
    LmPackageName: protocol === 'NTLM' ? 'NTLM V2' : '-',
    KeyLength: protocol === 'NTLM' && how.noSessionKey !== true ? '128' : '0',
    ProcessId: how.type === 3 ? '0x0' : '0x3c8',
    ProcessName: how.type === 3 ? '-' : 'C:\\Windows\\System32\\svchost.exe',
    ...origin(log, how, protocol),
    ImpersonationLevel: '%%1833',
    TargetOutboundUserName: how.outbound === undefined ? '-' : parts(how.outbound)[1],
    TargetOutboundDomainName: how.outbound === undefined ? '-' : parts(how.outbound)[0],
    ElevatedToken: how.privileged === true ? '%%1842' : '%%1843',
  })
  if (how.privileged === true) {
    log.security(at + 1, 4672, {
      ...subject(session, log.host.name),
      PrivilegeList: 'SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege\n\t\t\tSeDebugPrivilege',
    })
  }
  return session
}

/** Where a logon says it came from: every sixth over the network with Kerberos does not say. */
function origin(log: WindowsLog, how: LogonHow, protocol: string): { readonly IpAddress: string; readonly IpPort: string } {
  const { from, type } = how
  if (from === undefined)
    return { IpAddress: type === 9 ? '::1' : type === 2 || type === 7 ? '127.0.0.1' : '-', IpPort: type === 5 ? '-' : '0' }
  if (type === 3 && protocol === 'Kerberos' && log.random.chance(1 / 6)) return { IpAddress: '-', IpPort: '-' }
  return { IpAddress: from.ip, IpPort: String(from.port ?? (type === 10 ? 0 : log.random.between(49_152, 65_000))) }
}

/** A logon ends: 4634, or 4647 where somebody logs off. */
export function logoff(log: WindowsLog, at: number, session: Session, type: LogonHow['type']): void {
  const byHand = type === 2 || type === 10
  log.security(at, byHand ? 4647 : 4634, {
    ...targetOf(session.user),
    TargetLogonId: session.logonId,
    ...(byHand ? {} : { LogonType: String(type) }),
  })
}

/** A logon fails for a wrong password: 4625. */
export function logonFailed(
  log: WindowsLog,
  at: number,
  user: string,
  from: { readonly ip: string; readonly name: string },
): void {
  log.security(at, 4625, {
    ...nobody,
    ...targetOf(user),
    TargetUserSid: 'S-1-0-0',
    Status: '0xc000006d',
    FailureReason: '%%2313',
    SubStatus: '0xc000006a',
    LogonType: '3',
    LogonProcessName: 'NtLmSsp ',
    AuthenticationPackageName: 'NTLM',
    WorkstationName: from.name.toUpperCase(),
    IpAddress: from.ip,
    IpPort: String(log.random.between(49_152, 65_000)),
  })
}

/** Credentials of another account are used on this computer: 4648. */
export function explicitCredentials(
  log: WindowsLog,
  at: number,
  how: { readonly by: Session; readonly as: string; readonly to: string; readonly process: string },
): void {
  const [TargetDomainName, TargetUserName] = parts(how.as)
  log.security(at, 4648, {
    ...subject(how.by, log.host.name),
    LogonGuid: '{00000000-0000-0000-0000-000000000000}',
    TargetUserName,
    TargetDomainName,
    TargetServerName: how.to,
    TargetInfo: how.to,
    ProcessId: '0x1a4',
    ProcessName: how.process,
    IpAddress: '-',
    IpPort: '-',
  })
}

/** Something on a share is opened: 5145 (5140 for the share itself). */
export function shareAccess(
  log: WindowsLog,
  at: number,
  how: {
    readonly session: Session
    readonly from: string
    readonly share: string
    readonly path?: string
    readonly write?: boolean
    readonly port?: number
  },
): void {
  const local =
    how.share === 'ADMIN$'
      ? '\\??\\C:\\Windows'
      : how.share === 'C$'
        ? '\\??\\C:\\'
        : how.share === 'IPC$'
          ? ''
          : `\\??\\D:\\${how.share}`
  const common = {
    ...subject(how.session, log.host.name),
    ObjectType: 'File',
    IpAddress: how.from,
    IpPort: String(how.port ?? log.random.between(49_152, 65_000)),
    ShareName: `\\\\*\\${how.share}`,
    ShareLocalPath: local,
  }
  const AccessMask = how.write === true ? '0x2' : '0x1'
  const AccessList = how.write === true ? '%%4417' : '%%4416'
  if (how.path === undefined) log.security(at, 5140, { ...common, AccessMask, AccessList })
  else log.security(at, 5145, { ...common, RelativeTargetName: how.path, AccessMask, AccessList, AccessReason: '-' })
}

/** What the domain controller records of a logon elsewhere. */
function asked(
  log: WindowsLog,
  at: number,
  how: Pick<LogonHow, 'user' | 'from' | 'type'> & { readonly host: Host; readonly protocol: string; readonly LogonGuid: string },
): void {
  const [domain, name] = parts(how.user)
  const IpAddress = `::ffff:${how.from?.ip ?? how.host.ip}`
  const IpPort = String(log.random.between(49_152, 65_000))
  if (how.protocol === 'NTLM') {
    log.security(at, 4776, {
      PackageName: 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0',
      TargetUserName: name,
      Workstation: how.from?.name.toUpperCase() ?? '',
      Status: '0x0',
    })
    return
  }
  if (how.type === 2) {
    log.security(at - 30, 4768, {
      TargetUserName: name,
      TargetDomainName: domain,
      TargetSid: targetOf(how.user).TargetUserSid,
      ServiceName: 'krbtgt',
      ServiceSid: 'S-1-5-21-1844237615-2147483651-1417001333-502',
      TicketOptions: '0x40810010',
      Status: '0x0',
      TicketEncryptionType: '0x12',
      PreAuthType: '2',
      IpAddress,
      IpPort,
    })
  }
  log.security(at, 4769, {
    TargetUserName: `${name}@CORP.MERIDIAN.EXAMPLE`,
    TargetDomainName: 'CORP.MERIDIAN.EXAMPLE',
    ServiceName: `${how.host.name.toUpperCase()}$`,
    ServiceSid: targetOf(`MERIDIAN\\${how.host.name.toUpperCase()}$`).TargetUserSid,
    TicketOptions: '0x40810000',
    TicketEncryptionType: '0x12',
    IpAddress,
    IpPort,
    Status: '0x0',
    LogonGuid: how.LogonGuid,
    TransmittedServices: '-',
  })
}

function guid(digits: string): string {
  return `{${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}}`
}
