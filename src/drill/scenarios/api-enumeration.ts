import { dayMs, hourMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import { request } from './web-requests.ts'
import type { World } from './world.ts'

/**
 * The interface behind the self-care application gives any customer's record to whoever counts customer numbers up. It is asked from
 * rotating addresses, slowly, for days; no host is compromised, nothing but the web server's log shows it.
 */
export function apiEnumeration(world: World, attack: Attack): void {
  const random = world.random('api-enumeration', attack.number)
  const host = world.estate.one('api')
  const addresses = random
    .shuffled(Array.from({ length: 70 }, (_, at) => `203.0.113.${100 + at}`))
    .slice(0, random.between(18, 60))
  const agent = random.pick(['python-requests/2.32.3', 'okhttp/4.9.3', 'Go-http-client/2.0', 'MeridianApp/7.12 okhttp/4.12.0'])
  const path = random.pick(['/v1/customers', '/v2/customers', '/internal/customers'])
  const first = world.from + (12 + random.below(9)) * dayMs + random.between(1, 20) * hourMs
  let number = random.between(1_000_000, 8_000_000)
  let at = first
  const wanted = random.between(1_400, 2_600)
  // First some requests to see what works.
  for (const [step, tried] of ['/v1/', '/swagger.json', '/v1/customers/1', `${path}/${number}`].entries())
    request(world, host, {
      at: at + step * 21_000,
      client: addresses[0] ?? '',
      method: 'GET',
      path: tried,
      status: step < 2 ? 404 : step === 2 ? 400 : 200,
      bytes: step < 3 ? 210 : 1_180,
      agent,
    })
  attack.enter(first, host, { kind: 'api', addresses })
  attack.touch(host)
  attack.stage(first, host, 'initial-access')
  at += hourMs
  attack.stage(at, host, 'collection')
  let bytes = 0
  for (let done = 0; done < wanted; done++) {
    number += random.between(1, 3)
    const found = random.chance(0.71)
    const size = found ? 1_060 + random.below(240) : 96
    request(world, host, {
      at,
      client: random.pick(addresses),
      method: 'GET',
      path: `${path}/${number}`,
      status: found ? 200 : random.chance(0.05) ? 429 : 404,
      bytes: size,
      agent,
    })
    bytes += found ? size : 0
    at += Math.floor(random.wait(110_000))
  }
  attack.stage(at, host, 'exfiltration')
  attack.read(host, path, ['identity', 'contact'])
  attack.sent(bytes)
}
