import { UserError, exitCodes } from '../base/index.ts'

/** A table of a running system, as a person names it. Holds no secret. */
export interface LiveAddress {
  readonly kind: 'postgresql' | 'mysql' | 'clickhouse'
  readonly host: string
  readonly port: number
  readonly database: string
  /** PostgreSQL only. */
  readonly schema?: string
  readonly table: string
  readonly user: string
  /** ClickHouse over HTTPS. PostgreSQL and MySQL negotiate it themselves. */
  readonly tls: boolean
}

const schemes: Readonly<Record<string, { kind: LiveAddress['kind']; port: number; tls?: boolean }>> = {
  'postgresql:': { kind: 'postgresql', port: 5432 },
  'postgres:': { kind: 'postgresql', port: 5432 },
  'mysql:': { kind: 'mysql', port: 3306 },
  'mariadb:': { kind: 'mysql', port: 3306 },
  'clickhouse:': { kind: 'clickhouse', port: 8123 },
  'http:': { kind: 'clickhouse', port: 8123 },
  'https:': { kind: 'clickhouse', port: 8443, tls: true },
}

const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])$/
const longestName = 256

/**
 * Reads `postgresql://user@host:5432/database?table=schema.table` (also `mysql:`, and `clickhouse:`, `http:`, `https:` for the
 * HTTP interface of ClickHouse). A table name with a dot in it is given as `?schema=s&table=t`.
 * Throws a `UserError` that repeats nothing of a password.
 */
export function parseLiveAddress(text: string): LiveAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const scheme = url === undefined || !Object.hasOwn(schemes, url.protocol) ? undefined : schemes[url.protocol]
  if (url === undefined || scheme === undefined) throw wrong('it is no address of a PostgreSQL, MySQL or ClickHouse table')
  if (url.password !== '')
    throw new UserError({
      code: 'secret-in-argument',
      message: 'the address of the live table holds a password: arguments can be read by others on this machine',
      hint: 'take it out of the address, change it if the machine is shared, and give it with --password-file',
      exitCode: exitCodes.usage,
    })
  for (const name of url.searchParams.keys())
    if (name !== 'table' && name !== 'schema') throw wrong(`it has the part ${JSON.stringify(name)}, which is not known`)
  if (!hostForm.test(url.hostname)) throw wrong('its host is missing or not well formed')
  const database = named(decoded(url.pathname.replace(/^\//, '')), 'database')
  const user = decoded(url.username)
  if (user === '' && scheme.kind !== 'clickhouse') throw wrong('it does not say as which user to read')
  const given = named(url.searchParams.get('table') ?? '', 'table')
  const common = {
    kind: scheme.kind,
    host: url.hostname,
    port: url.port === '' ? (usualPort(text) ?? scheme.port) : Number(url.port),
    database,
    user: named(user === '' ? 'default' : user, 'user'),
    tls: scheme.tls === true,
  }
  if (scheme.kind !== 'postgresql') {
    if (url.searchParams.has('schema')) throw wrong('it names a schema, which only PostgreSQL has')
    return { ...common, table: given }
  }
  const schema = url.searchParams.get('schema')
  if (schema !== null) return { ...common, schema: named(schema, 'schema'), table: given }
  const dot = given.indexOf('.')
  if (dot < 0) return { ...common, schema: 'public', table: given }
  return { ...common, schema: named(given.slice(0, dot), 'schema'), table: named(given.slice(dot + 1), 'table') }
}

/** The address as text that may be shown and kept: `postgresql://reader@crm-db:5432/crm?schema=public&table=subscribers`. */
export function liveAddressText(address: LiveAddress): string {
  const scheme = address.kind === 'clickhouse' ? (address.tls ? 'https' : 'http') : address.kind
  const schema = address.schema === undefined ? '' : `schema=${encodeURIComponent(address.schema)}&`
  const user = encodeURIComponent(address.user)
  const table = encodeURIComponent(address.table)
  return `${scheme}://${user}@${address.host}:${address.port}/${encodeURIComponent(address.database)}?${schema}table=${table}`
}

/** A port that is written but left out by `URL`, because the web uses it: 443 of `https:`, 80 of `http:`. */
function usualPort(text: string): number | undefined {
  const written = /^https?:\/\/[^/?#\\]*:(\d{1,5})(?=[/?#\\]|$)/i.exec(text.trim())?.[1]
  return written === undefined ? undefined : Number(written)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrong('a percent sign in it is not followed by two hexadecimal digits')
  }
}

function named(text: string, what: string): string {
  if (text === '') throw wrong(`it does not name the ${what}`)
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (text.length > longestName || /[\u0000-\u001f\u007f]/.test(text) || !text.isWellFormed())
    throw wrong(`its ${what} is too long or holds control characters`)
  return text
}

function wrong(why: string): UserError {
  return new UserError({
    code: 'live-address-wrong',
    message: `the address of the live table cannot be used: ${why}`,
    hint: 'write it as postgresql://reader@crm-db:5432/crm?table=public.subscribers (mysql://, clickhouse:// and https:// likewise)',
    exitCode: exitCodes.usage,
  })
}
