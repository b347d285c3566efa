import { Random } from './random.ts'

/** Somebody with a logon session on a computer. */
export interface Session {
  /** `MERIDIAN\name` or `NT AUTHORITY\SYSTEM`. */
  readonly user: string
  readonly logonId: string
}

export const systemSession: Session = { user: 'NT AUTHORITY\\SYSTEM', logonId: '0x3e7' }

/** The subject fields of a Security event. */
export function subject(
  session: Session,
): Record<'SubjectUserSid' | 'SubjectUserName' | 'SubjectDomainName' | 'SubjectLogonId', string> {
  const [domain, name] = parts(session.user)
  return {
    SubjectUserSid: sidOf(session.user),
    SubjectUserName: name,
    SubjectDomainName: domain,
    SubjectLogonId: session.logonId,
  }
}

/** Domain and name of `DOMAIN\name`. */
export function parts(user: string): [domain: string, name: string] {
  const at = user.indexOf('\\')
  return at < 0 ? ['-', user] : [user.slice(0, at), user.slice(at + 1)]
}

/** A stable security identifier for a login. */
export function sidOf(user: string): string {
  if (user === 'NT AUTHORITY\\SYSTEM') return 'S-1-5-18'
  return `S-1-5-21-1844237615-2147483651-1417001333-${1_100 + new Random(0, 'sid', user).below(8_000)}`
}
