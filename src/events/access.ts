import type { AccessRecord } from '../formats/index.ts'
import type { LogEvent } from './event.ts'
import { accountName, hostName, ipText, portOf } from './name.ts'
import { timeOf } from './time-of.ts'

/**
 * An event from a request of a web server's access log, with the field names of the W3C extended format that Sigma's
 * `webserver` rules use. Those rules put path and query into `cs-uri-query`, so it holds the whole request target; the
 * query alone is `query`. `host` is the server's name, which most access logs do not state.
 */
export function accessEvent(record: AccessRecord, host: string | undefined): LogEvent {
  const moment = timeOf(record.time)
  const [vhost = '', port] = record.vhost.split(':')
  const fields: Record<string, string> = {
    'c-ip': record.client,
    'cs-method': record.method,
    'cs-uri': record.target,
    'cs-uri-stem': record.path,
    'cs-uri-query': record.target,
    query: record.query,
    'sc-status': record.status,
    'sc-bytes': record.bytes,
    'cs-referer': record.referer,
    'cs-user-agent': record.agent,
    'cs-version': record.version,
    time: record.timeText,
  }
  if (record.user !== '') fields['cs-username'] = record.user
  if (record.vhost !== '') fields['cs-host'] = record.vhost
  if (record.server !== '') fields['s-computername'] = record.server
  return {
    time: moment?.at ?? '',
    zone: moment?.zone ?? 'unknown',
    host: hostName(host ?? (record.server || vhost)),
    class: 'http',
    product: '',
    category: 'webserver',
    service: '',
    channel: '',
    provider: '',
    eventId: '',
    account: accountName(undefined, record.user),
    process: '',
    commandLine: '',
    parentProcess: '',
    sourceIp: ipText(record.client),
    targetIp: ipText(record.server),
    targetPort: portOf(port),
    bytesOut: record.bytes === '' ? -1 : Number(record.bytes.slice(0, 15)),
    fields,
    at: { kind: 'line', n: record.line },
  }
}
