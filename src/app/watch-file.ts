import { open, stat, type FileHandle } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { fault, limits, type Fault } from '../base/index.ts'
import type { Identified } from '../formats/index.ts'
import type { WatchDesk } from './watch-desk.ts'
import type { CloseReason } from './watch-entry.ts'
import { fitsHeader } from './watch-header.ts'
import { findRotated, rotatedSince } from './watch-rotated.ts'
import { WatchLog } from './watch-log.ts'
import { identifyHead } from './watch-reader.ts'
import { hashOfHead, identityBytes, nextFile, type FileIdentity } from './watch-state.ts'
import { holdsTail } from './watch-tail.ts'

/** A program goes on writing to a renamed file until it opens the new one. */
const graceMs = 300
/** A file that is no log in its first bytes may become one. */
const undecidedBytes = 65_536
/** Without new bytes for so long, held-back records are given. */
const quietMs = 300

/** How a step of a source ended: there was something to do, nothing, or never again. */
export type Step = 'busy' | 'idle' | 'gone'

/** Chooses how a file is followed: as lines, whole once it has come to rest, or not at all. */
export type Following = 'lines' | 'whole' | 'not'

/** How a format is followed; tables only where the sources are audit logs. */
export function followingOf({ kind }: Identified, { audit }: Pick<WatchDesk, 'audit'>): Following {
  if (kind === 'evtx') return 'whole'
  if (kind === 'csv') return audit ? 'lines' : 'not'
  return kind === 'jsonl' || kind === 'access-log' || kind === 'log' || kind === 'pgaudit' ? 'lines' : 'not'
}

/** Follows one file of lines through growth, rotation and truncation. */
export class WatchFile {
  readonly path: string
  readonly #log: WatchLog
  readonly #keepsName: boolean
  #handle: FileHandle | undefined
  #replacedAt: number | undefined
  #readAt = 0
  #touched = 0
  #notLog: Fault | undefined

  private constructor(log: WatchLog, keepsName: boolean) {
    this.path = log.state.path
    this.#log = log
    this.#keepsName = keepsName
  }

  /** `keepsName`: given by name, so that it is waited for when it is gone. */
  static async open(desk: WatchDesk, path: string, keepsName: boolean): Promise<WatchFile> {
    return new WatchFile(await WatchLog.open(desk, path), keepsName)
  }

  /** What is wrong with the file, when it is not followed. */
  get fault(): Fault | undefined {
    return this.#notLog
  }

  /** Reads at most one block. `now` in milliseconds. */
  async step(now: number): Promise<Step> {
    const due = this.#log.due(now)
    if (due !== undefined) await this.#log.close(due)
    const there = await stat(this.path).catch(missing)
    if (this.#handle === undefined && !(await this.#openFile(there)))
      return this.#keepsName || there !== undefined ? 'idle' : 'gone'
    const handle = this.#handle as FileHandle
    const info = await handle.stat()
    if (await this.#isOther(handle, info)) return this.#truncated(handle)
    if (await this.#block(handle, info.size, false)) {
      this.#readAt = now
      return 'busy'
    }
    if (this.#readAt > 0 && now - this.#readAt >= quietMs) {
      this.#readAt = 0
      await this.#log.quiet()
    }
    if (there !== undefined && same(there, info)) {
      this.#replacedAt = undefined
      return 'idle'
    }
    this.#replacedAt ??= now
    if (now - this.#replacedAt < graceMs) return 'idle'
    return this.#replaced(handle, there === undefined)
  }

  /** Ends what is open, for good or until the next start. */
  async stop(): Promise<void> {
    await this.#closeFile()
    await this.#log.close('stopped')
  }

  /** Lets go of everything and leaves the segment open. */
  async release(): Promise<void> {
    await this.#closeFile()
    await this.#log.release()
  }

  async #openFile(there: Stats | undefined): Promise<boolean> {
    const { identity } = this.#log.state
    if (there === undefined || !there.isFile()) return false
    const handle = await open(this.path, 'r').catch(missing)
    if (handle === undefined) {
      this.#notLog = fault(
        'not-read',
        'the file may not be read',
        { file: this.path },
        'let this user read it; it is tried again',
      )
      return false
    }
    const info = await handle.stat()
    const known = identity === undefined || (same(info, identity) && (await holdsTail(handle, info.size, this.#log.state)))
    if (!known) {
      // Rotated while nobody looked: the rest of the file that was read lies under another name, if it is still there.
      await this.#finishRotated()
      await this.#turn('rotated', handle)
    }
    this.#handle = handle
    this.#replacedAt = undefined
    // Known from now on, whatever it is renamed to before its first line is read.
    if (this.#log.state.identity === undefined) this.#log.change({ identity: await identityOf(handle) })
    return true
  }

  /** Reads the next block; false when there is nothing to read. `final`: a line without its end is read too. */
  async #block(handle: FileHandle, size: number, final: boolean): Promise<boolean> {
    const { offset } = this.#log.state
    if (size <= offset) return false
    const bytes = Buffer.alloc(Math.min(limits.watchBlockBytes, size - offset))
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset)
    const read = bytes.subarray(0, bytesRead)
    const whole = read.lastIndexOf(10) + 1
    // A line longer than a block is read in parts.
    const take = whole > 0 ? whole : final || bytesRead === limits.watchBlockBytes ? bytesRead : 0
    if (take === 0 || !(await this.#decide(handle, read.subarray(0, take), size))) return false
    await this.#log.take(read.subarray(0, take))
    return true
  }

  /** What the file is, told by its first bytes, once; false while it cannot be told. */
  async #decide(handle: FileHandle, first: Uint8Array, size: number): Promise<boolean> {
    const { state } = this.#log
    const { identity } = state
    if (state.format !== undefined && identity !== undefined) {
      if (identity.headBytes < identityBytes) this.#log.change({ identity: await identityOf(handle) })
      return true
    }
    if (state.offset > 0) return false
    if (this.#notLog !== undefined && size > undecidedBytes) return false
    const head = first.subarray(0, undecidedBytes)
    const { before } = state
    if (before !== undefined && !isUtf16(first) && (await fitsHeader(head, before, this.#log.reading))) {
      this.#notLog = undefined
      this.#log.change({ ...before, identity: await identityOf(handle) })
      return true
    }
    const format = await identifyHead(this.path, head)
    if (followingOf(format, this.#log.desk) !== 'lines' || isUtf16(first)) {
      const todo = 'give a log of lines or a Windows event log; "breachline detect" reads other forms once they are written'
      this.#notLog = fault(
        'not-read',
        `not followed: ${isUtf16(first) ? 'text in UTF-16' : format.seen}`,
        { file: this.path },
        todo,
      )
      return false
    }
    this.#notLog = undefined
    this.#log.change({
      format: format.kind === 'csv' ? { ...format, log: 'table' } : format,
      identity: await identityOf(handle),
    })
    return true
  }

  /** Whether the file under the handle is no longer the one that was read: shorter, or with other bytes before the place read up to. */
  async #isOther(handle: FileHandle, info: Stats): Promise<boolean> {
    const { offset } = this.#log.state
    if (info.size < offset) return true
    // Cut and written again, it may be as long as before.
    const touched = info.size > offset || info.mtimeMs !== this.#touched
    this.#touched = info.mtimeMs
    return touched && offset > 0 && !(await holdsTail(handle, info.size, this.#log.state))
  }

  async #truncated(handle: FileHandle): Promise<Step> {
    await this.#finishRotated()
    await this.#turn('truncated', handle)
    return 'busy'
  }

  /** Another file has the name, or none: the rest of this one is read and its segment closed. */
  async #replaced(handle: FileHandle, removed: boolean): Promise<Step> {
    const { size, mtimeMs } = await handle.stat()
    if (await this.#block(handle, size, true)) return 'busy'
    await this.#closeFile()
    await this.#readSince(mtimeMs)
    const next = removed ? undefined : await open(this.path, 'r').catch(missing)
    await this.#turn(removed ? 'removed' : 'rotated', next)
    await next?.close()
    return removed && !this.#keepsName ? 'gone' : 'busy'
  }

  /** Reads what the file held when it was moved or copied away, and the files that came and went after it. */
  async #finishRotated(): Promise<void> {
    if (this.#log.state.identity === undefined) return
    const handle = await findRotated(this.path, this.#log.state)
    if (handle === undefined) return
    const { mtimeMs } = await this.#readWhole(handle)
    await this.#readSince(mtimeMs)
  }

  async #readSince(mtimeMs: number): Promise<void> {
    const { identity } = this.#log.state
    if (identity === undefined) return
    for (const path of await rotatedSince(this.path, { identity, mtimeMs })) {
      const handle = await open(path, 'r').catch(missing)
      if (handle === undefined) continue
      await this.#turn('rotated', handle)
      await this.#readWhole(handle)
    }
  }

  /** Reads a file that grows no more from the place read up to, and closes it. */
  async #readWhole(handle: FileHandle): Promise<Stats> {
    try {
      const info = await handle.stat()
      while (await this.#block(handle, info.size, true));
      return info
    } finally {
      await handle.close()
    }
  }

  /** Closes the segment of a file that is over. The next one is known from the same moment on. */
  async #turn(why: CloseReason, next: FileHandle | undefined): Promise<void> {
    const identity = next === undefined ? {} : { identity: await identityOf(next) }
    await this.#log.close(why, (state) => ({ ...nextFile(state), ...identity }))
  }

  async #closeFile(): Promise<void> {
    await this.#handle?.close()
    this.#handle = undefined
  }
}

async function identityOf(handle: FileHandle): Promise<FileIdentity> {
  const info = await handle.stat()
  const bytes = Buffer.alloc(Math.min(identityBytes, info.size))
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
  return {
    device: String(info.dev),
    inode: String(info.ino),
    head: hashOfHead(bytes.subarray(0, bytesRead)),
    headBytes: bytesRead,
  }
}

function same(one: Stats, other: Stats | FileIdentity): boolean {
  return 'device' in other
    ? String(one.dev) === other.device && String(one.ino) === other.inode
    : one.dev === other.dev && one.ino === other.ino
}

/** UTF-16 cannot be cut at bytes that end a line. */
function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}

function missing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EPERM') return undefined
  throw error
}
