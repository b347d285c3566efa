import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { fileSource, type Watch } from '../base/index.ts'
import { changedRanges, hashBlocks, type BlockHashes } from './block-hash.ts'
import type { Exhibit } from './exhibit.ts'
import { exhibits, referencedPaths, type EvidenceStore } from './exhibits.ts'
import { copyPath, storedCopies } from './vault.ts'
import type { Failure, Findings } from './verification.ts'

/** Reads every exhibit whole and names what is missing, cut, grown or changed, and where. */
export async function verifyExhibits(store: EvidenceStore, watch: Watch = {}): Promise<Findings> {
  const failures: Failure[] = []
  const notes: string[] = []
  const all = exhibits(store.db)
  let bytes = 0
  for (const [index, one] of all.entries()) {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: 'verifying exhibits', done: index, total: all.length, unit: 'exhibits' })
    const found = one.mode === 'copied' ? await verifyCopy(store, one, watch) : await verifyReference(store, one, watch)
    failures.push(...found)
    if (found.length === 0) bytes += one.size
    if (one.mode === 'copied') notes.push(...movedOriginals(one))
  }
  const known = new Set(all.map((one) => one.sha256))
  const stray = (await storedCopies(store.directory)).filter((hash) => !known.has(hash))
  if (stray.length > 0)
    notes.push(
      `${stray.length} copies in the evidence folder belong to no exhibit (left by an interrupted addition); they are not read.`,
    )
  const what = `${all.length} exhibits read whole, ${bytes} bytes as recorded`
  return { checks: [{ code: 'exhibits', ok: failures.length === 0, what }], failures, notes }
}

async function verifyCopy(store: EvidenceStore, one: Exhibit, watch: Watch): Promise<readonly Failure[]> {
  const path = copyPath(store.directory, one.sha256)
  const todo = 'Restore the evidence folder from a backup, or add the original file again.'
  if (!existsSync(path))
    return [{ code: 'exhibit-missing', what: `The copy of ${one.name} is not in the evidence folder.`, where: one.number, todo }]
  return compare({ store, one, path, code: 'exhibit', todo, watch })
}

/** A reference holds when one of its paths still has the bytes. */
async function verifyReference(store: EvidenceStore, one: Exhibit, watch: Watch): Promise<readonly Failure[]> {
  const todo = 'Bring the file back to this path unchanged, or add it again from where it is now.'
  const found: Failure[] = []
  for (const path of referencedPaths(one)) {
    if (!existsSync(path)) {
      const what = `The referenced file of ${one.name} is no longer at ${path}.`
      found.push({ code: 'reference-moved', what, where: one.number, todo })
      continue
    }
    const failures = await compare({ store, one, path, code: 'reference', todo, watch })
    if (failures.length === 0) return []
    found.push(...failures)
  }
  return found
}

interface Comparison {
  readonly store: EvidenceStore
  readonly one: Exhibit
  readonly path: string
  readonly code: 'exhibit' | 'reference'
  readonly todo: string
  readonly watch: Watch
}

async function compare({ store, one, path, code, todo, watch }: Comparison): Promise<readonly Failure[]> {
  const fail = (suffix: string, what: string): readonly Failure[] => [
    { code: `${code}-${suffix}`, what, where: one.number, todo },
  ]
  if (!(await stat(path)).isFile()) return fail('unreadable', `What stands for ${one.name} is no regular file.`)
  const then = recordedHashes(store, one)
  let now: BlockHashes
  try {
    now = await hashBlocks(await fileSource(path), { watch, step: `verifying ${one.number}` })
  } catch (error) {
    if (watch.signal?.aborted === true) throw error
    return fail('unreadable', `The bytes of ${one.name} cannot be read.`)
  }
  if (now.sha256 === one.sha256 && now.size === one.size) return []
  const ranges = changedRanges(then, now)
  const first = ranges[0] ?? { from: 0, to: 0 }
  const region = `first in block ${Math.floor(first.from / (64 * 1024)) + 1} (bytes ${first.from}-${first.to - 1})`
  const more = ranges.length > 1 ? ` and in ${ranges.length - 1} further regions` : ''
  const sizes = `${now.size} bytes instead of ${one.size}`
  const lastWhole = Math.floor(Math.min(now.size, one.size) / (64 * 1024)) * 64 * 1024
  if (now.size < one.size && first.from >= lastWhole) return fail('cut', `${one.name} is cut short: ${sizes}.`)
  if (now.size > one.size && first.from >= lastWhole) return fail('grown', `${one.name} has grown: ${sizes}.`)
  const size = now.size === one.size ? 'same size' : sizes
  return fail('changed', `${one.name} is changed, ${region}${more}; ${size}.`)
}

function recordedHashes({ db }: EvidenceStore, one: Exhibit): BlockHashes {
  const row = db.get<{ blocks: Uint8Array }>('SELECT blocks FROM exhibits WHERE sha256 = ?', one.sha256)
  return { sha256: one.sha256, size: one.size, blocks: row?.blocks ?? new Uint8Array() }
}

function movedOriginals(one: Exhibit): readonly string[] {
  return referencedPaths(one)
    .filter((path) => !existsSync(path))
    .map((path) => `${one.number}: the original at ${path} is gone; the case has its own copy.`)
}
