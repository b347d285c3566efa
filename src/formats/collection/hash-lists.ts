import type { ByteSource, Fault } from '../../base/index.ts'
import { parseJson } from '../jsonl/parse-json.ts'
import { readLines } from '../lines/lines.ts'
import { openRecords } from '../table/records.ts'
import type { CollectionTool } from './member.ts'

export type Algorithm = 'md5' | 'sha1' | 'sha256'

/** What a list states of one file. */
export interface Listed {
  readonly path: string
  /** Where the file stands inside the collection, when the list says so itself. */
  readonly components?: string
  readonly line: number
  readonly hash?: { readonly algorithm: Algorithm; readonly hex: string }
  readonly size?: number
}

/** The entries of a collector's list of files, and what could not be read of it. */
export function listedHashes(list: ByteSource, tool: CollectionTool): AsyncGenerator<Listed | Fault> {
  if (tool === 'kape') return copyLog(list)
  return tool === 'velociraptor' ? uploads(list) : hashLines(list)
}

/** KAPE's copy log: `SourceFile`, `DestinationFile`, `FileSize`, `SourceFileSha1`. */
async function* copyLog(list: ByteSource): AsyncGenerator<Listed | Fault> {
  const table = await openRecords(list, 'csv', { header: true })
  const [to, sha1] = ['DestinationFile', 'SourceFileSha1'].map((name) => table.columns.indexOf(name))
  if (to === undefined || sha1 === undefined || to < 0 || sha1 < 0) return
  for await (const { records, faults } of table.rows) {
    yield* faults
    for (const { values, n } of records) {
      const hex = values[sha1] ?? ''
      const path = values[to] ?? ''
      if (path !== '' && /^[\da-f]{40}$/i.test(hex)) yield { path, line: n + 1, hash: { algorithm: 'sha1', hex } }
    }
  }
}

/** Velociraptor's `uploads.json` (path and size) and the results of its collecting artefacts (path and SHA-256), one object a line. */
async function* uploads(list: ByteSource): AsyncGenerator<Listed | Fault> {
  for await (const { records, faults } of readLines(list, {})) {
    yield* faults
    for (const { text, n } of records) {
      const parsed = parseJson(text)
      if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) continue
      const row = parsed.value as Readonly<Record<string, unknown>>
      const hex = row['SourceFileSha256']
      const path = row['DestinationFile'] ?? row['SourceFile'] ?? row['vfs_path']
      if (typeof path !== 'string' || path === '') continue
      if (typeof hex === 'string' && /^[\da-f]{64}$/i.test(hex)) yield { path, line: n, hash: { algorithm: 'sha256', hex } }
      const size = Number(row['uploaded_size'] ?? Number.NaN)
      const parts = row['_Components']
      // What is sparse or indexed was written in another length than the file's.
      if (
        row['vfs_path'] === path &&
        Number.isSafeInteger(size) &&
        row['Type'] !== 'idx' &&
        size === Number(row['file_size'] ?? size)
      ) {
        const components = Array.isArray(parts) ? parts.filter((part) => typeof part === 'string').join('/') : ''
        yield { path, line: n, size, ...(components === '' ? {} : { components }) }
      }
    }
  }
}

const algorithms: Readonly<Record<number, Algorithm>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' }

/** Lines of md5sum and its like, and of the BSD tools (`MD5 (file) = hash`). */
async function* hashLines(list: ByteSource): AsyncGenerator<Listed | Fault> {
  for await (const { records, faults } of readLines(list, {})) {
    yield* faults
    for (const { text, n } of records) {
      const bsd = /^(?:MD5|SHA1|SHA256) ?\((.{1,4096})\) ?= ?([\da-f]{32,64})$/i.exec(text)
      const gnu = bsd === null ? /^([\da-f]{32,64}) [ *]?(\S.{0,4095})$/i.exec(text) : null
      const hex = bsd?.[2] ?? gnu?.[1] ?? ''
      const path = bsd?.[1] ?? gnu?.[2] ?? ''
      const algorithm = algorithms[hex.length]
      if (algorithm !== undefined && path !== '') yield { path, line: n, hash: { algorithm, hex } }
    }
  }
}
