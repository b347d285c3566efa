import { limits, UserError } from '../base/index.ts'
import {
  comparable,
  indicatorKinds,
  kindOf,
  refanged,
  type Indicator,
  type IndicatorKind,
  type IndicatorOrigin,
} from './indicators.ts'
import { mispIndicators } from './indicators-misp.ts'
import { marksOf } from './indicators-marks.ts'
import { originOf, type IndicatorSink } from './indicators-sink.ts'
import { stixIndicators } from './indicators-stix.ts'

/** What a file of indicators holds. */
export interface ReadIndicators {
  /** Sorted by kind and value; the same indicator of the same source once. */
  readonly indicators: readonly Indicator[]
  /** What was not understood, with its line from 1. */
  readonly unreadable: readonly UnreadableIndicator[]
}

/** A place in a file of indicators that was not understood, and why. */
export interface UnreadableIndicator {
  readonly line: number
  readonly why: string
}

/** Reads a STIX 2.1 bundle, a MISP event, a CSV with a header, or text: lists and prose, defanged or not. `name` stands as the source where none is stated. */
export function readIndicators(text: string, name: string): ReadIndicators {
  const indicators = new Map<string, Indicator>()
  const unreadable: UnreadableIndicator[] = []
  const sink: IndicatorSink = {
    unreadable: (line, why) => {
      if (unreadable.length < limits.faultsKept) unreadable.push({ line, why })
    },
    found({ line, kind, text: written, origin }) {
      const plain = refanged(written)
      const told = kind ?? kindOf(plain)
      const value = told === undefined ? undefined : comparable(told, plain)
      if (told === undefined || value === undefined)
        return sink.unreadable(line, told === undefined ? 'not recognized as an indicator' : `not a value of kind ${told}`)
      if (indicators.size >= limits.indicators) {
        throw new UserError({
          code: 'too-many-indicators',
          message: `more than ${limits.indicators} indicators in one file`,
          hint: 'divide the file',
        })
      }
      const one = { kind: told, value, written, source: name, ...origin }
      indicators.set(JSON.stringify([told, value, one.source]), one)
    },
  }
  const plain = text.replace(/^\uFEFF/, '')
  if (/^\s*[{[]/.test(plain)) readJson(plain, sink)
  else readText(plain, sink)
  const sorted = [...indicators.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  return { indicators: sorted, unreadable }
}

function readJson(text: string, sink: IndicatorSink): void {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return sink.unreadable(1, 'no complete JSON document')
  }
  // The line of an entry is that of the first place where its own text stands.
  const lineOf = (part: unknown): number => {
    const at = typeof part === 'string' ? text.indexOf(JSON.stringify(part)) : -1
    return at < 0 ? 1 : text.slice(0, at).split('\n').length
  }
  const read = stixIndicators(document, lineOf, sink) || mispIndicators(document, lineOf, sink)
  if (!read) sink.unreadable(1, 'neither a STIX 2.1 bundle nor a MISP event')
}

const headers: Readonly<Record<string, readonly string[]>> = {
  value: ['value', 'indicator', 'ioc', 'observable', 'indicator_value'],
  kind: ['kind', 'type', 'indicator_type', 'ioc_type', 'observable_type'],
  source: ['source', 'feed', 'provider', 'reference'],
  date: ['date', 'first_seen', 'first_seen_utc', 'created', 'valid_from', 'last_seen'],
  tlp: ['tlp'],
  pap: ['pap'],
}

/** Names of kinds that feeds use. */
const kindNames: Readonly<Record<string, IndicatorKind>> = {
  ...Object.fromEntries(indicatorKinds.map((kind) => [kind, kind])),
  ipv4: 'ip',
  ipv6: 'ip',
  'ip-src': 'ip',
  'ip-dst': 'ip',
  'ip address': 'ip',
  ipaddress: 'ip',
  hostname: 'domain',
  fqdn: 'domain',
  uri: 'url',
  link: 'url',
  md5: 'hash',
  sha1: 'hash',
  sha256: 'hash',
  'sha-1': 'hash',
  'sha-256': 'hash',
  filehash: 'hash',
  'filehash-md5': 'hash',
  'filehash-sha1': 'hash',
  'filehash-sha256': 'hash',
  filename: 'file',
  'file name': 'file',
  filepath: 'path',
  'file path': 'path',
  'email-src': 'email',
  'email-dst': 'email',
  'e-mail': 'email',
  username: 'user',
  'user name': 'user',
  account: 'user',
  regkey: 'registry',
  'registry key': 'registry',
}

function readText(text: string, sink: IndicatorSink): void {
  const lines = text.split(/\r\n|\n|\r/)
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'))
  const separator = [',', ';', '\t'].find((one) => (lines[first] ?? '').includes(one)) ?? ','
  const names = cells(lines[first] ?? '', separator).map((cell) => cell.trim().toLowerCase())
  const at = (part: string): number => names.findIndex((name) => headers[part]?.includes(name) === true)
  const valueAt = at('value')
  const marks = marksOf(valueAt < 0 ? text : lines.filter((line) => line.startsWith('#')).join('\n'))
  for (const [index, line] of lines.entries()) {
    const plain = line.trim()
    if (plain === '' || plain.startsWith('#') || plain.startsWith('//')) continue
    if (valueAt < 0) {
      readLine(line, { number: index + 1, marks, sink })
      continue
    }
    if (index <= first) continue
    const row = cells(line, separator)
    const cell = (part: string): string => (at(part) < 0 ? '' : (row[at(part)] ?? '').trim())
    const kind = kindNames[cell('kind').toLowerCase()]
    sink.found({
      line: index + 1,
      ...(kind === undefined ? {} : { kind }),
      text: cell('value'),
      origin: { ...marks, ...originOf({ source: cell('source'), date: cell('date'), tlp: cell('tlp'), pap: cell('pap') }) },
    })
  }
}

/** One indicator, or prose with indicators in it: there only what can be nothing else, or is defanged, is taken. */
function readLine(
  line: string,
  { number, marks, sink }: { number: number; marks: Partial<IndicatorOrigin>; sink: IndicatorSink },
): void {
  const whole = line
    .trim()
    .replace(/^[-*•]\s+/, '')
    .replace(/^"(.*)"$/, '$1')
  if (kindOf(refanged(whole)) !== undefined) return sink.found({ line: number, text: whole, origin: marks })
  let found = 0
  for (const word of refangedWords(whole)) {
    const kind = kindOf(word.plain)
    const certain = kind === 'ip' || kind === 'hash' || kind === 'url' || kind === 'registry'
    if (kind === undefined || !(certain || (word.defanged && kind !== 'file'))) continue
    found += 1
    sink.found({ line: number, kind, text: word.written, origin: marks })
  }
  if (found === 0 && Object.keys(marksOf(line)).length === 0) sink.unreadable(number, 'no indicator in it')
}

function refangedWords(line: string): { written: string; plain: string; defanged: boolean }[] {
  return line
    .replaceAll(/\s([[({](?:dot|at)[\])}])\s/gi, '$1')
    .split(/[\s"'<>,;|]+/)
    .map((word) => word.replace(/^[([{]+(?=\w)|[.:!?]+$/g, ''))
    .filter((word) => word.length > 3)
    .map((written) => ({ written, plain: refanged(written).replace(/[)\]}]+$/, ''), defanged: refanged(written) !== written }))
}

/** The cells of a line of separated values; quoted cells may hold the separator. */
function cells(line: string, separator: string): string[] {
  const found: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '"' && quoted && line.charAt(at + 1) === '"') {
      cell += '"'
      at++
    } else if (character === '"') quoted = !quoted
    else if (character === separator && !quoted) {
      found.push(cell)
      cell = ''
    } else cell += character
  }
  return [...found, cell]
}
