import { unreachable } from '../base/index.ts'
import type { LiveAddress } from './live-address.ts'

/** A column as the system's own catalogue names it. */
export interface LiveColumn {
  readonly name: string
  /** The system's word for its type, in lower case. */
  readonly type: string
}

/** What is read, as data: no text of a person reaches an engine but through this plan. */
export interface LivePlan {
  readonly system: string
  readonly columns: readonly LiveColumn[]
  /** Rows are read where each column, spelled as it is read, equals the value. */
  readonly where: readonly { readonly column: string; readonly value: string }[]
  /** Zone in which times that carry one are written, `+08:00`. */
  readonly zone: string
  /** Characters of one value that are read; a longer one is cut. */
  readonly longest: number
}

/** A statement with its bound values (ClickHouse binds; for the others values stand in it as hexadecimal digits). */
export interface Statement {
  readonly sql: string
  readonly params: Readonly<Record<string, string>>
}

/**
 * One statement that gives a first row (`k` = `h`, `c0` = JSON with version, snapshot, time, count of the rows that follow) and then
 * the rows (`k` = `r`, `c0`...): being one statement, count and rows are of one snapshot.
 */
export function readStatement(
  address: LiveAddress,
  plan: Pick<LivePlan, 'columns' | 'where' | 'zone' | 'longest'>,
  dialect: Dialect,
): Statement {
  const { columns, where } = plan
  const texts = new Map([...dialect.types].map(([name, type]) => [name, textOf(address.kind, { name, type }, plan.zone)]))
  const params: Record<string, string> = {}
  const conditions = where.map(({ column, value }, at) => {
    params[`v${at}`] = value
    return equals(address.kind, { text: texts.get(column) ?? '', value, at })
  })
  const from = `FROM ${tableOf(address)}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`
  const cells = columns.map((column, at) => `${cut(address.kind, texts.get(column.name) ?? '', plan.longest, dialect)} AS c${at}`)
  const nothing = columns.slice(1).map((_, at) => `${nullText(address.kind)} AS c${at + 1}`)
  const head = [`'h' AS k`, `${headOf(address, `(SELECT count(*) ${from})`, dialect)} AS c0`, ...nothing].join(', ')
  return {
    sql: `SELECT ${head} UNION ALL SELECT 'r' AS k, ${cells.join(', ')} ${from}`,
    params: address.kind === 'clickhouse' ? params : {},
  }
}

/** What the first question to a system found out. */
export interface Dialect {
  readonly version: string
  /** PostgreSQL: the encoding of the database is not UTF-8, values travel as hexadecimal digits of their UTF-8. */
  readonly recode: boolean
  /** The reader is shown only some rows by the system's own rules. */
  readonly filtered: boolean
  readonly types: ReadonlyMap<string, string>
}

/** Asks for the columns of the table with their types, in order (`name`, `type`, `version`, `encoding`, `filtered`). */
export function describeStatement(address: LiveAddress): Statement {
  switch (address.kind) {
    case 'postgresql':
      return {
        sql: `SELECT encode(convert_to(a.attname::text, 'UTF8'), 'hex') AS name, lower(format_type(a.atttypid, NULL))::text AS type, a.attnum::int AS at, version()::text AS version, current_setting('server_encoding')::text AS encoding, row_security_active(c.oid)::int AS filtered FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${pgText(address.schema ?? 'public')} AND c.relname = ${pgText(address.table)} AND c.relkind IN ('r', 'v', 'm', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped`,
        params: {},
      }
    case 'mysql':
      return {
        sql: `SELECT column_name AS name, lower(data_type) AS type, cast(ordinal_position AS signed) AS at, version() AS version, 'UTF8' AS encoding, 0 AS filtered FROM information_schema.columns WHERE table_schema = ${myText(address.database)} AND table_name = ${myText(address.table)}`,
        params: {},
      }
    case 'clickhouse':
      return {
        sql: `SELECT name, lower(type) AS type, toInt32(position) AS at, version() AS version, 'UTF8' AS encoding, toInt32(0) AS filtered FROM system.columns WHERE database = {database:String} AND table = {table:String}`,
        params: { database: address.database, table: address.table },
      }
    default:
      return unreachable(address.kind)
  }
}

/** ClickHouse: the parts that make up the table now, as one text. */
export function partsStatement(address: LiveAddress): Statement {
  return {
    sql: `SELECT arrayStringConcat(arraySort(groupArray(name)), ' ') AS parts FROM system.parts WHERE active AND database = {database:String} AND table = {table:String}`,
    params: { database: address.database, table: address.table },
  }
}

function headOf(address: LiveAddress, count: string, dialect: Dialect): string {
  switch (address.kind) {
    case 'postgresql':
      return recoded(
        `json_build_object('snapshot', txid_current_snapshot()::text, 'at', to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'encrypted', (SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()), 'count', ${count}::text)::text`,
        dialect,
      )
    case 'mysql': {
      const place = /mariadb/i.test(dialect.version) ? '@@global.gtid_current_pos' : '@@global.gtid_executed'
      return `cast(concat('{"snapshot":"', replace(replace(convert(${place} USING utf8mb4), char(10), ''), '"', ''), '","at":"', date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%fZ'), '","count":"', ${count}, '"}') AS char)`
    }
    case 'clickhouse':
      return `CAST(concat('{"at":"', formatDateTime(now64(3), '%Y-%m-%dT%H:%i:%S', 'UTC'), 'Z","count":"', toString(${count}), '"}') AS Nullable(String))`
    default:
      return unreachable(address.kind)
  }
}

function tableOf(address: LiveAddress): string {
  switch (address.kind) {
    case 'postgresql':
      return `${pgName(address.schema ?? 'public')}.${pgName(address.table)}`
    case 'mysql':
      return `${myName(address.database)}.${myName(address.table)}`
    case 'clickhouse':
      return `${chName(address.database)}.${chName(address.table)}`
    default:
      return unreachable(address.kind)
  }
}

/** A column as text, spelled the same whatever the settings of the session: days and times in ISO 8601, bytes in hexadecimal. */
function textOf(kind: LiveAddress['kind'], { name, type }: LiveColumn, zone: string): string {
  switch (kind) {
    case 'postgresql': {
      const column = pgName(name)
      if (type === 'date') return `to_char(${column}, 'YYYY-MM-DD')`
      if (type === 'timestamp without time zone') return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US')`
      if (type === 'timestamp with time zone')
        return `to_char(${column} AT TIME ZONE interval '${zone}', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '${zone}'`
      if (type === 'bytea') return `encode(${column}, 'hex')`
      return `${column}::text`
    }
    case 'mysql': {
      const column = myName(name)
      if (type === 'date') return `date_format(${column}, '%Y-%m-%d')`
      if (type === 'datetime') return `date_format(${column}, '%Y-%m-%dT%H:%i:%s.%f')`
      if (type === 'timestamp')
        return `concat(date_format(convert_tz(${column}, @@session.time_zone, '${zone}'), '%Y-%m-%dT%H:%i:%s.%f'), '${zone}')`
      if (type === 'bit') return `cast(${column} + 0 AS char)`
      if (/blob|binary|geometry|point|polygon|linestring/.test(type)) return `lower(hex(${column}))`
      return `convert(cast(${column} AS char) USING utf8mb4)`
    }
    case 'clickhouse': {
      const column = chName(name)
      if (/datetime/.test(type) && !/^(?:array|map|tuple)/.test(type))
        return `concat(replaceOne(toString(toTimeZone(${column}, 'Fixed/UTC${zone}:00')), ' ', 'T'), '${zone}')`
      if (/fixedstring/.test(type)) return `toStringCutToZero(${column})`
      return `toString(${column})`
    }
    default:
      return unreachable(kind)
  }
}

function equals(kind: LiveAddress['kind'], { text, value, at }: { text: string; value: string; at: number }): string {
  switch (kind) {
    case 'postgresql':
      return `(${text}) = ${pgText(value)}`
    case 'mysql':
      return `cast(convert(${text} USING utf8mb4) AS binary) = ${myBytes(value)}`
    case 'clickhouse':
      return `${text} = {v${at}:String}`
    default:
      return unreachable(kind)
  }
}

function cut(kind: LiveAddress['kind'], text: string, longest: number, dialect: Dialect): string {
  switch (kind) {
    case 'postgresql':
      return recoded(`left(${text}, ${longest + 1})`, dialect)
    case 'mysql':
      return `left(${text}, ${longest + 1})`
    case 'clickhouse':
      return `CAST(leftUTF8(${text}, ${longest + 1}) AS Nullable(String))`
    default:
      return unreachable(kind)
  }
}

function recoded(text: string, dialect: Dialect): string {
  return dialect.recode ? `encode(convert_to(${text}, 'UTF8'), 'hex')` : text
}

function nullText(kind: LiveAddress['kind']): string {
  if (kind === 'postgresql') return 'NULL::text'
  return kind === 'mysql' ? 'cast(NULL AS char)' : 'CAST(NULL AS Nullable(String))'
}

/** Values stand in a statement as hexadecimal digits only: no setting of the server changes how they are read. */
function pgText(value: string): string {
  return `convert_from(decode('${hex(value)}', 'hex'), 'UTF8')`
}

function myText(value: string): string {
  return `convert(${myBytes(value)} USING utf8mb4)`
}

function myBytes(value: string): string {
  return `x'${hex(value)}'`
}

function hex(value: string): string {
  return Buffer.from(value.toWellFormed(), 'utf8').toString('hex')
}

/** Letters beyond ASCII are escaped: the statement then says the same in every encoding of a connection. */
function pgName(name: string): string {
  const doubled = name.replaceAll('"', '""')
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  if (/^[\u0000-\u007f]*$/.test(name)) return `"${doubled}"`
  const escaped = Array.from(doubled.replaceAll('\\', '\\\\'), (letter) => {
    const code = letter.codePointAt(0) ?? 0
    return code < 0x80 ? letter : `\\+${code.toString(16).padStart(6, '0')}`
  })
  return `U&"${escaped.join('')}"`
}

function myName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

function chName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
