import { wallClock } from '../calendar.ts'
import type { GatewayMake, Tunnel } from './tunnel.ts'

/** The lines of a FortiGate. */
export function fortigate(host: string): GatewayMake {
  const line = (at: number, rest: string): string => {
    const text = wallClock(at)
    return `<189>date=${text.slice(0, 10)} time=${text.slice(11, 19)} devname="${host}" devid="FG200F0000000001" eventtime=${at}000000 tz="+0800" ${rest}`
  }
  const event = (id: string, level: string, description: string, action: string): string =>
    `logid="${id}" type="event" subtype="vpn" level="${level}" vd="root" logdesc="${description}" action="${action}"`
  const of = (tunnel: Tunnel): string =>
    `tunneltype="ssl-tunnel" tunnelid=${tunnel.id} remip=${tunnel.remote} tunnelip=${tunnel.inside} user="${tunnel.user}" group="remote" dst_host="N/A"`
  return {
    path: 'logs/fortigate.log',
    up: (tunnel, at) => [
      line(
        at,
        `${event('0101039947', 'information', 'SSL VPN tunnel up', 'tunnel-up')} ${of(tunnel)} reason="tunnel established" msg="SSL tunnel established"`,
      ),
    ],
    down: (tunnel, at, { sent, received }) =>
      line(
        at,
        `${event('0101039948', 'information', 'SSL VPN tunnel down', 'tunnel-down')} ${of(tunnel)} reason="N/A" duration=${Math.round((at - tunnel.from) / 1000)} sentbyte=${sent} rcvdbyte=${received} msg="SSL tunnel shutdown"`,
      ),
    refused: ({ user, remote }, at) =>
      line(
        at,
        `${event('0101039426', 'alert', 'SSL VPN login fail', 'ssl-login-fail')} tunneltype="ssl-web" tunnelid=0 remip=${remote} user="${user}" group="N/A" dst_host="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`,
      ),
    through: (tunnel, to, at) =>
      line(
        at,
        `logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${tunnel.inside} srcport=${to.fromPort} srcintf="ssl.root" dstip=${to.ip} dstport=${to.port} dstintf="inside" sessionid=${tunnel.id % 1_000_000} proto=6 action="close" policyid=12 user="${tunnel.user}" duration=${to.seconds} sentbyte=${to.sent} rcvdbyte=${to.received}`,
      ),
  }
}
