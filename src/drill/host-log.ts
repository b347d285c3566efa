import { utcIso } from './calendar.ts'
import type { Estate, Machine } from './estate.ts'
import type { Output } from './output.ts'
import { Random } from './random.ts'
import { subject, systemSession, type Session } from './session.ts'
import { winlogbeatLine, type WindowsEvent } from './windows-event.ts'

/** A running process, as later events refer to it. */
export interface Process {
  readonly guid: string
  readonly pid: number
  readonly image: string
  readonly commandLine: string
  readonly user: string
  readonly logonId: string
}

/** The logs of one computer: what happens on it is told here, the events that Windows and Sysmon would write come out. */
export class HostLog {
  readonly machine: Machine
  readonly estate: Estate
  readonly random: Random
  readonly #events: WindowsEvent[] = []
  readonly #boot: string

  constructor(machine: Machine, estate: Estate, seed: number) {
    this.machine = machine
    this.estate = estate
    this.random = new Random(seed, 'host', machine.name)
    this.#boot = this.random.hex(8)
  }

  /** A process that was running before the logs begin. */
  running(image: string, session: Session = systemSession, commandLine: string = image): Process {
    return {
      guid: this.#guid(0),
      pid: 4 * this.random.between(150, 2_000),
      image,
      commandLine,
      user: session.user,
      logonId: session.logonId,
    }
  }

  /** A process starts: Sysmon 1 and Security 4688. */
  start(
    at: number,
    options: {
      readonly image: string
      readonly commandLine: string
      readonly parent: Process
      readonly session?: Session
      readonly originalName?: string
      /** Product and company as the program's own version resource names them. */
      readonly product?: readonly [product: string, company: string]
      readonly directory?: string
    },
  ): Process {
    const session = options.session ?? { user: options.parent.user, logonId: options.parent.logonId }
    const child: Process = {
      guid: this.#guid(at),
      pid: 4 * this.random.between(300, 6_000),
      image: options.image,
      commandLine: options.commandLine,
      user: session.user,
      logonId: session.logonId,
    }
    const name = options.originalName ?? fileName(options.image)
    const [product, company] = options.product ?? productOf(options.image)
    this.sysmon(at, 1, 'Process Create (rule: ProcessCreate)', {
      UtcTime: sysmonTime(at),
      ProcessGuid: child.guid,
      ProcessId: String(child.pid),
      Image: child.image,
      Product: product,
      Company: company,
      OriginalFileName: name,
      CommandLine: child.commandLine,
      CurrentDirectory: options.directory ?? 'C:\\Windows\\system32\\',
      User: child.user,
      LogonId: child.logonId,
      TerminalSessionId: session.logonId === '0x3e7' ? '0' : '2',
      IntegrityLevel: session.logonId === '0x3e7' ? 'System' : 'High',
      Hashes: `SHA256=${new Random(0, name).hex(64).toUpperCase()}`,
      ParentProcessGuid: options.parent.guid,
      ParentProcessId: String(options.parent.pid),
      ParentImage: options.parent.image,
      ParentCommandLine: options.parent.commandLine,
      ParentUser: options.parent.user,
    })
    this.security(at + 2, 4688, 'Process Creation', {
      ...subject(session),
      NewProcessId: `0x${child.pid.toString(16)}`,
      NewProcessName: child.image,
      TokenElevationType: '%%1936',
      ProcessId: `0x${options.parent.pid.toString(16)}`,
      CommandLine: child.commandLine,
      TargetUserSid: 'S-1-0-0',
      TargetUserName: '-',
      TargetDomainName: '-',
      TargetLogonId: '0x0',
      ParentProcessName: options.parent.image,
      MandatoryLabel: 'S-1-16-12288',
    })
    return child
  }

  /** A connection: Sysmon 3, written on the computer that sees it. */
  connect(
    at: number,
    process: Process,
    to: {
      readonly ip: string
      readonly port: number
      readonly host?: string
      readonly protocol?: 'tcp' | 'udp'
      readonly from?: string
    },
  ): void {
    this.sysmon(at, 3, 'Network connection detected (rule: NetworkConnect)', {
      UtcTime: sysmonTime(at),
      ...acting(process),
      User: process.user,
      Protocol: to.protocol ?? 'tcp',
      Initiated: to.from === undefined ? 'true' : 'false',
      SourceIsIpv6: 'false',
      SourceIp: to.from ?? this.machine.ip,
      SourceHostname: to.from === undefined ? `${this.machine.name}.${this.estate.dnsDomain}` : '-',
      SourcePort: String(this.random.between(49_152, 65_000)),
      SourcePortName: '-',
      DestinationIsIpv6: 'false',
      DestinationIp: to.ip,
      DestinationHostname: to.host ?? '-',
      DestinationPort: String(to.port),
      DestinationPortName: to.port === 445 ? 'microsoft-ds' : to.port === 443 ? 'https' : '-',
    })
  }

  /** A file is created: Sysmon 11. */
  create(at: number, process: Process, target: string): void {
    this.sysmon(at, 11, 'File created (rule: FileCreate)', {
      UtcTime: sysmonTime(at),
      ...acting(process),
      TargetFilename: target,
      CreationUtcTime: sysmonTime(at),
      User: process.user,
    })
  }

  /** A process opens another: Sysmon 10. */
  open(at: number, process: Process, target: { readonly image: string; readonly access: string; readonly trace: string }): void {
    this.sysmon(at, 10, 'Process accessed (rule: ProcessAccess)', {
      UtcTime: sysmonTime(at),
      SourceProcessGUID: process.guid,
      SourceProcessId: String(process.pid),
      SourceThreadId: String(this.random.between(1_000, 9_000)),
      SourceImage: process.image,
      TargetProcessGUID: this.#guid(0),
      TargetProcessId: '692',
      TargetImage: target.image,
      GrantedAccess: target.access,
      CallTrace: target.trace,
      SourceUser: process.user,
      TargetUser: 'NT AUTHORITY\\SYSTEM',
    })
  }

  /** A registry value is set: Sysmon 13. */
  setValue(at: number, process: Process, key: string, details: string): void {
    this.sysmon(at, 13, 'Registry value set (rule: RegistryEvent)', {
      EventType: 'SetValue',
      UtcTime: sysmonTime(at),
      ...acting(process),
      TargetObject: key,
      Details: details,
      User: process.user,
    })
  }

  security(at: number, id: number, action: string, data: Readonly<Record<string, string>>): void {
    this.#events.push({ at, channel: 'Security', provider: 'Microsoft-Windows-Security-Auditing', id, action, data })
  }

  /** A service is installed: System 7045. */
  service(at: number, name: string, imagePath: string, start: 'auto start' | 'demand start'): void {
    this.#events.push({
      at,
      channel: 'System',
      provider: 'Service Control Manager',
      id: 7045,
      action: 'A service was installed in the system.',
      data: {
        ServiceName: name,
        ImagePath: imagePath,
        ServiceType: 'user mode service',
        StartType: start,
        AccountName: 'LocalSystem',
      },
    })
  }

  /** The security log is cleared: 1102. */
  cleared(at: number, session: Session): void {
    const { SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId } = subject(session)
    this.#events.push({
      at,
      channel: 'Security',
      provider: 'Microsoft-Windows-Eventlog',
      id: 1102,
      action: 'Log clear',
      data: { xml_name: 'LogFileCleared', SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId },
      userData: true,
    })
  }

  /** Removes what the computer did not ship: all events from one time to another. Returns how many. */
  silence(from: number, to: number): number {
    const kept = this.#events.filter((event) => event.at < from || event.at >= to)
    const lost = this.#events.length - kept.length
    this.#events.splice(0, this.#events.length, ...kept)
    return lost
  }

  get count(): number {
    return this.#events.length
  }

  /** Writes `case/logs/<host>.ndjson` in order of time, record numbers per channel, and forgets the events. */
  write(out: Output): void {
    const file = out.open(`case/logs/${this.machine.name.toLowerCase()}.ndjson`)
    const numbers = new Map<string, number>()
    for (const event of this.#events.sort((a, b) => a.at - b.at)) {
      const recordId = (numbers.get(event.channel) ?? 400_000 + this.machine.name.length * 7_919) + 1
      numbers.set(event.channel, recordId)
      file.line(winlogbeatLine(event, this.machine, { recordId, dnsDomain: this.estate.dnsDomain }))
    }
    file.close()
    this.#events.length = 0
  }

  private sysmon(at: number, id: number, action: string, data: Readonly<Record<string, string>>): void {
    this.#events.push({
      at,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider: 'Microsoft-Windows-Sysmon',
      id,
      action,
      data: { RuleName: '-', ...data },
    })
  }

  #guid(at: number): string {
    const hex = this.random.hex(16)
    const time = Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0')
    return `{${this.#boot}-${hex.slice(0, 4)}-${time.slice(4)}-${time.slice(0, 4)}-${hex.slice(4)}}`
  }
}

function acting(process: Process): Record<'ProcessGuid' | 'ProcessId' | 'Image', string> {
  return { ProcessGuid: process.guid, ProcessId: String(process.pid), Image: process.image }
}

function productOf(image: string): readonly [product: string, company: string] {
  const system = image.startsWith('C:\\Windows\\System32\\') || image === 'C:\\Windows\\explorer.exe'
  return system ? ['Microsoft\u00ae Windows\u00ae Operating System', 'Microsoft Corporation'] : ['-', '-']
}

function fileName(image: string): string {
  return image.slice(image.lastIndexOf('\\') + 1)
}

function sysmonTime(at: number): string {
  return utcIso(at).slice(0, 23).replace('T', ' ')
}
