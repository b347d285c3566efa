/**
 * What Sigma calls the log source of a Windows event. Facts from the Sigma taxonomy appendix 2.1.0 (public domain), written
 * as our own table: service by channel, category by service and event id.
 */

const serviceByChannel = new Map<string, string>(
  Object.entries({
    security: ['Security'],
    system: ['System'],
    application: ['Application'],
    sysmon: ['Microsoft-Windows-Sysmon/Operational', 'Linux-Sysmon/Operational'],
    powershell: ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'],
    'powershell-classic': ['Windows PowerShell'],
    taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
    wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
    windefend: ['Microsoft-Windows-Windows Defender/Operational'],
    ntlm: ['Microsoft-Windows-NTLM/Operational'],
    dhcp: ['Microsoft-Windows-DHCP-Server/Operational'],
    'dns-client': ['Microsoft-Windows-DNS Client Events/Operational', 'Microsoft-Windows-DNS-Client/Operational'],
    'dns-server': ['DNS Server'],
    'dns-server-analytic': ['Microsoft-Windows-DNS-Server/Analytical'],
    'dns-server-audit': ['Microsoft-Windows-DNS-Server/Audit'],
    'driver-framework': ['Microsoft-Windows-DriverFrameworks-UserMode/Operational'],
    'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
    'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
    'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
    'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
    'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
    'terminalservices-localsessionmanager': ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'],
    'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
    applocker: [
      'Microsoft-Windows-AppLocker/MSI and Script',
      'Microsoft-Windows-AppLocker/EXE and DLL',
      'Microsoft-Windows-AppLocker/Packaged app-Deployment',
      'Microsoft-Windows-AppLocker/Packaged app-Execution',
    ],
    'msexchange-management': ['MSExchange Management'],
    'firewall-as': ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'],
    'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
    'security-mitigations': [
      'Microsoft-Windows-Security-Mitigations/Kernel Mode',
      'Microsoft-Windows-Security-Mitigations/User Mode',
    ],
    'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
    'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
    openssh: ['OpenSSH/Operational'],
    ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
    bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
    vhdmp: ['Microsoft-Windows-VHDMP/Operational', 'Microsoft-Windows-VHDMP-Operational'],
    'appxdeployment-server': ['Microsoft-Windows-AppXDeploymentServer/Operational'],
    'lsa-server': ['Microsoft-Windows-LSA/Operational'],
    'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
    'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
    capi2: ['Microsoft-Windows-CAPI2/Operational'],
    'certificateservicesclient-lifecycle-system': ['Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational'],
    'kernel-shimengine': ['Microsoft-Windows-Kernel-ShimEngine/Operational', 'Microsoft-Windows-Kernel-ShimEngine/Diagnostic'],
    'application-experience': [
      'Microsoft-Windows-Application-Experience/Program-Telemetry',
      'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
    ],
    ntfs: ['Microsoft-Windows-Ntfs/Operational'],
    'hyper-v-worker': ['Microsoft-Windows-Hyper-V-Worker', 'Microsoft-Windows-Hyper-V-Worker-Admin'],
    'kernel-event-tracing': ['Microsoft-Windows-Kernel-EventTracing'],
    sense: ['Microsoft-Windows-SENSE/Operational'],
    'servicebus-client': ['Microsoft-ServiceBus-Client/Admin', 'Microsoft-ServiceBus-Client/Operational'],
    'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
  }).flatMap(([service, channels]) => channels.map((channel) => [channel.toLowerCase(), service])),
)

const sysmonCategory: Readonly<Record<string, string>> = {
  1: 'process_creation',
  2: 'file_change',
  3: 'network_connection',
  4: 'sysmon_status',
  5: 'process_termination',
  6: 'driver_load',
  7: 'image_load',
  8: 'create_remote_thread',
  9: 'raw_access_thread',
  10: 'process_access',
  11: 'file_event',
  13: 'registry_set',
  14: 'registry_rename',
  15: 'create_stream_hash',
  16: 'sysmon_status',
  17: 'pipe_created',
  18: 'pipe_created',
  19: 'wmi_event',
  20: 'wmi_event',
  21: 'wmi_event',
  22: 'dns_query',
  23: 'file_delete',
  24: 'clipboard_capture',
  25: 'process_tampering',
  26: 'file_delete_detected',
  27: 'file_block_executable',
  28: 'file_block_shredding',
  29: 'file_executable_detected',
  255: 'sysmon_error',
}

const antivirusIds = new Set(['1006', '1007', '1008', '1009', '1010', '1011', '1012', '1017', '1018', '1019', '1115', '1116'])

/** Categories that contain others: a rule on the left selects events of those on the right too. */
const wider: Readonly<Record<string, readonly string[]>> = {
  registry_add: ['registry_event'],
  registry_delete: ['registry_event'],
  registry_set: ['registry_event'],
  registry_rename: ['registry_event'],
}

const one = new Map<string, readonly string[]>()

/** All Sigma categories that select an event of `category`: itself, and the wider ones (`registry_set` is also `registry_event`). */
export function sigmaCategories(category: string): readonly string[] {
  let found = one.get(category)
  if (found === undefined) {
    found = category === '' ? [] : [category, ...(wider[category] ?? [])]
    if (one.size < 1_000) one.set(category, found)
  }
  return found
}

/** Sigma service of a channel in any case; '' for one the taxonomy does not name. */
export function serviceOf(channel: string): string {
  return serviceByChannel.get(channel) ?? serviceByChannel.get(channel.toLowerCase()) ?? ''
}

/**
 * Sigma category of an event by its service and id, '' when it has none. `eventType` is Sysmon's own EventType
 * (`CreateKey`, `DeleteValue`, ...), which divides id 12.
 */
export function categoryOf(service: string, eventId: string, eventType: string): string {
  switch (service) {
    case 'sysmon':
      if (eventId === '12') {
        return eventType === 'CreateKey' ? 'registry_add' : eventType.startsWith('Delete') ? 'registry_delete' : 'registry_event'
      }
      return sysmonCategory[eventId] ?? ''
    case 'security':
      return eventId === '4688' ? 'process_creation' : ''
    case 'powershell':
      return eventId === '4103' ? 'ps_module' : eventId === '4104' ? 'ps_script' : ''
    case 'powershell-classic':
      if (eventId === '400') return 'ps_classic_start'
      return eventId === '600' ? 'ps_classic_provider_start' : eventId === '800' ? 'ps_classic_script' : ''
    case 'windefend':
      return antivirusIds.has(eventId) ? 'antivirus' : ''
    default:
      return ''
  }
}
