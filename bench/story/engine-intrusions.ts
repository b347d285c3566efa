import { eventsTable } from '../../src/events/index.ts'
import type { Level, Sighting } from '../../src/intrusion/index.ts'
import type { Lake } from '../../src/store/index.ts'
import { begin, days } from './engine-estate.ts'

/** An intrusion laid into an estate made by the engine: a web server, the secrets of its logons, a service on the next host, a database read from there. */
export interface LaidIntrusion {
  readonly web: string
  readonly next: string
  readonly database: string
  readonly client: string
  /** Detections that rules make on it. */
  readonly sightings: readonly Sighting[]
}

const exhibit = 'e'.repeat(64)
const account = 'corp\\svc-deploy'

/** Lays `count` of them, spread over the days after the first week, as one load. */
export async function layIntrusions(
  lake: Lake,
  { count, hosts }: { readonly count: number; readonly hosts: number },
): Promise<{ readonly load: string; readonly laid: readonly LaidIntrusion[] }> {
  const rows: object[] = []
  const laid = Array.from({ length: count }, (_, k) => layOne(rows, k, { count, hosts }))
  const { id } = await lake.load({ key: `laid ${count} ${hosts}`, tables: [eventsTable] }, async (writer) => {
    await writer.insert(eventsTable, [rows])
  })
  return { load: id, laid }
}

type Row = Readonly<Record<string, unknown>> & { readonly fields: Readonly<Record<string, string>> }

function layOne(rows: object[], k: number, { count, hosts }: { readonly count: number; readonly hosts: number }): LaidIntrusion {
  const at = Date.parse(`${begin.replace(' ', 'T')}Z`) + (8 + ((days - 9) * k) / count) * 86_400_000 + (3600 + k * 61) * 1000
  const numberOf = (n: number): number => Math.floor(((k + 0.5) * hosts) / count + n) % hosts
  const nameOf = (n: number): string => `host-${String(n).padStart(5, '0')}`
  const addressOf = (n: number): string => `10.${Math.floor(n / 62_500)}.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`
  const [a, b] = [numberOf(0), numberOf(1)]
  const [web, next, database] = [nameOf(a), nameOf(b), `db-${(k % 2) + 1}`]
  const client = `203.0.113.${k + 1}`
  const sightings: Sighting[] = []
  const lay = (seconds: number, row: Row, seen?: { rule: string; level: Level; tactic: string; technique: string }): void => {
    const time = new Date(at + seconds * 1000).toISOString().replace('Z', '000Z')
    const n = rows.length + 1
    rows.push({ exhibit, unit: 'record', n, time, timed: true, zone: 'stated', bytes_out: -1, ...row })
    if (seen === undefined) return
    const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '')
    sightings.push({
      time,
      host: text('host'),
      account: text('account'),
      sourceIp: text('source_ip'),
      rule: seen.rule,
      title: seen.rule,
      level: seen.level,
      tactics: [seen.tactic],
      techniques: [seen.technique],
      eventClass: text('class'),
      process: text('process'),
      commandLine: text('command_line'),
      parentProcess: text('parent_process'),
      bytesOut: Number(row.bytes_out ?? -1),
      cite: { kind: 'exhibit', sha256: exhibit, file: exhibit, at: { kind: 'record', n } },
    })
  }
  const sysmon = { product: 'windows', service: 'sysmon', channel: 'Microsoft-Windows-Sysmon/Operational' }
  const security = { product: 'windows', service: 'security', channel: 'Security' }
  const guid = (n: number): string => `{5eed${String(k).padStart(4, '0')}-0000-0000-0000-${String(n).padStart(12, '0')}}`
  const start = (
    host: string,
    n: number,
    of: { image: string; line: string; parent: string; logon: string; user: string },
  ): Row => ({
    ...sysmon,
    host,
    class: 'process',
    category: 'process_creation',
    event_id: '1',
    account: of.user,
    process: of.image,
    command_line: of.line,
    parent_process: of.parent,
    fields: {
      ProcessGuid: guid(n),
      ProcessId: String(70_000 + n),
      Image: of.image,
      CommandLine: of.line,
      LogonId: of.logon,
      ParentProcessGuid: guid(n - 1),
      ParentProcessId: String(69_999 + n),
      ParentImage: of.parent,
      User: of.user,
    },
  })
  const shell = 'C:\\Windows\\System32\\cmd.exe'
  const worker = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'
  lay(0, {
    product: 'apache',
    category: 'webserver',
    class: 'http',
    host: web,
    source_ip: client,
    bytes_out: 512,
    fields: { 'cs-method': 'POST', 'cs-uri-stem': '/upload/help.aspx', 'sc-status': '200' },
  })
  lay(
    1,
    start(web, 11, { image: shell, line: 'cmd.exe /c whoami', parent: worker, logon: '0x3e4', user: 'iis apppool\\portal' }),
    { rule: 'Shell Started by a Web Server', level: 'high', tactic: 'initial-access', technique: 'T1190' },
  )
  lay(
    900,
    {
      ...sysmon,
      host: web,
      class: 'process',
      category: 'process_access',
      event_id: '10',
      account: 'iis apppool\\portal',
      process: shell,
      fields: {
        SourceProcessGUID: guid(11),
        SourceProcessId: '70011',
        SourceImage: shell,
        TargetProcessGUID: guid(1),
        TargetProcessId: '600',
        TargetImage: 'C:\\Windows\\System32\\lsass.exe',
        GrantedAccess: '0x1010',
      },
    },
    { rule: 'Memory of lsass Read', level: 'critical', tactic: 'credential-access', technique: 'T1003.001' },
  )
  lay(1800, {
    ...sysmon,
    host: web,
    class: 'network',
    category: 'network_connection',
    event_id: '3',
    account,
    process: shell,
    source_ip: addressOf(a),
    target_ip: addressOf(b),
    target_port: 445,
    fields: { ProcessGuid: guid(11), ProcessId: '70011', Initiated: 'true', SourcePort: '51999', Protocol: 'tcp' },
  })
  lay(1801, {
    ...security,
    host: next,
    class: 'authentication',
    event_id: '4624',
    account,
    source_ip: addressOf(a),
    fields: {
      TargetUserSid: 'S-1-5-21-1004336348-1177238915-682003330-1099',
      TargetUserName: 'svc-deploy',
      TargetDomainName: 'CORP',
      TargetLogonId: `0x5eed${k}`,
      SubjectLogonId: '0x0',
      LogonType: '3',
      WorkstationName: '-',
      AuthenticationPackageName: 'NTLM',
      IpAddress: addressOf(a),
      IpPort: '51999',
    },
  })
  lay(1802, {
    ...security,
    host: next,
    class: 'file',
    event_id: '5145',
    account,
    source_ip: addressOf(a),
    fields: {
      SubjectUserName: 'svc-deploy',
      SubjectDomainName: 'CORP',
      SubjectLogonId: `0x5eed${k}`,
      ShareName: '\\\\*\\IPC$',
      RelativeTargetName: 'svcctl',
      AccessMask: '0x3',
      IpAddress: addressOf(a),
      IpPort: '51999',
    },
  })
  lay(
    1804,
    {
      product: 'windows',
      service: 'system',
      channel: 'System',
      host: next,
      class: 'service',
      event_id: '7045',
      fields: { ServiceName: `upd${k}`, ImagePath: 'C:\\Windows\\upd.exe' },
    },
    { rule: 'Service Installed From a Temporary Name', level: 'high', tactic: 'lateral-movement', technique: 'T1569.002' },
  )
  lay(
    1806,
    start(next, 21, {
      image: 'C:\\Windows\\upd.exe',
      line: 'C:\\Windows\\upd.exe',
      parent: 'C:\\Windows\\System32\\services.exe',
      logon: '0x3e7',
      user: 'nt authority\\system',
    }),
  )
  lay(
    1900,
    start(next, 22, {
      image: shell,
      line: 'cmd.exe /c nltest /domain_trusts',
      parent: 'C:\\Windows\\upd.exe',
      logon: '0x3e7',
      user: 'nt authority\\system',
    }),
    { rule: 'Trusts of the Domain Listed', level: 'medium', tactic: 'discovery', technique: 'T1482' },
  )
  lay(5400, {
    product: 'postgresql',
    service: 'pgaudit',
    class: 'datastore',
    host: database,
    account: 'billing',
    source_ip: addressOf(b),
    fields: {
      command: 'SELECT',
      class: 'READ',
      object: 'billing.subscribers',
      statement: 'SELECT * FROM billing.subscribers',
      rows: '2400000',
      client: next,
      application: 'psql',
    },
  })
  return { web, next, database, client, sightings }
}
