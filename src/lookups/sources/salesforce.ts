import { count, timeIn } from './record-access.ts'
import type { RecordLayout } from './record-layout.ts'

/** Objects whose records are customers', by the first three characters of their numbers: account, contact, lead, case, asset, contract, order. */
const customerPrefixes: readonly string[] = ['001', '003', '00Q', '500', '02i', '800', '801']

/** Events that return rows of a report, a list or a query. */
const rowEvents: Readonly<Record<string, string>> = {
  Report: 'report run',
  ReportExport: 'report export',
  API: 'API query',
  RestApi: 'API query',
  BulkApi: 'bulk API query',
  BulkApi2: 'bulk API query',
  BulkApiRequest: 'bulk API query',
  BulkApiResult: 'bulk API result',
  ListViewEvent: 'list view',
  Search: 'search',
  ApexRestApi: 'API query',
  ApexSoap: 'API query',
  VisualforceRequest: 'page',
  DocumentAttachmentDownloads: 'attachment',
}

/** Events that open the page of one record. */
const pageEvents: readonly string[] = ['URI', 'LightningPageView']

/** A record's number as Salesforce writes it into addresses: 15 characters that tell case apart, or 18 with a check of the case. */
const recordNumber = /(?:^|[/=])([a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?)(?=$|[/?&])/g

/**
 * Event log files (Object Reference, EventLogFile: event types URI, Report, Report Export, API, REST API, Bulk API, Lightning Page View). Whose record a page shows
 * stands in a table `record_id,subscriber` given beside the file, else nowhere.
 */
export const salesforceLayout: RecordLayout = {
  name: 'salesforce-event-log',
  columns: {
    event: ['event_type'],
    time: ['timestamp_derived', 'timestamp'],
    user: ['user_id_derived', 'user_id'],
    short: ['user_id'],
    name: ['user_name', 'username'],
    uri: ['uri', 'page_url'],
    entity: ['page_entity_id', 'uri_id_derived', 'entity_id'],
    object: ['entity_name', 'page_entity_type', 'query_type'],
    rows: ['rows_processed', 'row_count', 'rows_returned'],
    ip: ['client_ip', 'source_ip'],
    method: ['method_name', 'method'],
    status: ['status_code', 'request_status'],
  },
  needed: ['event', 'time', 'user'],
  read(cell, { zone, companions }) {
    const event = cell('event').trim()
    if (/^(?:4\d\d|5\d\d|F|A|U|N|FAILURE)$/i.test(cell('status').trim())) return undefined
    const common = {
      time: timeIn(cell('time'), zone),
      account: cell('name').trim() || caseSafe(cell('user').trim() || cell('short').trim()),
      host: cell('ip').trim(),
      system: 'Salesforce',
      rows: count(cell('rows')),
    }
    const object = cell('object').trim().slice(0, 100)
    const rowWords = rowEvents[event]
    if (rowWords !== undefined) {
      if (/^(?:insert|update|upsert|delete|create|login|describe|getServer)/i.test(cell('method'))) return undefined
      const many = event === 'ReportExport' && common.rows === -1
      return {
        ...common,
        blind: 'rows-of-a-report',
        ...(many ? { many } : {}),
        operation: `${rowWords}${object === '' ? '' : ` ${object}`}`,
        tables: object === '' ? [] : [object.toLowerCase()],
      }
    }
    if (!pageEvents.includes(event)) return undefined
    for (const id of numbersIn(`${cell('entity')} ${cell('uri')}`)) {
      const known = companions.record(id)
      if (known === undefined && !customerPrefixes.includes(id.slice(0, 3))) continue
      return {
        ...common,
        ...(known === undefined ? {} : { known }),
        blind: 'record-number-only',
        operation: `page ${object}`.trim(),
      }
    }
    return undefined
  },
}

/** Numbers of records in addresses: the 15 characters that tell them apart. */
function numbersIn(text: string): string[] {
  const found: string[] = []
  for (const part of text.slice(0, 8_000).split(' '))
    for (const match of part.matchAll(recordNumber)) found.push((match[1] ?? '').slice(0, 15))
  return found
}

/** The number of a record by which tables given beside the file are looked up. */
export function recordKey(id: string): string {
  const trimmed = id.trim()
  return /^[a-zA-Z0-9]{15}[A-Z0-5]{3}$/.test(trimmed) ? trimmed.slice(0, 15) : trimmed
}

/** A number of 15 characters with the three that keep it apart from others once case is lost. */
function caseSafe(id: string): string {
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id
  const check = [0, 5, 10].map((from) => {
    let bits = 0
    for (let at = 0; at < 5; at += 1) if (/[A-Z]/.test(id[from + at] ?? '')) bits += 2 ** at
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits]
  })
  return id + check.join('')
}
