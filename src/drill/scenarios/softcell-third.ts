import { minuteMs } from '../calendar.ts'
import { connected, queried } from './database-log.ts'
import { subject } from './identity.ts'
import { logoff, shareAccess } from './logon.ts'
import { desktop, overSmb } from './movement.ts'
import { bridgeProcess, callRelay, outByBridge, pack } from './softcell-bridge.ts'
import type { Plan } from './softcell-plan.ts'
import type { Process } from './windows-log.ts'

/** Third wave: by the VPN bridge to the jump host, to the call detail records; packed, moved, sent. */
export function thirdWave(plan: Plan): void {
  const { world, attack, random, app, jump, database, made } = plan
  const start = plan.waves[2]
  const caller = `WIN-${random.hex(8).toUpperCase()}`
  const own = world.on(app)
  callRelay(plan, start - 30_000)
  const port = own.connect(start, bridgeProcess(plan), { ip: jump.ip, port: 3389, host: jump.name })
  const foot = desktop(world, {
    at: start + 60,
    to: jump,
    user: made,
    from: { ip: app.ip, name: caller, port },
    privileged: true,
  })
  attack.move(start, { from: app, to: jump, account: made, means: 'rdp' })
  attack.stage(start, jump, 'lateral-movement')
  const prompt = foot.log.start(start + 3 * minuteMs, { image: 'cmd.exe', parent: foot.process })
  const tool = (name: string, at: number, line: string): Process => {
    const image = `C:\\Program Files\\PostgreSQL\\16\\bin\\${name}`
    const process = foot.log.start(at, {
      image,
      line: `"${image}" -h ${database.name} -U cdr_admin -d cdr ${line}`,
      parent: prompt,
    })
    foot.log.connect(at + 300, process, { ip: database.ip, port: 5432, host: database.name })
    return process
  }
  const by = { principal: 'cdr_admin', database: 'cdr', from: jump.ip }
  const at = start + 20 * minuteMs
  tool('psql.exe', at, '-c "select * from voice where msisdn in (...)"')
  connected(world, database, { at: at + 350, ...by, application: 'psql' })
  for (let person = 0; person < random.between(12, 24); person++)
    queried(world, database, {
      at: at + minuteMs + person * 40_000,
      ...by,
      application: 'psql',
      command: 'SELECT',
      object: 'cdr.voice',
      statement: `select call_ts, b_number, cell_id from voice where msisdn = '601${random.between(10_000_000, 99_999_999)}'`,
      rows: random.between(80, 2_400),
    })
  attack.act(at, { from: jump, to: database, account: 'cdr_admin', means: 'database' })
  attack.stage(at, database, 'collection')
  const table = random.pick(['cdr.voice_202606', 'cdr.voice_202607'])
  const dumpAt = at + random.between(40, 100) * minuteMs
  const dump = tool('pg_dump.exe', dumpAt, `-t ${table} -Fc -f C:\\$Recycle.Bin\\v.dmp`)
  queried(world, database, {
    at: dumpAt + 900,
    ...by,
    application: 'pg_dump',
    command: 'COPY',
    object: table,
    statement: `COPY ${table} (call_ts, msisdn, b_number, duration_s, cell_id, imei) TO stdout`,
    rows: random.between(20_000_000, 60_000_000),
  })
  foot.log.create(dumpAt + 2_000, dump, 'C:\\$Recycle.Bin\\v.dmp')
  attack.read(database, 'cdr.voice', ['cdr', 'location'])
  attack.read(database, table, ['cdr', 'location'])
  const bytes = pack(plan, { log: foot.log, process: prompt }, dumpAt + 25 * minuteMs, 'C:\\$Recycle.Bin\\v.dmp')

  // To the application server over its admin share, and out by the bridge.
  const copyAt = dumpAt + 70 * minuteMs
  foot.log.start(copyAt - 500, {
    image: 'cmd.exe',
    line: `cmd.exe /c copy C:\\$Recycle.Bin\\*.rar \\\\${app.name}\\C$\\$Recycle.Bin\\`,
    parent: prompt,
  })
  const smb = overSmb(world, foot, { at: copyAt, to: app, user: made, protocol: 'NTLM', privileged: true })
  for (let part = 1; part < 4; part++)
    shareAccess(own, copyAt + part * 20_000, {
      session: smb.session,
      from: jump.ip,
      port: smb.port,
      share: 'C$',
      path: `$Recycle.Bin\\a.part${part}.rar`,
      write: true,
    })
  logoff(own, copyAt + 9 * minuteMs, smb.session, 3)
  const outAt = copyAt + random.between(30, 200) * minuteMs
  outByBridge(plan, outAt, bytes)
  attack.stage(outAt, app, 'exfiltration')
  if (random.chance(0.5)) {
    const clearAt = outAt + 20 * minuteMs
    const clear = foot.log.start(clearAt, { image: 'wevtutil.exe', line: 'wevtutil cl Security', parent: prompt })
    foot.log.security(clearAt + 400, 1102, { ...subject(clear.session, jump.name) })
    attack.stage(clearAt, jump, 'defense-evasion')
  }
  logoff(foot.log, outAt + 40 * minuteMs, foot.process.session, 10)
}
