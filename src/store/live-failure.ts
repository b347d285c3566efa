import { UserError, exitCodes } from '../base/index.ts'
import { liveAddressText, type LiveAddress } from './live-address.ts'
import { EngineError } from './redact.ts'

/** How a system says what is wrong, and how we say it. The first that fits counts; the system's own words are never repeated. */
const causes: readonly {
  readonly said: RegExp
  readonly code: string
  readonly what: (address: LiveAddress) => string
  readonly hint: string
}[] = [
  {
    said: /could not translate host name|Unknown server host|ENOTFOUND|EAI_AGAIN|DNS_ERROR/,
    code: 'live-host-unknown',
    what: ({ host }) => `the name of the host ${host} is not known here`,
    hint: 'check the host in the address, and that this machine resolves it',
  },
  {
    said: /password authentication failed|no password supplied|ERROR 1045|AUTHENTICATION_FAILED|REQUIRED_PASSWORD|Code: 516|role "[^"]{1,300}" does not exist|ERROR 1698/,
    code: 'live-login-refused',
    what: ({ user, host }) => `${host} refuses the user ${JSON.stringify(user)} or the password`,
    hint: 'check the user in the address and the file given with --password-file',
  },
  {
    said: /no pg_hba\.conf entry|ERROR 1130|IP_ADDRESS_NOT_ALLOWED/,
    code: 'live-not-admitted',
    what: ({ user, host }) => `${host} does not admit ${JSON.stringify(user)} from this machine`,
    hint: 'ask who runs the system to admit this machine (pg_hba.conf or the host of the account), or whether it wants TLS: PGSSLMODE=require',
  },
  {
    said: /does not support SSL|SSL error|certificate|CERT_|TLS|SSL_EXCEPTION|ERROR 2026/,
    code: 'live-tls-failed',
    what: ({ host }) => `no encrypted connection to ${host} could be made, or its certificate is not trusted here`,
    hint: 'PostgreSQL: PGSSLMODE and PGSSLROOTCERT say what is asked for and which authority is trusted; the server must offer TLS',
  },
  {
    said: /Connection refused|ERROR 2002|ERROR 2003|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timeout expired|[Tt]imed? ?out|NETWORK_ERROR/,
    code: 'live-unreachable',
    what: ({ host, port }) => `nothing answers at ${host}, port ${port}`,
    hint: 'check host and port in the address, and that a firewall lets this machine through',
  },
  {
    said: /database "[^"]{1,300}" does not exist|ERROR 1049|ERROR 1044|UNKNOWN_DATABASE/,
    code: 'live-database-missing',
    what: ({ database, user }) =>
      `there is no database ${JSON.stringify(database)} that the user ${JSON.stringify(user)} may see`,
    hint: 'check the database in the address, or ask for the right to read it',
  },
  {
    said: /permission denied|insufficient_privilege|ERROR 1142|ERROR 1143|ACCESS_DENIED/,
    code: 'live-denied',
    what: ({ user, table }) => `the user ${JSON.stringify(user)} may not read ${JSON.stringify(table)}`,
    hint: 'ask for the right to read this table and no more (GRANT SELECT)',
  },
  {
    said: /undefined_table|relation "[^"]{1,300}" does not exist|ERROR 1146|UNKNOWN_TABLE|undefined_column|UNKNOWN_IDENTIFIER|ERROR 1054/,
    code: 'live-table-changed',
    what: ({ table }) => `the table ${JSON.stringify(table)} was removed or changed while it was being read`,
    hint: 'ask who runs the system what happened at this minute, then read it again',
  },
]

/** The error of a live read in our own words: what is wrong and what to do, no secret, no value, nothing the system printed. */
export function liveFailure(address: LiveAddress, original: unknown): Error {
  if (original instanceof UserError || (original instanceof Error && original.name === 'AbortError')) return original
  const text =
    original instanceof Error
      ? `${'code' in original ? String(original.code) : ''} ${'type' in original ? String(original.type) : ''} ${original.message}`
      : ''
  const cause = causes.find((one) => one.said.test(text))
  if (cause !== undefined)
    return new UserError({ code: cause.code, message: cause.what(address), hint: cause.hint, exitCode: exitCodes.environment })
  return new UserError({
    code: 'live-read-broken',
    message: `reading ${liveAddressText(address)} broke off (${new EngineError('read it', original).message}); nothing was registered`,
    hint: 'see the log of that system at this minute (a removed table, an ended connection, a timeout), then read it again',
    exitCode: exitCodes.environment,
  })
}

/** The table is not there, or not for this user: the catalogue lists no column of it. */
export function liveTableMissing(address: LiveAddress): UserError {
  const schema = address.schema === undefined ? '' : `${address.schema}.`
  return new UserError({
    code: 'live-table-missing',
    message: `${address.database} on ${address.host} has no table ${JSON.stringify(`${schema}${address.table}`)} that the user ${JSON.stringify(address.user)} may see`,
    hint: 'check its name as it is written there (capitals count), or ask for the right to read it',
    exitCode: exitCodes.environment,
  })
}
