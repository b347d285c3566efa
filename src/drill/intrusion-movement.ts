import type { Process } from './host-log.ts'
import { systemSession, subject, sidOf, parts, type Session } from './session.ts'
import { shell } from './intrusion-entry.ts'
import type { Intrusion } from './intrusion-plan.ts'
import { explicitCredentials, logoff, logon, shareAccess } from './logons.ts'

const cmdImage = 'C:\\Windows\\System32\\cmd.exe'

/** From the web server to the application server: a copy of PsExec with the stolen service account. */
export function toApplication(intrusion: Intrusion, tomcat: Process): Process {
  const { estate, at, serviceAccount } = intrusion
  const { web, application } = estate
  const here = intrusion.log(web)
  const there = intrusion.log(application)
  const tool = 'C:\\Windows\\Temp\\px.exe'
  const line = `${tool} \\\\${application.name} -accepteula -u ${serviceAccount} -p ${intrusion.random.hex(10)} -s cmd.exe`
  here.create(at(170), tomcat, tool)
  const parent = shell(intrusion, tomcat, { minute: 175, command: line })
  const psexec = here.start(at(175) + 260, { image: tool, commandLine: line, parent, originalName: 'psexec.c' })
  explicitCredentials(here, at(175) + 400, { by: systemSession, as: serviceAccount, to: application.name, process: tool })
  here.connect(at(175) + 420, psexec, { ip: application.ip, port: 445, host: application.name })

  there.connect(at(175) + 430, there.running('System'), { ip: application.ip, port: 445, from: web.ip })
  const session = logon(there, at(175) + 500, {
    user: serviceAccount,
    type: 3,
    from: { ip: web.ip, name: web.name },
    protocol: 'Kerberos',
    privileged: true,
  })
  shareAccess(there, at(175) + 620, { session, fromIp: web.ip, share: 'ADMIN$', path: 'PSEXESVC.exe', write: true })
  there.create(at(175) + 640, there.running('System'), 'C:\\Windows\\PSEXESVC.exe')
  shareAccess(there, at(175) + 700, { session, fromIp: web.ip, share: 'IPC$', path: 'svcctl', write: true })
  there.service(at(175) + 760, 'PSEXESVC', '%SystemRoot%\\PSEXESVC.exe', 'demand start')
  const services = there.running('C:\\Windows\\System32\\services.exe')
  const service = there.start(at(175) + 800, {
    image: 'C:\\Windows\\PSEXESVC.exe',
    commandLine: 'C:\\Windows\\PSEXESVC.exe',
    parent: services,
    originalName: 'psexesvc.exe',
  })
  const cmd = there.start(at(175) + 900, { image: cmdImage, commandLine: 'cmd.exe', parent: service })
  for (const [step, command] of [
    'whoami /all',
    'net user /domain',
    `nltest /dclist:${estate.dnsDomain}`,
    'net group "Domain Admins" /domain',
  ].entries()) {
    const image = `C:\\Windows\\System32\\${command.split(' ')[0]}.exe`
    there.start(at(180 + step * 4), { image, commandLine: command, parent: cmd })
  }
  intrusion.note('movement to the application server (PsExec)', application, at(175))

  const tools = 'C:\\Windows\\Temp\\pd64.exe'
  there.create(at(205), cmd, tools)
  const procdump = there.start(at(210), {
    image: tools,
    commandLine: `${tools} -accepteula -ma lsass.exe C:\\Windows\\Temp\\ls.dmp`,
    parent: cmd,
    originalName: 'procdump',
  })
  there.open(at(210) + 200, procdump, {
    image: 'C:\\Windows\\system32\\lsass.exe',
    access: '0x1fffff',
    trace:
      'C:\\Windows\\SYSTEM32\\ntdll.dll+9fc24|C:\\Windows\\System32\\KERNELBASE.dll+20d0e|C:\\Windows\\SYSTEM32\\dbgcore.DLL+f4d2',
  })
  there.create(at(210) + 1_500, procdump, 'C:\\Windows\\Temp\\ls.dmp')
  intrusion.note('memory of lsass dumped', application, at(210))
  return cmd
}

/** From the application server to the domain controller: pass-the-hash, then a process made through WMI. */
export function toController(intrusion: Intrusion, cmd: Process): void {
  const { estate, at, administrator } = intrusion
  const { application, controller } = estate
  const here = intrusion.log(application)
  const there = intrusion.log(controller)
  const tool = 'C:\\Windows\\Temp\\mk.exe'
  here.create(at(460), cmd, tool)
  const [domain, name] = parts(administrator)
  const line = `${tool} "privilege::debug" "sekurlsa::pth /user:${name} /domain:${domain} /ntlm:${intrusion.random.hex(32)} /run:cmd.exe" "exit"`
  const pth = here.start(at(464), { image: tool, commandLine: line, parent: cmd })
  here.open(at(464) + 300, pth, {
    image: 'C:\\Windows\\system32\\lsass.exe',
    access: '0x1438',
    trace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9fc24|UNKNOWN(00000000022B5A31)',
  })
  const borrowed = logon(here, at(464) + 350, { user: administrator, type: 9, protocol: 'Negotiate', by: systemSession })
  const other = here.start(at(464) + 420, {
    image: cmdImage,
    commandLine: 'cmd.exe',
    parent: pth,
    session: { user: systemSession.user, logonId: borrowed.logonId },
  })
  intrusion.note('pass-the-hash with the administrator account', application, at(464))

  const session = remoteLogon(intrusion, at(470))
  wmi(intrusion, { minute: 470, command: 'whoami /groups', caller: other, session })
  const password = `${intrusion.random.hex(6)}!Kq`
  const [, made] = parts(intrusion.madeAccount)
  wmi(intrusion, { minute: 480, command: `net user ${made} ${password} /add /domain`, caller: other, session })
  accountMade(intrusion, session, at(480) + 900)
  wmi(intrusion, { minute: 483, command: `net group "Domain Admins" ${made} /add /domain`, caller: other, session })
  promoted(intrusion, session, at(483) + 900)
  intrusion.note('domain account created and made administrator', controller, at(480))

  const ifm = wmi(intrusion, {
    minute: 500,
    command: 'ntdsutil "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\ifm" q q',
    caller: other,
    session,
  })
  const ntdsutil = there.start(at(500) + 1_200, {
    image: 'C:\\Windows\\System32\\ntdsutil.exe',
    commandLine: 'ntdsutil  "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\ifm" q q',
    parent: ifm,
  })
  there.create(at(503), ntdsutil, 'C:\\Windows\\Temp\\ifm\\Active Directory\\ntds.dit')
  there.create(at(503) + 900, ntdsutil, 'C:\\Windows\\Temp\\ifm\\registry\\SYSTEM')
  intrusion.note('copy of the Active Directory database made', controller, at(500))

  const rar = 'C:\\$Recycle.Bin\\rr.exe'
  const archive = `${rar} a -hp${intrusion.random.hex(8)} -v200m -r C:\\$Recycle.Bin\\i.rar C:\\Windows\\Temp\\ifm`
  shareAccess(there, at(524), { session, fromIp: application.ip, share: 'C$', path: '$Recycle.Bin\\rr.exe', write: true })
  there.create(at(524), there.running('System'), rar)
  const packer = wmi(intrusion, { minute: 530, command: archive, caller: other, session })
  const rarProcess = there.start(at(530) + 1_100, { image: rar, commandLine: archive, parent: packer, originalName: 'rar.exe' })
  there.create(at(534), rarProcess, 'C:\\$Recycle.Bin\\i.part1.rar')
  intrusion.note('directory copy packed in the recycle bin', controller, at(530))
  logoff(there, at(545), session, 3)
}

/** The administrator's hash arrives at the controller: a type 3 logon by NTLM from the application server. */
function remoteLogon(intrusion: Intrusion, ms: number): Session {
  const { application, controller } = intrusion.estate
  return logon(intrusion.log(controller), ms + 900, {
    user: intrusion.administrator,
    type: 3,
    from: { ip: application.ip, name: application.name },
    protocol: 'NTLM',
    privileged: true,
  })
}

function wmi(
  intrusion: Intrusion,
  options: { readonly minute: number; readonly command: string; readonly caller: Process; readonly session: Session },
): Process {
  const { application, controller } = intrusion.estate
  const ms = intrusion.at(options.minute)
  const here = intrusion.log(application)
  const there = intrusion.log(controller)
  const line = `wmic /node:${controller.name} process call create "cmd.exe /c ${options.command.replaceAll('"', '\\"')}"`
  const wmic = here.start(ms, {
    image: 'C:\\Windows\\System32\\wbem\\WMIC.exe',
    commandLine: line,
    parent: options.caller,
    originalName: 'wmic.exe',
  })
  here.connect(ms + 150, wmic, { ip: controller.ip, port: 135, host: controller.name })
  const provider = there.running(
    'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
    { user: 'NT AUTHORITY\\NETWORK SERVICE', logonId: '0x3e4' },
    'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
  )
  const cmd = there.start(ms + 950, {
    image: cmdImage,
    commandLine: `cmd.exe /c ${options.command}`,
    parent: provider,
    session: options.session,
  })
  const { command } = options
  if (command.startsWith('net '))
    there.start(ms + 990, { image: 'C:\\Windows\\System32\\net.exe', commandLine: command.replace('net', 'net '), parent: cmd })
  return cmd
}

function accountMade(intrusion: Intrusion, session: Session, ms: number): void {
  const [domain, name] = parts(intrusion.madeAccount)
  intrusion.log(intrusion.estate.controller).security(ms, 4720, 'User Account Management', {
    TargetUserName: name,
    TargetDomainName: domain,
    TargetSid: sidOf(intrusion.madeAccount),
    ...subject(session),
    PrivilegeList: '-',
    SamAccountName: name,
    UserPrincipalName: `${name}@${intrusion.estate.dnsDomain}`,
    PrimaryGroupId: '513',
    NewUacValue: '0x15',
    UserAccountControl: '\n\t\t%%2080\n\t\t%%2082\n\t\t%%2084',
  })
}

function promoted(intrusion: Intrusion, session: Session, ms: number): void {
  const [, name] = parts(intrusion.madeAccount)
  const member = { MemberName: `CN=${name},CN=Users,DC=corp,DC=meridian,DC=example`, MemberSid: sidOf(intrusion.madeAccount) }
  const log = intrusion.log(intrusion.estate.controller)
  log.security(ms, 4728, 'Security Group Management', {
    ...member,
    TargetUserName: 'Domain Admins',
    TargetDomainName: 'MERIDIAN',
    TargetSid: 'S-1-5-21-1844237615-2147483651-1417001333-512',
    ...subject(session),
    PrivilegeList: '-',
  })
  log.security(ms + 400, 4732, 'Security Group Management', {
    ...member,
    TargetUserName: 'Administrators',
    TargetDomainName: 'Builtin',
    TargetSid: 'S-1-5-32-544',
    ...subject(session),
    PrivilegeList: '-',
  })
}
