import { accessLogTime, calendar, dayMs, hourMs, wallHour } from './calendar.ts'
import type { Machine } from './estate.ts'
import type { Output } from './output.ts'
import { Random, skewed } from './random.ts'

/** One request as the web server logs it. */
export interface WebRequest {
  readonly at: number
  readonly client: string
  readonly request: string
  readonly status: number
  readonly bytes: number
  readonly referer: string
  readonly agent: string
}

const agents = skewed([
  'Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0',
  'MeridianApp/7.12 okhttp/4.12.0',
])

const pages = skewed<readonly [request: string, status: number, bytes: number]>([
  ['GET /selfcare/ HTTP/1.1', 200, 18_204],
  ['GET /selfcare/static/app.js HTTP/1.1', 304, 0],
  ['POST /selfcare/api/login HTTP/1.1', 200, 412],
  ['GET /selfcare/api/usage HTTP/1.1', 200, 3_840],
  ['GET /selfcare/api/bill/latest HTTP/1.1', 200, 2_210],
  ['GET /selfcare/static/app.css HTTP/1.1', 200, 44_120],
  ['POST /selfcare/api/topup HTTP/1.1', 200, 530],
  ['GET /selfcare/bill/pdf?month=2026-05 HTTP/1.1', 200, 181_300],
  ['POST /selfcare/api/login HTTP/1.1', 401, 96],
  ['POST /selfcare/upload HTTP/1.1', 200, 148],
  ['GET /selfcare/uploads/avatar_default.png HTTP/1.1', 200, 9_312],
  ['GET /favicon.ico HTTP/1.1', 404, 682],
  ['GET /robots.txt HTTP/1.1', 404, 682],
])

const probes = [
  '/.env',
  '/wp-login.php',
  '/manager/html',
  '/phpmyadmin/',
  '/.git/config',
  '/actuator/health',
  '/cgi-bin/luci',
  '/solr/admin/info',
]

/** Ordinary traffic of one server of the self-care site: customers, and the scanners that every address on the Internet sees. */
export function ordinaryTraffic(seed: number, machine: Machine, count: number): WebRequest[] {
  const random = new Random(seed, 'web', machine.name)
  const requests: WebRequest[] = []
  while (requests.length < count) {
    const at = calendar.logsFrom + Math.floor(random.unit() * calendar.logDays * dayMs)
    const hour = wallHour(at)
    if (hour < 7 && random.chance(0.8)) continue
    if (random.chance(0.006)) {
      const client = `198.51.100.${random.between(1, 254)}`
      requests.push({
        at,
        client,
        request: `GET ${random.pick(probes)} HTTP/1.1`,
        status: 404,
        bytes: 682,
        referer: '-',
        agent: 'Mozilla/5.0 zgrab/0.x',
      })
      continue
    }
    // Customers come through the operator's own carrier-grade NAT (RFC 6598) or other networks.
    const client = random.chance(0.8)
      ? `100.${64 + random.below(4)}.${random.below(256)}.${random.between(1, 254)}`
      : `192.0.2.${random.between(1, 254)}`
    const agent = agents(random)
    let when = at
    for (let more = random.between(1, 6); more > 0; more--) {
      const [request, status, bytes] = pages(random)
      requests.push({
        at: when,
        client,
        request,
        status,
        bytes: bytes > 500 ? bytes + random.below(400) : bytes,
        referer: 'https://selfcare.meridian.example/selfcare/',
        agent,
      })
      when += random.between(400, 20_000)
    }
  }
  return requests.filter((one) => one.at < calendar.logsFrom + calendar.logDays * 24 * hourMs)
}

/** Writes the server's access log in the combined format. Returns its path. */
export async function writeWebLog(machine: Machine, requests: readonly WebRequest[], out: Output): Promise<string> {
  const path = `case/logs/${machine.name.toLowerCase()}-access.log`
  const file = out.open(path)
  const sorted = [...requests].sort((a, b) => a.at - b.at)
  for (const [at, one] of sorted.entries()) {
    if (at % 20_000 === 0) await out.step('web access log', at, sorted.length, 'requests')
    file.line(
      `${one.client} - - [${accessLogTime(one.at)}] "${one.request}" ${one.status} ${one.bytes === 0 ? '-' : one.bytes} "${one.referer}" "${one.agent}"`,
    )
  }
  file.close()
  return path
}
