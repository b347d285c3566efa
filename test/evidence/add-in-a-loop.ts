// Adds a growing file again and again until it is killed: used by the test of sudden ends.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesSource } from '../../src/base/index.ts'
import { addExhibit, evidenceMigrations, loadKey } from '../../src/evidence/index.ts'
import { openDb } from '../../src/store/index.ts'

const [folder = '', path = ''] = process.argv.slice(2)
const store = { db: openDb(join(folder, 'case.db'), evidenceMigrations), directory: join(folder, 'evidence') }
const by = loadKey({ directory: join(folder, 'keys'), name: 'Aisha Rahman' })
const bytes = readFileSync(path)
for (let n = 0; n < 10_000; n += 1) {
  bytes.writeUInt32BE(n, 0)
  const file = bytesSource(`part-${n}`, bytes)
  await addExhibit(store, {
    file,
    kind: 'bytes',
    role: 'logs',
    mode: 'copied',
    acquisition: {},
    by,
    at: '2026-10-06T09:00:00.000000Z',
  })
}
