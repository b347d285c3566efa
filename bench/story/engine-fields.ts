/** Events of one kind: how many of a thousand, and what they hold, as SQL over `i` (its number), `w` (its host), `at` (microseconds since the beginning), `slot` (one of the host's processes of the day). */
export interface Kind {
  readonly share: number
  /** Host that records it; a workstation of everybody's when absent. */
  readonly host?: string
  readonly columns: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
}

const padded = (n: string): string => `leftPad(toString(${n}), 5, '0')`
/** Name, address and account of the host or person of a number. */
export const hostOf = (n: string): string => `concat('host-', ${padded(n)})`
export const addressOf = (n: string): string =>
  `concat('10.', toString(intDiv(${n}, 62500)), '.', toString(intDiv(${n}, 250) % 250), '.', toString(${n} % 250 + 1))`
export const personOf = (n: string): string => `concat('user', ${padded(n)})`
export const shared = (name: string, count: number): string =>
  `concat('${name}-', toString(cityHash64(i, 'server') % ${count} + 1))`
export const serverAddress = (n: string): string => `concat('10.200.0.', toString(${n}))`
const programs = [
  'chrome',
  'msedge',
  'outlook',
  'winword',
  'excel',
  'teams',
  'svchost',
  'explorer',
  'searchhost',
  'onedrive',
  'code',
  'java',
]
export const program = `[${programs.map((name) => `'C:\\\\Program Files\\\\Vendor\\\\${name}.exe'`).join(', ')}][slot % ${programs.length} + 1]`
export const guid = `concat('{', lower(hex(toUInt32(cityHash64(w, 'machine')))), '-', lower(hex(toUInt16(day))), '-0000-0000-', lower(hex(toUInt64(slot))), '}')`
export const pid = `toString(4 * (100 + slot + 64 * (day % 100)))`
export const session = `concat('0x', lower(hex(toUInt64(1000000 + day * 100000 + w))))`
export const fresh = `concat('0x', lower(hex(toUInt64(900000000 + i))))`
export const hash = (of: string): string => `concat('SHA256=', hex(sipHash128(${of})), hex(sipHash128(${of}, 1)))`
export const account = `concat('corp\\\\', ${personOf('w')})`
export const sysmon = {
  product: "'windows'",
  service: "'sysmon'",
  channel: "'Microsoft-Windows-Sysmon/Operational'",
  provider: "'Microsoft-Windows-Sysmon'",
  account,
}
export const security = {
  product: "'windows'",
  service: "'security'",
  channel: "'Security'",
  provider: "'Microsoft-Windows-Security-Auditing'",
  account,
}
export const running = {
  UtcTime: "formatDateTime(time_said, '%Y-%m-%d %H:%i:%s', 'UTC')",
  ProcessGuid: guid,
  ProcessId: pid,
  Image: program,
  User: account,
}
export const subject = {
  SubjectUserSid: sid('w'),
  SubjectUserName: personOf('w'),
  SubjectDomainName: "'CORP'",
  SubjectLogonId: session,
}
export const target = (logon: string) => ({
  TargetUserSid: sid('w'),
  TargetUserName: personOf('w'),
  TargetDomainName: "'CORP'",
  TargetLogonId: logon,
})
export function sid(of: string): string {
  return `concat('S-1-5-21-1004336348-1177238915-682003330-', toString(1100 + ${of}))`
}
