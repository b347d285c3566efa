import { canonicalAddress, canonicalDomain, pathForm, registryForm, type Indicator, type IndicatorKind } from './indicators.ts'

/** An indicator that a field of an event shows. */
export interface IndicatorSeen {
  readonly indicator: Indicator
  readonly field: string
}

/** What an event has that indicators are looked for in. */
interface Searched {
  readonly fields: Readonly<Record<string, string>>
}

/** Fields that name who acted or was acted upon. */
const userField = /user|account|login|logon|principal|subject|member|owner|actor/i

/**
 * Prepares a search for indicators in events. Addresses and hashes are compared as wholes, domains with every domain below them and
 * inside URLs and mail addresses, the rest where words begin and end; upper and lower case are the same.
 */
export function indicatorMatcher(indicators: readonly Indicator[]): (event: Searched) => IndicatorSeen[] {
  const byKind = (kind: IndicatorKind): Map<string, Indicator[]> => {
    const found = new Map<string, Indicator[]>()
    for (const one of indicators) if (one.kind === kind) found.set(one.value, [...(found.get(one.value) ?? []), one])
    return found
  }
  const addresses = byKind('ip')
  const domains = byKind('domain')
  const hashes = byKind('hash')
  const users = byKind('user')
  const spots = spotsOf(indicators)
  return ({ fields }) => {
    const seen = new Map<Indicator, string>()
    const add = (field: string, some: readonly Indicator[] | undefined): void => {
      for (const one of some ?? []) if (!seen.has(one)) seen.set(one, field)
    }
    for (const [field, value] of Object.entries(fields)) {
      if (addresses.size > 0) for (const address of addressesIn(value)) add(field, addresses.get(address))
      if (domains.size > 0)
        for (const domain of domainsIn(value)) for (const one of withParents(domain)) add(field, domains.get(one))
      if (hashes.size > 0)
        for (const [hash] of value.matchAll(/(?<![0-9a-z])[0-9a-f]{32,64}(?![0-9a-z])/gi))
          add(field, hashes.get(hash.toLowerCase()))
      if (users.size > 0 && userField.test(field)) for (const name of userNames(value)) add(field, users.get(name))
      for (const { form, short, long, edges } of spots) {
        const text = form(value)
        for (const [wanted, some] of short) if (stands(text, wanted, edges)) add(field, some)
        if (long.size === 0) continue
        for (let at = 0; at + startChars <= text.length; at += 1)
          for (const [wanted, some] of long.get(text.slice(at, at + startChars)) ?? [])
            if (text.startsWith(wanted, at) && standsAt(text, { at, length: wanted.length }, edges)) add(field, some)
      }
    }
    return [...seen].map(([indicator, field]) => ({ indicator, field }))
  }
}

/** Where an address may stand in a value. */
function addressesIn(value: string): string[] {
  const four = [...value.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)/g)].map(([text]) => text)
  const six = value.includes(':')
    ? [...value.matchAll(/[0-9a-f:.]{2,60}/gi)].map(([text]) => text.replace(/\.$/, '')).filter((text) => text.includes(':'))
    : []
  // An address may be followed by a port: `[2001:db8::1]:443` is split by its brackets.
  return [...new Set([...four, ...six].flatMap((text) => canonicalAddress(text) ?? []))]
}

function domainsIn(value: string): string[] {
  const found = [...value.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}_.-]{2,253}/gu)].filter(([text]) => text.includes('.'))
  return [...new Set(found.flatMap(([text]) => canonicalDomain(text.replace(/[.-]+$/, '')) ?? []))]
}

function withParents(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'))
}

/** `CORP\name`, `name@corp.example` and `name`. */
function userNames(value: string): string[] {
  const lower = value.toLowerCase().trim()
  return [lower, lower.replace(/^.*\\/, ''), lower.replace(/@.*$/, '')]
}

/** Characters of a beginning. */
const startChars = 4

interface Spots {
  /** How a value is written before it is searched. */
  readonly form: (value: string) => string
  /** By what is searched: those that are short, and the rest by their beginnings, so that long lists cost no more than short ones. */
  readonly short: ReadonlyMap<string, readonly Indicator[]>
  readonly long: ReadonlyMap<string, ReadonlyMap<string, readonly Indicator[]>>
  /** Characters that must not stand before and after. */
  readonly edges: { readonly before: RegExp; readonly after: RegExp }
}

function spotsOf(indicators: readonly Indicator[]): Spots[] {
  const word = /[\p{L}\p{N}_]/u
  const spots = (kind: IndicatorKind, form: Spots['form'], edges: Spots['edges']): Spots => {
    const short = new Map<string, Indicator[]>()
    const long = new Map<string, Map<string, Indicator[]>>()
    for (const one of indicators) {
      if (one.kind !== kind) continue
      const wanted = form(one.value)
      const start = wanted.slice(0, startChars)
      let into = short
      if (start.length === startChars) {
        into = long.get(start) ?? new Map()
        long.set(start, into)
      }
      const known = into.get(wanted)
      if (known === undefined) into.set(wanted, [one])
      else known.push(one)
    }
    return { form, short, long, edges }
  }
  const lower = (value: string): string => value.toLowerCase()
  return [
    spots('url', lower, { before: /[\p{L}\p{N}_.-]/u, after: /[\p{L}\p{N}_%-]/u }),
    spots('email', lower, { before: /[\p{L}\p{N}_.%+-]/u, after: /[\p{L}\p{N}_-]/u }),
    spots('file', lower, { before: /[\p{L}\p{N}_.-]/u, after: /[\p{L}\p{N}_-]/u }),
    spots('path', pathForm, { before: word, after: word }),
    spots('registry', registryForm, { before: word, after: word }),
  ].filter((one) => one.short.size + one.long.size > 0)
}

/** Whether a text stands in a value with none of the characters that would make it part of another word around it. */
function stands(value: string, wanted: string, edges: Spots['edges']): boolean {
  for (let at = value.indexOf(wanted); at >= 0; at = value.indexOf(wanted, at + 1))
    if (standsAt(value, { at, length: wanted.length }, edges)) return true
  return false
}

function standsAt(value: string, { at, length }: { at: number; length: number }, edges: Spots['edges']): boolean {
  const before = at === 0 ? '' : value.charAt(at - 1)
  return !(before !== '' && edges.before.test(before)) && !edges.after.test(value.charAt(at + length))
}

/**
 * A lower-case ASCII text that stands in every value which shows the indicator, for SQL to narrow by; undefined when there is none
 * that is worth it.
 */
export function neededText({ kind, value }: Pick<Indicator, 'kind' | 'value'>): string | undefined {
  if (kind === 'ip' && value.includes(':')) return longest(value.split(':'), 1)
  // Written in its own script, a label differs from its ASCII form.
  if (kind === 'domain' && value.includes('xn--'))
    return longest(
      value.split('.').filter((label) => !label.startsWith('xn--')),
      2,
    )
  if (kind === 'url') return longest(value.toLowerCase().split(/[^\u0021-\u007f]+|xn--[a-z0-9-]+/), 3)
  // Slashes are written either way, and once or twice; hives have long and short names.
  if (kind === 'path') return longest(value.split('/').flatMap(asciiRuns), 1)
  if (kind === 'registry')
    return longest(
      value
        .split('/')
        .filter((part) => !/hk(?:lm|cu|u|cr|cc)/.test(part))
        .flatMap(asciiRuns),
      1,
    )
  return longest(asciiRuns(value), 1)
}

/** Stretches of ASCII; the letters k, s and i are also the lower case of letters beyond it only in texts nobody means. */
function asciiRuns(text: string): string[] {
  return text.split(/[^\u0020-\u007f]+/)
}

function longest(texts: readonly string[], least: number): string | undefined {
  const [best = ''] = texts.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
  return best.length >= least ? best : undefined
}
