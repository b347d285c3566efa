import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { caseMigrations, type Proposal } from '../../src/casefile/index.ts'
import { loadKey, newKey, type Signer } from '../../src/evidence/index.ts'
import { openDb, type Db } from '../../src/store/index.ts'

/** An empty case file with the keys of two invented persons. */
export function aCase(): { folder: string; db: Db; aisha: Signer; daniel: Signer } {
  const folder = mkdtempSync(join(tmpdir(), 'breachline-casefile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const directory = join(folder, 'keys')
  newKey({ directory, name: 'Aisha Rahman', role: 'incident lead' })
  newKey({ directory, name: 'Daniel Lim', role: 'privacy officer' })
  return {
    folder,
    db: openDb(join(folder, 'case.db'), caseMigrations),
    aisha: loadKey({ directory, name: 'Aisha Rahman' }),
    daniel: loadKey({ directory, name: 'Daniel Lim' }),
  }
}

/** The nth minute of an invented morning. */
export const minute = (n: number): string => `2026-10-06T09:${String(n).padStart(2, '0')}:00.000000Z`

/** A proposal about an assertion, told apart by its subject and one parameter. */
export function aProposal(subject: string, rows: number, more: Partial<Proposal> = {}): Proposal {
  return {
    kind: 'assessment',
    subject: `assertion:${subject}`,
    code: 'rows-agree-with-copy',
    params: { rows, share: '0.912' },
    cites: [{ kind: 'exhibit', sha256: 'ab'.repeat(32), file: 'claim/sample.csv', at: { kind: 'row', n: rows } }],
    text: `${rows} rows agree with the extract cut for Meridian Telekom`,
    confidence: 'high',
    grounds: [],
    producer: 'assessment',
    ...more,
  }
}
