import { accessLogTime, utcIso } from '../calendar.ts'
import type { Host } from './estate.ts'
import type { World } from './world.ts'

/** One request to a web server. `bytes` of the answer. */
interface Request {
  readonly at: number
  readonly client: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: string
  readonly status: number
  readonly bytes: number
  readonly agent: string
}

/** Where a web server's log stands. */
export function webLogPath(host: Host): string {
  return host.role === 'portal' ? `logs/iis-${host.name}.log` : `logs/${host.name}-access.log`
}

/** Writes a request to the log of its server: W3C for IIS (times UTC), combined format for the others. */
export function request(world: World, host: Host, one: Request): void {
  const path = webLogPath(host)
  const at = world.recorder.clock(host.name, one.at)
  if (host.role === 'portal') {
    world.recorder.file(path, [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      `#Date: ${utcIso(world.web.from).slice(0, 19).replace('T', ' ')}`,
      '#Fields: date time s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes time-taken',
    ])
    const time = utcIso(at).slice(0, 19).replace('T', ' ')
    const text = `${time} ${host.name.toUpperCase()} ${host.ip} ${one.method} ${one.path} ${one.query ?? '-'} 443 - ${one.client} ${one.agent.replaceAll(' ', '+')} - ${one.status} 0 0 ${one.bytes} ${20 + (one.bytes % 400)}`
    world.recorder.add(path, { host: host.name, at: one.at, text })
    return
  }
  const target = one.query === undefined ? one.path : `${one.path}?${one.query}`
  const text = `${one.client} - - [${accessLogTime(at)}] "${one.method} ${target} HTTP/1.1" ${one.status} ${one.bytes === 0 ? '-' : one.bytes} "-" "${one.agent}"`
  world.recorder.add(path, { host: host.name, at: one.at, text })
}
