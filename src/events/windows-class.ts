import type { EventClass } from './event.ts'

const byCategory: Readonly<Record<string, EventClass>> = {
  process_creation: 'process',
  process_termination: 'process',
  process_access: 'process',
  create_remote_thread: 'process',
  process_tampering: 'process',
  image_load: 'module',
  driver_load: 'module',
  file_event: 'file',
  file_change: 'file',
  file_delete: 'file',
  file_delete_detected: 'file',
  file_block_executable: 'file',
  file_block_shredding: 'file',
  file_executable_detected: 'file',
  create_stream_hash: 'file',
  raw_access_thread: 'file',
  pipe_created: 'file',
  registry_add: 'registry',
  registry_delete: 'registry',
  registry_set: 'registry',
  registry_rename: 'registry',
  registry_event: 'registry',
  network_connection: 'network',
  dns_query: 'dns',
  sysmon_status: 'log',
}

const byId: Readonly<Record<string, readonly [EventClass, string]>> = {
  security: [
    'authentication',
    '4624 4625 4626 4627 4634 4647 4648 4649 4672 4675 4768 4769 4770 4771 4772 4773 4776 4777 4778 4779 4800 4801',
  ],
  'security 2': [
    'account-change',
    '4720 4722 4723 4724 4725 4726 4727 4728 4729 4730 4731 4732 4733 4734 4735 4737 4738 4740 4741 4742 4743 4754 4755 4756 4757 4758 4764 4765 4766 4767 4780 4781 4794',
  ],
  'security 3': ['service', '4697 4698 4699 4700 4701 4702'],
  'security 4': ['file', '4656 4658 4660 4663 4670 4985 5140 5142 5143 5144 5145'],
  'security 5': ['registry', '4657'],
  'security 6': ['network', '5154 5155 5156 5157 5158 5159'],
  'security 7': ['log', '1100 1102 1104 1105 4719'],
  'security 8': ['process', '4689 4696'],
  system: ['service', '7034 7035 7036 7040 7045'],
  'system 2': ['log', '104 6005 6006'],
  taskscheduler: ['service', '106 129 140 141 200 201'],
  'terminalservices-localsessionmanager': ['authentication', '21 22 23 24 25 39 40'],
  'dns-client': ['dns', '3006 3008 3010 3011 3018 3020'],
  openssh: ['authentication', '4'],
}

const classes = new Map<string, EventClass>(
  Object.entries(byId).flatMap(([key, [name, ids]]) => ids.split(' ').map((id) => [`${key.split(' ')[0]} ${id}`, name] as const)),
)

/** The class of a Windows event by its Sigma category, else by service and event id; `other` for the rest. */
export function windowsClass(category: string, service: string, eventId: string, channel: string): EventClass {
  const known = byCategory[category] ?? classes.get(`${service} ${eventId}`)
  if (known !== undefined) return known
  return eventId === '1149' && channel.includes('TerminalServices-RemoteConnectionManager') ? 'authentication' : 'other'
}
