import type { Level, Movement, Sighting } from '../../src/intrusion/sighting.ts'

const day = '2026-03-02T'

/** `08:15` of the day all tests play on, in fixed width. */
export function at(clock: string): string {
  return `${day}${clock}:00.000000Z`
}

/** A sighting with everything that a test does not care about filled in. */
export function sighting(given: Partial<Sighting> & { readonly time: string; readonly host: string }): Sighting {
  return {
    account: '',
    sourceIp: '',
    rule: given.title ?? 'rule',
    title: 'Something Odd',
    level: 'high' satisfies Level,
    tactics: ['execution'],
    techniques: [],
    eventClass: 'process',
    process: '',
    commandLine: '',
    parentProcess: '',
    bytesOut: -1,
    cite: {
      kind: 'exhibit',
      sha256: 'a'.repeat(64),
      file: 'x.evtx',
      at: { kind: 'record', n: Number(given.time.slice(11, 16).replace(':', '')) },
    },
    ...given,
  }
}

/** A move between hosts. */
export function move(given: Pick<Movement, 'time' | 'from' | 'to'> & Partial<Movement>): Movement {
  return {
    account: 'corp\\svc',
    means: 'network logon',
    certainty: 0.8,
    cite: { kind: 'exhibit', sha256: 'b'.repeat(64), file: 'y.evtx', at: { kind: 'record', n: 1 } },
    ...given,
  }
}
