import { fortigate } from './fortigate.ts'
import { globalProtect } from './globalprotect.ts'
import type { GatewayMake, Passage, Tunnel } from './tunnel.ts'
import type { World } from './world.ts'

/** A tunnel comes up. */
export function tunnelUp(
  world: World,
  at: number,
  who: { readonly user: string; readonly remote: string; readonly machine: string; readonly number: number },
): Tunnel {
  const { user, remote, machine, number } = who
  const tunnel = { user, remote, machine, inside: world.estate.pool(number), id: 1_000_000_000 + number * 7_919, from: at }
  write(world, at, (make, shown) => make.up(tunnel, shown))
  return tunnel
}

/** It goes down; bytes as the gateway counts them: `sent` to the far side. */
export function tunnelDown(
  world: World,
  at: number,
  tunnel: Tunnel,
  bytes: { readonly sent: number; readonly received: number },
): void {
  write(world, at, (make, shown) => [make.down(tunnel, shown, bytes)])
}

/** A wrong password at the gateway. */
export function tunnelRefused(world: World, at: number, who: { readonly user: string; readonly remote: string }): void {
  write(world, at, (make, shown) => [make.refused(who, shown)])
}

/** A connection from a tunnel to a computer inside has ended. */
export function throughTunnel(world: World, at: number, tunnel: Tunnel, to: Passage): void {
  write(world, at, (make, shown) => [make.through(tunnel, to, shown)])
}

function write(world: World, at: number, lines: (make: GatewayMake, shown: number) => readonly string[]): void {
  const host = world.estate.one('vpn').name
  const make = world.estate.gateway === 'fortigate' ? fortigate(host) : globalProtect(host)
  for (const text of lines(make, world.recorder.clock(host, at))) world.recorder.add(make.path, { host, at, text })
}
