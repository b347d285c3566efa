import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingId, findings, history, propose, rule } from '../../src/casefile/index.ts'
import { aCase, aProposal, minute } from './a-case.ts'

test('the same run twice, and a later run that says the same, double nothing', () => {
  const { db } = aCase()
  const said = [aProposal('A1', 1), aProposal('A2', 2)]
  expect(propose(db, said, { run: 'R1', at: minute(0) })).toMatchObject({ proposed: said.map(findingId), unchanged: 0 })
  expect(propose(db, said, { run: 'R1', at: minute(1) })).toEqual({ proposed: [], restated: [], withdrawn: [], unchanged: 2 })
  expect(propose(db, [...said, said[0]!], { run: 'R2', at: minute(2) })).toMatchObject({ proposed: [], unchanged: 2 })
  const standing = findings(db)
  expect(standing.map((one) => [one.status, one.at, one.withdrawn, one.supersedes])).toEqual([
    ['proposed', minute(0), undefined, undefined],
    ['proposed', minute(0), undefined, undefined],
  ])
  expect(standing[0]).toMatchObject(aProposal('A1', 1))
})

test('a finding no longer said about a subject is withdrawn; what replaces it names it', () => {
  const { db } = aCase()
  const [before, other, after] = [aProposal('A1', 1), aProposal('A2', 2), aProposal('A1', 3)]
  propose(db, [before, other], { run: 'R1', at: minute(0) })
  const result = propose(db, [after], { run: 'R2', at: minute(1) })
  expect(result).toEqual({ proposed: [findingId(after)], restated: [], withdrawn: [findingId(before)], unchanged: 0 })
  const standing = new Map(findings(db).map((one) => [one.id, one]))
  expect(standing.get(findingId(before))?.withdrawn).toBe(true)
  expect(standing.get(findingId(after))?.supersedes).toBe(findingId(before))
  expect(standing.get(findingId(other))?.withdrawn).toBeUndefined()
  expect(findings(db, { withdrawn: false })).toHaveLength(2)
  expect(findings(db, { withdrawn: true })).toHaveLength(1)
})

test('a kind answered completely also withdraws what it no longer mentions, and no other kind', () => {
  const { db } = aCase()
  const story = aProposal('S1', 5, { kind: 'story' })
  propose(db, [aProposal('A1', 1), aProposal('A2', 2), story], { run: 'R1', at: minute(0) })
  const result = propose(db, [aProposal('A1', 1)], { run: 'R2', at: minute(1), complete: ['assessment'] })
  expect(result.withdrawn).toEqual([findingId(aProposal('A2', 2))])
  expect(findings(db, { kind: 'story' })[0]?.withdrawn).toBeUndefined()
})

test('a withdrawn finding said again stands again, with its first time and its rulings', () => {
  const { db, aisha } = aCase()
  const one = aProposal('A1', 1)
  propose(db, [one], { run: 'R1', at: minute(0) })
  rule(db, findingId(one), { ruling: 'adopt', by: aisha, reason: 'checked', at: minute(1) })
  propose(db, [], { run: 'R2', at: minute(2), complete: ['assessment'] })
  propose(db, [one], { run: 'R3', at: minute(3) })
  expect(findings(db)[0]).toMatchObject({ status: 'adopted', at: minute(0) })
  expect(findings(db)[0]?.withdrawn).toBeUndefined()
  expect(history(db, findingId(one)).map((line) => (line.kind === 'run' ? line.act : line.ruling))).toEqual([
    'proposed',
    'adopt',
    'withdrawn',
    'restated',
  ])
})

test('new wording or a new value is kept as a row of its own under the same id', () => {
  const { db } = aCase()
  const one = aProposal('A1', 1, { value: { posterior: 0.91 } })
  const reworded = { ...one, text: 'One row agrees.', value: { posterior: 0.92 } }
  propose(db, [one], { run: 'R1', at: minute(0) })
  expect(propose(db, [reworded], { run: 'R2', at: minute(1) }).restated).toEqual([findingId(one)])
  expect(findings(db)[0]).toMatchObject({ text: 'One row agrees.', value: { posterior: 0.92 } })
})

test('two statements about one subject: each new one replaces the one of its own code', () => {
  const { db } = aCase()
  const coverage = aProposal('A1', 1, { code: 'not-covered' })
  propose(db, [aProposal('A1', 1), coverage], { run: 'R1', at: minute(0) })
  const [rows, notCovered, third] = [
    aProposal('A1', 2),
    aProposal('A1', 2, { code: 'not-covered' }),
    aProposal('A1', 2, { code: 'new' }),
  ]
  propose(db, [rows, notCovered, third], { run: 'R2', at: minute(1) })
  const supersedes = new Map(findings(db).map((one) => [one.id, one.supersedes]))
  expect(supersedes.get(findingId(rows))).toBe(findingId(aProposal('A1', 1)))
  expect(supersedes.get(findingId(notCovered))).toBe(findingId(coverage))
  expect(supersedes.get(findingId(third))).toBeUndefined()
})

test('a run that fails half-way leaves nothing', () => {
  const { db } = aCase()
  const bad = aProposal('A2', 2, { text: 'lone \ud800 surrogate' })
  expect(() => propose(db, [aProposal('A1', 1), bad], { run: 'R1', at: minute(0) })).toThrow(/ill-formed/)
  expect(findings(db)).toEqual([])
})

test('the tables of the case file refuse changes and deletions', () => {
  const { db } = aCase()
  propose(db, [aProposal('A1', 1)], { run: 'R1', at: minute(0) })
  expect(() => db.run('DELETE FROM finding_rows')).toThrow(/append-only/)
  expect(() => db.run("UPDATE finding_rows SET act = 'withdrawn'")).toThrow(/append-only/)
  expect(() => db.run('DELETE FROM runs')).toThrow(/append-only/)
})

test('whatever the runs say, what stands is exactly what the last run said', () => {
  const pick = fc.subarray([1, 2, 3, 4, 5, 6])
  fc.assert(
    fc.property(fc.array(pick, { minLength: 1, maxLength: 5 }), (runs) => {
      const { db } = aCase()
      for (const [n, rows] of runs.entries()) {
        const said = rows.map((row) => aProposal(`A${row % 3}`, row))
        propose(db, said, { run: `R${n}`, at: minute(n), complete: ['assessment'] })
      }
      const standing = findings(db, { withdrawn: false }).map((one) => one.id)
      const last = (runs.at(-1) ?? []).map((row) => findingId(aProposal(`A${row % 3}`, row)))
      expect(standing.toSorted()).toEqual(last.toSorted())
      db.close()
    }),
    { numRuns: 15 },
  )
})
