/** A table whose rows are statements: an export of a database's own log of queries. */
interface StatementLayout {
  readonly name: string
  /** Our columns by theirs. */
  readonly map: Readonly<Record<string, string>>
  /** The zone of times that state none, where the system fixes it. */
  readonly zone?: string
  /** Rows that are no further reads: the column, and its values. */
  readonly besides?: readonly [column: string, values: readonly string[]]
}

/**
 * Logs of queries by the columns they have. Names as in: Oracle Database Reference, UNIFIED_AUDIT_TRAIL; Teradata, Database Query Log (QryLogV with the text of
 * QryLogSQLV beside it); Snowflake, ACCOUNT_USAGE.QUERY_HISTORY; ClickHouse, system.query_log.
 */
const layouts: readonly StatementLayout[] = [
  {
    name: 'oracle-unified-audit',
    map: {
      ts: 'EVENT_TIMESTAMP_UTC',
      account: 'DBUSERNAME',
      statement: 'SQL_TEXT',
      parameters: 'SQL_BINDS',
      system: 'DB_NAME',
      source_host: 'USERHOST',
      action: 'ACTION_NAME',
    },
    zone: '+00:00',
  },
  {
    name: 'oracle-unified-audit',
    map: {
      ts: 'EVENT_TIMESTAMP',
      account: 'DBUSERNAME',
      statement: 'SQL_TEXT',
      parameters: 'SQL_BINDS',
      system: 'DB_NAME',
      source_host: 'USERHOST',
      action: 'ACTION_NAME',
    },
  },
  {
    name: 'teradata-dbql',
    map: {
      ts: 'StartTime',
      account: 'UserName',
      statement: 'SqlTextInfo',
      rows: 'NumResultRows',
      system: 'DefaultDatabase',
      source_host: 'ClientAddr',
      action: 'StatementType',
    },
  },
  {
    name: 'teradata-dbql',
    map: {
      ts: 'StartTime',
      account: 'UserName',
      statement: 'QueryText',
      rows: 'NumResultRows',
      system: 'DefaultDatabase',
      source_host: 'ClientAddr',
      action: 'StatementType',
    },
  },
  {
    name: 'snowflake-query-history',
    map: {
      ts: 'START_TIME',
      account: 'USER_NAME',
      statement: 'QUERY_TEXT',
      rows: 'ROWS_PRODUCED',
      system: 'DATABASE_NAME',
      action: 'QUERY_TYPE',
    },
  },
  {
    name: 'clickhouse-query-log',
    map: {
      ts: 'event_time',
      account: 'user',
      statement: 'query',
      rows: 'result_rows',
      system: 'current_database',
      source_host: 'address',
      action: 'query_kind',
    },
    besides: ['type', ['QueryStart', 'ExceptionBeforeStart']],
  },
]

/**
 * How a table of statements is read: undefined for a table that names subscribers itself. A table of another system is one when it is mapped, with `statement`
 * for the column of the text and, where there is one, `parameters` for bind values.
 */
export function statementLayout(
  columns: readonly string[],
  map: Readonly<Record<string, string>> | undefined,
): StatementLayout | undefined {
  const there = new Set(columns.map((column) => column.trim().toLowerCase()))
  const has = (column: string): boolean => there.has(column.trim().toLowerCase())
  if (map?.statement !== undefined) return { name: 'mapped', map }
  if (has(map?.subscriber ?? 'subscriber')) return undefined
  const known = layouts.find((one) => ['ts', 'account', 'statement'].every((name) => has(one.map[name] ?? name)))
  if (known !== undefined) return { ...known, map: { ...known.map, ...map } }
  return has('statement') ? { name: 'own', map: { ...map } } : undefined
}

/** Whether a statement asks for rows, by what the log calls it, else by its first word: what changes rows or the schema reads nobody's. */
export function asksForRows(statement: string, action: string): boolean {
  if (action.trim() !== '') return /^\s*(?:select|with|copy|unload|export)/i.test(action)
  if (statement.trim() === '') return true
  const word = /^(?:[\s(;]|--[^\n]{0,1000}\n|\/\*(?:[^*]|\*(?!\/)){0,1000}\*\/){0,100}([A-Za-z]{2,12})/
    .exec(statement)?.[1]
    ?.toUpperCase()
  return word !== undefined && ['SELECT', 'WITH', 'SEL', 'COPY', 'UNLOAD', 'EXPORT', 'LOCKING', 'LOCK'].includes(word)
}

/**
 * Bind values as a log writes them: Oracle's ` #1(12):+60120010001 #2(3):abc` (number, length, value), or an array in JSON. `not-logged` where nothing stands or
 * what stands cannot be read.
 */
export function bindValues(text: string): readonly string[] | 'not-logged' {
  const trimmed = text.trim()
  if (trimmed === '') return 'not-logged'
  if (trimmed.startsWith('[')) {
    try {
      const values: unknown = JSON.parse(trimmed)
      return Array.isArray(values) ? values.map((one) => (typeof one === 'object' ? '' : String(one))) : 'not-logged'
    } catch {
      return 'not-logged'
    }
  }
  const found: string[] = []
  const head = /\s{0,20}#(\d{1,4})\((\d{1,6})\):/y
  for (let at = 0; at < text.trimEnd().length;) {
    head.lastIndex = at
    const match = head.exec(text)
    if (match === null) return 'not-logged'
    const from = head.lastIndex
    found[Number(match[1]) - 1] = text.slice(from, from + Number(match[2]))
    at = from + Number(match[2])
  }
  return Array.from(found, (one) => one ?? '')
}
