import type { Locator, Moment } from '../base/index.ts'
import type { LogEvent } from './event.ts'
import { accountName, hostName, ipText, portOf } from './name.ts'
import { windowsClass } from './windows-class.ts'
import { categoryOf, serviceOf } from './windows-source.ts'

type Fields = Readonly<Record<string, string>>

/**
 * An event from flat Windows fields: those of System (`Channel`, `Provider_Name`, `EventID`, `Computer`) and of EventData
 * under their own names. Where the Sigma taxonomy uses another name for the same value (Security 4688: `NewProcessName` is
 * `Image`), the field stands under both names.
 */
export function windowsEvent(fields: Fields, at: Locator, moment: Moment | undefined): LogEvent {
  const channel = fields['Channel'] ?? ''
  const eventId = fields['EventID'] ?? ''
  const service = serviceOf(channel)
  const category = categoryOf(
    service,
    eventId,
    eventType(service, eventId, (name) => fields[name]),
  )
  const all = withSigmaNames(fields, service, eventId, category)
  const get = (name: string): string | undefined => all[name]
  return {
    time: moment?.at ?? '',
    zone: moment?.zone ?? 'unknown',
    host: hostName(fields['Computer'] ?? ''),
    class: windowsClass(category, service, eventId, channel),
    product: channel.startsWith('Linux-Sysmon') ? 'linux' : 'windows',
    category,
    service,
    channel,
    provider: fields['Provider_Name'] ?? '',
    eventId,
    account: windowsAccount(service, eventId, get),
    process: windowsProcess(service, get),
    commandLine: get('CommandLine') ?? '',
    parentProcess: get('ParentImage') ?? '',
    sourceIp: windowsSource(channel, eventId, get),
    targetIp: windowsTarget(get),
    targetPort: windowsPort(get),
    bytesOut: -1,
    fields: all,
    at,
  }
}

/** A field of an event, those of the Sigma taxonomy among them. */
type Get = (name: string) => string | undefined

/** The acting account. */
export function windowsAccount(service: string, eventId: string, get: Get): string {
  if (service === 'security') {
    if (targetActs.has(eventId)) return accountName(get('TargetDomainName'), get('TargetUserName'))
    return accountName(get('SubjectDomainName'), get('SubjectUserName')) || accountName(undefined, get('User'))
  }
  if (eventId === '1149') return accountName(get('Param2'), get('Param1'))
  return (
    accountName(undefined, get('User') ?? get('SourceUser')) ||
    accountName(get('SubjectDomainName'), get('SubjectUserName')) ||
    accountName(undefined, get('UserContext') ?? get('UserName'))
  )
}

/** Image of the process that acts. */
export function windowsProcess(service: string, get: Get): string {
  const image = get('Image') ?? get('SourceImage')
  if (image !== undefined || service !== 'security') return image ?? ''
  const name = get('ProcessName') ?? get('Application') ?? ''
  return name === '-' ? '' : name
}

/** Address the act came from. */
export function windowsSource(channel: string, eventId: string, get: Get): string {
  const stated = get('SourceIp') ?? get('IpAddress') ?? get('SourceAddress') ?? get('ClientAddress')
  if (stated !== undefined || !channel.includes('TerminalServices')) return ipText(stated)
  return ipText(eventId === '1149' ? get('Param3') : get('Address'))
}

/** Address it went to. */
export function windowsTarget(get: Get): string {
  return ipText(get('DestinationIp') ?? get('DestAddress'))
}

/** Port it went to, or 0. */
export function windowsPort(get: Get): number {
  return portOf(get('DestinationPort') ?? get('DestPort'))
}

/** Sysmon's EventType, which divides its event 12; a shipper that overwrites it leaves the message text. */
export function eventType(service: string, eventId: string, get: (name: string) => string | undefined): string {
  if (service !== 'sysmon' || eventId !== '12') return ''
  const stated = get('EventType') ?? ''
  if (/^(?:Create|Delete)(?:Key|Value)$/.test(stated)) return stated
  return /(?:^|\n)EventType: (\w{1,20})/.exec((get('Message') ?? get('message') ?? '').slice(0, 2_000))?.[1] ?? ''
}

const integrity: Readonly<Record<string, string>> = {
  'S-1-16-0': 'Untrusted',
  'S-1-16-4096': 'Low',
  'S-1-16-8192': 'Medium',
  'S-1-16-8448': 'MediumPlus',
  'S-1-16-12288': 'High',
  'S-1-16-16384': 'System',
}

/** A name of the Sigma taxonomy that an event's fields get beside their own: the value of another field, or worked out of several. */
export interface AddedName {
  readonly name: string
  readonly of: string | ((get: (name: string) => string | undefined) => string | undefined)
}

const antivirusNames: readonly AddedName[] = [
  { name: 'Signature', of: 'ThreatName' },
  { name: 'Filename', of: 'Path' },
]
const creationNames: readonly AddedName[] = [
  { name: 'Image', of: 'NewProcessName' },
  { name: 'ParentImage', of: 'ParentProcessName' },
  { name: 'User', of: accountOriginal },
  { name: 'IntegrityLevel', of: (get) => integrity[get('MandatoryLabel') ?? ''] },
]
const noNames: readonly AddedName[] = []

/** The names added to an event of a source; a field that has the name already keeps it. */
export function addedNames(service: string, eventId: string, category: string): readonly AddedName[] {
  if (category === 'antivirus') return antivirusNames
  return service === 'security' && eventId === '4688' ? creationNames : noNames
}

function withSigmaNames(fields: Fields, service: string, eventId: string, category: string): Fields {
  const added = addedNames(service, eventId, category)
  if (added.length === 0) return fields
  const all: Record<string, string> = { ...fields }
  for (const { name, of } of added) {
    if (name in fields) continue
    const value = typeof of === 'string' ? fields[of] : of((one) => fields[one])
    if (value !== undefined) all[name] = value
  }
  return all
}

/** 4688 names the creator, and the account the process runs under only where it differs. */
function accountOriginal(get: (name: string) => string | undefined): string | undefined {
  const target = get('TargetUserName') ?? '-'
  const [domain, name] =
    target === '-' || target === '' ? [get('SubjectDomainName'), get('SubjectUserName')] : [get('TargetDomainName'), target]
  return name === undefined ? undefined : domain === undefined || domain === '-' || domain === '' ? name : `${domain}\\${name}`
}

/** Events whose acting account is the one that logs on or asks for a ticket. */
const targetActs = new Set(['4624', '4625', '4627', '4634', '4647', '4768', '4769', '4770', '4771', '4776'])
