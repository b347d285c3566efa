import type { Moment } from '../base/index.ts'
import type { AccessRecord } from '../formats/index.ts'
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
 * The request in a row of a W3C extended log (IIS; a proxy's rows are none) or in a line of HAProxy's HTTP log; undefined
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
