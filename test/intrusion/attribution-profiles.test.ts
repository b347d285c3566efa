import { expect, test } from 'vitest'
import { leaveOneOut } from '../../bench/attribution/leave-one-out.ts'
import { readAttackGroups } from '../../src/intrusion/attribution/attack-groups.ts'
import { profilesOf, reportsNamed } from '../../src/intrusion/attribution/profile.ts'
import { invented, shipped } from './attribution-made.ts'

test('a profile holds the links of a group and of the campaigns attributed to it', () => {
  const { of, users, family } = profilesOf(invented)
  expect([...(of.get('G9002')?.keys() ?? [])].sort()).toEqual(['T9001', 'T9003', 'T9004'])
  expect(users.get('T9004')).toBe(2)
  expect(users.get('T9001')).toBe(1)
  expect(family.get('T9001')).toBe(2)
  expect(users.get('S9002')).toBeUndefined()
})

test('a report left out takes the links that rest on it alone, and no others', () => {
  const { of, users } = profilesOf(invented, { reports: new Set([0]) })
  expect(of.get('G9002')?.has('T9004')).toBe(false)
  expect(of.get('G9001')?.get('T9002')).toEqual([1])
  expect(users.get('T9004')).toBe(1)
  const all = profilesOf(invented, { reports: new Set([0, 1]) })
  expect([...all.of.values()].every((profile) => profile.size === 0)).toBe(true)
})

test('a campaign left out takes its own links', () => {
  const { of } = profilesOf(invented, { campaign: 'C9001', reports: new Set() })
  expect(of.get('G9002')?.has('T9004')).toBe(false)
  expect(of.get('G9002')?.has('T9003')).toBe(true)
})

test('a report is known by name, by address, and under another name with the same address', () => {
  expect([...reportsNamed(invented, ['invented one '])]).toEqual([0, 2])
  expect([...reportsNamed(invented, ['example.com/one'])]).toEqual([0, 2])
  expect([...reportsNamed(invented, ['One Again'])]).toEqual([0, 2])
  expect([...reportsNamed(invented, ['https://example.com/on'])]).toEqual([])
  expect([...reportsNamed(invented, [''])]).toEqual([])
  expect([...reportsNamed(invented, [])]).toEqual([])
})

test('a campaign left out is weighed by nothing that rests on it or on any report it is known from', () => {
  const cases = leaveOneOut(shipped, shipped.fit.shown)
  expect(cases.length).toBeGreaterThan(40)
  let agreements = 0
  for (const one of cases) {
    const campaign = shipped.campaigns.find((each) => each.id === one.id)
    const own = new Set([
      ...(campaign?.reports ?? []),
      ...Object.values(campaign?.techniques ?? {}).flat(),
      ...Object.values(campaign?.software ?? {}).flat(),
    ])
    for (const { agreements: each } of one.weighed) {
      agreements += each.length
      expect(each.flatMap((agreement) => agreement.reports).filter((at) => own.has(at))).toEqual([])
    }
  }
  expect(agreements).toBeGreaterThan(1000)
})

test('the counts of users in the table are those of its own links', () => {
  const { users } = profilesOf(shipped)
  for (const one of [...shipped.techniques, ...shipped.software]) expect(users.get(one.id) ?? 0, one.id).toBe(one.groups)
})

test('every link names a report, every tool of ours is software of ATT&CK, and no tool comes with the system', () => {
  for (const one of [...shipped.groups, ...shipped.campaigns])
    for (const cited of [...Object.values(one.techniques), ...Object.values(one.software)].flat())
      expect(shipped.reports[cited]?.url).toMatch(/^https?:\/\//)
  const known = new Set(shipped.software.map((one) => one.id))
  for (const id of [...shipped.tools.map((one) => one.id), ...shipped.system]) expect(known, id).toContain(id)
  expect(shipped.tools.filter((one) => shipped.system.includes(one.id))).toEqual([])
  expect(new Set(shipped.tools.flatMap((one) => one.images)).size).toBe(shipped.tools.flatMap((one) => one.images).length)
  for (const image of shipped.tools.flatMap((one) => one.images)) expect(image).toBe(image.toLowerCase())
})

test('the table carries the notice of ATT&CK and no sentence of it', () => {
  expect(shipped.attack.notice).toContain('The MITRE Corporation')
  expect(Object.keys(shipped.groups[0] ?? {}).sort()).toEqual(['aliases', 'id', 'name', 'software', 'techniques'])
  expect(Object.keys(shipped.reports[0] ?? {}).sort()).toEqual(['date', 'name', 'url'])
})

test('constants of another version of ATT&CK are refused', () => {
  const text = ({ version, links }: { version: string; links?: object }): Parameters<typeof readAttackGroups>[0] => ({
    groups: JSON.stringify({ ...invented, ...links }),
    fit: JSON.stringify({ ...invented.fit, version }),
    tools: JSON.stringify({ tools: [], system: [] }),
  })
  expect(readAttackGroups(text({ version: '0' })).groups.length).toBe(8)
  expect(() => readAttackGroups(text({ version: '1' }))).toThrow(/constants of ATT&CK 1/)
  const unsourced = [{ ...invented.groups[0], techniques: { T9001: [] } }]
  expect(() => readAttackGroups(text({ version: '0', links: { groups: unsourced } }))).toThrow()
})
