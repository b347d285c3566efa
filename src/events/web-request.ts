import type { Moment } from '../base/index.ts'
import { nginxNames, requestParts, type AccessRecord } from '../formats/index.ts'
import type { LogClock } from './clock.ts'

type Fields = Readonly<Record<string, string>>

/** A request as a web server or load balancer logged it, with its time as that log writes times. */
export interface WebRequest {
  readonly access: AccessRecord
  readonly fields: Fields
  /** Where the log's times need its clock. */
  readonly moment?: Moment
}

/** Columns that only proxies and file servers write. */
const otherColumns = [
  'x-session',
  'r-host',
  'r-ip',
  's-supplier-ip',
  's-hierarchy',
  'cs-categories',
  'x-bluecoat-transaction-uuid',
  'cs-uri',
]

/**
 * The request in a row of a W3C extended log (IIS; a proxy's rows are none), in a line of HAProxy's HTTP log, or in JSON whose members have the names of nginx's variables; undefined
 * for another record. IIS writes the blanks of agents and referers as plus signs, and times in UTC.
 */
export function webRequest(form: string, fields: Fields, clock: LogClock): WebRequest | undefined {
  const value = (name: string): string => fields[name] ?? ''
  if (form === 'w3c' && value('cs-method') !== '' && !otherColumns.some((name) => name in fields)) {
    const path = value('cs-uri-stem')
    const query = value('cs-uri-query')
    const timeText = `${value('date')} ${value('time')}`.trim()
    return {
      fields,
      access: {
        line: 0,
        vhost: value('cs-host'),
        server: value('s-computername') || value('s-ip'),
        client: value('c-ip'),
        user: value('cs-username'),
        timeText,
        time: timeText.length >= 19 ? `${timeText.replace(' ', 'T')}Z` : '',
        method: value('cs-method'),
        target: query === '' ? path : `${path}?${query}`,
        path,
        query,
        version: value('cs-version'),
        status: value('sc-status'),
        bytes: value('sc-bytes'),
        referer: value('cs(Referer)'),
        agent: value('cs(User-Agent)').replaceAll('+', ' '),
      },
    }
  }
  if (form === 'json') return variables(fields, clock)
  if (form !== 'haproxy') return undefined
  const [method = '', target = '', version = ''] = value('request').split(' ', 3)
  const mark = target.indexOf('?')
  const moment = clock.read(value('time'))
  return {
    fields,
    ...(moment === undefined ? {} : { moment }),
    access: {
      line: 0,
      vhost: '',
      server: '',
      client: value('client'),
      user: '',
      timeText: value('time'),
      time: '',
      method,
      target,
      path: mark === -1 ? target : target.slice(0, mark),
      query: mark === -1 ? '' : target.slice(mark + 1),
      version,
      status: value('status'),
      bytes: value('bytes'),
      referer: '',
      agent: '',
    },
  }
}

/** JSON that a server was told to write, its members named as the variables of nginx are: client, status and the request must be there. */
function variables(fields: Fields, clock: LogClock): WebRequest | undefined {
  if (fields['remote_addr'] === undefined || fields['status'] === undefined) return undefined
  const told: Record<string, string> = {}
  for (const [name, as] of Object.entries(nginxNames)) {
    const value = fields[name]
    if (value !== undefined && value !== '' && value !== '-') told[as] ??= value
  }
  const { request, target, path } = told
  // A request that could not be read leaves them empty.
  if (!['request', 'request_uri', 'uri'].some((name) => name in fields)) return undefined
  const whole = target ?? (told['query'] === undefined ? (path ?? '') : `${path ?? ''}?${told['query']}`)
  const line = request ?? (whole === '' ? '-' : `${told['method'] ?? 'GET'} ${whole} ${told['version'] ?? ''}`.trimEnd())
  const timeText = ['time_iso8601', 'time_local', '@timestamp', 'timestamp', 'time', 'msec', 'ts']
    .map((name) => fields[name] ?? '')
    .find((text) => clock.read(text) !== undefined)
  const moment = clock.read(timeText)
  return {
    fields,
    ...(moment === undefined ? {} : { moment }),
    access: {
      line: 0,
      vhost: told['vhost'] ?? '',
      server: told['server'] ?? '',
      client: told['client'] ?? '',
      user: told['user'] ?? '',
      timeText: timeText ?? '',
      time: '',
      ...requestParts(line),
      ...(told['method'] === undefined && request === undefined ? { method: '' } : {}),
      status: told['status'] ?? '',
      bytes: told['bytes'] ?? '',
      referer: told['referer'] ?? '',
      agent: told['agent'] ?? '',
    },
  }
}
