import { expect, test } from 'vitest'
import { findingId, type Decision, type Finding } from '../../src/casefile/index.ts'
import { attribute } from '../../src/intrusion/attribution/attribute.ts'
import { proposeAttribution, releaseOf, withoutUnreleased } from '../../src/intrusion/attribution/release.ts'
import { shipped, softCell, softCellObserved } from './attribution-made.ts'

const proposal = proposeAttribution(attribute({ ...softCellObserved(), groups: shipped, report: softCell }), 'S_invented')
const finding: Finding = { ...proposal, id: findingId(proposal), status: 'adopted', at: '2026-03-02T08:00:00Z' }
const decision = {
  number: 'D4',
  kind: 'release',
  about: [finding.id],
  by: ['Aisha Rahman'],
  at: '2026-03-03T08:00:00Z',
  reason: 'Invented reason',
} satisfies Partial<Decision>

test('an adopted attribution that a named person released may leave, with who and when', () => {
  expect(releaseOf(finding, [decision])).toEqual({
    by: 'Aisha Rahman',
    at: '2026-03-03T08:00:00Z',
    decision: 'D4',
    reason: 'Invented reason',
  })
})

test('nothing else is a release', () => {
  expect(releaseOf(finding, [])).toBeUndefined()
  expect(releaseOf(finding, [{ ...decision, kind: 'notify' }])).toBeUndefined()
  expect(releaseOf(finding, [{ ...decision, about: ['F_other'] }])).toBeUndefined()
  expect(releaseOf(finding, [{ ...decision, by: [' '] }])).toBeUndefined()
  expect(releaseOf(finding, [{ ...decision, by: [] }])).toBeUndefined()
  for (const status of ['proposed', 'parked', 'rejected'] as const)
    expect(releaseOf({ ...finding, status }, [decision])).toBeUndefined()
  expect(releaseOf({ ...finding, withdrawn: true }, [decision])).toBeUndefined()
  expect(releaseOf({ ...finding, code: 'attack-story' }, [decision])).toBeUndefined()
})

test('what leaves holds no attribution that is not released, and everything else', () => {
  const other = { ...finding, id: 'F_story', code: 'attack-story', status: 'proposed' as const }
  expect(withoutUnreleased([other, finding], [])).toEqual([other])
  expect(withoutUnreleased([other, finding], [decision])).toEqual([other, finding])
})

test('another answer is another finding, which the old decision does not release', () => {
  const again = proposeAttribution(attribute({ ...softCellObserved(), groups: shipped }), 'S_invented')
  const id = findingId(again)
  expect(id).not.toBe(finding.id)
  expect(releaseOf({ ...finding, ...again, id }, [decision])).toBeUndefined()
  expect(
    findingId(proposeAttribution(attribute({ ...softCellObserved(), groups: shipped, report: softCell }), 'S_invented')),
  ).toBe(finding.id)
})

test('the finding says no more than the answer', () => {
  expect(proposal.text).toContain('consistent with')
  expect(proposal.confidence).toBeUndefined()
  expect(proposal.cites.length).toBeGreaterThan(0)
  expect(proposal.params).toMatchObject({ verdict: 'not separable', unknown: '0.10', attack: '18.1' })
  const nothing = proposeAttribution(attribute({ techniques: [], software: [], groups: shipped }), 'S_invented')
  expect(nothing.params).toMatchObject({ verdict: 'insufficient', groups: [] })
})
