import type { Locator } from '../base/index.ts'
import type { EventClass, LogEvent } from './event.ts'
import { accountName, hostName, ipText, portOf } from './name.ts'
import { timeOf } from './time-of.ts'

const times = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  'eventTime',
  'EventTime',
  'TimeGenerated',
  'datetime',
  'date',
  '_time',
  'event.created',
]
const hosts = [
  'host.hostname',
  'host.name',
  'Hostname',
  'hostname',
  'HostName',
  'host',
  'Computer',
  'computer_name',
  'agent.hostname',
  'agent.name',
]
const accounts = ['user.name', 'user', 'username', 'User', 'account', 'principal', 'userIdentity.userName']
const sources = [
  'source.ip',
  'source.address',
  'src_ip',
  'SourceIp',
  'client.ip',
  'client_ip',
  'clientip',
  'remote_addr',
  'remote_ip',
  'sourceIPAddress',
  'id.orig_h',
]
const targets = ['destination.ip', 'destination.address', 'dst_ip', 'dest_ip', 'DestinationIp', 'id.resp_h']
const targetPorts = ['destination.port', 'dst_port', 'dest_port', 'DestinationPort', 'id.resp_p']

const classByCategory: Readonly<Record<string, EventClass>> = {
  authentication: 'authentication',
  process: 'process',
  network: 'network',
  file: 'file',
  registry: 'registry',
  iam: 'account-change',
  database: 'datastore',
  web: 'http',
}

/** An event from a JSON record of no source known to us: what common field names tell, the rest '' and class `other`. */
export function genericEvent(fields: Readonly<Record<string, string>>, at: Locator, assume: string | undefined): LogEvent {
  const first = (names: readonly string[]): string => {
    for (const name of names) {
      const text = fields[name]
      if (typeof text === 'string' && text !== '') return text
    }
    return ''
  }
  const moment = times
    .values()
    .map((name) => timeOf(fields[name], assume))
    .find((one) => one !== undefined)
  const dataset = fields['event.dataset'] ?? ''
  const category = (fields['event.category'] ?? '').split('\n')[0] ?? ''
  return {
    time: moment?.at ?? '',
    zone: moment?.zone ?? 'unknown',
    host: hostName(first(hosts)),
    class: classByCategory[category] ?? 'other',
    product: fields['event.module'] ?? dataset.split('.')[0] ?? '',
    category: '',
    service: dataset.includes('.') ? dataset.slice(dataset.indexOf('.') + 1) : '',
    channel: '',
    provider: fields['event.provider'] ?? '',
    eventId: fields['event.code'] ?? '',
    account: accountName(fields['user.domain'], first(accounts)),
    process: first(['process.executable', 'process.name', 'exe', 'Image']),
    commandLine: first(['process.command_line', 'cmdline', 'CommandLine']),
    parentProcess: first(['process.parent.executable', 'process.parent.name', 'ParentImage']),
    sourceIp: ipText(first(sources)),
    targetIp: ipText(first(targets)),
    targetPort: portOf(first(targetPorts)),
    bytesOut: bytesOf(first(['source.bytes', 'bytes_out', 'orig_bytes', 'BytesSent'])),
    fields,
    at,
  }
}

function bytesOf(text: string): number {
  const bytes = /^\d{1,15}$/.test(text) ? Number(text) : -1
  return bytes
}
