import { epochMs, type Moment } from '../base/index.ts'
import { parseJson, type JsonObject, type JsonValue } from '../formats/index.ts'
import { flatten, type Cuts } from './flatten.ts'
import { timeOf } from './time-of.ts'

/** Flat Windows fields of a JSON record, and its time. */
export interface WindowsRecord {
  readonly fields: Readonly<Record<string, string>>
  readonly moment: Moment | undefined
  /** True when the record's own time and the time inside it differ by more than ten minutes. */
  readonly clocksApart?: boolean
}

/**
 * The Windows fields of a JSON record in one of the forms that shippers and converters write, or undefined when it is no
 * Windows event: Winlogbeat (`winlog.*`), an event as `{"Event": {"System", "EventData"}}`, or flat with `Channel` and
 * `EventID` beside the event's own fields. `assume` is the zone of times without one.
 */
export function windowsRecord(value: JsonObject, cuts: Cuts, assume: string | undefined): WindowsRecord | undefined {
  if (isObject(value['winlog'])) return winlogbeat(value, cuts, assume)
  const event = value['Event']
  if (isObject(event) && isObject(event['System'])) return eventTree(event, event['System'], cuts)
  if (typeof value['Channel'] === 'string' && value['EventID'] !== undefined) return flatRecord(value, cuts, assume)
  return undefined
}

const winlogNames: Readonly<Record<string, string>> = {
  'winlog.channel': 'Channel',
  'winlog.event_id': 'EventID',
  'winlog.provider_name': 'Provider_Name',
  'winlog.provider_guid': 'Provider_Guid',
  'winlog.computer_name': 'Computer',
  'winlog.record_id': 'EventRecordID',
  'winlog.user.identifier': 'Security_UserID',
  'winlog.process.pid': 'Execution_ProcessID',
  'winlog.process.thread.id': 'Execution_ThreadID',
}

const identifying = new Set(['Channel', 'EventID', 'Provider_Name', 'Provider_Guid', 'Computer', 'EventRecordID', 'TimeCreated'])

function winlogbeat(value: JsonObject, cuts: Cuts, assume: string | undefined): WindowsRecord {
  const fields = flatten(value, cuts, winlogbeatName)
  if (fields['EventID'] === undefined && fields['event.code'] !== undefined) fields['EventID'] = fields['event.code']
  if (fields['Computer'] === undefined) fields['Computer'] = fields['host.name'] ?? ''
  return { fields, moment: timeOf(fields['@timestamp'] ?? fields['event.created'], assume) }
}

/** The field that a flattened name of Winlogbeat stands for. */
export function winlogbeatName(name: string): string {
  if (name.startsWith('winlog.event_data.')) return dataName(name.slice(18))
  if (name.startsWith('winlog.user_data.')) return dataName(name.slice(17))
  return winlogNames[name] ?? name
}

function eventTree(event: JsonObject, system: JsonObject, cuts: Cuts): WindowsRecord {
  const flat: Record<string, JsonValue> = {}
  for (const [name, member] of Object.entries(system)) {
    if (!isObject(member)) {
      if (member !== null) flat[name] = member
      continue
    }
    for (const [key, inner] of Object.entries(isObject(member['#attributes']) ? member['#attributes'] : member)) {
      if (key === '#text') flat[name] = inner
      else flat[name === 'TimeCreated' ? 'TimeCreated' : `${name}_${key.replace(/^@/, '')}`] = inner
    }
    if (member['#text'] !== undefined) flat[name] = member['#text']
  }
  for (const part of [event['EventData'], event['UserData']]) if (isObject(part)) leaves(part, flat, 0)
  const fields = flatten(flat, cuts)
  return { fields, moment: timeOf(fields['TimeCreated']) }
}

function leaves(part: JsonObject, into: Record<string, JsonValue>, depth: number): void {
  for (const [name, member] of Object.entries(part)) {
    if (name === '#attributes' || depth > 8) continue
    if (isObject(member) && member['#text'] === undefined) leaves(member, into, depth + 1)
    else into[dataName(name)] = isObject(member) ? (member['#text'] ?? null) : member
  }
}

/** Names of the record's own time, best first. */
export const timeNames = ['TimeCreated', 'SystemTime', '@timestamp', 'TimeGenerated', 'EventTime']

/** Names of the host and of the provider in flat records, best first. */
export const computerNames = ['Computer', 'Hostname', 'hostname', 'host.name']
export const providerNames = ['Provider_Name', 'SourceName', 'Provider', 'EventSourceName', 'ProviderName']

function flatRecord(value: JsonObject, cuts: Cuts, assume: string | undefined): WindowsRecord {
  const fields = flatten(withEventData(value), cuts, (name) => name.replaceAll(' ', ''))
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => fields[name]).find((one) => one !== undefined)
  const computer = first(computerNames)
  if (computer !== undefined) fields['Computer'] = computer
  const provider = first(providerNames)
  if (provider !== undefined) fields['Provider_Name'] = provider
  return { fields, ...flatMoment((name) => fields[name], fields['Channel']?.includes('Sysmon') === true, assume) }
}

/**
 * The time of a flat record: the best of its own times that states a zone, else the one inside a Sysmon event, else the best
 * that is readable. `clocksApart` when the stated one and Sysmon's differ by more than ten minutes.
 */
export function flatMoment(
  get: (name: string) => string | undefined,
  sysmon: boolean,
  assume: string | undefined,
): { readonly moment: Moment | undefined; readonly clocksApart: boolean } {
  let stated: Moment | undefined
  let unstated: Moment | undefined
  for (const name of timeNames) {
    const moment = timeOf(get(name), assume)
    if (moment?.zone === 'stated') {
      stated = moment
      break
    }
    unstated ??= moment
  }
  // Sysmon's UtcTime is UTC by name; it counts where no time states its zone, and checks the one that does.
  const inside = sysmon ? timeOf(get('UtcTime'), '+00:00') : undefined
  const utc: Moment | undefined = inside === undefined ? undefined : { ...inside, zone: 'stated' }
  const clocksApart = stated !== undefined && utc !== undefined && Math.abs(epochMs(stated.at) - epochMs(utc.at)) > 600_000
  return { moment: stated ?? utc ?? unstated, clocksApart }
}

/** Some exporters keep EventData as JSON text in one member. */
function withEventData(value: JsonObject): JsonObject {
  const data = value['EventData']
  if (isObject(data)) return { ...value, EventData: null, ...renamed(data) }
  if (typeof data !== 'string' || !data.startsWith('{')) return value
  const parsed = parseJson(data)
  return parsed.ok && isObject(parsed.value) ? { ...value, ...renamed(parsed.value) } : value
}

function renamed(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).map(([name, member]) => [dataName(name), member]))
}

function dataName(name: string): string {
  const plain = name.replaceAll(' ', '')
  return identifying.has(plain) ? `EventData_${plain}` : plain
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
