import { createHash } from 'node:crypto'
import type { Identified } from '../formats/index.ts'
import type { CloseReason } from './watch-entry.ts'
import type { Headed } from './watch-header.ts'
import type { WatchStore } from './watch-store.ts'

/** What tells one file from another of the same name. */
export interface FileIdentity {
  readonly device: string
  readonly inode: string
  /** SHA-256 of its first bytes, and how many those are. */
  readonly head: string
  readonly headBytes: number
}

/** A stretch of a source that is being read. */
export interface OpenSegment {
  /** Byte of the file at which it begins, and the lines of the file before it. */
  readonly from: number
  readonly fromLine: number
  /** ISO 8601 UTC. */
  readonly at: string
  /** Where its reader began: bytes and lines of the segment. */
  readonly epoch: { readonly bytes: number; readonly lines: number }
  /** Lines of before that name the columns, in base64. */
  readonly header: string
  /** Bytes from there by which the reader was helped. */
  readonly head: number
  /** Set when it is read to its end and its bytes remain to be put away. */
  readonly closing?: CloseReason
}

/** How far a source is. */
export interface SourceState {
  /** Absolute path, or `syslog`. */
  readonly path: string
  readonly identity?: FileIdentity
  readonly format?: Identified
  /** Lines that name the columns, in base64. */
  readonly header: string
  /** The file that had the name before, where it had a header: the next one may go on without. */
  readonly before?: Headed
  /** Number of the open segment, or of the next one. */
  readonly segment: number
  /** Byte of the file up to which detections are delivered, and lines that ended before it. */
  readonly offset: number
  readonly line: number
  /** The last bytes before it, in hex. */
  readonly tail: string
  readonly open?: OpenSegment
  /** Size and time of change of a file that is read whole, when it was read. */
  readonly settled?: string
  /** Of the bytes of such a file. */
  readonly sha256?: string
}

/** A source nobody looked at before. */
function newSource(path: string): SourceState {
  return { path, header: '', segment: 1, offset: 0, line: 0, tail: '' }
}

/** The next file under the name of a source. */
export function nextFile({ path, segment, settled, format, header, before }: SourceState): SourceState {
  const headed = format === undefined || header === '' ? before : { format, header }
  return {
    ...newSource(path),
    segment,
    ...(settled === undefined ? {} : { settled }),
    ...(headed === undefined ? {} : { before: headed }),
  }
}

/** What is known of a source. */
export function readState({ db }: WatchStore, path: string): SourceState {
  const row = db.get<{ body: string }>('SELECT body FROM sources WHERE path = ?', path)
  return row === undefined ? newSource(path) : (JSON.parse(row.body) as SourceState)
}

/** Whether a source was followed before. */
export function isKnown({ db }: WatchStore, path: string): boolean {
  return db.get('SELECT 1 AS yes FROM sources WHERE path = ?', path) !== undefined
}

/** To be called inside the change of `deliver`. */
export function writeState({ db }: WatchStore, state: SourceState): void {
  db.run('INSERT OR REPLACE INTO sources VALUES (?, ?)', state.path, JSON.stringify(state))
}

/** Bytes at the beginning of a file that tell it from another. */
export const identityBytes = 256

/** Bytes before the place read up to that must still be there. */
export const tailBytes = 64

export function hashOfHead(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
