import { limits } from '../../base/index.ts'

const sourceNames: Readonly<Record<string, string>> = {
  LogName: 'Channel',
  EventCode: 'EventID',
  SourceName: 'Provider_Name',
  ComputerName: 'Computer',
  RecordNumber: 'EventRecordID',
}

/** Labels of the message of Security events under the section they stand in, as the names of EventData. */
const labels: Readonly<Record<string, string>> = {
  'Subject/Account Name': 'SubjectUserName',
  'Subject/Account Domain': 'SubjectDomainName',
  'Subject/Logon ID': 'SubjectLogonId',
  'Subject/Security ID': 'SubjectUserSid',
  'New Logon/Account Name': 'TargetUserName',
  'New Logon/Account Domain': 'TargetDomainName',
  'New Logon/Logon ID': 'TargetLogonId',
  'Account For Which Logon Failed/Account Name': 'TargetUserName',
  'Account For Which Logon Failed/Account Domain': 'TargetDomainName',
  'Target Account/Account Name': 'TargetUserName',
  'Target Account/Account Domain': 'TargetDomainName',
  'New Account/Account Name': 'TargetUserName',
  'New Account/Account Domain': 'TargetDomainName',
  'Member/Account Name': 'MemberName',
  'Member/Security ID': 'MemberSid',
  'Group/Group Name': 'TargetUserName',
  'Group/Account Name': 'TargetUserName',
  'Target Subject/Account Name': 'TargetUserName',
  'Target Subject/Account Domain': 'TargetDomainName',
  'Network Information/Source Network Address': 'IpAddress',
  'Network Information/Source Port': 'IpPort',
  'Network Information/Workstation Name': 'WorkstationName',
  'Network Information/Client Address': 'IpAddress',
  'Process Information/New Process Name': 'NewProcessName',
  'Process Information/New Process ID': 'NewProcessId',
  'Process Information/Creator Process Name': 'ParentProcessName',
  'Process Information/Process Command Line': 'CommandLine',
  'Process Information/Mandatory Label': 'MandatoryLabel',
  'Process Information/Process Name': 'ProcessName',
  'Service Information/Service Name': 'ServiceName',
  'Logon Information/Logon Type': 'LogonType',
  'Detailed Authentication Information/Logon Process': 'LogonProcessName',
  'Detailed Authentication Information/Authentication Package': 'AuthenticationPackageName',
  '/Logon Type': 'LogonType',
  '/Service File Name': 'ImagePath',
}

/**
 * The fields of a Windows event as Splunk's forwarder renders it: `LogName=`, `EventCode=`, … lines, then `Message=` with
 * the rendered text. Known labels of the text stand under the names of EventData, the others under their own. The time is
 * the first line, in the forwarder's own zone, as field `time`. Undefined for another text.
 */
export function readClassicEvent(text: string): Record<string, string> | undefined {
  if (!text.includes('LogName=') || !text.includes('EventCode=')) return undefined
  const fields: Record<string, string> = {}
  const lines = text.split(/\r?\n/, 2_000)
  if (!/^\w{1,40}=/.test(lines[0] ?? '')) fields['time'] = (lines[0] ?? '').trim().slice(0, 64)
  const start = lines.findIndex((line) => line.startsWith('Message='))
  for (const line of lines.slice(0, start === -1 ? undefined : start)) {
    const pair = /^(\w{1,40})=(.{0,1000})$/.exec(line)
    if (pair !== null) fields[sourceNames[pair[1] ?? ''] ?? pair[1] ?? ''] = pair[2] ?? ''
  }
  if (fields['EventID'] === undefined || fields['Channel'] === undefined) return undefined
  if (start === -1) return fields
  const message = lines.slice(start)
  fields['Message'] = message.join('\n').slice(8, 8 + limits.fieldChars)
  return { ...messageLabels(message), ...fields }
}

/** The values of a rendered message under the names of EventData, or under their own labels; the first of each counts. */
export function messageLabels(lines: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  let section = ''
  for (const line of lines.slice(0, 500)) {
    const colon = line.indexOf(':')
    if (colon < 1 || colon > 80) continue
    const label = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    if (value === '' && !/^\s/.test(line)) section = label
    else {
      const plain = /^[A-Za-z][A-Za-z ]{0,40}$/.test(label) ? label.replaceAll(' ', '') : ''
      const name = labels[`${section}/${label}`] ?? labels[`/${label}`] ?? plain
      if (name !== '' && value !== '') fields[name] ??= value.slice(0, limits.fieldChars)
    }
  }
  return fields
}
