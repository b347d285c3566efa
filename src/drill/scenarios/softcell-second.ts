import { hourMs, minuteMs } from '../calendar.ts'
import { systemSession } from '../session.ts'
import { sidOf, subject } from './identity.ts'
import { logoff, logon, shareAccess } from './logon.ts'
import { overSmb, remoteService, remoteWmi, type Foot } from './movement.ts'
import { outByBridge, pack } from './softcell-bridge.ts'
import { shellCommand, type Plan } from './softcell-plan.ts'

/** Second wave: through the web shell, secrets, WMI, pass the hash, the directory copied, a login made. */
export function secondWave(plan: Plan): void {
  const { world, attack, random, web, app, controller, stolen, admin } = plan
  const start = plan.waves[1]
  const on = world.on(web)
  attack.stage(start, web, 'execution')
  const looks: readonly (readonly [string, string])[] = [
    ['whoami', 'whoami.exe'],
    ['ipconfig /all', 'ipconfig.exe'],
    ['netstat -ano', 'netstat.exe'],
    ['net group "Domain Admins" /domain', 'net.exe'],
  ]
  for (const [step, [command, image]] of looks.entries()) shellCommand(plan, start + step * 150_000, command, image)
  attack.stage(start, web, 'discovery')

  const scanner = `C:\\Windows\\Temp\\${plan.brings('scanner').pick(['nb.exe', 'nbt.exe', 'ns.exe'])}`
  const scanAt = start + 40 * minuteMs
  const range = world.estate.net(2)
  on.create(scanAt - 60_000, shellCommand(plan, scanAt - 61_000, 'dir').process, scanner)
  const scan = shellCommand(plan, scanAt, `${scanner} -n ${range}.0/24`, scanner)
  for (let last = 1; last <= 30; last++)
    on.connect(scanAt + 500 + last * 40, scan.process, { ip: `${range}.${last}`, port: 137, udp: true })

  // Secrets of whoever administers the web server.
  const secretsAt = start + 100 * minuteMs
  const dump = shellCommand(
    plan,
    secretsAt,
    'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 692 C:\\Windows\\Temp\\d.bin full',
    'rundll32.exe',
  )
  on.open(secretsAt + 500, dump.process, 'lsass.exe', '0x1fffff')
  on.create(secretsAt + 900, dump.process, 'C:\\Windows\\Temp\\d.bin')
  attack.stage(secretsAt, web, 'credential-access')

  const wmiAt = start + random.between(3, 9) * hourMs
  const wmiFoot = shellCommand(plan, wmiAt - 1_000, `wmic /node:${app.name} /user:${stolen.user} process call create "cmd.exe"`)
  const there = remoteWmi(world, wmiFoot, {
    at: wmiAt,
    to: app,
    user: stolen.user,
    protocol: 'NTLM',
    command: 'cmd.exe /c whoami > C:\\Windows\\Temp\\o.txt',
  })
  attack.move(wmiAt, { from: web, to: app, account: stolen.user, means: 'wmi' })
  attack.stage(wmiAt, app, 'lateral-movement')

  // Pass the hash: a session on the application server with another account for the network.
  const hashAt = wmiAt + random.between(20, 70) * minuteMs
  const log = world.on(app)
  const tool = `C:\\Windows\\Temp\\${plan.brings('dumper').pick(['m.exe', 'w.exe', 'wc.exe'])}`
  log.create(hashAt - 30_000, there.process, tool)
  const pth = log.start(hashAt, {
    image: tool,
    line: `${tool} "privilege::debug" "sekurlsa::pth /user:${admin.name} /domain:MERIDIAN /ntlm:${random.hex(32)} /run:cmd.exe" exit`,
    parent: there.process,
  })
  log.open(hashAt + 200, pth, 'lsass.exe', '0x1038')
  const borrowed = logon(log, hashAt + 400, { user: stolen.user, type: 9, by: there.process.session, outbound: admin.user })
  const prompt = log.start(hashAt + 900, { image: 'cmd.exe', parent: pth, session: borrowed })
  attack.stage(hashAt, app, 'credential-access')
  attack.use(admin)

  const service = plan.brings('service').pick(['PSEXESVC', 'winsvc', 'msupd'])
  const how = {
    user: admin.user,
    protocol: 'NTLM',
    tool: 'C:\\Windows\\Temp\\ps.exe',
    service,
    command: 'cmd.exe',
    noSessionKey: random.chance(0.5),
  } as const
  let controlAt = hashAt + random.between(6, 30) * minuteMs
  for (const to of plan.further) {
    const onServer = remoteService(world, { log, process: prompt }, { ...how, at: controlAt, to })
    onServer.log.start(controlAt + minuteMs, { image: 'cmd.exe', line: 'cmd.exe /c dir C:\\Ops /s', parent: onServer.process })
    onServer.log.start(controlAt + 2 * minuteMs, { image: 'netstat.exe', line: 'netstat -ano', parent: onServer.process })
    attack.move(controlAt, { from: app, to, account: admin.user, means: 'psexec' })
    attack.stage(controlAt, to, 'lateral-movement')
    controlAt += random.between(10, 50) * minuteMs
  }
  const onController = remoteService(world, { log, process: prompt }, { ...how, at: controlAt, to: controller })
  attack.move(controlAt, { from: app, to: controller, account: admin.user, means: 'psexec' })
  attack.stage(controlAt, controller, 'lateral-movement')
  copyDirectory(plan, { prompt: { log, process: prompt }, onController, at: controlAt + 5 * minuteMs })
}

/** The directory is copied, packed and sent; a login is made in it. */
function copyDirectory(plan: Plan, one: { readonly prompt: Foot; readonly onController: Foot; readonly at: number }): void {
  const { world, attack, random, app, controller, admin, made } = plan
  const { onController, prompt, at } = one
  const { log } = onController
  const copy = log.start(at, {
    image: 'ntdsutil.exe',
    line: 'ntdsutil "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\ifm" q q',
    parent: onController.process,
  })
  log.create(at + 90_000, copy, 'C:\\Windows\\Temp\\ifm\\Active Directory\\ntds.dit')
  log.create(at + 95_000, copy, 'C:\\Windows\\Temp\\ifm\\registry\\SYSTEM')
  attack.read(controller, 'ntds.dit', ['credentials'])
  attack.stage(at, controller, 'credential-access')

  const makeAt = at + 8 * minuteMs
  const name = made.slice('MERIDIAN\\'.length)
  log.start(makeAt, { image: 'net.exe', line: `net user ${name} ${random.hex(10)} /add /domain`, parent: onController.process })
  log.security(makeAt + 300, 4720, {
    TargetUserName: name,
    TargetDomainName: 'MERIDIAN',
    TargetSid: sidOf(made),
    ...subject(systemSession, log.host.name),
    PrivilegeList: '-',
    SamAccountName: name,
    UserPrincipalName: `${name}@corp.meridian.example`,
    PrimaryGroupId: '513',
  })
  log.start(makeAt + 20_000, {
    image: 'net.exe',
    line: `net group "Domain Admins" ${name} /add /domain`,
    parent: onController.process,
  })
  log.security(makeAt + 20_300, 4728, {
    MemberName: `CN=${name},CN=Users,DC=corp,DC=meridian,DC=example`,
    MemberSid: sidOf(made),
    TargetUserName: 'Domain Admins',
    TargetDomainName: 'MERIDIAN',
    TargetSid: 'S-1-5-21-1844237615-2147483651-1417001333-512',
    ...subject(systemSession, log.host.name),
    PrivilegeList: '-',
  })
  attack.use(made)
  attack.stage(makeAt, controller, 'persistence')

  const fetchAt = makeAt + 15 * minuteMs
  const smb = overSmb(world, prompt, { at: fetchAt, to: controller, user: admin.user, protocol: 'NTLM', privileged: true })
  shareAccess(log, fetchAt + 400, {
    session: smb.session,
    from: app.ip,
    port: smb.port,
    share: 'C$',
    path: 'Windows\\Temp\\ifm\\Active Directory\\ntds.dit',
  })
  logoff(log, fetchAt + 5 * minuteMs, smb.session, 3)
  prompt.log.create(fetchAt + 4 * minuteMs, prompt.process, 'C:\\$Recycle.Bin\\n.dit')
  const bytes = pack(plan, prompt, fetchAt + 8 * minuteMs, 'C:\\$Recycle.Bin\\n.dit')
  const outAt = fetchAt + random.between(40, 90) * minuteMs
  outByBridge(plan, outAt, bytes)
  attack.stage(outAt, app, 'exfiltration')
}
