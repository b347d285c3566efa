import { dayMs, hourMs } from '../calendar.ts'
import { accounted, flow, routerSays } from './network-log.ts'
import { some } from './pace.ts'
import type { World } from './world.ts'

/** Ordinary connections over the border. */
export function borderTraffic(world: World): void {
  const { estate } = world
  const random = world.random('border')
  const talkers = [estate.one('proxy'), estate.one('updates'), estate.one('protection'), ...estate.of('controller')]
  for (let day = 0; day < world.days; day++) {
    const start = world.from + day * dayMs
    for (let more = some(world, random, 60); more > 0; more--) {
      const from = random.pick(talkers)
      const name = from.role === 'controller'
      flow(world, {
        at: start + random.below(dayMs),
        from: from.ip,
        to: name ? '198.51.100.53' : `198.51.100.${random.between(10, 29)}`,
        port: name ? 53 : 443,
        sent: Math.round(3_000 * Math.exp(random.normal())),
        received: Math.round(40_000 * Math.exp(random.normal())),
        seconds: 1 + random.below(90),
        service: name ? 'dns' : 'ssl',
        ...(name ? { udp: true } : {}),
      })
    }
    // Copies of the backup go to a partner's store every night.
    flow(world, {
      at: start + 5 * hourMs,
      from: estate.one('backup').ip,
      to: '203.0.113.200',
      port: 443,
      sent: 4e9 + random.below(1e9),
      received: 3e6,
      seconds: 5_400,
      service: 'ssl',
    })
  }
}

const show = [
  'show running-config',
  'show bgp summary',
  'show interfaces description',
  'show logging last 50',
  'show platform',
  'ping 10.0.0.1 source loopback0',
]

/** Network engineers at the routers, by way of the jump host. */
export function routerWork(world: World): void {
  const { estate } = world
  const random = world.random('routers')
  const engineers = estate.admins.map((admin) => admin.name.replace('adm.', 'net.')).slice(0, 2)
  let task = 4_000
  for (let day = 0; day < world.days; day++) {
    for (let more = some(world, random, 3); more > 0; more--) {
      const device = random.pick(estate.of('router'))
      const user = random.pick(engineers)
      const from = random.pick(estate.of('jump')).ip
      const at = world.working(day, random.unit())
      task += 1
      accounted(world, device, { at, user, from, task })
      routerSays(world, device, at, {
        process: 'sshd[65899]',
        message: `%SECURITY-SSHD-6-INFO_SUCCESS : Successfully authenticated user '${user}' from '${from}' on 'vty0'(cipher 'aes128-ctr', mac 'hmac-sha2-256')`,
      })
      for (let command = 0; command < random.between(1, 4); command++)
        accounted(world, device, { at: at + (command + 1) * 40_000, user, from, task: ++task, command: random.pick(show) })
      if (random.chance(0.25)) {
        for (const [step, command] of [
          'configure terminal',
          `interface GigabitEthernet0/0/0/${random.below(8)}`,
          'description customer link',
          'commit',
        ].entries())
          accounted(world, device, { at: at + 200_000 + step * 9_000, user, from, task: ++task, command })
        routerSays(world, device, at + 230_000, {
          process: 'config[65850]',
          message: `%MGBL-SYS-5-CONFIG_I : Configured from console by ${user} on vty0 (${from})`,
        })
      }
    }
  }
}
