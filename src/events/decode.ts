import { limits, type Locator } from '../base/index.ts'
import { parseJson, readLogLine, type JsonObject, type LogLine } from '../formats/index.ts'
import { accessEvent } from './access.ts'
import type { LogClock } from './clock.ts'
import type { Recogniser } from './compile-maps.ts'
import { carriedIn, unwrap } from './envelope.ts'
import type { LogEvent } from './event.ts'
import { flatten, type Cuts } from './flatten.ts'
import { bestMoment, mappedEvents } from './mapped-event.ts'
import { hosted, plainEvent } from './plain-event.ts'
import type { Outer, RawRecord } from './raw-record.ts'
import { webRequest, type WebRequest } from './web-request.ts'
import { windowsEvent } from './windows.ts'
import { withPayload } from './evtx-rows.ts'
import { windowsRecord } from './windows-json.ts'
import { windowsTable } from './windows-table.ts'

/** What all records of a source are read with. */
export interface Decoding {
  readonly recognise: Recogniser
  /** Of the one source that the caller names: comes before everything that is told by content. */
  readonly only?: Recogniser
  readonly clock: LogClock
  /** Zone of times that state none. */
  readonly zone: string | undefined
  /** Host of a source that does not name it. */
  readonly host: string | undefined
  /** Program that wrote lines which do not name it. */
  readonly program?: string
  /** Where it is noted that a field was longer than the limit. */
  readonly cuts?: Cuts
}

type Fields = Readonly<Record<string, string>>

interface Inside extends Outer {
  readonly app: string
  /** Fields of the envelope, kept beside the event's own. */
  readonly beside: Fields
  readonly depth: number
}

const outside: Inside = { host: '', times: [], app: '', beside: {}, depth: 0 }

/** Characters of a text that are taken apart. */
const textChars = 16 * limits.fieldChars

/** Envelopes inside envelopes that are opened. */
const depthMost = 4

/** The events of a JSON value: usually one, several when it wraps a list, none when it carries no record. */
export function eventsOfJson(
  value: JsonObject,
  at: Locator,
  of: Decoding & { readonly cuts: Cuts; readonly clocksApart?: () => void },
): readonly LogEvent[] {
  return unwrap(value).flatMap((one) => eventsOfObject(one, at, of, outside))
}

function eventsOfObject(
  value: JsonObject,
  at: Locator,
  of: Decoding & { readonly cuts: Cuts; readonly clocksApart?: () => void },
  inside: Inside,
): readonly LogEvent[] {
  // What a rule engine reports of an event is not the event.
  const windows =
    of.only !== undefined || typeof value['RuleTitle'] === 'string' ? undefined : windowsRecord(value, of.cuts, of.zone)
  if (windows !== undefined) {
    if (windows.clocksApart === true) of.clocksApart?.()
    const fields = { ...inside.beside, ...windows.fields }
    const moment = bestMoment(windows.moment ?? of.clock.read(fields['TimeGenerated']), inside.times, of.clock)
    return [hosted(windowsEvent(fields, at, moment), inside, of)]
  }
  return eventsOfFields(flatten(value, of.cuts), 'json', at, { of, inside })
}

/** The events of a record whose fields are flat (a row of a table, a row under a log's own header): one, or one for each time that a row of a tool's output states. */
export function eventsOfRow(
  fields: Fields,
  form: string,
  at: Locator,
  of: Decoding & { readonly app?: string },
): readonly LogEvent[] {
  return eventsOfFields(fields, form, at, { of, inside: { ...outside, app: of.app ?? '' } })
}

function eventsOfFields(
  fields: Fields,
  form: string,
  at: Locator,
  { of, inside }: { of: Decoding; inside: Inside },
): readonly LogEvent[] {
  if (of.only !== undefined) {
    const record = { form, fields, text: fields['message'] ?? fields['Message'] ?? '', app: inside.app, outer: inside }
    const found = recognised(record, at, { of: { ...of, recognise: of.only }, inside })
    if (found !== undefined) return found
  }
  const windows = fields['RuleTitle'] === undefined ? windowsTable(withPayload(fields)) : undefined
  if (windows !== undefined) {
    const moment = bestMoment(
      of.clock.read(windows['TimeCreated']) ?? of.clock.read(windows['TimeGenerated']),
      inside.times,
      of.clock,
    )
    return [hosted(windowsEvent({ ...inside.beside, ...windows }, at, moment), inside, of)]
  }
  const request = webRequest(form, fields, of.clock)
  if (request !== undefined) return [requestEvent(request, at, of, inside)]
  const app = inside.app || fields['Type'] || fields['_path'] || fields['event.dataset'] || fields['sourcetype'] || ''
  const found = recognised({ form, fields, text: fields['message'] ?? fields['Message'] ?? '', app, outer: inside }, at, {
    of,
    inside,
  })
  if (found !== undefined) return found
  const carried = inside.depth < depthMost ? carriedIn(fields) : undefined
  if (carried !== undefined) {
    const beside = Object.fromEntries(Object.entries(fields).filter(([name]) => !carried.frame.includes(name)))
    const times = carried.time === '' ? inside.times : [carried.time, ...inside.times]
    const next: Inside = {
      host: carried.host,
      times,
      app: carried.app,
      beside: { ...inside.beside, ...beside },
      depth: inside.depth + 1,
    }
    const events = eventsOfText(carried.text, at, of, next)
    if (events.length > 0) return events
  }
  return [plainEvent({ ...inside.beside, ...fields }, at, { ...of, outer: inside })]
}

/** The event of a line of text; none for a line that only frames the others. */
export function eventsOfLine(text: string, at: Locator, of: Decoding): readonly LogEvent[] {
  return eventsOfText(text, at, of, of.program === undefined ? outside : { ...outside, app: of.program })
}

/** The event of a line that was taken apart before (records of the audit system that were joined). */
export function eventsOfAudit(fields: Fields, at: Locator, of: Decoding): readonly LogEvent[] {
  return eventsOfParts({ form: 'audit', fields, text: '' }, at, of, outside)
}

function eventsOfText(text: string, at: Locator, of: Decoding, inside: Inside): readonly LogEvent[] {
  const long = text.length > textChars
  if (long && of.cuts !== undefined) of.cuts.chars = true
  const line = readLogLine(long ? text.slice(0, textChars).toWellFormed() : text)
  return line === undefined ? [] : eventsOfParts(line, at, of, inside)
}

function eventsOfParts(line: LogLine, at: Locator, of: Decoding, around: Inside): readonly LogEvent[] {
  const { header } = line
  const inside: Inside =
    header === undefined
      ? around
      : {
          ...around,
          host: header.host || around.host,
          times: header.time === '' ? around.times : [header.time, ...around.times],
          app: header.app || around.app,
          beside: { ...around.beside, ...headerFields(header) },
        }
  if (line.form === 'json' && inside.depth < depthMost) {
    const parsed = parseJson(line.text)
    if (parsed.ok && typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value)) {
      const [first] = unwrap(parsed.value as JsonObject)
      const cuts: Cuts = { fields: false, chars: false }
      if (first !== undefined) return eventsOfObject(first, at, { ...of, cuts }, { ...inside, depth: inside.depth + 1 })
    }
  }
  if (of.only !== undefined) {
    const record = { form: line.form, fields: cut(line.fields, of), text: line.text, app: inside.app, outer: inside }
    const found = recognised(record, at, { of: { ...of, recognise: of.only }, inside })
    if (found !== undefined) return found
  }
  if (line.form === 'windows') {
    const moment = bestMoment(of.clock.read(line.fields['TimeCreated'] ?? line.fields['time']), inside.times, of.clock)
    return [hosted(windowsEvent(cut({ ...inside.beside, ...line.fields }, of), at, moment), inside, of)]
  }
  if (line.access !== undefined) {
    const event = accessEvent(line.access, inside.host || of.host)
    return [{ ...event, fields: cut({ ...inside.beside, ...event.fields }, of), at }]
  }
  const request = webRequest(line.form, line.fields, of.clock)
  if (request !== undefined) return [requestEvent(request, at, of, inside)]
  const record: RawRecord = { form: line.form, fields: cut(line.fields, of), text: line.text, app: inside.app, outer: inside }
  const found = recognised(record, at, { of, inside })
  if (found !== undefined) return found
  const message = line.fields['message'] === undefined ? { message: cutText(line.text, of) } : {}
  return [plainEvent({ ...inside.beside, ...message, ...record.fields }, at, { ...of, outer: inside })]
}

function requestEvent({ access, fields, moment: read }: WebRequest, at: Locator, of: Decoding, inside: Inside): LogEvent {
  const event = accessEvent(access, inside.host || of.host)
  const moment = bestMoment(
    read ?? (event.time === '' ? undefined : { at: event.time, zone: event.zone }),
    inside.times,
    of.clock,
  )
  // The server's own columns stay, but where the rules' names say more.
  return {
    ...event,
    time: moment?.at ?? '',
    zone: moment?.zone ?? 'unknown',
    fields: cut({ ...inside.beside, ...fields, ...event.fields }, of),
    at,
  }
}

function headerFields(header: NonNullable<LogLine['header']>): Record<string, string> {
  const { app, pid, messageId, facility, severity, data } = header
  return {
    ...data,
    ...(app === '' ? {} : { program: app }),
    ...(pid === '' ? {} : { pid }),
    ...(messageId === '' ? {} : { messageId }),
    ...(facility === -1 ? {} : { facility: String(facility), severity: String(severity) }),
  }
}

function recognised(
  record: RawRecord,
  at: Locator,
  { of, inside }: { of: Decoding; inside: Inside },
): readonly LogEvent[] | undefined {
  const found = of.recognise(record)
  if (found === undefined) return undefined
  // Where all is in fields, the whole text beside them would only make searches find names of fields.
  const worded = record.form === 'text' || record.form === 'cisco'
  const message = !worded || found.fields['message'] !== undefined ? {} : { message: cutText(record.text, of) }
  const fields = { ...inside.beside, ...message, ...cut(found.fields, of) }
  return mappedEvents({ ...found, fields }, { at, clock: of.clock, outer: record.outer, host: of.host })
}

function cut(fields: Fields, of: Decoding): Fields {
  const long = Object.values(fields).some((value) => value.length > limits.fieldChars)
  return long ? Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, cutText(text, of)])) : fields
}

function cutText(text: string, of: Decoding): string {
  if (text.length <= limits.fieldChars) return text
  if (of.cuts !== undefined) of.cuts.chars = true
  return text.slice(0, limits.fieldChars).toWellFormed()
}
