import { dayMs, minuteMs } from '../calendar.ts'
import type { Foot } from './movement.ts'
import { flow } from './network-log.ts'
import type { Plan } from './softcell-plan.ts'
import { request } from './web-requests.ts'
import type { Process } from './windows-log.ts'

/** The VPN bridge on the application server. */
export function bridgeProcess(plan: Plan): Process {
  return plan.world.on(plan.app).running(plan.bridge.image)
}

/** The bridge calls its relay, whose name it looks up. */
export function callRelay(plan: Plan, at: number): void {
  const log = plan.world.on(plan.app)
  log.lookUp(at - 120, bridgeProcess(plan), plan.relayName, plan.relay)
  log.connect(at, bridgeProcess(plan), { ip: plan.relay, port: 443 })
}

/** Bytes that leave through the bridge. */
export function outByBridge(plan: Plan, at: number, bytes: number): void {
  callRelay(plan, at)
  flow(plan.world, {
    at,
    from: plan.app.ip,
    to: plan.relay,
    port: 443,
    sent: bytes,
    received: Math.floor(bytes / 60),
    seconds: Math.ceil(bytes / 2_000_000),
    service: 'ssl',
  })
  plan.attack.sent(bytes)
}

/** An archive with a password, in parts, in the Recycle Bin. Returns its size. */
export function pack(plan: Plan, foot: Foot, at: number, what: string): number {
  const { random } = plan
  const tool = `C:\\$Recycle.Bin\\${plan.brings('packer').pick(['rr.exe', 'r.exe', 'conhost32.exe'])}`
  const name = random.hex(4)
  foot.log.create(at, foot.process, tool)
  const packer = foot.log.start(at + minuteMs, {
    image: tool,
    line: `${tool} a -hp${random.hex(8)} -v200m -m5 C:\\$Recycle.Bin\\${name}.rar ${what}`,
    parent: foot.process,
    originalName: 'rar.exe',
  })
  const count = random.between(2, 6)
  for (let part = 1; part <= count; part++)
    foot.log.create(at + (1 + part * 2) * minuteMs, packer, `C:\\$Recycle.Bin\\${name}.part${part}.rar`)
  plan.attack.stage(at + minuteMs, foot.log.host, 'collection')
  return (count - 1) * 209_715_200 + random.between(10_000_000, 200_000_000)
}

/** Between the waves: the bridge calls home, and the web shell is asked now and then whether it is still there. */
export function betweenWaves(plan: Plan): void {
  const { world, app, relay, random } = plan
  for (let at = world.from + random.below(3 * dayMs); at < plan.waves[2] - dayMs; at += 6 * dayMs + random.below(2 * dayMs)) {
    callRelay(plan, at)
    flow(world, {
      at,
      from: app.ip,
      to: relay,
      port: 443,
      sent: random.between(3_000, 9_000),
      received: random.between(3_000, 9_000),
      seconds: random.between(20, 90),
      service: 'ssl',
    })
  }
  for (let at = plan.waves[0] + 20 * dayMs; at < plan.waves[1] - dayMs; at += random.between(20, 45) * dayMs)
    request(world, plan.web, {
      at,
      client: plan.clients[0] ?? '',
      method: 'GET',
      path: plan.shell.path,
      status: 200,
      bytes: 0,
      agent: 'Mozilla/5.0 (Windows NT 6.1; WOW64)',
    })
}
