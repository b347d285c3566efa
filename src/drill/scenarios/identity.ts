import { Random } from '../random.ts'
import { parts, systemSession, type Session } from '../session.ts'

const wellKnown: Readonly<Record<string, string>> = {
  'NT AUTHORITY\\SYSTEM': 'S-1-5-18',
  'NT AUTHORITY\\LOCAL SERVICE': 'S-1-5-19',
  'NT AUTHORITY\\NETWORK SERVICE': 'S-1-5-20',
  'IIS APPPOOL\\DealerPool': 'S-1-5-82-2106415297-1873640815-3120748161-2233185061-1006734421',
}

/** Sessions that every computer has. */
export const networkService: Session = { user: 'NT AUTHORITY\\NETWORK SERVICE', logonId: '0x3e4' }
export const localService: Session = { user: 'NT AUTHORITY\\LOCAL SERVICE', logonId: '0x3e5' }

/** The security identifier of a login; no two logins of an estate have the same one. */
export function sidOf(user: string): string {
  return (
    wellKnown[user] ??
    `S-1-5-21-1844237615-2147483651-1417001333-${1_100 + new Random(0, 'sid', user.toLowerCase()).below(900_000_000)}`
  )
}

/** The subject fields of a Security record of a host: the system and its network service act as the computer's account. */
export function subject(
  session: Session,
  host: string,
): Record<'SubjectUserSid' | 'SubjectUserName' | 'SubjectDomainName' | 'SubjectLogonId', string> {
  const [domain, name] = parts(session.user)
  const computer = session.logonId === systemSession.logonId || session.logonId === networkService.logonId
  return {
    SubjectUserSid: sidOf(session.user),
    SubjectUserName: computer ? `${host.toUpperCase()}$` : name,
    SubjectDomainName: computer ? 'MERIDIAN' : domain,
    SubjectLogonId: session.logonId,
  }
}

/** The target fields of a Security record. */
export function targetOf(user: string): Record<'TargetUserSid' | 'TargetUserName' | 'TargetDomainName', string> {
  const [TargetDomainName, TargetUserName] = parts(user)
  return { TargetUserSid: sidOf(user), TargetUserName, TargetDomainName }
}
