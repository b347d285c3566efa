import { dayMs } from '../calendar.ts'
import { skewed, type Random } from '../random.ts'
import type { Host } from './estate.ts'
import { awake } from './pace.ts'
import { request } from './web-requests.ts'
import type { World } from './world.ts'

const agents = skewed([
  'Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0',
])
const pages = {
  portal: skewed<readonly [method: 'GET' | 'POST', path: string, bytes: number]>([
    ['GET', '/dealer/default.aspx', 9_200],
    ['POST', '/dealer/login.aspx', 2_300],
    ['GET', '/dealer/orders.aspx', 14_600],
    ['POST', '/dealer/upload.aspx', 310],
    ['GET', '/dealer/forms/contract.pdf', 184_000],
  ]),
  selfcare: skewed<readonly [method: 'GET' | 'POST', path: string, bytes: number]>([
    ['GET', '/selfcare/', 18_204],
    ['POST', '/selfcare/login.jsp', 412],
    ['GET', '/selfcare/usage.jsp', 3_840],
    ['POST', '/selfcare/upload.jsp', 148],
    ['GET', '/selfcare/bill.pdf', 181_300],
  ]),
  api: skewed<readonly [method: 'GET' | 'POST', path: string, bytes: number]>([
    ['POST', '/v2/token', 640],
    ['GET', '/v2/usage', 1_900],
    ['GET', '/v2/customers/me', 1_120],
    ['POST', '/v2/topups', 330],
  ]),
} as const
const probes = ['/.env', '/wp-login.php', '/manager/html', '/phpmyadmin/', '/.git/config', '/cgi-bin/luci', '/solr/admin/info']

/** Customers, dealers and their applications; scanners that every address on the Internet sees. They reach as far back as web logs are kept. */
export function webTraffic(world: World): void {
  const period = world.web
  for (const role of ['portal', 'selfcare', 'api'] as const) {
    const host = world.estate.one(role)
    const random = world.random('web', role)
    for (let day = 0; day < period.days; day++) {
      const start = period.from + day * dayMs
      const factor = world.share * Math.min(1, 40 / period.days)
      for (let visits = random.poisson(45 * factor); visits > 0; visits--) visit(world, host, awake(random, start), random)
      for (let more = random.poisson(2 * factor); more > 0; more--)
        request(world, host, {
          at: start + random.below(dayMs),
          client: `198.51.100.${random.between(30, 59)}`,
          method: 'GET',
          path: random.pick(probes),
          status: 404,
          bytes: 682,
          agent: 'Mozilla/5.0 zgrab/0.x',
        })
    }
  }
}

function visit(world: World, host: Host, from: number, random: Random): void {
  const client =
    host.role === 'portal'
      ? `192.0.2.${random.between(1, 90)}`
      : `100.${64 + random.below(4)}.${random.below(256)}.${random.between(1, 254)}`
  const agent = host.role === 'api' ? 'MeridianApp/7.12 okhttp/4.12.0' : agents(random)
  const drawn = pages[host.role as 'portal' | 'selfcare' | 'api']
  let at = from
  for (let more = random.between(1, 6); more > 0; more--) {
    const [method, path, bytes] = drawn(random)
    const wrong = path.includes('login') && random.chance(0.08)
    request(world, host, {
      at,
      client,
      method,
      path,
      status: wrong ? 401 : 200,
      bytes: wrong ? 96 : bytes + random.below(400),
      agent,
    })
    at += random.between(400, 20_000)
  }
}
