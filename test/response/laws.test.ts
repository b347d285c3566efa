import { expect, test } from 'vitest'
import { duties, readFacts, readLaws } from '../../src/response/index.ts'
import { lawFiles, shipped } from './laws.ts'

test('R22 every shipped rule carries source, day read, how it was read, status and dates', () => {
  expect(shipped.faults).toEqual([])
  expect(shipped.laws.length).toBeGreaterThanOrEqual(26)
  for (const law of shipped.laws) {
    if (law.status !== 'uncertain') expect(law.effectiveFrom).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    if (law.status === 'uncertain') expect(law.open.length).toBeGreaterThan(0)
    expect(law.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(law.advice).toBe('not legal advice')
    expect(['in-force', 'proposed', 'uncertain']).toContain(law.status)
    for (const rule of law.rules) {
      expect(rule.source.text.length).toBeGreaterThan(5)
      expect(rule.source.url).toMatch(/^https?:\/\//)
      expect(rule.source.read).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(['text', 'summary', 'excerpt', 'memory']).toContain(rule.source.basis)
    }
  }
})

test('R22 a clock from memory says so with the duty', () => {
  const facts = readFacts({
    file: 'facts.json',
    text: JSON.stringify({
      jurisdictions: ['MY'],
      roles: ['controller'],
      judgements: { 'personal-data': 'yes', 'significant-harm': 'yes' },
    }),
  })
  const answer = duties({ facts, laws: shipped.laws, now: 0 })
  const status = new Map(answer.duties.map((one) => [one.id, one.lawStatus]))
  expect(status.get('my-pdpa-12b/data-subjects')).toBe('in force; from memory, not checked')
  expect(status.get('my-pdpa-12b/commissioner')).toBe('in force; read in a summary')
  expect(answer.disclaimer).toContain('Not legal advice')
})

test('611/2013 has the seventeen fields of Annex I', () => {
  const law = shipped.laws.find((one) => one.id === 'eu-611-2013')
  const fields = law?.forms.find((one) => one.id === 'annex-1')?.fields ?? []
  expect(fields).toHaveLength(17)
  expect(fields.map((one) => Number.parseInt(one.label, 10))).toEqual(Array.from({ length: 17 }, (_, n) => n + 1))
  expect(new Set(fields.map((one) => one.key)).size).toBe(17)
})

test.each([
  ['no source', (text: string) => text.replace(/ {4}source:\n(?: {6}.*\n)+/, '')],
  ['an unknown trigger', (text: string) => text.replace('detection, awareness]', 'gossip]')],
  ['an unknown key', (text: string) => text.replace('status: in-force', 'status: in-force\nhack: 1')],
  ['a step after nothing', (text: string) => text.replace('after: commissioner', 'after: nobody')],
  ['a form that is not there', (text: string) => text.replace('form: data-subjects', 'form: other')],
  ['broken YAML', (text: string) => `${text}\n  : [`],
  ['many aliases', () => `a: &a [1,1,1,1]\nb: &b [${'*a,'.repeat(200)}*a]\n`],
])('R23 a law file with %s is left out whole, with one fault', (_, spoil) => {
  const files = lawFiles().map((one) => (one.name === 'my-pdpa-12b.yml' ? { ...one, text: spoil(one.text) } : one))
  const read = readLaws(files)
  expect(read.faults).toHaveLength(1)
  expect(read.faults[0]).toMatchObject({ kind: 'fault', code: 'law-file-invalid', where: { file: 'my-pdpa-12b.yml' } })
  expect(read.laws.map((one) => one.id)).not.toContain('my-pdpa-12b')
  expect(read.laws).toHaveLength(shipped.laws.length - 1)
  expect(read.faults[0]?.where.line).toBeGreaterThan(0)
})

test('R23 laws come in the same order whatever the order of the files; a repeated id is a fault', () => {
  const reversed = readLaws(lawFiles().reverse())
  expect(reversed).toEqual(shipped)
  const twice = readLaws([...lawFiles(), { ...(lawFiles()[0] ?? { text: '' }), name: 'z.yml' }])
  expect(twice.faults).toHaveLength(1)
})

test('Malaysia, the Union, the United Kingdom and Singapore are in force; every other jurisdiction is a draft', () => {
  const complete = ['MY', 'EU', 'GB', 'SG']
  for (const law of shipped.laws) {
    if (complete.includes(law.jurisdiction ?? '')) expect(['in-force', 'proposed'], law.id).toContain(law.status)
    else expect(law.status, law.id).toBe('uncertain')
  }
  const places = new Set(shipped.laws.map((one) => one.jurisdiction))
  expect([...places].sort()).toEqual(['AU', 'EU', 'GB', 'ID', 'IN', 'JP', 'KR', 'MY', 'PH', 'SG', 'TH', 'US'])
})

test('R29 no draft starts a clock on facts of every jurisdiction and role, unless it is enabled', () => {
  const drafts = shipped.laws.filter((one) => one.status === 'uncertain')
  const facts = (enabled: object[]): ReturnType<typeof readFacts> =>
    readFacts({
      file: 'facts.json',
      text: JSON.stringify({
        jurisdictions: drafts.map((one) => one.jurisdiction),
        roles: ['controller', 'processor', 'telecom-provider', 'listed-company', 'essential-entity'],
        designations: { soci: 'yes' },
        enabled,
        candidates: [{ kind: 'awareness', at: '2028-01-10T00:00:00Z', text: 'x' }],
      }),
    })
  const without = duties({ facts: facts([]), laws: drafts, now: Date.parse('2028-01-11T00:00:00Z') })
  expect(without.duties).toEqual([])
  expect(without.notTriggered.map((one) => one.draft).sort()).toEqual(drafts.map((one) => one.id).sort())
  const enabled = facts(drafts.map((one) => ({ law: one.id, by: 'Counsel', reason: 'Exercise.' })))
  const withAll = duties({ facts: enabled, laws: drafts, now: Date.parse('2028-01-11T00:00:00Z') })
  expect(new Set(withAll.duties.map((one) => one.id.split('/')[0])).size).toBe(drafts.length)
})
