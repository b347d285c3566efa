import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import { inAmcache, inFileTable } from './artefacts.ts'
import type { Attack } from './attack.ts'
import type { Host } from './estate.ts'
import { askShell, planSoftcell, type Plan } from './softcell-plan.ts'
import { betweenWaves } from './softcell-bridge.ts'
import { secondWave } from './softcell-second.ts'
import { thirdWave } from './softcell-third.ts'
import { request } from './web-requests.ts'
import type { World } from './world.ts'

/**
 * Three waves over nine months in the manner of Operation Soft Cell. Of the first one the Windows logs have rolled: the web server's log and
 * the artefacts of two file systems tell of it. The second comes back through the web shell, the third through the VPN bridge of the first.
 */
export function softcell(world: World, attack: Attack): void {
  const plan = planSoftcell(world, attack)
  world.recorder.attacker = 0
  ordinaryArtefacts(plan)
  world.recorder.attacker = attack.number
  firstWave(plan)
  betweenWaves(plan)
  secondWave(plan)
  thirdWave(plan)
}

function firstWave(plan: Plan): void {
  const { world, attack, random, web, app, shell, bridge } = plan
  const start = plan.waves[0]
  const client = plan.clients[0] ?? ''
  const { agent, climb, disguise } = plan.manner
  const base = web.role === 'portal' ? '/dealer' : '/selfcare'
  for (const [step, path] of [`${base}/`, '/manager/html', `${base}/web.config`, `${base}/forms/`].entries())
    request(world, web, {
      at: start - 900_000 + step * 31_000,
      client,
      method: 'GET',
      path,
      status: step === 0 ? 200 : 404,
      bytes: 682,
      agent,
    })
  const script = web.role === 'portal' ? 'upload.aspx' : 'upload.jsp'
  request(world, web, {
    at: start,
    client,
    method: 'POST',
    path: `${base}/${script}`,
    query: `name=${climb}${shell.name}`,
    status: 200,
    bytes: 148,
    agent,
  })
  inFileTable(world, web, {
    at: start + 180,
    folder: shell.folder,
    name: shell.name,
    size: random.between(300, 4_000),
    backdated: start - random.between(300, 900) * dayMs,
  })
  attack.enter(start, web, { kind: 'web-server', addresses: plan.clients })
  attack.compromise(web)
  attack.stage(start, web, 'initial-access')
  for (let step = 0; step < random.between(10, 18); step++)
    askShell(plan, start + 3 * minuteMs + step * random.between(60_000, 200_000), 0, random.between(150, 6_000))
  attack.stage(start + 3 * minuteMs, web, 'execution')

  const tools = start + hourMs
  const scanner = plan.brings('scanner').pick(['nb.exe', 'nbt.exe', 'ns.exe'])
  const dropped = (host: Host, at: number, folder: string, name: string, size: number): void => {
    inFileTable(world, host, { at, folder, name, size })
    if (name.endsWith('.exe'))
      inAmcache(world, host, { at: at + 30_000, path: `C:\\${folder}\\${name}`, size, hash: random.hex(40) })
  }
  askShell(plan, tools, 0, 90)
  dropped(web, tools + 1_000, 'Windows\\Temp', scanner, 36_864)
  attack.stage(tools, web, 'discovery')
  const hives = tools + 70 * minuteMs
  for (const [step, name] of ['sam.tmp', 'sys.tmp', 'sec.tmp'].entries()) {
    askShell(plan, hives + step * 60_000, 0, 70)
    dropped(web, hives + step * 60_000 + 700, 'Windows\\Temp', name, random.between(65_536, 20_000_000))
  }
  attack.stage(hives, web, 'credential-access')

  // To the application server: only the service's file and Amcache say so.
  const moved = start + random.between(6, 20) * hourMs
  askShell(plan, moved - 2_000, 0, 400)
  dropped(web, moved - 60_000, 'Windows\\Temp', 'ps.exe', 381_816)
  dropped(app, moved, 'Windows', 'PSEXESVC.exe', 189_792)
  attack.move(moved, { from: web, to: app, account: plan.stolen.user, means: 'psexec' })
  attack.stage(moved, app, 'lateral-movement')
  const installed = moved + random.between(20, 60) * minuteMs
  dropped(app, installed, bridge.folder, bridge.image.slice(bridge.image.lastIndexOf('\\') + 1), 5_341_184)
  for (const [step, name] of ['hamcore.se2', 'vpn_bridge.config'].entries())
    inFileTable(world, app, {
      at: installed + 2_000 + step * 900,
      folder: bridge.folder,
      name,
      size: 1_400_000 - step * 1_390_000,
    })
  attack.stage(installed, app, 'persistence')

  const packed = installed + random.between(2, 20) * hourMs
  const parts = random.between(2, 4)
  const folder = '$Recycle.Bin'
  dropped(app, packed - 90_000, folder, 'rr.exe', 583_168)
  attack.stage(packed, app, 'collection')
  for (let part = 1; part <= parts; part++)
    inFileTable(world, app, { at: packed + part * 40_000, folder, name: `a.part${part}.rar`, size: 52_428_800 })
  const out = packed + random.between(1, 4) * hourMs
  for (let part = 1; part <= parts; part++) {
    const name = `${random.hex(3)}.${disguise}`
    inFileTable(world, web, { at: out + part * 600_000 - 9_000, folder: shell.folder, name, size: 52_428_800 })
    request(world, web, {
      at: out + part * 600_000,
      client,
      method: 'GET',
      path: `${shell.path.slice(0, shell.path.lastIndexOf('/'))}/${name}`,
      status: 200,
      bytes: 52_428_800,
      agent,
    })
    attack.sent(52_428_800)
  }
  attack.stage(out + 600_000, web, 'exfiltration')
}

/** What else is in the file tables and in Amcache of the two servers: programs and files of nine ordinary months. */
function ordinaryArtefacts(plan: Plan): void {
  const { world } = plan
  const { from, days } = world.web
  for (const host of [plan.web, plan.app]) {
    const random = world.random('artefacts', host.name)
    for (let count = 0; count < 320; count++) {
      const at = from + random.below(days * dayMs)
      const [folder, name] = random.pick([
        ['Windows\\SoftwareDistribution\\Download', `${random.hex(12)}.cab`],
        ['Windows\\Temp', `${random.hex(6)}.tmp`],
        ['Ops\\logs', `job-${random.between(1, 999)}.log`],
        ['Program Files\\Senja Monitor', `probe-${random.between(1, 40)}.dll`],
        ['ProgramData\\Microsoft\\Windows Defender\\Scans', `${random.hex(8)}.bin`],
        [plan.shell.folder, `contract-${random.between(1, 400)}.pdf`],
      ] as const)
      inFileTable(world, host, { at, folder, name, size: random.between(200, 4_000_000) })
    }
    for (let count = 0; count < 60; count++) {
      const at = from + random.below(days * dayMs)
      const path = random.pick([
        `C:\\Windows\\SoftwareDistribution\\Download\\Install\\kb${random.between(5_000_000, 5_100_000)}.exe`,
        'C:\\Program Files\\Senja Monitor\\probe.exe',
        'C:\\Ops\\Sysinternals\\handle.exe',
        'C:\\Program Files\\Warden\\agent.exe',
      ])
      inAmcache(world, host, { at, path, size: random.between(60_000, 4_000_000), hash: random.hex(40) })
    }
  }
}
