import { fileTypeFromBuffer } from 'file-type'
import type { ByteSource } from '../base/index.ts'
import { historyIn, type HistoryKind } from './history.ts'
import { imageIn, imageNamed } from './image/image.ts'
import { statedEncoding } from './lines/utf8.ts'
import { sniffText, type LogReader, type TextKind } from './sniff-text.ts'
import { looksLikeTar } from './tar/tar-header.ts'
import { looksLikeUtmp } from './utmp/utmp.ts'

/** Formats told apart by content. `csv` is any delimited table; `text` is prose; `unknown` says what was seen. */
export type FormatKind =
  | TextKind
  | 'evtx'
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'gif'
  | 'pdf'
  | 'zip'
  | 'gzip'
  | '7z'
  | 'tar'
  | 'xlsx'
  | 'parquet'
  | 'empty'
  | 'unknown'

/** What a file is, by its content. */
export interface Identified {
  readonly kind: FormatKind
  /** What was seen, in words. */
  readonly seen: string
  /** Only for `log`: how its records are cut. */
  readonly log?: LogReader
  /** Only for `log` whose records are no lines: several lines each, or bytes (wtmp). */
  readonly records?: 'blocks' | 'utmp'
  /** Only for `log`: the program that wrote all lines, where they do not name it. */
  readonly app?: string
  /** Commands as they were typed: at a shell, or at a client of a database. `kind` is `log` where they carry times, else `text`. */
  readonly history?: HistoryKind
  /** Only for `jsonl`: the list of a leak-site tracker. */
  readonly claim?: true
  /** What the person can do; only for `unknown` and `empty`. */
  readonly todo?: string
}

const headBytes = 65_536

const byExtension: Readonly<Record<string, FormatKind>> = {
  png: 'png',
  apng: 'png',
  jpg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  pdf: 'pdf',
  zip: 'zip',
  gz: 'gzip',
  '7z': '7z',
  xlsx: 'xlsx',
  parquet: 'parquet',
}

const pictureName = /\.(?:png|jpe?g|webp|gif)$/i

const oleStart = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** Tells a format by the first 64 KiB, never by the file's name alone; the name helps to say what is wrong, and which text is a history of commands. */
export async function identify(source: ByteSource): Promise<Identified> {
  const head = await source.slice(0, headBytes)
  if (head.length === 0) return { kind: 'empty', seen: 'no bytes', todo: 'Check that the file was copied whole.' }
  const mark = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1', 0, 8)
  if (mark === 'ElfFile\0') return { kind: 'evtx', seen: 'Windows event log' }
  if (mark === 'ElfChnk\0') return { kind: 'evtx', seen: 'chunks of a Windows event log without the file header' }
  if (Buffer.from(head.subarray(0, 8)).equals(oleStart)) return oleFile(source)
  const image = imageIn(head, source)
  if (image !== undefined) return { kind: 'unknown', ...image }
  if (looksLikeUtmp(head, source.size)) return { kind: 'log', seen: 'Linux log-in records (wtmp, btmp)', records: 'utmp' }
  if (looksLikeTar(head)) return { kind: 'tar', seen: 'tar by its first header' }
  const magic = await fileTypeFromBuffer(head)
  const known = magic === undefined ? undefined : byExtension[magic.ext]
  if (known !== undefined) return { kind: known, seen: `${known} by its first bytes` }
  if (magic !== undefined && magic.ext !== 'xml' && !looksLikeText(head))
    return unknown(source, `${magic.mime} by its first bytes`)
  if (!looksLikeText(head)) return bytesOf(source, head)
  const encoding = statedEncoding(head) ?? 'utf-8'
  const text = new TextDecoder(encoding).decode(head)
  const kind = sniffText(text, source.size > head.length)
  if (pictureName.test(source.name)) return unknown(source, `text (${kind.seen}) under the name of a picture`)
  return historyIn(source.name, { text, seen: kind }) ?? kind
}

function bytesOf(source: ByteSource, head: Uint8Array): Identified {
  const seen = `bytes of no known format, beginning ${firstBytes(head)}`
  const image = imageNamed(source.name)
  return image === undefined ? unknown(source, seen) : { kind: 'unknown', seen: `${seen}, ${image.seen}`, todo: image.todo }
}

/** The container of encrypted workbooks and of Office before 2007: what it holds stands in its directory. */
async function oleFile(source: ByteSource): Promise<Identified> {
  const head = Buffer.from(await source.slice(0, 512))
  const sector = 2 ** Math.min(16, head.length < 52 ? 9 : head.readUInt16LE(30))
  const at = (head.length < 52 ? 0 : head.readUInt32LE(48) + 1) * sector
  const directory = Buffer.from(await source.slice(at, at + 8_192))
  const holds = (name: string): boolean => directory.includes(Buffer.from(name, 'utf16le'))
  if (holds('EncryptedPackage'))
    return {
      kind: 'unknown',
      seen: 'an Office file (XLSX or the like) that is encrypted with a password',
      todo: 'Open it with its password, save it without one, and give that file.',
    }
  if (holds('Workbook') || holds('Book'))
    return {
      kind: 'unknown',
      seen: 'an Excel workbook in the format before 2007 (XLS)',
      todo: 'Save it as XLSX or CSV and give that file.',
    }
  return unknown(source, 'an Office file in the format before 2007')
}

/**
 * Text has hardly any control character; a few stand in honest logs (a server logs what a client sent), and more of them in
 * well-formed UTF-8 that somebody wrote to steer a terminal.
 */
function looksLikeText(head: Uint8Array): boolean {
  const encoding = statedEncoding(head)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return true
  let controls = 0
  for (const byte of head) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls += 1
  }
  return controls * 200 <= head.length || (controls * 20 <= head.length && !head.includes(0) && isUtf8(head))
}

/** Well-formed UTF-8, but for a character that the end of the head may cut. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

function firstBytes(head: Uint8Array): string {
  return Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

function unknown(source: ByteSource, seen: string): Identified {
  const todo = pictureName.test(source.name)
    ? 'The name says picture, the content is none; ask for the original picture.'
    : 'Convert it to a format that is read (EVTX, JSON, access log, CSV, XLSX, Parquet, SQL dump, text, HTML, PNG, JPEG), or leave it out.'
  return { kind: 'unknown', seen, todo }
}
