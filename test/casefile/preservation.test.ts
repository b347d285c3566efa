import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import {
  caseMigrations,
  checkLedger,
  losses,
  note,
  notes,
  preservations,
  recordLoss,
  recordPreservation,
} from '../../src/casefile/index.ts'
import { custody } from '../../src/evidence/index.ts'
import { openDb } from '../../src/store/index.ts'
import { aCase, minute } from './a-case.ts'

const loss = {
  source: 'vpn-2',
  from: '2026-01-06',
  to: '2026-01-07',
  lostAt: '2026-02-06T00:00:00.000000Z',
  reason: ' Overwritten before the request arrived ',
}

test('a loss and a request are numbered, signed, written once, and checked', () => {
  const { db, aisha } = aCase()
  const written = recordLoss(db, { ...loss, by: aisha, at: minute(1) })
  expect(written).toMatchObject({ number: 'L1', by: ['Aisha Rahman'], reason: 'Overwritten before the request arrived' })
  expect(recordLoss(db, { ...loss, by: aisha, at: minute(1) }).number).toBe('L1')
  const asked = { source: 'vpn-2', from: '2026-01-08', to: '2026-01-20', due: minute(9), text: 'ab'.repeat(32) }
  expect(recordPreservation(db, { ...asked, by: aisha, at: minute(2) })).toMatchObject({ number: 'P1', due: minute(9) })
  expect(losses(db)).toHaveLength(1)
  expect(preservations(db)).toHaveLength(1)
  expect(custody(db).map((entry) => entry.act)).toEqual(['loss-recorded', 'preservation-requested'])
  expect(checkLedger(db).failures).toEqual([])
})

test('no loss without a reason or with its days the wrong way round', () => {
  const { db, aisha } = aCase()
  expect(() => recordLoss(db, { ...loss, reason: ' ', by: aisha, at: minute(1) })).toThrow('needs words')
  expect(() => recordLoss(db, { ...loss, to: '2026-01-05', by: aisha, at: minute(1) })).toThrow('before the first')
  expect(losses(db)).toEqual([])
})

test('a loss that somebody changes or removes afterwards is found', () => {
  const { db, folder, aisha } = aCase()
  recordLoss(db, { ...loss, by: aisha, at: minute(1) })
  const raw = new DatabaseSync(join(folder, 'case.db'))
  raw.exec(`DROP TRIGGER acts_no_update; UPDATE acts SET body = replace(body, '2026-01-07', '2026-01-06')`)
  expect(checkLedger(db).failures.map((one) => one.code)).toEqual(['ledger-changed'])
  raw.exec('DROP TRIGGER acts_no_delete; DELETE FROM acts')
  expect(checkLedger(db).failures.map((one) => one.code)).toEqual(['ledger-missing'])
  raw.close()
})

test('a case file from before there were losses keeps its notes, and stays append-only', () => {
  const { folder, aisha } = aCase()
  const file = join(folder, 'old.db')
  const old = openDb(file, caseMigrations.slice(0, -1))
  note(old, { kind: 'note', text: 'Called the network team', by: aisha, at: minute(1) })
  old.close()
  const db = openDb(file, caseMigrations)
  expect(notes(db).map((one) => one.text)).toEqual(['Called the network team'])
  recordLoss(db, { ...loss, by: aisha, at: minute(2) })
  expect(checkLedger(db).failures).toEqual([])
  expect(() => db.run('DELETE FROM acts')).toThrow('append-only')
  expect(() => db.run("UPDATE acts SET at = ''")).toThrow('append-only')
})
