import { utcIso } from './calendar.ts'
import type { Machine } from './estate.ts'

/** An event of a Windows log before it gets its record number. */
export interface WindowsEvent {
  readonly at: number
  readonly channel: 'Security' | 'System' | 'Microsoft-Windows-Sysmon/Operational'
  readonly provider: string
  readonly id: number
  readonly action: string
  readonly data: Readonly<Record<string, string>>
  /** Events of the log service carry `user_data` instead of `event_data`. */
  readonly userData?: boolean
}

const guids: Readonly<Record<string, string>> = {
  'Microsoft-Windows-Sysmon': '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}',
  'Microsoft-Windows-Security-Auditing': '{54849625-5478-4994-a5ba-3e3b0328c30d}',
  'Microsoft-Windows-Eventlog': '{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}',
  'Service Control Manager': '{555908d1-a6d7-4695-8e1e-26931d2012f4}',
}

/** One line as Winlogbeat 8 ships it (ECS field names, original data under `winlog`). */
export function winlogbeatLine(
  event: WindowsEvent,
  machine: Machine,
  context: { readonly recordId: number; readonly dnsDomain: string },
): string {
  const computer = `${machine.name}.${context.dnsDomain}`
  return JSON.stringify({
    '@timestamp': utcIso(event.at),
    agent: { type: 'winlogbeat', version: '8.13.4', name: machine.name },
    ecs: { version: '8.0.0' },
    event: {
      kind: 'event',
      code: String(event.id),
      provider: event.provider,
      action: event.action,
      created: utcIso(event.at + 1_100),
    },
    host: { name: computer.toLowerCase() },
    log: { level: 'information' },
    winlog: {
      channel: event.channel,
      computer_name: computer,
      ...(event.userData === true ? { user_data: event.data } : { event_data: event.data }),
      event_id: String(event.id),
      provider_guid: guids[event.provider],
      provider_name: event.provider,
      record_id: context.recordId,
      task: event.action,
      api: 'wineventlog',
    },
  })
}
