import type { HostLog } from './host-log.ts'
import { parts, sidOf, subject, systemSession, type Session } from './session.ts'

/** How a logon came about. */
export interface LogonOptions {
  readonly user: string
  readonly type: 2 | 3 | 5 | 7 | 9 | 10
  readonly from?: { readonly ip: string; readonly name: string }
  readonly protocol: 'Kerberos' | 'NTLM' | 'Negotiate'
  readonly privileged?: boolean
  /** Who asked for it: the session that started `runas /netonly` or a pass-the-hash tool. */
  readonly by?: Session
}

/** A logon succeeds: 4624, and 4672 for privileged accounts. Returns the session. */
export function logon(log: HostLog, at: number, options: LogonOptions): Session {
  const session: Session = { user: options.user, logonId: `0x${log.random.between(0x20000, 0x7ffffff).toString(16)}` }
  log.security(at, 4624, 'Logon', {
    ...(options.by === undefined ? (options.type === 3 ? nobody : subject(systemSession)) : subject(options.by)),
    TargetUserSid: sidOf(options.by === undefined ? options.user : options.by.user),
    ...target(options.by === undefined ? options.user : options.by.user),
    TargetLogonId: session.logonId,
    LogonType: String(options.type),
    LogonProcessName: options.type === 9 ? 'seclogo' : options.protocol === 'NTLM' ? 'NtLmSsp ' : options.protocol,
    AuthenticationPackageName: options.type === 9 ? 'Negotiate' : options.protocol,
    WorkstationName: options.protocol === 'NTLM' ? (options.from?.name ?? '-') : '-',
    LmPackageName: options.protocol === 'NTLM' ? 'NTLM V2' : '-',
    KeyLength: '0',
    ProcessId: '0x0',
    ProcessName: options.type === 3 ? '-' : 'C:\\Windows\\System32\\svchost.exe',
    IpAddress: options.from?.ip ?? (options.type === 9 ? '::1' : '-'),
    IpPort: options.from === undefined ? '-' : String(log.random.between(49_152, 65_000)),
    ImpersonationLevel: '%%1833',
    TargetOutboundUserName: options.type === 9 ? parts(options.user)[1] : '-',
    TargetOutboundDomainName: options.type === 9 ? parts(options.user)[0] : '-',
    ElevatedToken: options.privileged === true ? '%%1842' : '%%1843',
  })
  if (options.privileged === true) {
    log.security(at + 1, 4672, 'Special Logon', {
      ...subject(session),
      PrivilegeList: 'SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege\n\t\t\tSeDebugPrivilege',
    })
  }
  return session
}

/** A logon ends: 4634. */
export function logoff(log: HostLog, at: number, session: Session, type: LogonOptions['type']): void {
  log.security(at, 4634, 'Logoff', {
    TargetUserSid: sidOf(session.user),
    ...target(session.user),
    TargetLogonId: session.logonId,
    LogonType: String(type),
  })
}

/** A logon fails with a wrong password: 4625. */
export function failedLogon(log: HostLog, at: number, user: string, from: { readonly ip: string; readonly name: string }): void {
  log.security(at, 4625, 'Logon', {
    ...nobody,
    TargetUserSid: 'S-1-0-0',
    ...target(user),
    Status: '0xc000006d',
    FailureReason: '%%2313',
    SubStatus: '0xc000006a',
    LogonType: '3',
    LogonProcessName: 'NtLmSsp ',
    AuthenticationPackageName: 'NTLM',
    WorkstationName: from.name,
    IpAddress: from.ip,
    IpPort: String(log.random.between(49_152, 65_000)),
  })
}

/** Credentials of another account are used from this computer: 4648. */
export function explicitCredentials(
  log: HostLog,
  at: number,
  options: { readonly by: Session; readonly as: string; readonly to: string; readonly process: string },
): void {
  log.security(at, 4648, 'Logon', {
    ...subject(options.by),
    TargetUserName: parts(options.as)[1],
    TargetDomainName: parts(options.as)[0],
    TargetServerName: options.to,
    TargetInfo: options.to,
    ProcessId: '0x0',
    ProcessName: options.process,
    IpAddress: '-',
    IpPort: '-',
  })
}

/** A file on a share is opened: 5145. */
export function shareAccess(
  log: HostLog,
  at: number,
  options: {
    readonly session: Session
    readonly fromIp: string
    readonly share: string
    readonly path: string
    readonly write?: boolean
  },
): void {
  log.security(at, 5145, 'Detailed File Share', {
    ...subject(options.session),
    ObjectType: 'File',
    IpAddress: options.fromIp,
    IpPort: String(log.random.between(49_152, 65_000)),
    ShareName: `\\\\*\\${options.share}`,
    ShareLocalPath:
      options.share === 'ADMIN$'
        ? '\\??\\C:\\Windows'
        : options.share === 'C$'
          ? '\\??\\C:\\'
          : options.share === 'IPC$'
            ? ''
            : `\\??\\D:\\${options.share}`,
    RelativeTargetName: options.path,
    AccessMask: options.write === true ? '0x2' : '0x1',
    AccessList: options.write === true ? '%%4417' : '%%4416',
    AccessReason: '-',
  })
}

const nobody = { SubjectUserSid: 'S-1-0-0', SubjectUserName: '-', SubjectDomainName: '-', SubjectLogonId: '0x0' } as const

function target(user: string): { readonly TargetUserName: string; readonly TargetDomainName: string } {
  const [domain, name] = parts(user)
  return { TargetUserName: name, TargetDomainName: domain }
}
