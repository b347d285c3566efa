import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { sha256, UserError } from '../base/index.ts'
import { checkBounds, openBulk, type Bulk, type Parts } from '../vendor-check/index.ts'

/** Writes a file whole or not at all, readable by this user alone. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}

/** The text of a document that came from outside. Throws a `UserError` when it is too large to be one. */
export function documentFile(path: string): string {
  if (statSync(path).size > checkBounds.documentBytes)
    throw new UserError({
      code: 'document-too-large',
      message: `${path} is larger than any document of a vendor check`,
      hint: 'check that it is the right file',
    })
  return readFileSync(path, 'utf8')
}

/** Reads the vendor's seed of 32 bytes in hex; `create` makes one where there is none. Throws a `UserError` when others can read it. */
export function readSeed(path: string, { create }: { readonly create: boolean }): Uint8Array {
  if (!existsSync(path)) {
    if (!create)
      throw new UserError({
        code: 'seed-missing',
        message: `there is no seed file ${path}`,
        hint: 'give the one that was used with "vendor-check commit"; without it nothing can be answered',
      })
    writeWhole(path, `${randomBytes(32).toString('hex')}\n`)
  }
  if ((statSync(path).mode & 0o077) !== 0)
    throw new UserError({
      code: 'seed-exposed',
      message: `other users of this machine can read ${path}`,
      hint: 'set its mode to 600; if others had access, commit again with a new seed',
    })
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new UserError({
      code: 'seed-unreadable',
      message: `${path} holds no seed`,
      hint: 'it should be 64 hexadecimal digits; with no file there, one is made',
    })
  return Buffer.from(text, 'hex')
}

/**
 * Finished parts of long work in a file beside its result, one line each, so that a stopped run goes on where it was.
 * Parts of other work (another `fingerprint`) and a line cut short by the stop are dropped.
 */
export function openParts(path: string, fingerprint: string): Parts & { readonly kept: number; remove(): void } {
  const kept = new Map<number, string>()
  const first = `${JSON.stringify({ for: fingerprint })}\n`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (text.startsWith(first)) {
    let end = first.length
    for (let next = text.indexOf('\n', end); next >= 0; next = text.indexOf('\n', end)) {
      const [n, bytes, check] = /^(\d+) (\S*) ([0-9a-f]{16})$/.exec(text.slice(end, next))?.slice(1) ?? []
      if (n === undefined || bytes === undefined || sha256(bytes).slice(0, 16) !== check) break
      kept.set(Number(n), bytes)
      end = next + 1
    }
    truncateSync(path, end)
  } else writeFileSync(path, first, { mode: 0o600 })
  return {
    kept: kept.size,
    get(n) {
      const bytes = kept.get(n)
      return bytes === undefined ? undefined : Buffer.from(bytes, 'base64')
    },
    put(n, bytes) {
      const written = Buffer.from(bytes).toString('base64')
      appendFileSync(path, `${n} ${written} ${sha256(written).slice(0, 16)}\n`)
    },
    remove: () => rmSync(path, { force: true }),
  }
}

/** Threads for so many group operations; small work is done without any. The caller closes it. */
export function bulkFor(operations: number): Promise<Bulk> {
  return openBulk(operations < 5_000 ? 0 : Math.min(16, availableParallelism()))
}
