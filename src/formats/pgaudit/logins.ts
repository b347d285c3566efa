import type { ServerEntry } from './entries.ts'

/** What an entry says of a log-in. */
export interface LoginSaid {
  readonly login: 'accepted' | 'refused' | 'ended'
  /** Why it was refused, in the server's words; else ''. */
  readonly reason: string
  readonly user: string
  readonly database: string
  readonly host: string
  readonly application: string
}

const accepted =
  /^connection authorized: user=(.{1,128}?)(?: database=(.{1,128}?))?(?: application_name=(.{1,128}?))?(?: SSL enabled \(.*| GSS \(.*)?$/
const ended = /^disconnection: session time: \S{1,30} user=(.{1,128}?) database=(.{1,128}?) host=(\S{1,255})(?: port=\d{1,5})?$/
const refused = [
  /^[\w-]{1,20} authentication failed for user "(?<user>.{1,128})"/,
  /^(?:no pg_hba\.conf entry|pg_hba\.conf rejects (?:replication )?connection) for (?:replication connection from )?host "(?<host>[^"]{1,255})", user "(?<user>.{1,128}?)"(?:, database "(?<database>.{1,128}?)")?/,
  /^role "(?<user>.{1,128})" (?:does not exist|is not permitted to log in)/,
  /^(?:permission denied for )?database "(?<database>.{1,128})"(?: does not exist)?$/,
  /^too many connections for (?:role|database) "/,
] as const

/** What an entry says of a log-in (PostgreSQL sources, messages of `log_connections` and of authentication); undefined for another. */
export function loginIn({ severity, message, fields }: ServerEntry): LoginSaid | undefined {
  const own = {
    user: known(fields.user),
    database: known(fields.database),
    host: fields.host ?? '',
    application: known(fields.application),
  }
  if (severity === 'LOG') {
    const authorized = accepted.exec(message)
    if (authorized !== null)
      return {
        ...own,
        login: 'accepted',
        reason: '',
        user: authorized[1] ?? own.user,
        database: authorized[2] ?? own.database,
        application: authorized[3] ?? own.application,
      }
    const over = ended.exec(message)
    if (over === null) return undefined
    return {
      ...own,
      login: 'ended',
      reason: '',
      user: over[1] ?? own.user,
      database: over[2] ?? own.database,
      host: over[3] ?? own.host,
    }
  }
  if (severity !== 'FATAL') return undefined
  for (const pattern of refused) {
    const found = pattern.exec(message)
    if (found === null) continue
    const { user, database, host } = found.groups ?? {}
    return {
      ...own,
      login: 'refused',
      reason: message.slice(0, 1_000),
      user: user ?? own.user,
      database: database ?? own.database,
      host: host ?? own.host,
    }
  }
  return undefined
}

/** Who connects, by address: said before anybody has a name. */
export function receivedFrom({ severity, message }: ServerEntry): string | undefined {
  return severity === 'LOG' ? /^connection received: host=(\S{1,255})(?: port=\d{1,5})?$/.exec(message)?.[1] : undefined
}

function known(text: string | undefined): string {
  return text === undefined || text === '[unknown]' ? '' : text
}
