import { limits } from '../base/index.ts'
import type { HandedCase } from '../sharing/index.ts'
import { comparable, refanged, type IndicatorKind } from './indicators.ts'
import { attributeKinds } from './indicators-misp.ts'
import { originOf } from './indicators-sink.ts'
import type { ReceivedIndicator } from './subscribe-import.ts'

/** Types of observables that DFIR-IRIS and TheHive name otherwise than MISP. */
const further: Readonly<Record<string, IndicatorKind>> = {
  ip: 'ip',
  'ip-any': 'ip',
  fqdn: 'domain',
  hash: 'hash',
  file: 'file',
  mail: 'email',
  account: 'user',
  registry: 'registry',
}

/** Indicators among the observables that are said to be bad. */
export function handedIndicators(
  read: HandedCase,
  source: string,
): { readonly indicators: ReceivedIndicator[]; readonly unread: { object: string; why: string }[] } {
  const indicators = new Map<string, ReceivedIndicator>()
  const unread: { object: string; why: string }[] = []
  for (const { type, text, tlp, date, bad, place } of read.observables) {
    if (!bad) continue
    const name = type.toLowerCase()
    const kinds = further[name] === undefined ? attributeKinds(name) : [further[name]]
    const parts = kinds.length > 1 ? text.split('|') : [text]
    for (const [at, kind] of kinds.entries()) {
      if (kind === '') continue
      const value = comparable(kind, refanged(parts[at] ?? ''))
      if (value === undefined) unread.push({ object: place, why: `not a value of kind ${kind}` })
      else if (indicators.size >= limits.sharedIndicators) unread.push({ object: place, why: 'one indicator too many' })
      else {
        const origin = originOf({
          source: `${read.tool}: ${source}`,
          ...(date === undefined ? {} : { date }),
          ...(tlp === undefined ? {} : { tlp }),
        })
        const indicator = { kind, value, written: text, source, ...origin }
        indicators.set(`${kind} ${value}`, { object: `${kind} ${value}`, indicator })
      }
    }
    if (kinds.length === 0) unread.push({ object: place, why: `an observable of type ${type.slice(0, 40)} is not read` })
  }
  return { indicators: [...indicators.values()], unread }
}
