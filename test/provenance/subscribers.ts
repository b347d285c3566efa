import type { RecordTable } from '../../src/provenance/record-table.ts'

/** A seeded generator of numbers in [0, 1): mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** An invented subscriber; plan, status, device and address change on the days given. */
interface Subscriber {
  readonly msisdn: string
  readonly nric: string
  readonly name: string
  readonly joined: number
  readonly versions: readonly Version[]
}

interface Version {
  readonly from: number
  readonly to: number
  readonly plan: string
  readonly status: string
  readonly device: string
  readonly city: string
}

const firstDay = 19_723 // 2024-01-01
export const lastDay = 20_726 // 2026-09-30

export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

const givenNames = [
  'Aina',
  'Farid',
  'Siti',
  'Ravi',
  'Mei',
  'Hafiz',
  'Nadia',
  'Kumar',
  'Lim',
  'Zul',
  'Priya',
  'Amir',
  'Chong',
  'Dewi',
  'Omar',
]
const cities = ['Seri Bintang', 'Kota Meru', 'Teluk Damai', 'Bukit Lanjan', 'Pantai Seri', 'Sungai Elok']

/** `size` subscribers with history between `firstDay` and `lastDay`. */
export function population(size: number, seed: number): readonly Subscriber[] {
  const next = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return Array.from({ length: size }, (_, at): Subscriber => {
    const joined = firstDay - 900 + Math.floor(next() * 1_700)
    const start = Math.max(joined, firstDay)
    const end = next() < 0.1 ? start + Math.floor(next() * (lastDay + 400 - start)) : 100_000
    const plan = (): string => `Meridian ${30 + Math.floor(next() * 12) * 8}`
    const device = (): string => `Model ${Math.floor(next() * 40)}`
    let now: Omit<Version, 'from' | 'to'> = { plan: plan(), status: 'active', device: device(), city: pick(cities) }
    const versions: Version[] = []
    let from = start
    for (;;) {
      const to = from + 1 + Math.floor(-Math.log(1 - next()) * 420)
      if (to >= Math.min(end, lastDay)) break
      versions.push({ from, to, ...now })
      const change = next()
      now =
        change < 0.35
          ? { ...now, plan: plan() }
          : change < 0.75
            ? { ...now, device: device() }
            : change < 0.9
              ? { ...now, city: pick(cities) }
              : { ...now, status: now.status === 'active' ? 'barred' : 'active' }
      from = to
    }
    versions.push({ from, to: end, ...now })
    return {
      msisdn: `601${String(1_000_0000 + at * 3 + Math.floor(next() * 3)).padStart(8, '0')}`,
      nric: `${String(50 + Math.floor(next() * 49))}${String(1 + Math.floor(next() * 12)).padStart(2, '0')}${String(1 + Math.floor(next() * 28)).padStart(2, '0')}14${String(at % 10_000).padStart(4, '0')}`,
      name: `${pick(givenNames)} ${pick(givenNames)} Tan-${Math.floor(next() * 500)}`,
      joined,
      versions,
    }
  })
}

export type Cells = Readonly<Record<string, string>>

/** The records of a population as they stood on a day. */
export function onDay(people: readonly Subscriber[], day: number): Cells[] {
  return people.flatMap((person) => {
    const version = person.versions.find((one) => one.from <= day && one.to > day)
    return version === undefined ? [] : [record(person, version)]
  })
}

/** All versions, with their validity. */
export function history(people: readonly Subscriber[]): Cells[] {
  return people.flatMap((person) =>
    person.versions.map((version) => ({
      ...record(person, version),
      valid_from: dayText(version.from),
      valid_to: version.to >= 100_000 ? '' : dayText(version.to),
    })),
  )
}

function record(person: Subscriber, version: Version): Cells {
  const { plan, status, device, city } = version
  return { msisdn: person.msisdn, nric: person.nric, full_name: person.name, city, plan, status, device }
}

/** Invented rows in the operator's number space: values drawn one by one. */
export function invented(count: number, seed: number): Cells[] {
  const next = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return Array.from({ length: count }, () => ({
    msisdn: `601${String(1_000_0000 + Math.floor(next() * 9_000)).padStart(8, '0')}`,
    full_name: `${pick(givenNames)} ${pick(givenNames)} Tan-${Math.floor(next() * 500)}`,
    city: pick(cities),
    plan: `Meridian ${30 + Math.floor(next() * 12) * 8}`,
    status: 'active',
    device: `Model ${Math.floor(next() * 40)}`,
  }))
}

/** `count` of the records, without repetition, in a seeded order. */
export function some(records: readonly Cells[], count: number, seed: number): Cells[] {
  const next = seeded(seed)
  return records
    .map((cells) => ({ cells, key: next() }))
    .toSorted((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ cells }) => cells)
}

/** Records as a table with the given columns; numbers are written as the actor likes. */
export function tableOf(records: readonly Cells[], columns: readonly string[]): RecordTable {
  const rows = records.map((cells, at) => ({ n: at + 1, values: columns.map((column) => cells[column] ?? '') }))
  return {
    columns,
    rows: (async function* () {
      for (let at = 0; at < rows.length; at += 1_000) yield { records: rows.slice(at, at + 1_000), faults: [] }
    })(),
  }
}
