import { existsSync, readdirSync, rmSync } from 'node:fs'
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileSource, type ByteSource, type Watch } from '../base/index.ts'
import { hashBlocks, type BlockHashes } from './block-hash.ts'
import { syncFolder } from './write-whole.ts'

const draftFolder = '.partial'

/**
 * Copies a source into the folder of a case's evidence under its hash: written beside, flushed, renamed, so that a copy is there
 * whole or not at all. `outcome` tells whether the bytes were there already, or a damaged copy was replaced by sound bytes.
 */
export async function storeCopy(
  directory: string,
  source: ByteSource,
  watch: Watch = {},
): Promise<BlockHashes & { outcome: 'stored' | 'present' | 'restored' }> {
  const drafts = join(directory, draftFolder)
  await mkdir(drafts, { recursive: true, mode: 0o700 })
  const draft = join(drafts, `${process.pid}-${randomUUID()}`)
  try {
    const hashes = await writeDraft(draft, source, watch)
    const path = copyPath(directory, hashes.sha256)
    const present = existsSync(path)
    if (present && (await isWhole(path, hashes, watch))) return { ...hashes, outcome: 'present' }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(draft, path)
    await syncFolder(dirname(path))
    await syncFolder(directory)
    return { ...hashes, outcome: present ? 'restored' : 'stored' }
  } finally {
    await rm(draft, { force: true })
  }
}

async function writeDraft(draft: string, source: ByteSource, watch: Watch): Promise<BlockHashes> {
  const file = await open(draft, 'wx', 0o600)
  try {
    const hashes = await hashBlocks(source, {
      watch,
      step: 'copying evidence',
      onChunk: async (chunk) => {
        for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten
      },
    })
    await file.sync()
    await chmod(draft, 0o400)
    return hashes
  } finally {
    await file.close()
  }
}

async function isWhole(path: string, hashes: BlockHashes, watch: Watch): Promise<boolean> {
  const source = await fileSource(path)
  return source.size === hashes.size && (await hashBlocks(source, { watch })).sha256 === hashes.sha256
}

/** Where the copy of these bytes lies. Only the evidence room ever asks. */
export function copyPath(directory: string, hash: string): string {
  return join(directory, hash.slice(0, 2), hash)
}

/**
 * Removes the drafts of processes that are no more and gives their number; a draft of a running process stays. Safe to call
 * whenever a case is opened.
 */
export function sweepDrafts(directory: string): number {
  const drafts = join(directory, draftFolder)
  if (!existsSync(drafts)) return 0
  const left = readdirSync(drafts).filter((name) => !isRunning(Number(/^(\d{1,10})-/.exec(name)?.[1] ?? 0)))
  for (const name of left) rmSync(join(drafts, name), { force: true })
  return left.length
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user is running too, we just may not signal it.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Hashes of all copies in the folder, sorted; drafts and files of other names are left out. */
export async function storedCopies(directory: string): Promise<readonly string[]> {
  if (!existsSync(directory)) return []
  const found: string[] = []
  for (const folder of await readdir(directory, { withFileTypes: true })) {
    if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue
    for (const name of await readdir(join(directory, folder.name))) if (/^[0-9a-f]{64}$/.test(name)) found.push(name)
  }
  return found.sort()
}
