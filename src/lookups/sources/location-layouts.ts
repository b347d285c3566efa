import { count, timeIn } from './record-access.ts'
import type { CellOf, RecordLayout } from './record-layout.ts'

/**
 * What a query of the signalling network asks a home register for. Operations of MAP (3GPP TS 29.002) and their kin of Diameter (TS 29.272, 29.338, 29.329, 29.173): SRI-SM and SRI
 * give the serving switch and the IMSI, ATI and PSI the cell.
 */
const signallingFields: Readonly<Record<string, string>> = {
  ati: 'location state',
  anytimeinterrogation: 'location state',
  psi: 'location state',
  providesubscriberinfo: 'location state',
  psl: 'location',
  providesubscriberlocation: 'location',
  sri: 'location imsi',
  sendroutinginfo: 'location imsi',
  'sri-sm': 'location imsi',
  srism: 'location imsi',
  sriforsm: 'location imsi',
  sendroutinginfoforsm: 'location imsi',
  'sri-gprs': 'location imsi',
  sendroutinginfoforgprs: 'location imsi',
  'sri-lcs': 'location imsi',
  sendroutinginfoforlcs: 'location imsi',
  sendimsi: 'imsi',
  si: 'imsi',
  restoredata: 'profile',
  sai: 'authentication',
  sendauthenticationinfo: 'authentication',
  atsi: 'profile',
  anytimesubscriptioninterrogation: 'profile',
  udr: 'location state',
  'user-data-request': 'location state',
  rir: 'location imsi',
  srr: 'location imsi',
  plr: 'location',
  idr: 'location state',
  air: 'authentication',
  // Codes of operations, where an export writes those.
  '22': 'location imsi',
  '24': 'location imsi',
  '45': 'location imsi',
  '56': 'authentication',
  '58': 'imsi',
  '62': 'profile',
  '70': 'location state',
  '71': 'location state',
  '83': 'location',
  '85': 'location imsi',
}

const refused = /block|drop|reject|discard|deny|denied|fail|error|refus|unauthori|not.?allowed/i

/** Who asks in the signalling network is no person: a partner, or the address (global title, realm) that the query came from. */
function networkAccount(partner: string, origin: string): string {
  return `network/${(partner.trim() || origin.trim() || 'not stated').slice(0, 100)}`
}

const identifierColumns = {
  msisdn: ['msisdn', 'target_msisdn', 'subscriber_msisdn', 'isdn', 'called_msisdn'],
  imsi: ['imsi', 'target_imsi', 'subscriber_imsi', 'supi'],
  subscriber: ['subscriber', 'target', 'target_id', 'ue_id'],
} as const

function identifiersIn(cell: CellOf): { readonly field: string; readonly raw: string }[] {
  return Object.keys(identifierColumns).map((field) => ({
    field,
    raw: cell(field).replace(/^(?:tel|imsi|msisdn|supi)[:-]\s?/i, ''),
  }))
}

/** Location of subscribers, asked for through the signalling network and through location servers. */
export const locationLayouts: readonly RecordLayout[] = [
  {
    name: 'signalling-firewall',
    columns: {
      time: ['time', 'timestamp', 'event_time', 'date_time', 'ts'],
      operation: ['operation', 'map_operation', 'opcode', 'op_code', 'operation_name', 'command', 'message_type'],
      origin: [
        'origin_gt',
        'calling_gt',
        'cgpa',
        'cgpa_gt',
        'calling_party_gt',
        'source_gt',
        'gt',
        'origin_realm',
        'origin_host',
      ],
      partner: ['partner', 'origin_operator', 'source_operator', 'operator', 'origin_network'],
      verdict: ['verdict', 'action', 'firewall_action', 'result', 'decision'],
      system: ['system', 'node', 'firewall', 'probe'],
      seq: ['seq', 'sequence', 'record_number'],
      ...identifierColumns,
    },
    needed: ['time', 'operation', 'origin', 'msisdn|imsi|subscriber'],
    read(cell, { zone }) {
      const operation = cell('operation').trim().slice(0, 60)
      const fields = signallingFields[operation.toLowerCase().replaceAll(/[\s_]/g, '')]
      // Other operations tell the registers something, or carry messages.
      if (fields === undefined) return undefined
      const blocked = refused.test(cell('verdict'))
      return {
        time: timeIn(cell('time'), zone),
        account: networkAccount(cell('partner'), cell('origin')),
        identifiers: identifiersIn(cell),
        blind: 'query-without-subscriber',
        operation: `${operation}${blocked ? ' blocked' : ''}`,
        fields,
        // A query that was blocked returned nothing.
        rows: blocked ? 0 : -1,
        host: cell('origin').trim(),
        system: cell('system').trim(),
        seq: count(cell('seq')),
      }
    },
  },
  {
    name: 'location-server',
    columns: {
      time: ['time', 'timestamp', 'request_time', 'event_time', 'ts', 'requesttime'],
      client: ['lcs_client', 'client', 'client_id', 'lcs_client_id', 'requestor', 'requestor_id', 'lcsclientid', 'lcs_client.id'],
      account: ['user', 'login', 'account', 'operator_id', 'username'],
      result: ['result', 'result_code', 'status', 'resultcode'],
      service: ['service_type', 'service', 'request_type', 'location_type', 'servicetype'],
      system: ['system', 'node', 'gmlc'],
      host: ['source_host', 'client_ip', 'source_ip', 'address'],
      accuracy: ['horizontal_accuracy', 'accuracy', 'qos', 'position_method'],
      seq: ['seq', 'request_id_number'],
      ...identifierColumns,
    },
    needed: ['time', 'client', 'service|accuracy', 'msisdn|imsi|subscriber'],
    read(cell, { zone }) {
      const client = cell('client').trim()
      if (refused.test(cell('result'))) return undefined
      return {
        time: timeIn(cell('time'), zone),
        account: cell('account').trim() || `client/${client.slice(0, 100)}`,
        identifiers: identifiersIn(cell),
        blind: 'query-without-subscriber',
        operation: `locate ${cell('service').trim().slice(0, 60)}`.trim(),
        fields: 'location',
        host: cell('host').trim() || client,
        system: cell('system').trim() || 'GMLC',
        seq: count(cell('seq')),
      }
    },
  },
]
