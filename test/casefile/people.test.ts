import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import {
  addTask,
  checkLedger,
  closeTask,
  decide,
  decisions,
  finding,
  findingId,
  findings,
  note,
  notes,
  propose,
  rule,
  tasks,
} from '../../src/casefile/index.ts'
import { custody, custodyHead, verify } from '../../src/evidence/index.ts'
import { aCase, aProposal, minute } from './a-case.ts'

const one = aProposal('A1', 1)
const id = findingId(one)

function ruledCase() {
  const made = aCase()
  propose(made.db, [one, aProposal('A2', 2)], { run: 'R1', at: minute(0) })
  return made
}

test('a ruling changes the status, keeps its reason, and is signed', () => {
  const { db, aisha } = ruledCase()
  const ruled = rule(db, id, { ruling: 'adopt', by: aisha, reason: ' rows read one by one ', at: minute(1) })
  expect(ruled).toMatchObject({
    status: 'adopted',
    ruling: { by: 'Aisha Rahman', at: minute(1), reason: 'rows read one by one' },
  })
  expect(custody(db).map((entry) => [entry.act, entry.detail['finding'], entry.by[0]?.name])).toEqual([
    ['ruling', id, 'Aisha Rahman'],
  ])
  expect(findings(db, { status: 'adopted' }).map((each) => each.id)).toEqual([id])
  expect(findings(db, { status: 'proposed' })).toHaveLength(1)
})

test('every ruling has its status; reopening takes the last one back; the same ruling twice is one', () => {
  const { db, aisha, daniel } = ruledCase()
  for (const [ruling, status] of [
    ['park', 'parked'],
    ['reject', 'rejected'],
    ['adopt', 'adopted'],
    ['adopt', 'adopted'],
  ] as const)
    expect(rule(db, id, { ruling, by: aisha, reason: 'seen', at: minute(1) }).status).toBe(status)
  expect(custody(db)).toHaveLength(3)
  const reopened = rule(db, id, { ruling: 'reopen', by: daniel, reason: 'new logs', at: minute(2) })
  expect(reopened.status).toBe('proposed')
  expect(reopened.ruling).toBeUndefined()
})

test('no ruling without a reason, on an unknown finding, or adopting what was withdrawn', () => {
  const { db, aisha } = ruledCase()
  expect(() => rule(db, id, { ruling: 'adopt', by: aisha, reason: '  ', at: minute(1) })).toThrow(/words/)
  expect(() => rule(db, 'F_none', { ruling: 'adopt', by: aisha, reason: 'x', at: minute(1) })).toThrow(/no finding/)
  propose(db, [], { run: 'R2', at: minute(2), complete: ['assessment'] })
  expect(() => rule(db, id, { ruling: 'adopt', by: aisha, reason: 'x', at: minute(3) })).toThrow(/withdrawn/)
  expect(rule(db, id, { ruling: 'reject', by: aisha, reason: 'x', at: minute(3) }).status).toBe('rejected')
  expect(custody(db)).toHaveLength(1)
})

test('a decision keeps what was known when it was made', () => {
  const { db, aisha, daniel } = ruledCase()
  rule(db, id, { ruling: 'adopt', by: aisha, reason: 'seen', at: minute(1) })
  const head = custodyHead(db)
  const decision = decide(db, {
    kind: 'awareness',
    text: 'Aware when the vendor confirmed the extract',
    reason: 'before that the sample could have been older leaked rows',
    moment: { at: minute(1), zone: 'stated' },
    about: [id],
    by: daniel,
    with: aisha,
    at: minute(5),
  })
  expect(decision).toMatchObject({
    number: 'D1',
    by: ['Daniel Lim', 'Aisha Rahman'],
    moment: { at: minute(1), zone: 'stated' },
    known: { custodyHash: head?.hash, custodyCount: 1, openFindings: 1, adoptedFindings: 1 },
  })
  expect(custody(db).at(-1)?.signatures).toHaveLength(2)
  expect(decisions(db)).toEqual([decision])
})

test('the same decision sent twice is one; awareness needs a moment; text and reason are needed', () => {
  const { db, daniel } = ruledCase()
  const wanted = { kind: 'scope' as const, text: 'CRM only', reason: 'no trace elsewhere', by: daniel, at: minute(1) }
  expect(decide(db, wanted)).toEqual(decide(db, wanted))
  expect(decisions(db)).toHaveLength(1)
  decide(db, { ...wanted, at: minute(2) })
  expect(decisions(db).map((each) => each.number)).toEqual(['D1', 'D2'])
  expect(() => decide(db, { ...wanted, kind: 'awareness' })).toThrow(/moment/)
  expect(() => decide(db, { ...wanted, reason: '' })).toThrow(/words/)
  expect(decisions(db)).toHaveLength(2)
})

test('notes keep their compartment; a reader sees those they may see', () => {
  const { db, aisha } = ruledCase()
  const general = note(db, { kind: 'note', text: 'Vendor called back', by: aisha, at: minute(1) })
  note(db, {
    kind: 'call',
    text: 'Call with counsel',
    compartment: 'counsel',
    by: aisha,
    at: minute(2),
    happened: { at: minute(1), zone: 'stated' },
  })
  expect(notes(db)).toHaveLength(2)
  expect(notes(db, { compartments: ['general'] })).toEqual([general])
  expect(notes(db)[1]).toMatchObject({ number: 'N2', compartment: 'counsel', happened: { at: minute(1), zone: 'stated' } })
  const again = note(db, { kind: 'note', text: 'Vendor called back', by: aisha, at: minute(1) })
  expect(again).toEqual(general)
  expect(() => note(db, { kind: 'note', text: '\n', by: aisha, at: minute(1) })).toThrow(/words/)
})

test('an id given by the caller makes sending twice safe, and cannot be used for something else', () => {
  const { db, aisha } = ruledCase()
  note(db, { id: 'form-1', kind: 'note', text: 'first', by: aisha, at: minute(1) })
  note(db, { id: 'form-1', kind: 'note', text: 'first', by: aisha, at: minute(2) })
  expect(notes(db)).toHaveLength(1)
  expect(() => note(db, { id: 'form-1', kind: 'note', text: 'second', by: aisha, at: minute(2) })).toThrow(/another entry/)
})

test('a task is opened, closed once with its outcome, and lists its owner', () => {
  const { db, aisha, daniel } = ruledCase()
  const task = addTask(db, {
    text: 'Ask the vendor for the extract log',
    owner: 'Daniel Lim',
    due: minute(30),
    by: aisha,
    at: minute(1),
  })
  expect(task).toMatchObject({ number: 'T1', owner: 'Daniel Lim', openedBy: ['Aisha Rahman'] })
  const closed = closeTask(db, 'T1', { outcome: 'log received as E7', by: daniel, at: minute(9) })
  expect(closed.closed).toEqual({ by: ['Daniel Lim'], at: minute(9), outcome: 'log received as E7' })
  expect(closeTask(db, task.id, { outcome: 'log received as E7', by: daniel, at: minute(10) })).toEqual(closed)
  expect(() => closeTask(db, 'T1', { outcome: 'other', by: daniel, at: minute(10) })).toThrow(/closed already/)
  expect(() => closeTask(db, 'T9', { outcome: 'x', by: daniel, at: minute(10) })).toThrow(/no task/)
  expect(tasks(db)).toHaveLength(1)
})

test('the ledger agrees with the chain; every change of it is named', async () => {
  const made = ruledCase()
  const { db, aisha, daniel, folder } = made
  rule(db, id, { ruling: 'adopt', by: aisha, reason: 'seen', at: minute(1) })
  note(db, { kind: 'note', text: 'Vendor called back', by: aisha, at: minute(2) })
  decide(db, { kind: 'scope', text: 'CRM only', reason: 'no trace elsewhere', by: daniel, with: aisha, at: minute(3) })
  addTask(db, { text: 'Ask the vendor', by: aisha, at: minute(4) })
  closeTask(db, 'T1', { outcome: 'done', by: aisha, at: minute(5) })
  const answer = await verify({ db, evidenceDir: join(folder, 'evidence'), ledgers: [checkLedger] })
  expect(answer.failures).toEqual([])
  expect(answer.checks.at(-1)?.what).toMatch(/^5 rulings/)
  const raw = new DatabaseSync(join(folder, 'case.db'))
  for (const { name } of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    raw.exec(`DROP TRIGGER ${String(name)}`)
  raw.exec("UPDATE rulings SET ruling = 'reject'")
  raw.exec("UPDATE acts SET body = replace(body, 'called back', 'called twice') WHERE kind = 'note'")
  raw.exec("DELETE FROM acts WHERE kind = 'task-closed'")
  raw.exec("UPDATE finding_rows SET body = replace(body, '1 rows agree', '9 rows agree') WHERE seq = 1")
  raw.exec('UPDATE finding_rows SET body = replace(body, \'"rows":2\', \'"rows":3\') WHERE seq = 2')
  raw.close()
  expect(checkLedger(db).failures.map((failure) => `${failure.code} ${failure.where}`)).toEqual([
    'ledger-changed ruling 1',
    'ledger-changed note 1',
    'ledger-missing custody entry 5',
    `finding-changed finding ${findingId(aProposal('A2', 2))}`,
    'finding-reworded ruling 1',
  ])
})

test('an unknown finding is not there', () => {
  expect(finding(aCase().db, 'F_none')).toBeUndefined()
})
