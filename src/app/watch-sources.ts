import { open, readdir, stat } from 'node:fs/promises'
import { watch as watchPath, type FSWatcher } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { bytesSource, fault, limits, UserError, type Fault } from '../base/index.ts'
import { lawfulFault } from './lawful-gate.ts'
import type { WatchDesk } from './watch-desk.ts'
import { followingOf, WatchFile, type Step } from './watch-file.ts'
import { identifyHead } from './watch-reader.ts'
import { isRotatedName } from './watch-rotated.ts'
import { isKnown } from './watch-state.ts'
import { WatchWhole } from './watch-whole.ts'

/** Something that is followed. */
export interface WatchedSource {
  readonly path: string
  readonly fault: Fault | undefined
  step(now: number, last: boolean): Promise<Step>
  stop(): Promise<void>
}

/** A folder is looked through again so often, milliseconds. */
const scanMs = 500
const headBytes = 65_536

/** The files and folders followed: opens what appears, closes what is gone. */
export class WatchSources {
  readonly #desk: WatchDesk
  readonly #folders: readonly string[]
  readonly #watchers: FSWatcher[] = []
  /** Files of folders that are no logs, by path, with their size when they were looked at. */
  readonly #passed = new Map<string, number>()
  readonly all = new Map<string, WatchedSource>()
  #scanned = -Infinity
  #full = false

  private constructor(desk: WatchDesk, folders: readonly string[]) {
    this.#desk = desk
    this.#folders = folders
  }

  /** Throws a `UserError` for a path that is neither file nor folder. A file that does not exist yet is waited for when its folder exists. */
  static async open(
    desk: WatchDesk,
    options: { readonly paths: readonly string[]; readonly wake: () => void },
  ): Promise<WatchSources> {
    const folders: string[] = []
    const files: string[] = []
    for (const path of new Set(options.paths.map((one) => resolve(one)))) {
      const info = await stat(path).catch(() => undefined)
      if (info?.isDirectory() === true) folders.push(path)
      else if (info?.isFile() === true || (info === undefined && (await isFolder(dirname(path))))) files.push(path)
      else
        throw new UserError({
          code: 'no-such-path',
          message: info === undefined ? `${path} does not exist` : `${path} is neither a file nor a folder`,
          hint: 'give a log, a folder of logs, or --syslog for what is sent',
        })
    }
    const sources = new WatchSources(desk, folders)
    for (const path of files) {
      const refused = await sources.#add(path, true)
      if (refused !== undefined)
        throw new UserError({ code: refused.code, message: `${path}: ${refused.what}`, hint: refused.todo, exitCode: 3 })
    }
    for (const folder of new Set([...folders, ...files.map((path) => dirname(path))])) sources.#listen(folder, options.wake)
    return sources
  }

  /** Files of folders that are not followed. */
  get passedOver(): number {
    return this.#passed.size
  }

  /** Looks for new files. `now` in milliseconds. */
  async scan(now: number): Promise<readonly Fault[]> {
    if (this.#folders.length === 0 || now - this.#scanned < scanMs) return []
    this.#scanned = now
    const faults: Fault[] = []
    for (const folder of this.#folders) {
      const names = await readdir(folder, { withFileTypes: true }).catch(() => [])
      const files = names.filter((one) => one.isFile()).map((one) => one.name)
      const others = new Set(files)
      for (const name of files.sort()) {
        const path = join(folder, name)
        const isLog = (one: string): boolean => others.has(one) || isKnown(this.#desk.store, join(folder, one))
        if (this.all.has(path) || isRotatedName(name, isLog)) continue
        if (this.all.size < limits.watchSources) {
          const refused = await this.#add(path, false)
          if (refused !== undefined) faults.push(refused)
        } else if (!this.#full) {
          this.#full = true
          const what = `more than ${limits.watchSources} files; ${basename(path)} and those behind it are not followed`
          faults.push(fault('too-many-sources', what, { file: folder }, 'follow fewer folders with one command'))
        }
      }
    }
    return faults
  }

  /** A source that is gone. */
  drop(path: string): void {
    this.all.delete(path)
  }

  close(): void {
    for (const one of this.#watchers) one.close()
  }

  /**
   * A file given by name is followed as lines unless its bytes say otherwise; one of a folder once its bytes say that it is a log. A log of lawful
   * interception or disclosure is not followed: the fault says so.
   */
  async #add(path: string, named: boolean): Promise<Fault | undefined> {
    const info = await stat(path).catch(() => undefined)
    if (!named && (info === undefined || info.size === 0 || this.#passed.get(path) === info.size)) return undefined
    const head = info === undefined || info.size === 0 ? undefined : await headOf(path)
    const identified = head === undefined ? undefined : await identifyHead(path, head)
    if (head !== undefined && identified !== undefined) {
      const refused = await lawfulFault({ source: bytesSource(path, head), identified, name: path })
      if (refused !== undefined) {
        this.#passed.set(path, info?.size ?? 0)
        return refused
      }
    }
    const how = identified === undefined ? 'lines' : followingOf(identified, this.#desk)
    if (how === 'whole') this.all.set(path, new WatchWhole(this.#desk, path))
    else if (how === 'lines' || named) this.all.set(path, await WatchFile.open(this.#desk, path, named))
    else {
      this.#passed.set(path, info?.size ?? 0)
      return undefined
    }
    this.#passed.delete(path)
    return undefined
  }

  /** News from the system wake the loop early; where there are none it looks by itself. */
  #listen(folder: string, wake: () => void): void {
    try {
      const watcher = watchPath(folder, { persistent: false }, wake)
      watcher.on('error', () => watcher.close())
      this.#watchers.push(watcher)
    } catch {
      // Out of watches, or a file system without them.
    }
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(headBytes)
    const { bytesRead } = await handle.read(bytes, 0, headBytes, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}
