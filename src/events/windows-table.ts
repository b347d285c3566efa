import { readLogLine } from '../formats/index.ts'

type Fields = Readonly<Record<string, string>>

/**
 * Windows fields of a row of a table: columns `Channel` and `EventID` beside the event's own, or the tables SecurityEvent
 * and Event of Azure Monitor (in the latter the event's data is XML). Undefined for another row.
 */
export function windowsTable(fields: Fields): Fields | undefined {
  const id = fields['EventID'] ?? fields['EventId']
  if (id === undefined || !/^\d{1,6}$/.test(id)) return undefined
  if ((fields['Channel'] ?? '') !== '') return { ...fields, EventID: id, ...provider(fields) }
  if (fields['Type'] === 'SecurityEvent' || (fields['Activity'] !== undefined && fields['Computer'] !== undefined))
    return { ...fields, EventID: id, Channel: 'Security', ...provider(fields) }
  const log = fields['EventLog']
  if (log === undefined || log === '') return undefined
  const xml = fields['EventData'] ?? ''
  const line = xml.startsWith('<')
    ? readLogLine(`<Event><System><EventID>${id}</EventID></System>${wrapped(xml)}</Event>`)
    : undefined
  const data = line?.form === 'windows' ? line.fields : {}
  return { ...fields, ...data, EventID: id, Channel: log, ...provider(fields) }
}

/** The table keeps `<DataItem><EventData>…</EventData></DataItem>`. */
function wrapped(xml: string): string {
  const from = xml.indexOf('<EventData')
  const to = xml.lastIndexOf('</EventData>')
  return from === -1 || to < from ? '' : xml.slice(from, to + 12)
}

function provider(fields: Fields): Record<string, string> {
  const name = fields['EventSourceName'] ?? fields['Source'] ?? fields['Provider']
  return name === undefined || fields['Provider_Name'] !== undefined ? {} : { Provider_Name: name }
}
