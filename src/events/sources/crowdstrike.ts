import { perSystem } from './per-system.ts'
import type { Kind, SourceMap } from '../source-map.ts'

const success = { outcome: 'success' } as const
const failure = { outcome: 'failure' } as const

const falconKinds: readonly Kind[] = [
  {
    when: { event_simpleName: ['ProcessRollup2', 'SyntheticProcessRollup2'] },
    category: 'process_creation',
    class: 'process',
    also: {
      Image: 'ImageFileName',
      ParentImage: ['ParentImageFileName', 'ParentBaseFileName'],
      User: 'UserName',
      Hashes: ['SHA256HashData', 'MD5HashData'],
      ParentCommandLine: 'ParentCommandLine',
    },
  },
  {
    when: { event_simpleName: ['NetworkConnectIP4', 'NetworkConnectIP6'] },
    category: 'network_connection',
    class: 'network',
    also: {
      Image: ['ContextImageFileName', 'ContextBaseFileName'],
      DestinationIp: ['RemoteAddressIP4', 'RemoteAddressIP6'],
      DestinationPort: ['RPort', 'RemotePort'],
      SourceIp: ['LocalAddressIP4', 'LocalAddressIP6'],
    },
    set: { Initiated: 'true' },
  },
  { when: { event_simpleName: ['NetworkReceiveAccept*', 'NetworkListen*'] }, class: 'network' },
  {
    when: { event_simpleName: ['DnsRequest', 'SuspiciousDnsRequest'] },
    category: 'dns_query',
    class: 'dns',
    also: { QueryName: 'DomainName', Image: ['ContextImageFileName', 'ContextBaseFileName'] },
  },
  {
    when: { event_simpleName: ['UserLogon', 'UserIdentity'] },
    class: 'authentication',
    sourceIp: ['RemoteAddressIP4', 'RemoteIP'],
    targetIp: [],
    set: success,
  },
  {
    when: { event_simpleName: 'UserLogonFailed*' },
    class: 'authentication',
    sourceIp: ['RemoteAddressIP4', 'RemoteIP'],
    targetIp: [],
    set: failure,
  },
  {
    when: { event_simpleName: ['AsepValueUpdate', 'RegGenericValueUpdate*', 'RegSystemConfigValueUpdate'] },
    category: 'registry_set',
    class: 'registry',
    also: { TargetObject: ['RegObjectName+\\+RegValueName', 'RegObjectName'], Details: 'RegStringValue' },
  },
  {
    when: { event_simpleName: ['ClassifiedModuleLoad', 'ImageHash', 'UnsignedModuleLoad'] },
    category: 'image_load',
    class: 'module',
    also: { ImageLoaded: 'ImageFileName' },
  },
  {
    when: { event_simpleName: ['ScheduledTaskRegistered', 'ServiceStarted', 'CreateService', 'ModifyServiceBinary'] },
    class: 'service',
  },
  {
    when: { event_simpleName: ['UserAccountCreated', 'UserAccountAddedToGroup', 'UserAccountDeleted'] },
    class: 'account-change',
  },
  { when: { TargetFileName: true }, category: 'file_event', class: 'file', also: { TargetFilename: 'TargetFileName' } },
]

/** CrowdStrike Falcon: events of its agents, and detections. */
export const crowdstrikeSources: readonly SourceMap[] = [
  ...perSystem(
    {
      name: 'crowdstrike-falcon',
      documentation: 'CrowdStrike "Events Data Dictionary" and Falcon Data Replicator; pySigma field names',
      forms: ['json', 'table'],
      when: { event_simpleName: true, aid: true },
      class: 'other',
      time: ['ContextTimeStamp', 'ContextTimestamp', 'ProcessStartTime', 'timestamp', '@timestamp', '_time'],
      host: ['ComputerName', 'aid'],
      domain: ['LogonDomain', 'UserDomain'],
      account: ['UserName', 'UserPrincipal'],
      process: ['ImageFileName', 'ContextImageFileName', 'ContextBaseFileName'],
      commandLine: 'CommandLine',
      parentProcess: ['ParentImageFileName', 'ParentBaseFileName'],
      sourceIp: ['LocalAddressIP4', 'LocalAddressIP6'],
      targetIp: ['RemoteAddressIP4', 'RemoteAddressIP6'],
      targetPort: ['RPort', 'RemotePort'],
      eventId: 'event_simpleName',
      kinds: falconKinds,
    },
    'event_platform',
    { Win: 'windows', Lin: 'linux', Mac: 'macos' },
  ),
  {
    name: 'crowdstrike-detection',
    documentation: 'CrowdStrike "Event Streams API": DetectionSummaryEvent',
    forms: ['json'],
    when: { 'metadata.eventType': true, 'event.ComputerName': true },
    product: 'crowdstrike',
    service: 'detection',
    class: 'other',
    time: ['event.ProcessStartTime', 'metadata.eventCreationTime'],
    host: 'event.ComputerName',
    domain: 'event.MachineDomain',
    account: 'event.UserName',
    process: ['event.FilePath+\\+event.FileName', 'event.FileName'],
    commandLine: 'event.CommandLine',
    parentProcess: 'event.ParentImageFileName',
    eventId: ['event.DetectName', 'event.Name'],
  },
  {
    name: 'crowdstrike-detection-csv',
    documentation: 'CrowdStrike "Event Streams API": names of DetectionSummaryEvent as columns',
    forms: ['table'],
    when: { ComputerName: true, DetectName: true },
    product: 'crowdstrike',
    service: 'detection',
    class: 'other',
    time: ['ProcessStartTime', 'DetectTime', 'Timestamp', 'UTCTimestamp'],
    host: 'ComputerName',
    account: 'UserName',
    process: ['FilePath', 'FileName'],
    commandLine: 'CommandLine',
    eventId: 'DetectName',
  },
]
