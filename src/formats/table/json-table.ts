import { wellFormed, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readJson } from '../jsonl/jsonl.ts'
import { Digits } from './exact-json.ts'
import { keyedTable, type KeyedRecord } from './keyed.ts'
import type { TableReader } from './reader.ts'

/** Bytes in which the array of records of a wrapping object must begin. */
const wrapperBytes = 64 * 1024

/**
 * Opens JSON that is not one object a line as a table: an array of objects, objects one after another, or an object that wraps an array of objects
 * (`{"data":[...]}`). Objects one level deep become columns with dotted names, deeper ones JSON text; `{"$oid":..}`, `{"$date":..}` and `{"$numberLong":..}`
 * of MongoDB become their value.
 */
export async function openJsonTable(source: ByteSource, options: { readonly watch?: Watch } = {}): Promise<TableReader> {
  const from = await wrappedFrom(source)
  const records = jsonRecords(from === undefined ? source : behind(source, from), { ...options, wrapped: from !== undefined })
  const table = await keyedTable(records, { file: source.name, lateCode: 'json-line-late-key' })
  return { dialect: { delimiter: '', quote: '', encoding: 'utf-8', header: true }, ...table }
}

async function* jsonRecords(
  source: ByteSource,
  options: { readonly watch?: Watch; readonly wrapped: boolean },
): AsyncGenerator<Batch<KeyedRecord>> {
  const watch = options.watch === undefined ? {} : { watch: options.watch }
  for await (const { records, faults } of readJson(source, watch))
    yield {
      records: records.map(({ line, value }) => ({ line, cells: flatCells(value) })),
      // What stands behind the array of a wrapping object is no record.
      faults: options.wrapped ? faults.filter((one: Fault) => one.code !== 'json-text-between') : faults,
    }
}

/** The cells of an object of JSON, by dotted names one level deep. */
export function flatCells(object: object): ReadonlyMap<string, string> {
  const cells = new Map<string, string>()
  const put = (name: string, value: unknown): void => void cells.set(wellFormed(name).text, cellText(value))
  for (const [name, value] of Object.entries(object)) {
    if (!isObject(value) || extended(value) !== undefined) put(name, value)
    else for (const [inner, one] of Object.entries(value)) put(`${name}.${inner}`, one)
  }
  return cells
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits)
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Digits) return value.source
  const meant = isObject(value) ? extended(value) : undefined
  const text = meant ?? (typeof value === 'string' ? value : JSON.stringify(value))
  return wellFormed(text).text
}

/** The value of MongoDB's extended JSON: an object whose only member begins with `$`. */
function extended(value: object): string | undefined {
  const [entry, ...others] = Object.entries(value) as [string, unknown][]
  if (entry === undefined || others.length > 0) return undefined
  const [name, inner] = entry
  switch (name) {
    case '$oid':
    case '$numberLong':
    case '$numberInt':
    case '$numberDecimal':
    case '$numberDouble':
    case '$uuid':
    case '$symbol':
      return inner instanceof Digits
        ? inner.source
        : typeof inner === 'string' || typeof inner === 'number'
          ? String(inner)
          : undefined
    case '$date': {
      if (typeof inner === 'string') return inner.includes('T') ? inner : momentText(inner)
      const ms = inner instanceof Digits ? inner.source : isObject(inner) ? extended(inner) : inner
      return typeof ms === 'string' || typeof ms === 'number' ? momentText(String(ms)) : undefined
    }
    default:
      return undefined
  }
}

function momentText(ms: string): string {
  const date = /^-?\d{1,16}$/.test(ms) ? new Date(Number(ms)) : undefined
  return date === undefined || Number.isNaN(date.getTime()) ? ms : date.toISOString().replace('.000Z', 'Z')
}

/** Where the array of records of a wrapping object begins: the first member of the top object that is an array of objects. */
async function wrappedFrom(source: ByteSource): Promise<number | undefined> {
  const head = Buffer.from(await source.slice(0, wrapperBytes)).toString('latin1')
  let at = skipSpace(head, head.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0)
  if (head[at] !== '{') return undefined
  let depth = 0
  for (; at < head.length; at += 1) {
    const character = head[at]
    if (character === '"') {
      at = endOfText(head, at)
      if (at === -1) return undefined
    } else if (character === '[' && depth === 1) {
      if (head[skipSpace(head, at + 1)] === '{') return at
      depth += 1
    } else if (character === '{' || character === '[') {
      depth += 1
      if (depth > 2) return undefined
    } else if (character === '}' || character === ']') {
      depth -= 1
      if (depth === 0) return undefined
    }
  }
  return undefined
}

function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return -1
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1
  return at
}

/** The source from a place on; line ends before it are kept, so that numbers of lines stay true. */
function behind(source: ByteSource, from: number): ByteSource {
  const blank = async (): Promise<Uint8Array> => {
    const before = Buffer.from(await source.slice(0, from))
    return before.map((byte) => (byte === 10 || byte === 13 ? byte : 0x20))
  }
  return {
    name: source.name,
    size: source.size,
    async *stream(start = 0) {
      if (start < from) yield (await blank()).subarray(start)
      yield* source.stream(Math.max(start, from))
    },
    async slice(start, to) {
      if (start >= from) return source.slice(start, to)
      const parts = [(await blank()).subarray(start, to)]
      if (to > from) parts.push(await source.slice(from, to))
      return Buffer.concat(parts)
    },
  }
}
