import { calendar, dayMs, hourMs, minuteMs, wallHour, weekday } from './calendar.ts'
import type { Estate, Machine } from './estate.ts'
import type { HostLog, Process } from './host-log.ts'
import { parts, sidOf, subject, systemSession, type Session } from './session.ts'
import { failedLogon, logoff, logon, shareAccess } from './logons.ts'
import { skewed } from './random.ts'

/** Who works on a computer on an ordinary day, and how much happens. */
const perDay: Readonly<Record<Machine['role'], number>> = {
  web: 900,
  application: 950,
  'domain-controller': 1_300,
  'admin-host': 420,
  'file-server': 1_250,
  server: 700,
  workstation: 520,
  database: 0,
}

const serverPrograms = skewed<readonly [image: string, commandLine: string, parent: string]>([
  ['C:\\Windows\\System32\\svchost.exe', 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule', 'services.exe'],
  ['C:\\Windows\\System32\\conhost.exe', '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1', 'cmd.exe'],
  ['C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe', 'svchost.exe'],
  ['C:\\Windows\\System32\\wbem\\WmiPrvSE.exe', 'C:\\Windows\\system32\\wbem\\wmiprvse.exe -Embedding', 'svchost.exe'],
  ['C:\\Program Files\\Tarra Backup\\agent.exe', '"C:\\Program Files\\Tarra Backup\\agent.exe" --incremental', 'services.exe'],
  [
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    'powershell.exe -NoProfile -File C:\\Ops\\disk-report.ps1',
    'taskeng.exe',
  ],
  ['C:\\Windows\\System32\\cmd.exe', 'cmd.exe /c C:\\Ops\\rotate-logs.bat', 'svchost.exe'],
  ['C:\\Program Files\\Senja Monitor\\probe.exe', 'probe.exe --once', 'services.exe'],
  ['C:\\Windows\\System32\\w32tm.exe', 'w32tm /query /status', 'probe.exe'],
  ['C:\\Windows\\System32\\netstat.exe', 'netstat -an', 'probe.exe'],
])

const deskPrograms = skewed<readonly [image: string, commandLine: string, parent: string]>([
  [
    'C:\\Program Files\\Lumo Browser\\browser.exe',
    '"C:\\Program Files\\Lumo Browser\\browser.exe" --type=renderer',
    'browser.exe',
  ],
  ['C:\\Program Files\\Bayan Office\\mail.exe', '"C:\\Program Files\\Bayan Office\\mail.exe"', 'explorer.exe'],
  ['C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe', 'svchost.exe'],
  ['C:\\Program Files\\Bayan Office\\sheet.exe', '"C:\\Program Files\\Bayan Office\\sheet.exe" /e', 'explorer.exe'],
  ['C:\\Windows\\System32\\notepad.exe', 'notepad.exe', 'explorer.exe'],
  ['C:\\Windows\\System32\\mmc.exe', 'mmc.exe C:\\Windows\\system32\\eventvwr.msc', 'explorer.exe'],
  ['C:\\Windows\\System32\\cmd.exe', '"C:\\Windows\\system32\\cmd.exe"', 'explorer.exe'],
  ['C:\\Windows\\System32\\ipconfig.exe', 'ipconfig /flushdns', 'cmd.exe'],
  ['C:\\Windows\\System32\\PING.EXE', 'ping intranet', 'cmd.exe'],
  ['C:\\Windows\\System32\\whoami.exe', 'whoami', 'cmd.exe'],
])

const folders: Readonly<Record<string, string>> = {
  'explorer.exe': 'C:\\Windows',
  'browser.exe': 'C:\\Program Files\\Lumo Browser',
  'probe.exe': 'C:\\Program Files\\Senja Monitor',
  'MsMpEng.exe': 'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26050.5-0',
}

const activities = skewed<
  'process' | 'machine-logon' | 'user-logon' | 'connection' | 'file' | 'registry' | 'share' | 'lsass' | 'typo'
>(
  ['process', 'connection', 'machine-logon', 'user-logon', 'file', 'share', 'registry', 'lsass', 'typo'],
  [26, 20, 18, 9, 10, 9, 6, 1.2, 0.25],
)

/** Fills a computer's log with ordinary days. `scale` 1 gives about 130,000 events over all computers and days. */
export function ordinaryDays(log: HostLog, estate: Estate, scale: number): void {
  const { machine, random } = log
  const desk = machine.role === 'workstation' || machine.role === 'admin-host'
  // Two to three events per activity.
  const wanted = Math.max(20, Math.round((perDay[machine.role] * calendar.logDays * scale) / 1.45))
  const user = desk
    ? `MERIDIAN\\it.${random.pick(['amir', 'bala', 'chong', 'dina', 'ewan', 'farid'])}${machine.name.at(-1)}`
    : `MERIDIAN\\svc_${machine.name.slice(0, 3).toLowerCase()}`
  let session: Session = { user, logonId: `0x${random.between(0x20000, 0x7ffffff).toString(16)}` }
  const parents = new Map<string, Process>()
  const parent = (name: string): Process => {
    const own = name === 'explorer.exe' || name === 'browser.exe' || (desk && name === 'cmd.exe')
    const known =
      parents.get(name) ?? log.running(`${folders[name] ?? 'C:\\Windows\\System32'}\\${name}`, own ? session : systemSession)
    parents.set(name, known)
    return known
  }
  for (let done = 0; done < wanted;) {
    const at = calendar.logsFrom + Math.floor(random.unit() * calendar.logDays * dayMs)
    const working = wallHour(at) >= 8 && wallHour(at) < 19 && weekday(at) !== 0 && weekday(at) !== 6
    if (!working && random.chance(desk ? 0.96 : 0.45)) continue
    done += 1
    switch (activities(random)) {
      case 'process': {
        const [image, commandLine, from] = (desk ? deskPrograms : serverPrograms)(random)
        log.start(at, { image, commandLine, parent: parent(from), session: desk ? session : systemSession })
        break
      }
      case 'connection':
        log.connect(
          at,
          parent(desk ? 'browser.exe' : 'svchost.exe'),
          desk
            ? { ip: `192.0.2.${random.between(1, 200)}`, port: 443 }
            : { ip: estate.controller.ip, port: random.pick([389, 88, 53, 123]), host: estate.controller.name },
        )
        break
      case 'machine-logon': {
        const other = random.pick(estate.windows)
        const visitor = logon(log, at, {
          user: `MERIDIAN\\${other.name}$`,
          type: 3,
          from: { ip: other.ip, name: other.name },
          protocol: 'Kerberos',
        })
        logoff(log, at + random.between(2_000, 90_000), visitor, 3)
        break
      }
      case 'user-logon':
        session = desk
          ? logon(log, at, { user, type: random.chance(0.5) ? 7 : 2, protocol: 'Negotiate', privileged: random.chance(0.2) })
          : logon(log, at, { user, type: 5, protocol: 'Negotiate' })
        break
      case 'file':
        log.create(
          at,
          parent(desk ? 'browser.exe' : 'svchost.exe'),
          desk
            ? `C:\\Users\\${parts(user)[1]}\\AppData\\Local\\Temp\\${random.hex(8)}.tmp`
            : `C:\\Ops\\logs\\${random.hex(6)}.log`,
        )
        break
      case 'registry':
        log.setValue(
          at,
          parent('svchost.exe'),
          'HKLM\\System\\CurrentControlSet\\Services\\W32Time\\Config\\LastKnownGoodTime',
          `QWORD (0x01dbe${random.hex(3)}-0x${random.hex(8)})`,
        )
        break
      case 'share': {
        const other = random.pick(estate.windows)
        const session3: Session = {
          user: `MERIDIAN\\${other.name}$`,
          logonId: `0x${random.between(0x20000, 0x7ffffff).toString(16)}`,
        }
        const share =
          machine.role === 'domain-controller'
            ? 'SYSVOL'
            : machine.role === 'file-server'
              ? random.pick(['Finance', 'Projects', 'Forms'])
              : 'IPC$'
        shareAccess(log, at, {
          session: session3,
          fromIp: other.ip,
          share,
          path:
            share === 'IPC$' ? 'srvsvc' : share === 'SYSVOL' ? `${estate.dnsDomain}\\Policies\\gpt.ini` : `${random.hex(4)}.xlsx`,
        })
        break
      }
      case 'lsass':
        log.open(at, parent('MsMpEng.exe'), {
          image: 'C:\\Windows\\system32\\lsass.exe',
          access: '0x1000',
          trace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9fc24|C:\\Windows\\System32\\KERNELBASE.dll+20d0e',
        })
        break
      case 'typo':
        failedLogon(log, at, user, random.pick(estate.windows))
        break
    }
  }
}

/**
 * Work of the IT department that looks like an intruder's: PsExec from the management server, admin shares,
 * a new colleague's account, a monitoring agent installed as a service.
 */
export function administrativeWork(logs: ReadonlyMap<Machine, HostLog>, estate: Estate): void {
  const management = estate.windows.find((machine) => machine.name.startsWith('MGMT'))
  const print = estate.windows.find((machine) => machine.name.startsWith('PRINT'))
  const desk = estate.windows.find((machine) => machine.role === 'workstation')
  const here = management === undefined ? undefined : logs.get(management)
  const there = print === undefined ? undefined : logs.get(print)
  const controller = logs.get(estate.controller)
  if (
    management === undefined ||
    print === undefined ||
    desk === undefined ||
    here === undefined ||
    there === undefined ||
    controller === undefined
  )
    return
  const admin = 'MERIDIAN\\it.ops'
  for (const day of [2, 6]) {
    const at = calendar.logsFrom + day * dayMs + 10 * hourMs + here.random.between(0, 90) * minuteMs
    const own = logon(here, at, {
      user: admin,
      type: 10,
      from: { ip: desk.ip, name: desk.name },
      protocol: 'Negotiate',
      privileged: true,
    })
    const prompt = here.start(at + minuteMs, {
      image: 'C:\\Windows\\System32\\cmd.exe',
      commandLine: 'cmd.exe',
      parent: here.running('C:\\Windows\\explorer.exe', own),
      session: own,
    })
    const tool = here.start(at + 2 * minuteMs, {
      image: 'C:\\Ops\\Sysinternals\\PsExec.exe',
      commandLine: `PsExec.exe \\\\${print.name} net stop spooler`,
      parent: prompt,
      originalName: 'psexec.c',
    })
    here.connect(at + 2 * minuteMs + 100, tool, { ip: print.ip, port: 445, host: print.name })
    const remote = logon(there, at + 2 * minuteMs + 200, {
      user: admin,
      type: 3,
      from: { ip: management.ip, name: management.name },
      protocol: 'Kerberos',
      privileged: true,
    })
    shareAccess(there, at + 2 * minuteMs + 300, {
      session: remote,
      fromIp: management.ip,
      share: 'ADMIN$',
      path: 'PSEXESVC.exe',
      write: true,
    })
    there.service(at + 2 * minuteMs + 500, 'PSEXESVC', '%SystemRoot%\\PSEXESVC.exe', 'demand start')
    logoff(there, at + 4 * minuteMs, remote, 3)
  }
  for (const [step, name] of ['nurul.hana', 'jason.koh'].entries()) {
    const at = calendar.logsFrom + 2 * dayMs + 9 * hourMs + controller.random.below(20 * minuteMs) + step * 25 * minuteMs
    const who: Session = { user: 'MERIDIAN\\svc_identity', logonId: '0x4f1a20' }
    controller.security(at, 4720, 'User Account Management', {
      TargetUserName: name,
      TargetDomainName: 'MERIDIAN',
      TargetSid: sidOf(`MERIDIAN\\${name}`),
      ...subject(who),
      PrivilegeList: '-',
      SamAccountName: name,
      UserPrincipalName: `${name}@${estate.dnsDomain}`,
      PrimaryGroupId: '513',
      NewUacValue: '0x15',
    })
    controller.security(at + 900, 4728, 'Security Group Management', {
      MemberName: `CN=${name},OU=Staff,DC=corp,DC=meridian,DC=example`,
      MemberSid: sidOf(`MERIDIAN\\${name}`),
      TargetUserName: 'Care Agents',
      TargetDomainName: 'MERIDIAN',
      TargetSid: 'S-1-5-21-1844237615-2147483651-1417001333-7412',
      ...subject(who),
      PrivilegeList: '-',
    })
  }
  for (const machine of estate.windows.filter((one) => one.role === 'application').slice(1)) {
    logs
      .get(machine)
      ?.service(
        calendar.logsFrom + dayMs + 3 * hourMs,
        'Senja Monitor Probe',
        '"C:\\Program Files\\Senja Monitor\\probe.exe" --service',
        'auto start',
      )
  }
}
