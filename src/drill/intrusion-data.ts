import type { Process } from './host-log.ts'
import { parts, systemSession } from './session.ts'
import { download, shell } from './intrusion-entry.ts'
import type { Intrusion } from './intrusion-plan.ts'
import { explicitCredentials, logon, shareAccess } from './logons.ts'

const cmdImage = 'C:\\Windows\\System32\\cmd.exe'

/** Bytes that left through the web shell. */
export interface Taken {
  readonly bytes: number
  readonly parts: number
}

/** From the application server to the jump host by remote desktop, persistence there, and the CDR database beyond it. */
export function toDatabase(intrusion: Intrusion, cmd: Process, tomcat: Process): Taken {
  const { estate, at, madeAccount } = intrusion
  const { application, adminHost, database, web } = estate
  const here = intrusion.log(application)
  const there = intrusion.log(adminHost)
  const [, made] = parts(madeAccount)
  const keep = here.start(at(778), {
    image: 'C:\\Windows\\System32\\cmdkey.exe',
    commandLine: `cmdkey /generic:TERMSRV/${adminHost.name} /user:${madeAccount} /pass:${intrusion.random.hex(8)}`,
    parent: cmd,
  })
  explicitCredentials(here, at(779), { by: systemSession, as: madeAccount, to: `TERMSRV/${adminHost.name}`, process: keep.image })
  const mstsc = here.start(at(779) + 400, {
    image: 'C:\\Windows\\System32\\mstsc.exe',
    commandLine: `mstsc.exe /v:${adminHost.name}`,
    parent: cmd,
  })
  here.connect(at(780), mstsc, { ip: adminHost.ip, port: 3389, host: adminHost.name })
  there.connect(
    at(780) + 50,
    there.running('C:\\Windows\\System32\\svchost.exe', { user: 'NT AUTHORITY\\NETWORK SERVICE', logonId: '0x3e4' }),
    { ip: adminHost.ip, port: 3389, from: application.ip },
  )
  logon(there, at(780) + 700, {
    user: madeAccount,
    type: 3,
    from: { ip: application.ip, name: application.name },
    protocol: 'NTLM',
    privileged: true,
  })
  const session = logon(there, at(780) + 2_400, {
    user: madeAccount,
    type: 10,
    from: { ip: application.ip, name: application.name },
    protocol: 'Negotiate',
    privileged: true,
  })
  const explorer = there.start(at(781), {
    image: 'C:\\Windows\\explorer.exe',
    commandLine: 'C:\\Windows\\Explorer.EXE',
    parent: there.running('C:\\Windows\\System32\\userinit.exe'),
    session,
  })
  intrusion.note('movement to the jump host (remote desktop)', adminHost, at(780))

  const prompt = there.start(at(785), { image: cmdImage, commandLine: 'cmd.exe', parent: explorer, session })
  persist(intrusion, prompt)

  const query = (minute: number, tool: 'psql.exe' | 'pg_dump.exe', tail: string): Process => {
    const image = `C:\\Program Files\\PostgreSQL\\16\\bin\\${tool}`
    const process = there.start(at(minute), {
      image,
      commandLine: `"${image}" -h ${database.name} -U ${intrusion.databaseAccount} -d cdr ${tail}`,
      parent: prompt,
      session,
    })
    there.connect(at(minute) + 260, process, { ip: database.ip, port: 5432, host: database.name })
    return process
  }
  const ask = (minute: number, statement: string, rows: number, application = 'psql'): void => {
    intrusion.statements.push({
      at: at(minute) + 900,
      account: intrusion.databaseAccount,
      sourceIp: adminHost.ip,
      application,
      statement,
      rows,
    })
  }
  query(1_080, 'psql.exe', '-c "\\dt cdr.*"')
  ask(
    1_080,
    "select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = 'cdr'",
    14,
  )
  query(1_090, 'psql.exe', '-c "select count(*) from cdr.voice"')
  ask(1_090, 'select count(*) from cdr.voice', 1)
  intrusion.note('CDR database reached', database, at(1_080))
  const dump = query(1_110, 'pg_dump.exe', '-t cdr.voice_202606 -Fc -f C:\\$Recycle.Bin\\v6.dmp')
  ask(1_110, 'COPY cdr.voice_202606 (call_ts, msisdn, b_number, duration_s, cell_id, imei) TO stdout;', 41_877_206, 'pg_dump')
  there.create(at(1_112), dump, 'C:\\$Recycle.Bin\\v6.dmp')
  intrusion.note('call detail records dumped', adminHost, at(1_110))
  return exfiltrate(intrusion, { prompt, tomcat, made, web: web.name })
}

/** A SoftEther VPN bridge under another name, as a service. */
function persist(intrusion: Intrusion, prompt: Process): void {
  const { at } = intrusion
  const { adminHost } = intrusion.estate
  const there = intrusion.log(adminHost)
  const folder = 'C:\\ProgramData\\Intel\\Shader'
  const image = `${folder}\\igfxbridge.exe`
  for (const [step, file] of ['igfxbridge.exe', 'hamcore.se2', 'vpn_bridge.config'].entries())
    there.create(at(792) + step * 300, prompt, `${folder}\\${file}`)
  const install = there.start(at(795), {
    image,
    commandLine: `${image} /install`,
    parent: prompt,
    originalName: 'vpnbridge.exe',
    product: ['SoftEther VPN', 'SoftEther VPN Project at University of Tsukuba, Japan.'],
  })
  there.setValue(
    at(795) + 300,
    there.running('C:\\Windows\\System32\\services.exe'),
    'HKLM\\System\\CurrentControlSet\\Services\\SEVPNBRIDGE\\ImagePath',
    `"${image}" /service`,
  )
  there.service(at(795) + 320, 'SEVPNBRIDGE', `"${image}" /service`, 'auto start')
  const service = there.start(at(796), {
    image,
    commandLine: `"${image}" /service`,
    parent: install,
    session: systemSession,
    originalName: 'vpnbridge.exe',
    product: ['SoftEther VPN', 'SoftEther VPN Project at University of Tsukuba, Japan.'],
  })
  there.connect(at(796) + 800, service, { ip: intrusion.relayAddress, port: 443 })
  there.connect(at(960), service, { ip: intrusion.relayAddress, port: 443 })
  intrusion.note('VPN bridge installed as a service', adminHost, at(795))
}

function exfiltrate(
  intrusion: Intrusion,
  context: { readonly prompt: Process; readonly tomcat: Process; readonly made: string; readonly web: string },
): Taken {
  const { at, random, estate, madeAccount } = intrusion
  const { adminHost, web } = estate
  const there = intrusion.log(adminHost)
  const rar = 'C:\\$Recycle.Bin\\rr.exe'
  const line = `${rar} a -hp${random.hex(8)} -v200m -m5 C:\\$Recycle.Bin\\v.rar C:\\$Recycle.Bin\\v6.dmp`
  there.create(at(1_145), context.prompt, rar)
  const packer = there.start(at(1_150), { image: rar, commandLine: line, parent: context.prompt, originalName: 'rar.exe' })
  const count = random.between(5, 9)
  for (let part = 1; part <= count; part++) there.create(at(1_150 + part * 2), packer, `C:\\$Recycle.Bin\\v.part${part}.rar`)
  intrusion.note('records packed with a password', adminHost, at(1_150))

  there.start(at(1_198), {
    image: cmdImage,
    commandLine: `cmd.exe /c copy C:\\$Recycle.Bin\\v.part*.rar \\\\${web.name}\\C$\\Tomcat9\\temp\\`,
    parent: context.prompt,
  })
  there.connect(at(1_198) + 200, there.running('System'), { ip: web.ip, port: 445, host: web.name })
  const log = intrusion.log(web)
  const session = logon(log, at(1_198) + 300, {
    user: madeAccount,
    type: 3,
    from: { ip: adminHost.ip, name: adminHost.name },
    protocol: 'NTLM',
    privileged: true,
  })
  let bytes = 0
  for (let part = 1; part <= count; part++) {
    shareAccess(log, at(1_199 + part), {
      session,
      fromIp: adminHost.ip,
      share: 'C$',
      path: `Tomcat9\\temp\\v.part${part}.rar`,
      write: true,
    })
    const size = part < count ? 209_715_200 : random.between(20_000_000, 200_000_000)
    download(intrusion, 1_230 + part * 9, size + random.between(80, 400))
    bytes += size
  }
  intrusion.note('archives fetched through the web shell', web, at(1_239))
  shell(intrusion, context.tomcat, { minute: 1_330, command: 'del /q C:\\Tomcat9\\temp\\v.part*.rar' })
  const clear = there.start(at(1_340), {
    image: 'C:\\Windows\\System32\\wevtutil.exe',
    commandLine: 'wevtutil cl Security',
    parent: context.prompt,
  })
  there.cleared(at(1_340) + 500, { user: madeAccount, logonId: clear.logonId })
  intrusion.note('security log cleared', adminHost, at(1_340))
  return { bytes, parts: count }
}
