import { minuteText } from '../../base/index.ts'
import { size } from '../tell.ts'
import type { Bounds } from './data-reached.ts'

/** `a`, `a and b`, `a, b and c`; past `most` the rest as a number. */
export function listed(all: readonly string[], most = 4): string {
  const unique = [...new Set(all)].filter((one) => one !== '')
  const shown = unique.slice(0, most)
  const rest = unique.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** ` between A and B UTC`, or ` at A UTC`. */
export function spanText(first: string, last: string): string {
  const [from, to] = [minuteText(first), minuteText(last)]
  return from === to ? ` at ${from} UTC` : ` between ${from} and ${to} UTC`
}

/** ` under the account X`, ` under the accounts X and Y`, or nothing. */
export function underText(accounts: readonly string[]): string {
  const names = [...new Set(accounts)].filter((one) => one !== '')
  return names.length === 0 ? '' : ` under the account${names.length === 1 ? '' : 's'} ${listed(names)}`
}

/** Bounds in words: `12 to 40 rows`, `at least 12 rows`, `at most 1.2 MB`; of none that it is not recorded. */
export function boundsText(bounds: Pick<Bounds, 'low' | 'high'> | undefined, kind: 'rows' | 'bytes'): string {
  const text = (value: number): string => (kind === 'bytes' ? size(value) : value.toLocaleString('en-US'))
  const { low, high } = bounds ?? {}
  const unit = kind === 'bytes' ? '' : high === 1 ? ' row' : ' rows'
  if (low !== undefined && high !== undefined) return `${low === high ? text(low) : `${text(low)} to ${text(high)}`}${unit}`
  if (low !== undefined) return `at least ${text(low)}${unit}`
  return high === undefined ? `how many ${kind} is not recorded` : `at most ${text(high)}${unit}`
}

/** What the inventory says of it, as a sentence; nothing without it. */
export function meansText(categories: readonly string[], sensitivity: string | undefined): string {
  const held = categories.length === 0 ? '' : ` By the inventory it holds ${listed(categories, 8)}.`
  return `${held}${sensitivity === 'crown-jewel' ? ' The inventory calls it a crown jewel.' : ''}`
}

/** `1 record`, `7 records`. */
export function times(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}
