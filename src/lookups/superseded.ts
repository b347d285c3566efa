import type { Lake } from '../store/index.ts'

/** A load of a review and the loads it was made from. */
interface Rests {
  readonly load: string
  readonly week: number
  readonly on: readonly string[]
}

/** Keeps what loads rest on; part of these loads. */
export async function keepRests({ engine }: Pick<Lake, 'engine'>, rests: readonly Rests[]): Promise<void> {
  for (const { load, week, on } of rests)
    await engine.run('INSERT INTO lookup_rests (load_id, week, on) SELECT {load:UInt64}, {week:UInt16}, {on:Array(UInt64)}', {
      load,
      week,
      on,
    })
}

/** Reviews under way, by lake: what one of them reads is not cleared by another. */
const underWay = new WeakMap<Lake, number>()

/** Does a review; what it makes old may be cleared only while no other is under way. */
export async function reviewing<T>(lake: Lake, work: () => Promise<T>): Promise<T> {
  underWay.set(lake, (underWay.get(lake) ?? 0) + 1)
  try {
    return await work()
  } finally {
    underWay.set(lake, (underWay.get(lake) ?? 1) - 1)
  }
}

/**
 * Clears the weeks that the weeks `days` of a review stand in for: older loads of the same weeks, made from some of the same logs and reasons and from no others; and
 * what was counted or drawn from such weeks. They are a cache: a review that still wants one grades it anew. Called within `reviewing`.
 */
export async function clearSuperseded(lake: Lake, days: readonly string[]): Promise<void> {
  const rows = await lake.engine.rows<{ load: string; week: number; on: string[] }>(
    'SELECT toString(load_id) AS load, week, arrayMap(one -> toString(one), on) AS on FROM lookup_rests ORDER BY load_id',
  )
  const now = new Set(days)
  const current = new Map(rows.flatMap((row) => (now.has(row.load) ? [[row.week, row] as const] : [])))
  const old = rows.filter(({ load, week, on }) => {
    const after = current.get(week)
    if (week === 0 || after === undefined || now.has(load) || BigInt(load) > BigInt(after.load)) return false
    const whole = new Set(after.on)
    return on.every((one) => whole.has(one))
  })
  const gone = new Set(old.map((row) => row.load))
  const counted = rows.filter(
    ({ week, on }) =>
      week === 0 && on.every((one) => now.has(one) || gone.has(one)) && (on.length < now.size || on.some((one) => gone.has(one))),
  )
  const all = [...old, ...counted].map((row) => row.load)
  if (all.length > 0 && underWay.get(lake) === 1) await lake.clear(all)
}
