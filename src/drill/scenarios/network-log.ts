import { utcIso, wallClock } from '../calendar.ts'
import type { Host } from './estate.ts'
import type { World } from './world.ts'

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A command on a network device as TACACS+ accounting keeps it; without a command: a session that starts. */
export function accounted(
  world: World,
  device: Host,
  one: { readonly at: number; readonly user: string; readonly from: string; readonly task: number; readonly command?: string },
): void {
  const shown = world.recorder.clock(device.name, one.at)
  const text = wallClock(shown)
  const day = new Date(shown + 8 * 3_600_000).getUTCDay()
  const time = `${weekdays[day]} ${months[Number(text.slice(5, 7)) - 1]} ${text.slice(8, 10).replace(/^0/, ' ')} ${text.slice(11, 19)} ${text.slice(0, 4)}`
  const fields = [
    time,
    device.name,
    one.user,
    'vty0',
    one.from,
    one.command === undefined ? 'start' : 'stop',
    `task_id=${one.task}`,
    'timezone=MYT',
    'service=shell',
  ]
  if (one.command !== undefined) fields.push(`start_time=${Math.floor(shown / 1000)}`, 'priv-lvl=15', `cmd=${one.command} <cr>`)
  world.recorder.add('logs/tacacs-accounting.log', { host: device.name, at: one.at, text: fields.join('\t') })
}

/** A message of a router running IOS XR, by way of the syslog server, which names the sender. */
export function routerSays(
  world: World,
  device: Host,
  at: number,
  said: { readonly process: string; readonly message: string },
): void {
  const shown = world.recorder.clock(device.name, at)
  const iso = utcIso(shown)
  const time = `${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(8, 10).replace(/^0/, ' ')} ${iso.slice(0, 4)} ${iso.slice(11, 23)} UTC`
  const number = Math.floor(shown / 1000) % 1_000_000
  world.recorder.add('logs/ios-xr.log', {
    host: device.name,
    at,
    text: `${iso.slice(0, 19)}+00:00 ${device.name} ${number}: RP/0/RSP0/CPU0:${time}: ${said.process}: ${said.message}`,
  })
}

/** One connection at the border, as Zeek's conn.log keeps it: when it ended the sensor wrote it down under when it began. */
export function flow(
  world: World,
  one: {
    readonly at: number
    readonly from: string
    readonly to: string
    readonly port: number
    readonly sent: number
    readonly received: number
    readonly seconds: number
    readonly service?: string
    readonly udp?: boolean
  },
): void {
  const path = 'logs/zeek-conn.log'
  world.recorder.file(path, [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\tconn',
    '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state',
    '#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring',
  ])
  const seen = one.at * 1_000 + (one.sent % 1_000)
  const uid = `C${(seen % 2_176_782_336).toString(36)}${(one.sent % 46_656).toString(36)}`
  const text = [
    (seen / 1_000_000).toFixed(6),
    uid,
    one.from,
    String(49_152 + (seen % 15_000)),
    one.to,
    String(one.port),
    one.udp === true ? 'udp' : 'tcp',
    one.service ?? '-',
    one.seconds.toFixed(6),
    String(one.sent),
    String(one.received),
    'SF',
  ].join('\t')
  world.recorder.add(path, { host: 'border-sensor', at: one.at, text })
}

/** One request through the outgoing proxy, in the W3C format of a proxy that authenticates its users. */
export function proxied(
  world: World,
  one: {
    readonly at: number
    readonly client: string
    readonly user: string
    readonly category: string
    readonly method: 'GET' | 'POST' | 'PUT' | 'CONNECT'
    readonly url: string
    readonly agent: string
    readonly received: number
    readonly sent: number
    readonly server: string
  },
): void {
  const path = 'logs/proxy.log'
  world.recorder.file(path, [
    '#Software: SGOS 7.3',
    '#Version: 1.0',
    '#Fields: date time time-taken c-ip cs-username cs-categories sc-status cs-method cs-uri cs(User-Agent) sc-bytes cs-bytes r-ip',
  ])
  const host = world.estate.one('proxy').name
  const time = utcIso(world.recorder.clock(host, one.at)).slice(0, 19).replace('T', ' ')
  const text = `${time} ${40 + (one.received % 900)} ${one.client} ${one.user} "${one.category}" 200 ${one.method} ${one.url} "${one.agent}" ${one.received} ${one.sent} ${one.server}`
  world.recorder.add(path, { host, at: one.at, text })
}

/** Somebody signs in to a Linux computer over SSH, as its syslog keeps it. */
export function shellLogin(
  world: World,
  host: Host,
  one: {
    readonly at: number
    readonly user: string
    readonly from: string
    readonly port: number
    readonly method: 'publickey' | 'password'
  },
): void {
  const time = utcIso(world.recorder.clock(host.name, one.at)).slice(0, 23)
  const key = one.method === 'publickey' ? ': ED25519 SHA256:0pB1W2cTq8mFh3uK5xYzRjLvNsDgEaOiCtMwQpXbVnU' : ''
  world.recorder.add('logs/linux-auth.log', {
    host: host.name,
    at: one.at,
    text: `${time}000+00:00 ${host.name} sshd[${1_000 + (one.port % 30_000)}]: Accepted ${one.method} for ${one.user} from ${one.from} port ${one.port} ssh2${key}`,
  })
}
