import { utcIso } from '../calendar.ts'
import { Random } from '../random.ts'
import { parts, systemSession, type Session } from '../session.ts'
import type { Host } from './estate.ts'
import { subject } from './identity.ts'
import type { Recorder } from './recorder.ts'

/** A running process, as later records refer to it. */
export interface Process {
  readonly guid: string
  readonly pid: number
  readonly image: string
  readonly commandLine: string
  readonly session: Session
}

/** What a process is started with. */
interface Start {
  readonly image: string
  /** The image when absent. */
  readonly line?: string
  readonly parent: Process
  /** The parent's when absent. */
  readonly session?: Session
  readonly originalName?: string
}

const system32 = 'C:\\Windows\\System32\\'
const sysmonChannel = 'Microsoft-Windows-Sysmon/Operational'
const kernel = `${system32}ntoskrnl.exe`

/** Full path of a program of Windows itself. */
function windowsProgram(name: string): string {
  return name === 'explorer.exe' ? 'C:\\Windows\\explorer.exe' : `${system32}${name}`
}

/**
 * The Security, System and Sysmon logs of one computer as a collector ships them: flat JSON lines, all computers of a channel in one file.
 * What happens is told here once; the records that Windows and Sysmon would write come out.
 */
export class WindowsLog {
  readonly host: Host
  readonly random: Random
  readonly #recorder: Recorder
  readonly #dns: string
  readonly #sysmonOn: boolean
  readonly #boot: string
  readonly #known = new Map<string, Process>()

  constructor(options: {
    readonly host: Host
    readonly recorder: Recorder
    readonly seed: number
    readonly dns: string
    readonly sysmon: boolean
  }) {
    this.host = options.host
    this.random = new Random(options.seed, 'windows', options.host.name)
    this.#recorder = options.recorder
    this.#dns = options.dns
    this.#sysmonOn = options.sysmon
    this.#boot = this.random.hex(8)
  }

  /** A process that has been running since before the logs begin; the same one each time it is asked for. */
  running(image: string, session: Session = systemSession): Process {
    const path = image.includes('\\') || image === 'System' ? image : windowsProgram(image)
    const key = `${path}|${session.logonId}`
    const known = this.#known.get(key) ?? {
      guid: this.#guid(0),
      pid: path === 'System' ? 4 : this.#pid(),
      image: path,
      commandLine: path,
      session,
    }
    this.#known.set(key, known)
    return known
  }

  /** A process starts: Security 4688 and Sysmon 1. */
  start(at: number, how: Start): Process {
    const session = how.session ?? how.parent.session
    const image = how.image.includes('\\') ? how.image : windowsProgram(how.image)
    const child: Process = { guid: this.#guid(at), pid: this.#pid(), image, commandLine: how.line ?? image, session }
    const original = how.originalName ?? fileName(image)
    const high = session.logonId === systemSession.logonId
    this.sysmon(at, 1, {
      ProcessGuid: child.guid,
      ProcessId: String(child.pid),
      Image: image,
      OriginalFileName: original,
      CommandLine: child.commandLine,
      CurrentDirectory: high ? 'C:\\Windows\\system32\\' : `C:\\Users\\${parts(session.user)[1]}\\`,
      User: session.user,
      LogonId: session.logonId,
      IntegrityLevel: high ? 'System' : 'High',
      Hashes: `SHA256=${new Random(0, original, image).hex(64).toUpperCase()}`,
      ParentProcessGuid: how.parent.guid,
      ParentProcessId: String(how.parent.pid),
      ParentImage: how.parent.image,
      ParentCommandLine: how.parent.commandLine,
    })
    this.security(at + 2, 4688, {
      ...subject(session, this.host.name),
      NewProcessId: hex(child.pid),
      NewProcessName: image,
      TokenElevationType: '%%1936',
      ProcessId: hex(how.parent.pid),
      CommandLine: child.commandLine,
      TargetUserSid: 'S-1-0-0',
      TargetUserName: '-',
      TargetDomainName: '-',
      TargetLogonId: '0x0',
      ParentProcessName: how.parent.image,
    })
    return child
  }

  /** A connection out: Sysmon 3. Returns the port it came from. */
  connect(
    at: number,
    process: Process,
    to: { readonly ip: string; readonly port: number; readonly host?: string; readonly udp?: boolean },
  ): number {
    const port = this.random.between(49_152, 65_000)
    this.#connection(at, process, {
      from: this.host.ip,
      port,
      to: to.ip,
      toPort: to.port,
      out: true,
      udp: to.udp === true,
      name: to.host ?? '-',
    })
    return port
  }

  /** A connection in: Sysmon 3 of the side that was called. */
  accept(at: number, process: Process, from: { readonly ip: string; readonly port: number; readonly toPort: number }): void {
    this.#connection(at, process, {
      from: from.ip,
      port: from.port,
      to: this.host.ip,
      toPort: from.toPort,
      out: false,
      udp: false,
      name: '-',
    })
  }

  /** A file is made: Sysmon 11. */
  create(at: number, process: Process, target: string): void {
    this.sysmon(at, 11, {
      ...acting(process),
      TargetFilename: target,
      CreationUtcTime: sysmonTime(this.#recorder.clock(this.host.name, at)),
      User: process.session.user,
    })
  }

  /** A registry value is set: Sysmon 13. */
  setValue(at: number, process: Process, key: string, details: string): void {
    this.sysmon(at, 13, {
      EventType: 'SetValue',
      ...acting(process),
      TargetObject: key,
      Details: details,
      User: process.session.user,
    })
  }

  /** A process opens another: Sysmon 10. */
  open(at: number, process: Process, image: string, access: string): void {
    const target = this.running(image)
    this.sysmon(at, 10, {
      SourceProcessGUID: process.guid,
      SourceProcessId: String(process.pid),
      SourceImage: process.image,
      TargetProcessGUID: target.guid,
      TargetProcessId: String(target.pid),
      TargetImage: target.image,
      GrantedAccess: access,
      CallTrace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9fc24|C:\\Windows\\System32\\KERNELBASE.dll+20d0e',
      SourceUser: process.session.user,
      TargetUser: 'NT AUTHORITY\\SYSTEM',
    })
  }

  /** A name is looked up: Sysmon 22. */
  lookUp(at: number, process: Process, name: string, address: string): void {
    this.sysmon(at, 22, {
      ...acting(process),
      QueryName: name,
      QueryStatus: '0',
      QueryResults: `::ffff:${address};`,
      User: process.session.user,
    })
  }

  /** A service is installed: System 7045 and its key. */
  service(at: number, name: string, image: string, start: 'auto start' | 'demand start'): void {
    this.setValue(at - 20, this.running('services.exe'), `HKLM\\System\\CurrentControlSet\\Services\\${name}\\ImagePath`, image)
    this.#add(at, {
      channel: 'System',
      source: 'Service Control Manager',
      id: 7045,
      data: {
        ServiceName: name,
        ImagePath: image,
        ServiceType: 'user mode service',
        StartType: start,
        AccountName: 'LocalSystem',
      },
    })
  }

  /** A record of the Security log. */
  security(at: number, id: number, data: Readonly<Record<string, string>>): void {
    this.#add(at, {
      channel: 'Security',
      source: id === 1102 ? 'Microsoft-Windows-Eventlog' : 'Microsoft-Windows-Security-Auditing',
      id,
      data,
    })
  }

  /** A record of Sysmon; none where it is not installed. */
  sysmon(at: number, id: number, data: Readonly<Record<string, string>>): void {
    if (!this.#sysmonOn) return
    const UtcTime = sysmonTime(this.#recorder.clock(this.host.name, at))
    this.#add(at, { channel: sysmonChannel, source: 'Microsoft-Windows-Sysmon', id, data: { RuleName: '-', UtcTime, ...data } })
  }

  #add(
    at: number,
    record: {
      readonly channel: string
      readonly source: string
      readonly id: number
      readonly data: Readonly<Record<string, string>>
    },
  ): void {
    const { channel, source, id, data } = record
    const time = utcIso(this.#recorder.clock(this.host.name, at))
    const Hostname = `${this.host.name.toUpperCase()}.${this.#dns}`
    const text = JSON.stringify({ '@timestamp': time, Channel: channel, EventID: id, Hostname, SourceName: source, ...data })
    this.#recorder.add(`logs/windows-${channel === sysmonChannel ? 'sysmon' : channel.toLowerCase()}.ndjson`, {
      host: this.host.name,
      at,
      text: `${text.slice(0, -1)},"EventRecordID":`,
      counter: `${this.host.name}|${channel}`,
    })
  }

  #connection(
    at: number,
    process: Process,
    one: {
      readonly from: string
      readonly port: number
      readonly to: string
      readonly toPort: number
      readonly out: boolean
      readonly udp: boolean
      readonly name: string
    },
  ): void {
    this.sysmon(at, 3, {
      ...acting(process),
      User: process.session.user,
      Protocol: one.udp ? 'udp' : 'tcp',
      Initiated: String(one.out),
      SourceIsIpv6: 'false',
      SourceIp: one.from,
      SourceHostname: one.out ? `${this.host.name.toUpperCase()}.${this.#dns}` : '-',
      SourcePort: String(one.port),
      DestinationIsIpv6: 'false',
      DestinationIp: one.to,
      DestinationHostname: one.name,
      DestinationPort: String(one.toPort),
    })
  }

  #pid(): number {
    return 4 * this.random.between(300, 16_000)
  }

  #guid(at: number): string {
    const bits = this.random.hex(16)
    const time = Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0')
    return `{${this.#boot}-${bits.slice(0, 4)}-${time.slice(4)}-${time.slice(0, 4)}-${bits.slice(4)}}`
  }
}

/** Fields of the process that acts. */
function acting(process: Process): Record<'ProcessGuid' | 'ProcessId' | 'Image', string> {
  return { ProcessGuid: process.guid, ProcessId: String(process.pid), Image: process.image === 'System' ? kernel : process.image }
}

function fileName(image: string): string {
  return image.slice(image.lastIndexOf('\\') + 1)
}

function hex(number: number): string {
  return `0x${number.toString(16)}`
}

function sysmonTime(at: number): string {
  return utcIso(at).slice(0, 23).replace('T', ' ')
}
