import { epochMs } from '../../base/index.ts'
import { burstMs } from './fuse.ts'
import { roleOf, type Trace } from './trace.ts'
import { nearSeconds } from './traces-sql.ts'

const stretchMs = nearSeconds * 1000

/** Where and when something is looked for: stretches of `nearSeconds` since 1970, by host. */
export type Places = ReadonlyMap<string, ReadonlySet<number>>

/** Stretches around what shows control of a host or was refused there: a record that only shows it reached is told by what lies beside it. */
export function placesOf(traces: readonly Trace[], skewMs: number): Places {
  const places = new Map<string, Set<number>>()
  for (const { kind, to, time } of traces)
    if (roleOf(kind) !== 'reach') widen(places, to, { from: epochMs(time) - skewMs, to: epochMs(time) + skewMs })
  return places
}

/**
 * Stretches beyond these that can hold more of the same bursts: whatever of one source goes on, without a minute between, to where nothing was looked for
 * yet. Each time it is looked `further` stretches on.
 */
export function furtherPlaces(
  traces: readonly Trace[],
  looked: Places,
  { skewMs, further }: { readonly skewMs: number; readonly further: number },
): Places {
  const places = new Map<string, Set<number>>()
  for (const [host, all] of Map.groupBy(traces, (one) => one.to)) {
    const tell = all.filter((one) => roleOf(one.kind) !== 'reach')
    if (tell.length === 0) continue
    const known = looked.get(host) ?? new Set()
    // What does not say where it came from can belong to whoever reached the host.
    const shared = tell.filter((one) => one.from === '')
    const bySource = Map.groupBy(
      all.filter((one) => one.from !== ''),
      (one) => one.from,
    )
    for (const own of bySource.values()) {
      const times = [...own, ...shared].map((one) => ({ at: epochMs(one.time), tells: roleOf(one.kind) !== 'reach' }))
      for (const burst of burstsOf(times)) {
        const [first, last] = [stretchOf(burst.from - skewMs - burstMs), stretchOf(burst.to + skewMs + burstMs)]
        const [begin, end] = [known.has(first) ? first : first - further, known.has(last) ? last : last + further]
        const add = places.get(host) ?? places.set(host, new Set()).get(host)
        for (let n = begin; n <= end; n += 1) if (!known.has(n)) add?.add(n)
      }
    }
  }
  return new Map([...places].filter(([, stretches]) => stretches.size > 0))
}

/** First and last moments of bursts in which something tells. */
function burstsOf(
  times: readonly { readonly at: number; readonly tells: boolean }[],
): { readonly from: number; readonly to: number }[] {
  const bursts: { from: number; to: number; tells: boolean }[] = []
  for (const { at, tells } of times.toSorted((a, b) => a.at - b.at)) {
    const open = bursts.at(-1)
    if (open === undefined || at - open.to > burstMs) bursts.push({ from: at, to: at, tells })
    else {
      open.to = at
      open.tells ||= tells
    }
  }
  return bursts.filter((one) => one.tells)
}

function widen(
  places: Map<string, Set<number>>,
  host: string,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const known = places.get(host) ?? new Set<number>()
  places.set(host, known)
  for (let n = stretchOf(from - burstMs); n <= stretchOf(to + burstMs); n += 1) known.add(n)
}

function stretchOf(at: number): number {
  return Math.floor(at / stretchMs)
}
