import { parseJson, type JsonValue } from '../formats/index.ts'

type Fields = Readonly<Record<string, string>>

/**
 * Fields of a row of EvtxECmd with the event's own data, which stands as JSON in the column `Payload`; other rows as they
 * are. Columns after the tool's documentation: `EventRecordId`, `ChunkNumber`, `MapDescription`, `Payload`.
 */
export function withPayload(fields: Fields): Fields {
  const { Payload: payload, ChunkNumber: chunk, EventId: id } = fields
  if (payload === undefined || chunk === undefined || id === undefined) return fields
  const parsed = parseJson(payload)
  const data = parsed.ok ? member(member(parsed.value, 'EventData'), 'Data') : undefined
  const own: Record<string, string> = {}
  for (const one of Array.isArray(data) ? (data as readonly JsonValue[]) : data === undefined ? [] : [data]) {
    const name = member(one, '@Name')
    const text = member(one, '#text')
    if (typeof name === 'string' && name !== '__proto__' && (typeof text === 'string' || typeof text === 'number'))
      own[name] = String(text)
  }
  const { Payload: _, ...rest } = fields
  const record = rest['EventRecordId'] === undefined ? {} : { EventRecordID: rest['EventRecordId'] }
  // The tool's times are UTC and state no zone.
  const time = rest['TimeCreated'] === undefined ? {} : { TimeCreated: `${rest['TimeCreated']} UTC` }
  return { ...own, ...rest, ...record, ...time }
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, JsonValue>>)[name]
    : undefined
}
