import { wallClock } from '../calendar.ts'
import type { GatewayMake } from './tunnel.ts'

const serial = '012345678901'

/** The lines of a PAN-OS firewall with GlobalProtect, as it sends them by syslog. */
export function globalProtect(host: string): GatewayMake {
  const line = (at: number, type: string, rest: readonly (string | number)[]): string => {
    const text = wallClock(at)
    const stamp = `${text.slice(0, 10).replaceAll('-', '/')} ${text.slice(11, 19)}`
    return `<14>${text.slice(0, 10)}T${text.slice(11, 19)}+08:00 ${host} 1,${stamp},${serial},${type},2305,${stamp},${rest.join(',')}`
  }
  const event = (
    at: number,
    one: {
      readonly event: string
      readonly stage: string
      readonly user: string
      readonly remote: string
      readonly machine: string
      readonly inside: string
      readonly reason: string
      readonly status: string
      readonly seconds: number
    },
  ): string => {
    const machine = one.machine.toLowerCase()
    const account = `meridian\\${one.user}`
    const who = [
      'vsys1',
      one.event,
      one.stage,
      'LDAP',
      'IPSec',
      account,
      'MY',
      one.machine,
      one.remote,
      '0.0.0.0',
      one.inside,
      '0.0.0.0',
    ]
    const what = [
      `host-${machine}`,
      `sn-${machine}`,
      '6.2.4',
      'Windows',
      '"Microsoft Windows 11 , 64-bit"',
      1,
      one.reason,
      '',
      '',
    ]
    const number = 10_000 + (Math.floor(at / 1_000) % 900_000)
    return line(at, 'GLOBALPROTECT,0', [...who, ...what, one.status, '', one.seconds, '', 0, 'gw1', number, '0x0'])
  }
  return {
    path: 'logs/globalprotect.log',
    up: (tunnel, at) => [
      event(at - 4_000, {
        event: 'gateway-auth',
        stage: 'login',
        ...tunnel,
        inside: '0.0.0.0',
        reason: '',
        status: 'success',
        seconds: 0,
      }),
      event(at, { event: 'gateway-connected', stage: 'connected', ...tunnel, reason: '', status: 'success', seconds: 0 }),
    ],
    down: (tunnel, at) => {
      const seconds = Math.round((at - tunnel.from) / 1_000)
      return event(at, {
        event: 'gateway-logout',
        stage: 'logout',
        ...tunnel,
        reason: 'client logout',
        status: 'success',
        seconds,
      })
    },
    refused: ({ user, remote }, at) => {
      const nothing = { machine: 'HOME-PC', inside: '0.0.0.0', seconds: 0 }
      const reason = 'Invalid username/password'
      return event(at, { event: 'gateway-auth', stage: 'login', user, remote, ...nothing, reason, status: 'failure' })
    },
    through: (tunnel, to, at) => {
      const id = (tunnel.id + to.fromPort) % 1_000_000
      const text = wallClock(at - to.seconds * 1_000)
      const began = `${text.slice(0, 10).replaceAll('-', '/')} ${text.slice(11, 19)}`
      const bytes = to.sent + to.received
      const application = to.port === 3389 ? 'ms-rdp' : 'ssl'
      const ends = [
        tunnel.inside,
        to.ip,
        '0.0.0.0',
        '0.0.0.0',
        'vpn-inside',
        `meridian\\${tunnel.user}`,
        '',
        application,
        'vsys1',
      ]
      const ways = [
        'vpn',
        'inside',
        'tunnel.1',
        'ethernet1/2',
        'default',
        '',
        id,
        1,
        to.fromPort,
        to.port,
        0,
        0,
        '0x19',
        'tcp',
        'allow',
      ]
      const counts = [bytes, to.sent, to.received, Math.ceil(bytes / 900), began, to.seconds, 'any']
      return line(at, 'TRAFFIC,end', [...ends, ...ways, ...counts])
    },
  }
}
