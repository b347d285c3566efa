import { serviceOf } from './windows-source.ts'

/** A log source as ATT&CK's analytics name it, with the event ids, system calls or Zeek logs that they name. */
export interface AttackLogSource {
  readonly name: string
  readonly details?: readonly string[]
}

/**
 * How a kind of event (`kindOf`) stands to a log source of ATT&CK: `yes`: it is one of the records meant; `source`: the source is at hand,
 * this kind of record is another one; `no`: it is something else.
 */
export type Match = 'yes' | 'source' | 'no'

type Parts = readonly [product: string, service: string, category: string, call: string]

/** What ATT&CK calls the channels that Sigma's taxonomy has a service for. */
const windowsServices: Readonly<Record<string, readonly string[]>> = {
  powershell: ['powershell', 'powershell-classic'],
  wmi: ['wmi'],
  'windows defender': ['windefend'],
  codeintegrity: ['codeintegrity-operational'],
  applocker: ['applocker'],
  dhcp: ['dhcp'],
  iis: ['iis-configuration'],
  'microsoft-iis-configuration': ['iis-configuration'],
}

/** Endpoint products write the same records as Sysmon under Sigma's categories. */
const sameAsSysmon: Readonly<Record<string, readonly string[]>> = {
  process_creation: ['1'],
  network_connection: ['3'],
  driver_load: ['6'],
  image_load: ['7'],
  process_access: ['10'],
  file_event: ['11'],
  registry_event: ['12', '13', '14'],
  registry_add: ['12'],
  registry_set: ['13'],
  dns_query: ['22'],
  file_delete: ['23'],
}

/** Records of two channels that ATT&CK names for the same data component: one stands for the other. */
const twins: readonly (readonly [service: string, id: string, name: string, twin: string])[] = [
  ['security', '4688', 'wineventlog:sysmon', '1'],
  ['sysmon', '1', 'wineventlog:security', '4688'],
  ['security', '5156', 'wineventlog:sysmon', '3'],
  ['sysmon', '3', 'wineventlog:security', '5156'],
  ['security', '4657', 'wineventlog:sysmon', '13'],
  ['sysmon', '13', 'wineventlog:security', '4657'],
]

const auditTypes: Readonly<Record<string, readonly string[]>> = { FILE: ['PATH'], AUTH: ['USER_AUTH', 'USER_LOGIN'] }

const devices = new Set(['cisco', 'fortigate', 'paloalto', 'ivanti', 'citrix', 'f5', 'juniper'])
const isNetwork = ([product, , category]: Parts): boolean =>
  product === 'zeek' || product === 'netflow' || category === 'firewall'
const isFirewall = ([, , category]: Parts): boolean => category === 'firewall'
const isWeb = ([product, , category]: Parts): boolean => category === 'webserver' || product === 'iis'
const isDevice = ([product]: Parts): boolean => devices.has(product)
const isLinuxText = ([product, service]: Parts): boolean => product === 'linux' && service !== 'auditd'

/** Log sources outside Windows and auditd, by their name in lower case. A name that is not here is one that no source read here writes. */
const others: readonly (readonly [RegExp, (parts: Parts) => boolean])[] = [
  [/^nsm:firewall$|^networkdevice:firewall$|^firewall audit logs$|^pf:logs$/, isFirewall],
  [/^nsm:|^netflow:|^networkdevice:flow$|^network traffic$/, isNetwork],
  [/^dns:query$/, ([product, service, category]) => category === 'dns' || (product === 'zeek' && service === 'dns')],
  [/^networkdevice:|^aaa:/, isDevice],
  [/^linux:auth$/, ([product, service]) => product === 'linux' && /^(?:sshd|sudo|auth|utmp|lastlog)$/.test(service)],
  [/^linux:(?:shell|cli)$/, ([, service]) => service === 'shell-history'],
  [/^linux:cron$/, ([product, service]) => product === 'linux' && service === 'cron'],
  [/^linux:syslog$|^linuxsyslog$|^linus:syslog$|^journald:/, isLinuxText],
  [/^aws:cloudtrail$|^cloudtrail:/, ([product, service]) => product === 'aws' && service === 'cloudtrail'],
  [/^aws:vpcflowlogs$/, ([product, service]) => product === 'aws' && service === 'vpcflow'],
  [/^(?:azure|m365):signinlogs$/, ([product, service]) => product === 'azure' && service === 'signinlogs'],
  [/^azure:audit$|^microsoft entra id audit logs$/, ([product, service]) => product === 'azure' && service === 'auditlogs'],
  [/^azure:activity$/, ([product, service]) => product === 'azure' && service === 'activitylogs'],
  [/^m365:messagetrace$|^application:mail$|^applicationlog:mailserver$/, ([product]) => product === 'exchange'],
  [/^m365:exchange$/, ([product]) => product === 'm365' || product === 'exchange'],
  [/^m365:(?:unified|audit|sharepoint|office|mailboxaudit|purview)$/, ([product]) => product === 'm365'],
  [
    /^gcp:workspaceaudit$|^saas:googleworkspace$|^google admin audit$/,
    ([product, service]) => product === 'gcp' && service.startsWith('google_workspace'),
  ],
  [/^gcp:audit$/, ([product, service]) => product === 'gcp' && !service.startsWith('google_workspace')],
  [/^kubernetes:(?:audit|apiserver)$/, ([product]) => product === 'kubernetes'],
  [/^saas:okta$|^okta:systemlog$/, ([product]) => product === 'okta'],
  [/^applicationlog:(?:webserver|ingress|iis)$|^apache:access_log$|^alb:httplogs$|^web:access$/, isWeb],
  [/^applicationlogs:sql$/, ([, , category]) => category === 'database'],
  [/^saas:snowflake$/, ([product]) => product === 'snowflake'],
  [/^edr:detection$/, ([, service]) => service === 'detection'],
]

/** Zeek's logs, and what else shows the same. */
function hasZeekLog(log: string, [product, service, category]: Parts): boolean {
  if (product === 'zeek') return log === `${service}.log`
  if (log === 'conn.log') return product === 'netflow' || category === 'firewall'
  if (log === 'dns.log') return category === 'dns'
  return log === 'http.log' && (category === 'proxy' || category === 'webserver')
}

/** Tells how a kind of event stands to a log source. */
export function matchOf(kind: string, { name, details = [] }: AttackLogSource): Match {
  const lower = name.toLowerCase()
  if (kind.startsWith('eventlog/')) return ofEventLog(kind, lower, details)
  const [product = '', service = '', third = '', call = ''] = kind.split('/')
  const parts: Parts = [product, service, third, call]
  if (
    (product === 'windows' && lower === 'wineventlog:sysmon') ||
    (product === 'linux' && lower === 'linux:sysmon' && third !== '')
  )
    return sameAsSysmon[third]?.some((id) => details.includes(id)) === true ? 'yes' : 'no'
  if (lower.startsWith('auditd:'))
    return product === 'linux' && service === 'auditd' ? ofAudit(parts, name.slice(7), details) : 'no'
  if (service === 'auditd') return 'no'
  const other = others.find(([pattern]) => pattern.test(lower))
  if (other === undefined) return 'no'
  if (!lower.startsWith('nsm:') || details.length === 0) return other[1](parts) ? 'yes' : 'no'
  if (details.some((log) => hasZeekLog(log, parts))) return 'yes'
  return isNetwork(parts) ? 'source' : 'no'
}

function ofEventLog(kind: string, lower: string, details: readonly string[]): Match {
  const at = kind.lastIndexOf('/')
  const channel = kind.slice(9, at).toLowerCase()
  const onLinux = channel.startsWith('linux-sysmon')
  const id = kind.slice(at + 1)
  const twin = onLinux ? undefined : twins.find(([own, ownId]) => serviceOf(channel) === own && id === ownId)
  if (twin !== undefined && lower === twin[2] && details.includes(twin[3])) return 'yes'
  const same = onLinux ? lower === 'linux:sysmon' : lower.startsWith('wineventlog:') && isChannel(channel, lower.slice(12))
  if (!same) return 'no'
  return details.length === 0 || details.includes(id) ? 'yes' : 'source'
}

function isChannel(channel: string, wanted: string): boolean {
  if (channel === wanted || channel === `${wanted}/operational`) return true
  const service = serviceOf(channel)
  return service !== '' && (windowsServices[wanted]?.includes(service) ?? (service === wanted || service === serviceOf(wanted)))
}

function ofAudit([, , type, call]: Parts, wanted: string, calls: readonly string[]): Match {
  const types = auditTypes[wanted] ?? [wanted]
  if (!types.includes(type)) return 'source'
  return type !== 'SYSCALL' || calls.length === 0 || calls.includes(call) ? 'yes' : 'source'
}
