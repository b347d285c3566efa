import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attribute } from '../../src/intrusion/attribution/attribute.ts'
import { cite, invented, shipped, softCell, softCellObserved, software, techniques, told } from './attribution-made.ts'

/** Words that would say who did it. */
const accusing =
  /\b(?:responsible|culprit|perpetrat|guilty|carried out by|the work of|attributed to (?!no group)|was GALLIUM|is GALLIUM)/i

test('Soft Cell fits five groups equally, GALLIUM and APT10 among them, and GALLIUM only counts without its own report', () => {
  const answer = attribute({ ...softCellObserved(), groups: shipped, report: softCell })
  expect(answer.verdict).toBe('not separable')
  expect(answer.candidates.map((one) => one.group).sort()).toEqual([
    'APT41',
    'GALLIUM',
    'Mustang Panda',
    'Threat Group-3390',
    'menuPass',
  ])
  expect(answer.candidates.every((one) => one.fits && one.posterior > 0.1 && one.posterior < 0.3)).toBe(true)
  const circular = answer.candidates.filter((one) => one.circular !== undefined)
  expect(circular.map((one) => one.id)).toEqual(['G0093'])
  expect(circular[0]?.circular).toMatchObject({ report: { name: softCell, date: '2019-06-25' }, agreeing: 39, onReportAlone: 26 })
  expect(circular[0]?.circular?.withReport).toBeGreaterThan(0.85)
  expect(circular[0]?.circular?.without).toBe(circular[0]?.posterior)
  expect(told(answer)).toContain(
    'consistent with Threat Group-3390 (APT27), Mustang Panda, APT41, menuPass (APT10) and GALLIUM, not separable',
  )
  expect(told(answer)).toContain(
    "GALLIUM's profile rests on the report of this very campaign (Cybereason Soft Cell June 2019, 2019-06-25)",
  )
  expect(told(answer)).not.toMatch(accusing)
})

test('the report counts by its address too; an unknown one and none are said', () => {
  const seen = { ...softCellObserved(), groups: shipped }
  const byName = attribute({ ...seen, report: softCell })
  const address = 'http://cybereason.com/blog/operation-soft-cell-a-worldwide-campaign-against-telecommunications-providers/'
  expect(attribute({ ...seen, report: address })).toEqual(byName)
  const none = attribute(seen)
  expect(none.candidates.find((one) => one.fits)?.group).toBe('GALLIUM')
  expect(told(none)).toContain('whether a profile rests on one was not checked')
  expect(told(none)).not.toContain('this very campaign')
  const strange = attribute({ ...seen, report: 'An invented report' })
  expect(told(strange)).toContain('No profile rests on the report that was named.')
  expect(strange.candidates).toEqual(none.candidates)
})

test('what many groups use is insufficient: no group is named anywhere', () => {
  const common = attribute({
    techniques: techniques('T1059.001', 'T1105', 'T1566.001', 'T1082'),
    software: software('Mimikatz', 'PsExec', 'Cobalt Strike'),
    groups: shipped,
  })
  expect(common.verdict).toBe('insufficient')
  expect(common.fitting).toBeGreaterThan(5)
  expect(common.candidates).toEqual([])
  expect(told(common)).toContain(`Insufficient: ${common.fitting} groups fit equally`)
  for (const group of shipped.groups) expect(told(common)).not.toContain(group.name)
})

test('agreement with few groups in nothing specific is insufficient, and why is said', () => {
  const rare = { ...invented, system: ['S9001', 'S9002'] }
  const answer = attribute({ techniques: [], software: software('S9001'), groups: rare })
  expect(answer).toMatchObject({ verdict: 'insufficient', fitting: 1, candidates: [] })
  expect(told(answer)).toContain('1 group fits, and nothing that speaks for it is used by 5 groups or fewer')
  expect(told(answer)).not.toContain('Amber Heron')
  expect(attribute({ techniques: [], software: software('S9001'), groups: invented }).verdict).toBe('consistent')
})

test('techniques alone name nobody, however rare they are; neither does a common tool beside a rare technique', () => {
  const rare = ['T9001.001', 'T9002', 'T9004'] as const
  const alone = attribute({ techniques: techniques(...rare), software: [], groups: invented })
  expect(alone).toMatchObject({ verdict: 'insufficient', fitting: 1, candidates: [] })
  expect(told(alone)).toContain('only techniques speak for it; techniques alone name nobody')
  const common = { ...invented, groups: invented.groups.map((one) => ({ ...one, software: { S9001: [1] } })) }
  const beside = attribute({ techniques: techniques(...rare), software: software('S9001'), groups: common })
  expect(beside).toMatchObject({ verdict: 'insufficient', fitting: 1, candidates: [] })
  expect(told(beside)).toContain('no tool or indicator that speaks for it is used by 5 groups or fewer')
  for (const one of [alone, beside]) expect(told(one)).not.toContain('Amber Heron')
  expect(attribute({ techniques: techniques(...rare), software: software('S9001'), groups: invented }).verdict).toBe('consistent')
})

test('a circular profile is named even where the answer is insufficient, and nobody else is', () => {
  const answer = attribute({ techniques: softCellObserved().techniques, software: [], groups: shipped, report: softCell })
  expect(answer.verdict).toBe('insufficient')
  expect(answer.candidates.map((one) => [one.id, one.fits])).toEqual([['G0093', false]])
  expect(told(answer)).toContain("GALLIUM's profile rests on the report of this very campaign")
  expect(told(answer)).not.toContain('consistent with')
  for (const other of ['APT41', 'menuPass', 'Threat Group-3390', 'Volt Typhoon']) expect(told(answer)).not.toContain(other)
})

test('nothing observed fits every group', () => {
  const nothing = attribute({ techniques: [], software: [], groups: shipped })
  expect(nothing).toMatchObject({ verdict: 'insufficient', fitting: shipped.groups.length, candidates: [], statements: [] })
})

test('programs of the operating system are never specific, however few groups are said to use them', () => {
  const rare = ['at', 'schtasks', 'Forfiles', 'cipher.exe', 'nbtstat']
  const users = (name: string): number | undefined => shipped.software.find((one) => one.name === name)?.groups
  expect(rare.every((name) => (users(name) ?? 99) <= 5)).toBe(true)
  const answer = attribute({ techniques: [], software: software(...rare), groups: shipped })
  expect(answer.verdict).toBe('insufficient')
  expect(answer.candidates).toEqual([])
})

test('a tool of one group alone is consistent with it, and said to be the one thing it rests on', () => {
  const answer = attribute({ techniques: techniques('T1105'), software: software('BlackMould'), groups: shipped })
  expect(answer.verdict).toBe('consistent')
  expect(answer.candidates.filter((one) => one.fits).map((one) => one.group)).toEqual(['GALLIUM'])
  expect(answer.candidates[0]?.decidedBy[0]).toMatchObject({ item: 'S0564', sharedBy: 1, specific: true })
  expect(told(answer)).toContain('All that is specific is one thing: BlackMould.')
  expect(answer.candidates.length).toBe(5)
})

test('the unknown group has a tenth at least, whatever was fitted, and all shares come to one', () => {
  const groups = { ...shipped, fit: { ...shipped.fit, unknown: 0.01 } }
  const answer = attribute({ ...softCellObserved(), groups })
  expect(answer.unknown).toBe(0.1)
  expect(answer.candidates.reduce((sum, one) => sum + one.posterior, answer.unknown)).toBeCloseTo(1, 2)
  const more = attribute({ ...softCellObserved(), groups: { ...shipped, fit: { ...shipped.fit, unknown: 0.3 } } })
  expect(more.unknown).toBe(0.3)
  expect(more.candidates[0]?.posterior).toBeLessThan(0.71)
})

test('what is absent costs nothing unless the logs could have shown it', () => {
  const seen = { techniques: techniques('T9001.001'), software: software('S9001'), groups: invented }
  const blind = attribute(seen)
  expect(blind.candidates[0]).toMatchObject({ id: 'G9001', absent: { techniques: 0, bits: 0 } })
  expect(told(blind)).not.toContain('could have shown')
  const sighted = attribute({ ...seen, seeable: new Set(['T9001.001', 'T9003', 'T9004', 'T1105']) })
  expect(sighted.candidates[0]).toMatchObject({ id: 'G9001', absent: { techniques: 2, bits: 0.64 } })
  expect(told(sighted)).toContain('2 of Amber Heron (APT99) (0.6 bits)')
})

test('a technique seen without its sub-technique agrees with all of them, and counts once beside one', () => {
  const parent = attribute({ techniques: techniques('T9001'), software: software('S9001'), groups: invented })
  const items = parent.candidates.flatMap((one) => one.decidedBy.map((item) => ({ group: one.id, ...item })))
  expect(items.filter((one) => one.item === 'T9001').map((one) => [one.group, one.sharedBy])).toEqual([
    ['G9001', 2],
    ['G9002', 2],
  ])
  const both = attribute({ techniques: techniques('T9001', 'T9001.001'), software: software('S9001'), groups: invented })
  expect(both.candidates[0]?.decidedBy.map((one) => one.item)).toEqual(['S9001', 'T9001.001'])
  expect(both.candidates.map((one) => one.id)).toEqual(['G9001'])
})

test('how sure a technique was seen weighs, and one surely not seen does not', () => {
  const at = (observed: number) =>
    attribute({ techniques: [{ id: 'T9002', observed, cites: [cite] }], software: software('S9001'), groups: invented })
  expect(at(1).candidates[0]?.decidedBy[1]?.bits).toBe(3)
  expect(at(0.5).candidates[0]?.decidedBy[1]?.bits).toBe(1.5)
  expect(at(0).candidates[0]?.agreeing).toBe(1)
})

test('an indicator counts for the groups its list names and for no other', () => {
  const indicator = { name: '203.0.113.77', groups: ['G9002', 'G9002', 'G0000'], cites: [cite] }
  const answer = attribute({ techniques: [], software: [], indicators: [indicator], groups: invented })
  expect(answer.candidates[0]).toMatchObject({ id: 'G9002', fits: true, agreeing: 1 })
  expect(answer.candidates[0]?.decidedBy[0]).toMatchObject({ bits: 9, sharedBy: 1, cites: [cite] })
  expect(answer.candidates.length).toBe(1)
})

test('an authority is quoted beside the answer and changes nothing in it', () => {
  const seen = { ...softCellObserved(), groups: shipped, report: softCell }
  const statement = { authority: 'An invented authority', text: 'it names Amber Heron.', cites: [cite] }
  const { statements, ...withIt } = attribute({ ...seen, statements: [statement] })
  const { statements: none, ...without } = attribute(seen)
  expect(withIt).toEqual(without)
  expect(none).toEqual([])
  expect(statements).toEqual([{ text: 'An invented authority: it names Amber Heron.', cites: [cite] }])
  expect(told({ statements, ...withIt })).not.toContain('Amber Heron')
})

test('names that ATT&CK does not know, and names of two tools, are said and not guessed', () => {
  const answer = attribute({
    techniques: techniques('T8888'),
    software: software('S9001', 'Shared Name', 'no such tool'),
    groups: invented,
  })
  expect(answer.unread).toEqual(['Shared Name', 'T8888', 'no such tool'])
  expect(told(answer)).toContain('Not weighed')
  expect(answer.candidates[0]?.agreeing).toBe(1)
})

test('every sentence cites, and neither order nor repetition changes the answer', () => {
  const seen = softCellObserved()
  const given = { groups: shipped, report: softCell }
  const answer = attribute({ ...seen, ...given })
  for (const one of answer.text) expect(one.cites.length, one.text).toBeGreaterThan(0)
  fc.assert(
    fc.property(fc.shuffledSubarray(seen.techniques, { minLength: seen.techniques.length }), (shuffled) => {
      expect(attribute({ techniques: shuffled, software: seen.software.toReversed(), ...given })).toEqual(answer)
    }),
    { numRuns: 10 },
  )
  const twice = attribute({ techniques: [...seen.techniques, ...seen.techniques], software: seen.software, ...given })
  expect(twice.candidates.map((one) => one.posterior)).toEqual(answer.candidates.map((one) => one.posterior))
})
