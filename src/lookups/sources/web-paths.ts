import { UserError } from '../../base/index.ts'
import type { LogEvent } from '../../events/index.ts'
import { namesSubscribers } from '../../statements/index.ts'

/** Where requests name the subscriber: parts of the path, one of them `{subscriber}`, or a parameter of the query. */
interface WebPath {
  readonly text: string
  /** Parts between slashes; `*` any one. */
  readonly parts: readonly string[]
  readonly parameter: string
}
export type WebPaths = readonly WebPath[]

/** A request for a subscriber's record. */
export interface WebRead {
  readonly method: string
  /** The place that fitted, without any value of the request. */
  readonly place: string
  /** As the request writes it; '' where the request does not say whose record. */
  readonly raw: string
  readonly field: string
}

const marker = '{subscriber}'

/**
 * Places of the subscriber in requests: `/customers/{subscriber}/usage /search?msisdn={subscriber}`, separated by blanks. Further parts of a path may follow; a name alone is a parameter of any path.
 * Throws a UserError for a text that names none.
 */
export function webPaths(text: string | undefined): WebPaths {
  if (text === undefined) return []
  const paths = text
    .trim()
    .split(/\s+/)
    .slice(0, 200)
    .map((one): WebPath => {
      // A name alone is a parameter of any path.
      const mark = /[/?]/.test(one) ? one.indexOf('?') : -2
      const path = mark === -1 ? one : one.slice(0, Math.max(0, mark))
      const parameter = mark === -1 ? '' : one.slice(Math.max(0, mark + 1)).replace(`=${marker}`, '')
      return { text: one, parts: path.split('/').filter((part) => part !== ''), parameter }
    })
  const wrong = paths.find((one) => (one.parameter === '') === !one.parts.includes(marker) || one.text.length > 500)
  if (wrong !== undefined)
    throw new UserError({
      code: 'lookup-path-wrong',
      message: 'A place of the subscriber in requests names no subscriber.',
      hint: 'Write {subscriber} for the part of the path, or a parameter: {"subscriber": "/customers/{subscriber}/usage /search?msisdn={subscriber}"}.',
    })
  return paths
}

/** The subscriber a request was answered for; undefined where it asked for no record or was refused. */
export function webRead({ fields }: LogEvent, paths: WebPaths): WebRead | undefined {
  if (!/^(?:2\d\d|304)$/.test(fields['sc-status'] ?? '')) return undefined
  const method = (fields['cs-method'] ?? '').toUpperCase()
  if (!/^[A-Z]{3,10}$/.test(method)) return undefined
  const target = fields['cs-uri-query'] ?? ''
  const mark = target.indexOf('?')
  const stem = (mark === -1 ? target : target.slice(0, mark)).slice(0, 8_000)
  const query = fields['query'] || (mark === -1 ? '' : target.slice(mark + 1))
  const parts = stem.split('/').filter((part) => part !== '')
  for (const path of paths) {
    if (!fits(path, parts)) continue
    if (path.parameter !== '')
      return { method, place: path.text, raw: parameter(query, path.parameter), field: kindOf(path.parameter) }
    const at = path.parts.indexOf(marker)
    return { method, place: path.text, raw: decoded(parts[at] ?? ''), field: kindOf(path.parts[at - 1] ?? '') }
  }
  if (paths.length > 0) return undefined
  const named = [...parametersOf(query)].find(([name]) => namesSubscribers(name))
  return named === undefined ? undefined : { method, place: `?${named[0].toLowerCase()}`, raw: named[1], field: kindOf(named[0]) }
}

function fits(path: WebPath, parts: readonly string[]): boolean {
  return (
    parts.length >= path.parts.length && path.parts.every((part, at) => part === '*' || part === marker || part === parts[at])
  )
}

/** A name that tells the kind of identifier, else that of any. */
function kindOf(name: string): string {
  return /imsi|imei|iccid|nric|national|email|contract|account/i.test(name) ? name : 'subscriber'
}

function parameter(query: string, wanted: string): string {
  for (const [name, value] of parametersOf(query)) if (name.toLowerCase() === wanted.toLowerCase()) return value
  return ''
}

function* parametersOf(query: string): Generator<readonly [string, string]> {
  for (const one of query.slice(0, 8_000).split('&').slice(0, 200)) {
    const equals = one.indexOf('=')
    if (equals > 0) yield [decoded(one.slice(0, equals)), decoded(one.slice(equals + 1))]
  }
}

/** Text as it was before it was put into an address. A plus sign that leads a number stays one. */
function decoded(text: string): string {
  const plain = text.replaceAll(/(?!^)\+/g, ' ')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}
