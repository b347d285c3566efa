import type { Random } from '../random.ts'
import type { LeakField, LeakRecord } from './fields.ts'

/** A record with a share `noise` of its cells damaged; `another` gives a record whose value is written over one. */
export function damaged(options: {
  readonly record: LeakRecord
  readonly fields: readonly LeakField[]
  readonly noise: number
  readonly another: () => LeakRecord
  readonly random: Random
}): { readonly record: LeakRecord; readonly cells: number } {
  const { record, fields, noise, another, random } = options
  if (noise === 0) return { record, cells: 0 }
  let cells = 0
  const made: Partial<Record<LeakField, string>> = { ...record }
  for (const field of fields) {
    if (!random.chance(noise)) continue
    cells += 1
    made[field] = damage(record[field] ?? '', field, another, random)
  }
  return { record: made, cells }
}

function damage(value: string, field: LeakField, another: () => LeakRecord, random: Random): string {
  const kind = random.unit()
  if (kind < 0.3) return another()[field] ?? ''
  if (value === '') return value
  if (kind < 0.65) return typo(value, random)
  if (kind < 0.8) return value.slice(0, Math.max(1, value.length - random.between(1, 4)))
  if (kind < 0.9) return random.chance(0.5) ? value.toUpperCase() : value.toLowerCase()
  return ''
}

function typo(value: string, random: Random): string {
  const at = random.below(value.length)
  const kind = random.unit()
  if (kind < 0.3) return value.slice(0, at) + value.slice(at + 1)
  if (kind < 0.6 && at + 1 < value.length) {
    return `${value.slice(0, at)}${value.charAt(at + 1)}${value.charAt(at)}${value.slice(at + 2)}`
  }
  const now = value.charAt(at)
  const sign = /\d/.test(now) ? String(random.below(10)) : 'aeinrstlo'.charAt(random.below(9))
  return kind < 0.85 ? value.slice(0, at) + sign + value.slice(at + 1) : value.slice(0, at) + sign + value.slice(at)
}
