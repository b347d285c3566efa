import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { limits } from '../base/index.ts'
import { holdsTail } from './watch-tail.ts'
import { hashOfHead, type FileIdentity, type SourceState } from './watch-state.ts'

const packed = /\.(?:gz|bz2|xz|zst|zip|7z)$/i
const turned = /(?:[.-]\d{1,4}|[.-]\d{4}-?\d{2}-?\d{2}(?:[T_-]?\d{2,6})?|\.old|\.bak)$/

/** Whether a name is that of a rotated or packed log: what it holds was, or will be, read under its first name. */
export function isRotatedName(name: string, isLog: (name: string) => boolean): boolean {
  if (packed.test(name)) return true
  const end = turned.exec(name)
  return end !== null && isLog(name.slice(0, end.index))
}

const numbered = /(?:[.-]\d{1,4}|[.-]\d{4}-?\d{2}-?\d{2}(?:[T_-]?\d{2,6})?)$/

type Known = Pick<SourceState, 'identity' | 'offset' | 'tail'>

/**
 * The file that a followed one became: moved away (the same inode), or copied away before it was cut (the same first bytes, and the
 * same bytes before the place read up to). Undefined when it is not beside it.
 */
export async function findRotated(path: string, state: Known): Promise<FileHandle | undefined> {
  for (const one of await beside(path)) {
    if (state.identity === undefined || one.size < state.offset) continue
    const handle = await open(one.path, 'r').catch(() => undefined)
    if (handle === undefined) continue
    const moved = one.device === state.identity.device && one.inode === state.identity.inode
    if ((moved || (await beginsAs(handle, state.identity))) && (await holdsTail(handle, one.size, state))) return handle
    await handle.close()
  }
  return undefined
}

/**
 * Files that had the name after the one that was read and lost it again before anybody looked: numbered or dated ones written later
 * and with another beginning, oldest first.
 */
export async function rotatedSince(
  path: string,
  file: { readonly identity: FileIdentity; readonly mtimeMs: number },
): Promise<string[]> {
  const since: { path: string; mtimeMs: number }[] = []
  for (const one of await beside(path)) {
    if (!numbered.test(one.path.slice(path.length)) || one.mtimeMs <= file.mtimeMs || one.size === 0) continue
    if (one.device === file.identity.device && one.inode === file.identity.inode) continue
    const handle = await open(one.path, 'r').catch(() => undefined)
    if (handle === undefined) continue
    if (!(await beginsAs(handle, file.identity))) since.push(one)
    await handle.close()
  }
  return since.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.path < b.path ? 1 : -1)).map((one) => one.path)
}

async function beginsAs(handle: FileHandle, { head, headBytes }: FileIdentity): Promise<boolean> {
  if (headBytes === 0) return false
  const bytes = Buffer.alloc(headBytes)
  await handle.read(bytes, 0, headBytes, 0)
  return hashOfHead(bytes) === head
}

interface Beside {
  readonly path: string
  readonly device: string
  readonly inode: string
  readonly size: number
  readonly mtimeMs: number
}

/** Files beside one whose names begin with its own, packed ones left out. */
async function beside(path: string): Promise<Beside[]> {
  const folder = dirname(path)
  const name = basename(path)
  const names = await readdir(folder).catch(() => [])
  const found: Beside[] = []
  for (const one of names.sort()) {
    if (one === name || !one.startsWith(name) || packed.test(one) || found.length >= limits.watchSources) continue
    const info = await stat(join(folder, one)).catch(() => undefined)
    if (info?.isFile() !== true) continue
    const { dev, ino, size, mtimeMs } = info
    found.push({ path: join(folder, one), device: String(dev), inode: String(ino), size, mtimeMs })
  }
  return found
}
