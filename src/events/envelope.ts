import { limits } from '../base/index.ts'
import type { JsonObject, JsonValue } from '../formats/index.ts'

/**
 * The records inside a JSON value that an export wraps: Splunk's `result`, Elasticsearch's `_source`, lists of results of
 * Splunk, Elasticsearch, Defender, Graph and CloudTrail, and the tables of Log Analytics. The value itself when it wraps
 * nothing; none for lines that carry no record (the action lines of a bulk file, Splunk's closing line).
 */
export function unwrap(value: JsonObject, depth = 0): readonly JsonObject[] {
  // Windows events, the bulk of all, wrap nothing.
  if (depth > 4 || 'Channel' in value || 'winlog' in value) return [value]
  const source = value['_source']
  if (isObject(source)) return unwrap(withIndex(source, value['_index']), depth + 1)
  if (isObject(value['result']) && ('preview' in value || 'offset' in value || 'lastrow' in value || '_raw' in value['result']))
    return unwrap(value['result'], depth + 1)
  const names = Object.keys(value)
  if (names.length > 0 && names.every((name) => name === 'preview' || name === 'offset' || name === 'lastrow')) return []
  const [only] = names
  if (names.length === 1 && only !== undefined && /^(?:index|create|delete|update)$/.test(only) && isAction(value[only]))
    return []
  const list = listIn(value)
  return list === undefined ? [value] : list.flatMap((one) => (isObject(one) ? unwrap(one, depth + 1) : []))
}

function withIndex(source: JsonObject, index: JsonValue | undefined): JsonObject {
  return typeof index === 'string' && source['_index'] === undefined ? { ...source, _index: index } : source
}

/** What `_bulk` puts in front of each document. */
function isAction(value: JsonValue | undefined): boolean {
  return (
    isObject(value) && Object.keys(value).every((name) => name.startsWith('_') || name === 'routing' || name === 'require_alias')
  )
}

/** Members that hold the records of an answer, when nothing else in it is a record. */
const lists = ['results', 'Results', 'Records', 'records', 'value'] as const
const beside =
  /^(?:preview|init_offset|post_process_count|messages|fields|highlighted|Schema|Stats|@odata\.\w{1,32}|nextLink|nextToken|took|timed_out|count|total|stats)$/

function listIn(value: JsonObject): readonly JsonValue[] | undefined {
  const hits = value['hits']
  if (isObject(hits) && Array.isArray(hits['hits'])) return hits['hits'] as readonly JsonValue[]
  const tables = value['tables']
  if (Array.isArray(tables)) return tablesIn(tables as readonly JsonValue[])
  for (const name of lists) {
    const list = value[name]
    if (!Array.isArray(list) || !(list as readonly JsonValue[]).every(isObject)) continue
    if (Object.keys(value).every((other) => other === name || beside.test(other))) return list as readonly JsonValue[]
  }
  return undefined
}

/** Log Analytics: `{"tables":[{"name","columns":[{"name"}],"rows":[[…]]}]}`. */
function tablesIn(tables: readonly JsonValue[]): readonly JsonValue[] | undefined {
  const found: JsonObject[] = []
  for (const table of tables) {
    if (!isObject(table) || !Array.isArray(table['columns']) || !Array.isArray(table['rows'])) return undefined
    const names = (table['columns'] as readonly JsonValue[]).slice(0, limits.columns).map((column) => {
      const name = isObject(column) ? (column['name'] ?? column['ColumnName']) : column
      return typeof name === 'string' && name !== '__proto__' ? name : ''
    })
    for (const row of table['rows'] as readonly JsonValue[]) {
      if (!Array.isArray(row)) return undefined
      const cells = row as readonly JsonValue[]
      found.push(Object.fromEntries(names.flatMap((name, i) => (name === '' ? [] : [[name, cells[i] ?? null]]))))
    }
  }
  return found
}

/** A text that an envelope carries, with what it says beside it. */
export interface Carried {
  readonly text: string
  readonly app: string
  readonly host: string
  readonly time: string
  /** Fields that only frame the text; the others are kept beside the inner event's. */
  readonly frame: readonly string[]
}

interface Carrier {
  readonly text: string
  /** Fields that must be there too. */
  readonly with?: readonly string[]
  /** Fields whose presence says that the envelope itself has parsed the event. */
  readonly unless?: readonly string[]
  readonly time: readonly string[]
  readonly host: readonly string[]
  readonly app: readonly string[]
}

const elasticHost = ['host.hostname', 'host.name', 'log.source.address', 'agent.hostname', 'host']

/** Names after: Splunk "Default fields", Azure Monitor table Syslog, systemd.journal-fields(7), ECS `event.original`,
 * Search-UnifiedAuditLog, Docker's json-file driver. */
const carriers: readonly Carrier[] = [
  { text: '_raw', time: ['_time'], host: ['host', 'orig_host'], app: ['sourcetype', 'source'] },
  { text: 'SyslogMessage', time: ['EventTime', 'TimeGenerated'], host: ['HostName', 'Computer'], app: ['ProcessName'] },
  {
    text: 'MESSAGE',
    with: ['__REALTIME_TIMESTAMP'],
    time: ['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP'],
    host: ['_HOSTNAME'],
    app: ['SYSLOG_IDENTIFIER', '_COMM'],
  },
  { text: 'event.original', time: ['@timestamp'], host: elasticHost, app: ['process.name', 'event.dataset'] },
  {
    text: 'message',
    with: ['@timestamp'],
    unless: ['event.category', 'event.code', 'event.dataset'],
    time: ['@timestamp'],
    host: elasticHost,
    app: ['process.name', 'program', 'programname'],
  },
  { text: 'AuditData', time: ['CreationDate'], host: [], app: [] },
  { text: 'log', with: ['stream', 'time'], time: ['time'], host: ['kubernetes.host'], app: ['kubernetes.container_name'] },
]

/** The text that flat fields carry; undefined when they carry none. */
export function carriedIn(fields: Readonly<Record<string, string>>): Carried | undefined {
  for (const { text: name, with: needs = [], unless = [], time, host, app } of carriers) {
    const text = fields[name]
    if (text === undefined || text === '' || needs.some((one) => fields[one] === undefined)) continue
    if (unless.some((one) => (fields[one] ?? '') !== '')) continue
    const first = (names: readonly string[]): string => names.map((one) => fields[one] ?? '').find((one) => one !== '') ?? ''
    return {
      // rsyslog keeps the blank behind the tag.
      text: text.trimStart(),
      app: first(app),
      host: first(host),
      time: first(time),
      frame: [name, ...time, '_cd', '_bkt', '_si', '_serial', 'linecount', 'punct'],
    }
  }
  return undefined
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
