import type { Locator, Moment } from '../base/index.ts'
import type { Recognised } from './compile-maps.ts'
import { isYearless, type LogClock } from './clock.ts'
import type { LogEvent } from './event.ts'
import { accountName, hostName, ipText, portOf } from './name.ts'
import type { Outer } from './raw-record.ts'
import type { Names } from './source-map.ts'

type Fields = Readonly<Record<string, string>>

interface Around {
  readonly at: Locator
  readonly clock: LogClock
  readonly outer: Outer
  readonly host: string | undefined
}

/** The events of a recognised record: one, or one for each time whose meaning its map names. */
export function mappedEvents(found: Recognised, of: Around): readonly LogEvent[] {
  const { meaning } = found
  if (meaning.moments === undefined) return [mappedEvent(found, of)]
  const fields = withOtherNames(found)
  const events: LogEvent[] = []
  for (const { time, says, class: own } of meaning.moments) {
    const { moment } = ownTime(fields, { time, ...(meaning.utc === undefined ? {} : { utc: meaning.utc }) }, of.clock)
    const timestamp_desc = says.startsWith('{') ? ownText(fields, says.slice(1, -1)) : says
    const known = events.some((one) => one.time === moment?.at && one.fields['timestamp_desc'] === timestamp_desc)
    if (moment === undefined || known) continue
    const event = mappedEvent(found, of)
    const at = { time: moment.at, zone: moment.zone }
    events.push({ ...event, ...at, class: own ?? event.class, fields: { ...event.fields, timestamp_desc } })
  }
  return events.length === 0 ? [mappedEvent(found, of)] : events
}

/** An event from a recognised record. The record's own time counts before the one of its envelope, a stated one before both. */
function mappedEvent(found: Recognised, of: Around): LogEvent {
  const { meaning } = found
  const fields = withOtherNames(found)
  const value = (names: Names | undefined): string => valueOf(fields, names)
  const own = ownTime(fields, meaning, of.clock)
  const moment = bestMoment(own.moment, own.yearless === '' ? of.outer.times : [own.yearless, ...of.outer.times], of.clock)
  return {
    time: moment?.at ?? '',
    zone: moment?.zone ?? 'unknown',
    host: hostName(value(meaning.host) || of.outer.host || (of.host ?? '')),
    class: meaning.class ?? 'other',
    product: filled(meaning.product, fields),
    category: filled(meaning.category, fields),
    service: filled(meaning.service, fields),
    channel: '',
    provider: value(meaning.provider),
    eventId: value(meaning.eventId),
    account: accountName(value(meaning.domain), value(meaning.account)),
    process: value(meaning.process),
    commandLine: value(meaning.commandLine),
    parentProcess: value(meaning.parentProcess),
    sourceIp: addressOf(fields, meaning.sourceIp),
    targetIp: addressOf(fields, meaning.targetIp),
    targetPort: portOf(value(meaning.targetPort)),
    bytesOut: bytesOf(value(meaning.bytesOut)),
    fields,
    at: of.at,
  }
}

/**
 * The best of a record's own time and those of its envelopes: one with a stated zone, then its own, then the innermost. A
 * time without a year is read only where nothing better is there.
 */
export function bestMoment(own: Moment | undefined, outer: readonly string[], clock: LogClock): Moment | undefined {
  if (own?.zone === 'stated') return own
  const whole = outer.filter((text) => !isYearless(text)).map((text) => clock.read(text))
  const stated = whole.find((moment) => moment?.zone === 'stated')
  if (stated !== undefined || own !== undefined) return stated ?? own
  for (const text of outer) {
    const moment = clock.read(text)
    if (moment !== undefined) return moment
  }
  return undefined
}

function ownTime(
  fields: Fields,
  meaning: Recognised['meaning'],
  clock: LogClock,
): { readonly moment?: Moment; readonly yearless: string } {
  let yearless = ''
  for (const name of listOf(meaning.time)) {
    const text = joined(fields, name)
    if (isYearless(text)) {
      yearless ||= text
      continue
    }
    const moment = clock.read(text, meaning.utc === true ? '+00:00' : undefined)
    if (moment !== undefined) return { moment: meaning.utc === true ? { ...moment, zone: 'stated' } : moment, yearless }
  }
  return { yearless }
}

function withOtherNames({ fields, meaning }: Recognised): Fields {
  const more: Record<string, string> = {}
  for (const [name, names] of Object.entries(meaning.also ?? {})) {
    const text = name in fields ? '' : valueOf(fields, names)
    if (text !== '') more[name] = text
  }
  return { ...meaning.set, ...urlParts(valueOf(fields, meaning.url)), ...more, ...fields }
}

/** Parts of a URL (or of `host:port`, as CONNECT writes it) under the names of Sigma's proxy rules. */
function urlParts(url: string): Fields {
  if (url === '') return {}
  const found = /^(?:([a-z][a-z\d+.-]{0,20}):\/\/)?([^/?#]{0,512})([^?#]{0,65536})(?:\?([^#]{0,65536}))?/i.exec(url)
  const [, , host = '', path = '', query = ''] = found ?? []
  const name = host.slice(host.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, '')
  const extension = /\.([A-Za-z0-9]{1,10})$/.exec(path.slice(-20))?.[1] ?? ''
  const parts = {
    'cs-host': name,
    'r-dns': name,
    'c-uri': url,
    'c-uri-stem': path,
    'c-uri-query': query,
    'c-uri-extension': extension,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== ''))
}

/** The first of the names that has a value. */
function valueOf(fields: Fields, names: Names | undefined): string {
  for (const name of listOf(names)) {
    const text = joined(fields, name)
    if (text !== '' && text !== '-' && text !== 'N/A' && text !== '?' && text !== '(null)') return text
  }
  return ''
}

function addressOf(fields: Fields, names: Names | undefined): string {
  for (const name of listOf(names)) {
    // Where a list of hops stands, the client is the first.
    const address = ipText(joined(fields, name).split('\n', 1)[0])
    if (address !== '') return address
  }
  return ''
}

function listOf(names: Names | undefined): readonly string[] {
  return names === undefined ? [] : typeof names === 'string' ? [names] : names
}

function joined(fields: Fields, name: string): string {
  const own = ownText(fields, name)
  if (own !== '' || !name.includes('+')) return own
  const parts = name.split('+')
  const joiner = parts.find((part) => part === '\\' || part === '.' || part === '/')
  return parts
    .filter((part) => part !== joiner)
    .map((part) => ownText(fields, part))
    .filter((text) => text !== '')
    .join(joiner ?? ' ')
}

function ownText(fields: Fields, name: string): string {
  const brace = name.indexOf('{')
  if (brace > 0) return memberOf(ownText(fields, name.slice(0, brace)), name.slice(brace + 1, -1))
  const text: unknown = Object.hasOwn(fields, name) ? fields[name] : undefined
  return typeof text === 'string' ? text : ''
}

/** A member of a structure as query engines print it: `{type=IAMUser, username=r.tan}`. */
function memberOf(text: string, member: string): string {
  if (!text.startsWith('{')) return ''
  const pair = text
    .slice(1, -1)
    .split(', ', 100)
    .find((one) => one.startsWith(`${member}=`))
  const value = pair?.slice(member.length + 1) ?? ''
  return value === 'null' ? '' : value
}

function filled(text: string | undefined, fields: Fields): string {
  if (text === undefined || !text.startsWith('{')) return text ?? ''
  return ownText(fields, text.slice(1, -1)).toLowerCase()
}

function bytesOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : -1
}
