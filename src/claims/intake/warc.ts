import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { fault, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'

/** Captured answers read of one archive. */
const most = 2_000

/** One captured answer of a web archive. */
export interface Captured {
  /** Ordinal of its record in the file, from 1. */
  readonly record: number
  readonly address: string
  /** When it was captured: what it shows was there by then. */
  readonly at?: Moment
  readonly type: string
  readonly bytes: Uint8Array
}

/** True for the first bytes of a WARC file. */
export function looksLikeWarc(head: string): boolean {
  return /^WARC\/[01]\.\d\r?\n/.test(head)
}

/**
 * Reads a WARC file (ISO 28500), unpacked. In: its bytes. Out: the HTTP answers with status 2xx that hold text, their transfer and
 * content encoding undone; requests, redirects and revisits are left out. A record that runs past the end is a fault.
 */
export function readWarc(bytes: Uint8Array, options: { readonly file: string }): { captured: Captured[]; faults: Fault[] } {
  const { file } = options
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const faults: Fault[] = []
  const captured: Captured[] = []
  let at = 0
  for (let record = 1; at < raw.length; record += 1) {
    const where = { file, record, offset: at }
    const end = raw.indexOf('\r\n\r\n', at)
    const head = end < 0 ? '' : raw.subarray(at, Math.min(end, at + 65_536)).toString('utf8')
    const length = Number(/^content-length:\s*(\d{1,12})\s*$/im.exec(head)?.[1] ?? Number.NaN)
    if (!looksLikeWarc(`${head}\r\n`) || Number.isNaN(length) || end + 4 + length > raw.length) {
      faults.push(fault('warc-record-broken', 'a record of the web archive is cut or is none', where, 'capture the page again'))
      break
    }
    if (captured.length >= most) {
      faults.push(fault('warc-too-long', `the web archive holds more than ${most} pages`, where, 'hand in the pages that matter'))
      break
    }
    const block = raw.subarray(end + 4, end + 4 + length)
    at = end + 4 + length
    while (raw[at] === 13 || raw[at] === 10) at += 1
    if (!/^warc-type:\s*response/im.test(head)) continue
    const answer = httpAnswer(block, where, faults)
    const time = parseIso(/^warc-date:\s*(\S+)/im.exec(head)?.[1] ?? '')
    const address = (/^warc-target-uri:\s*<?([^\s>]{1,2000})/im.exec(head)?.[1] ?? '').toWellFormed()
    if (answer !== undefined)
      captured.push({
        record,
        address,
        ...(time === undefined ? {} : { at: { ...time, bound: 'not-later-than' } }),
        ...answer,
      })
  }
  return { captured, faults }
}

function httpAnswer(block: Buffer, where: Fault['where'], faults: Fault[]): Pick<Captured, 'type' | 'bytes'> | undefined {
  const end = block.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = block.subarray(0, Math.min(end, 65_536)).toString('latin1')
  const status = /^HTTP\/[\d.]+ (\d{3})/.exec(head)?.[1] ?? ''
  const type = (/^content-type:\s*([^\s;]{1,100})/im.exec(head)?.[1] ?? '').toLowerCase()
  if (!status.startsWith('2') || !/^(?:text\/|application\/(?:json|xml|rss|atom|xhtml|pdf))/.test(type)) return undefined
  const body = /^transfer-encoding:.*chunked/im.test(head) ? unchunked(block.subarray(end + 4)) : block.subarray(end + 4)
  const coding = /^content-encoding:\s*(\w+)/im.exec(head)?.[1]?.toLowerCase()
  try {
    return { type, bytes: decoded(body, coding) }
  } catch {
    faults.push(
      fault('warc-answer-unreadable', 'the body of a captured answer cannot be unpacked', where, 'capture the page again', 1),
    )
    return undefined
  }
}

function decoded(body: Buffer, coding: string | undefined): Buffer {
  const bound = { maxOutputLength: limits.documentBytes }
  if (coding === 'gzip') return gunzipSync(body, bound)
  if (coding === 'deflate') return inflateSync(body, bound)
  return coding === 'br' ? brotliDecompressSync(body, bound) : body
}

function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length;) {
    const line = body.indexOf('\r\n', at)
    const size = line < 0 ? Number.NaN : Number.parseInt(body.subarray(at, line).toString('latin1'), 16)
    if (Number.isNaN(size) || size === 0) break
    parts.push(body.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
  return parts.length === 0 ? body : Buffer.concat(parts)
}
