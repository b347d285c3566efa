import { isoMicros } from '../../../src/base/index.ts'
import type { Edge, EdgeKind } from '../../../src/intrusion/graph/edge.ts'
import type { Estate } from '../../../src/intrusion/search/estate.ts'
import type { Sighting } from '../../../src/intrusion/sighting.ts'

/** An invented estate without an intruder: what people, administrators and servers do on ordinary days. */
export interface QuietEstate {
  readonly edges: readonly Edge[]
  /** False alarms: a share of process starts, of all levels. */
  readonly sightings: readonly Sighting[]
  readonly estate: Estate
}

/** `hosts` workstations and a tenth as many servers over `days`; about 60 edges per workstation and day. The same seed gives the same estate. */
export function quietEstate({
  seed,
  hosts,
  days,
  alarmsPerDay,
}: {
  readonly seed: number
  readonly hosts: number
  readonly days: number
  readonly alarmsPerDay: number
}): QuietEstate {
  const chance = random(seed)
  const pick = (count: number): number => Math.floor(chance() * count)
  const edges: Edge[] = []
  const servers = Math.max(2, Math.floor(hosts / 10))
  const rarity = (): number => {
    const dice = chance()
    return dice < 0.9 ? pick(2) : dice < 0.98 ? 2 + pick(3) : 5 + pick(4)
  }
  let record = 0
  const add = (at: number, [src, dst, kind]: readonly [string, string, EdgeKind], more: Partial<Edge> = {}): void => {
    const t0 = isoMicros(at)
    record += 1
    const cite = { kind: 'exhibit', sha256: 'e'.repeat(64), file: 'quiet.evtx', at: { kind: 'record', n: record } } as const
    edges.push({ src, dst, t0, t1: t0, kind, account: '', certainty: 1, bits: rarity(), bytes: -1, detail: '', cite, ...more })
  }
  const starts: number[] = []
  for (let day = 0; day < days; day += 1) {
    const morning = Date.UTC(2026, 2, 1 + day, 8)
    for (let host = 0; host < hosts; host += 1) {
      const name = `pc-${host}`
      const account = `corp\\u${host}`
      const session = `sess:${name}|${day}a`
      const came = morning + pick(3_600_000)
      const until = isoMicros(came + 9 * 3_600_000)
      if (chance() < 0.1) {
        add(came - 60_000, [`addr:198.51.100.${pick(200)}`, `vpn:gw|${day}-${host}`, 'access'], { account })
        add(came, [`vpn:gw|${day}-${host}`, session, 'logon'], { account, t1: until })
      }
      add(came, [`acct:${account}`, session, 'uses'], { account, t1: until })
      const shell = `proc:${name}|${day}|?explorer.exe`
      add(came + 1_000, [session, shell, 'runs'], { account })
      const mail = `proc:${name}|${day}m|?outlook.exe`
      add(came + 20_000, [shell, mail, 'starts'], { account })
      let last = shell
      for (let n = 0; n < 16; n += 1) {
        const at = came + 60_000 + pick(8 * 3_600_000)
        const child = `proc:${name}|${day}-${n}`
        const parent = n % 5 === 4 ? last : chance() < 0.1 ? mail : shell
        starts.push(edges.length)
        add(parent === last && n > 0 ? Math.max(at, Date.parse((edges.at(-1) as Edge).t0)) : at, [parent, child, 'starts'], {
          account,
        })
        add(at, [session, child, 'runs'], { account })
        if (chance() < 0.5) add(at + 2_000, [`file:${name}|c:\\programs\\app${pick(40)}.exe`, child, 'loads'])
        if (chance() < 0.5) add(at + 5_000, [child, `file:${name}|c:\\users\\doc${pick(500)}`, 'writes'])
        if (chance() < 0.5) add(at + 6_000, [child, `addr:192.0.2.${pick(250)}`, 'connects'])
        if (chance() < 0.1)
          add(at + 7_000, [child, `sess:srv-${pick(servers)}|${day}-${host}-${n}`, 'logon'], { account, certainty: 0.9 })
        last = child
      }
      add(morning - 18_000_000 + host * 1_000, ['proc:scan-1|nessus', `sess:${name}|${day}s`, 'logon'], { account: 'corp\\scan' })
      add(morning - 14_000_000 + host * 1_000, ['proc:backup-1|agent', `sess:${name}|${day}b`, 'logon'], {
        account: 'corp\\backup',
      })
      add(morning - 13_900_000 + host * 1_000, [`sess:${name}|${day}b`, `proc:${name}|${day}b`, 'runs'], {
        account: 'corp\\backup',
      })
    }
    for (let server = 0; server < servers; server += 1) {
      const name = `srv-${server}`
      add(morning, [`keep:${name}|service|app`, `proc:${name}|${day}app`, 'triggers'])
      for (let n = 0; n < 30; n += 1) {
        const at = morning + pick(36_000_000)
        const client = `web:203.0.113.${pick(250)}`
        if (server % 4 === 0) add(at, [client, `proc:${name}|${day}w${n}`, 'web-request'], { certainty: 0.5 + 0.4 * chance() })
        starts.push(edges.length)
        add(at + 1_000, [`proc:${name}|${day}${server % 4 === 0 ? `w${n}` : 'app'}`, `proc:${name}|${day}c${n}`, 'starts'])
        if (chance() < 0.3) add(at + 2_000, [`proc:${name}|${day}c${n}`, `obj:db-1|t${pick(30)}`, 'queries'])
      }
      const admin = pick(4)
      const session = `sess:${name}|${day}adm`
      add(morning + 7_200_000, [`proc:pc-${admin}|${day}-${pick(16)}`, session, 'logon'], { account: 'corp\\admin' })
      for (let n = 0; n < 4; n += 1) {
        starts.push(edges.length)
        add(morning + 7_300_000 + n * 60_000, [session, `proc:${name}|${day}adm${n}`, 'runs'], { account: 'corp\\admin' })
      }
      // An administrator's round: in by VPN, over the jump host and other servers, with a script several processes deep on each.
      let from = `vpn:gw|${day}-round${server}`
      let at = morning + 14_400_000 + pick(7_200_000)
      for (let hop = 0; hop < 1 + pick(4); hop += 1) {
        const target = hop === 0 ? 'jump-1' : `srv-${(server + hop) % servers}`
        add(at, [from, `sess:${target}|${day}r${server}-${hop}`, 'logon'], {
          account: 'corp\\admin',
          certainty: 0.6 + 0.4 * chance(),
        })
        let parent = `sess:${target}|${day}r${server}-${hop}`
        for (let depth = 0; depth < 2 + pick(4); depth += 1) {
          const child = `proc:${target}|${day}r${server}-${hop}-${depth}`
          at += 20_000 + pick(900_000)
          starts.push(edges.length)
          add(at, [parent, child, depth === 0 ? 'runs' : 'starts'], { account: 'corp\\admin' })
          parent = child
        }
        from = parent
        at += pick(600_000)
      }
    }
  }
  const sightings = Array.from({ length: days * alarmsPerDay }, (): Sighting => {
    const edge = edges[starts[pick(starts.length)] as number] as Edge
    const level = (['low', 'low', 'medium', 'medium', 'medium', 'high', 'high', 'critical'] as const)[
      pick(8)
    ] as Sighting['level']
    const tactic = (['execution', 'discovery', 'defense-evasion', 'persistence', 'credential-access'] as const)[pick(5)] as string
    return {
      time: edge.t0,
      host: edge.dst.slice(5).split('|')[0] as string,
      account: edge.account,
      sourceIp: '',
      rule: `${level} ${tactic}`,
      title: `Invented ${tactic}`,
      level,
      tactics: [tactic],
      techniques: [],
      eventClass: 'process',
      process: '',
      commandLine: '',
      parentProcess: '',
      bytesOut: -1,
      cite: edge.cite,
    }
  })
  return { edges, sightings, estate: { scanners: ['scan-1'], backup: ['backup-1'], jumpHosts: ['jump-1'] } }
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
