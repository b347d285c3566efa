import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { addExhibit, evidenceMigrations, loadKey, newKey, type EvidenceStore, type Signer } from '../../src/evidence/index.ts'
import { openDb } from '../../src/store/index.ts'

export const at = '2026-10-06T09:00:00.000000Z'

/** An empty case in a folder of its own, with the keys of two invented persons. */
export function aCase(): { folder: string; store: EvidenceStore; aisha: Signer; daniel: Signer } {
  const folder = mkdtempSync(join(tmpdir(), 'breachline-case-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const keys = join(folder, 'keys')
  newKey({ directory: keys, name: 'Aisha Rahman', role: 'incident lead' })
  newKey({ directory: keys, name: 'Daniel Lim', role: 'privacy officer' })
  return {
    folder,
    store: { db: openDb(join(folder, 'case.db'), evidenceMigrations), directory: join(folder, 'evidence') },
    aisha: loadKey({ directory: keys, name: 'aisha rahman' }),
    daniel: loadKey({ directory: keys, name: 'Daniel Lim' }),
  }
}

/** Writes a file into the case's folder and gives its path. */
export function aFile(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Adds a file as logs, copied unless told otherwise. */
export async function add(one: { store: EvidenceStore; aisha: Signer }, path: string, mode: 'copied' | 'referenced' = 'copied') {
  return addExhibit(one.store, {
    file: path,
    kind: 'csv',
    role: 'logs',
    mode,
    acquisition: { by: 'Aisha Rahman' },
    by: one.aisha,
    at,
  })
}
