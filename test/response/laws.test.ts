import { expect, test } from 'vitest'
import { duties, readFacts, readLaws } from '../../src/response/index.ts'
import { lawFiles, shipped } from './laws.ts'

test('R22 every shipped rule carries source, day read, how it was read, status and dates', () => {
  expect(shipped.faults).toEqual([])
  expect(shipped.laws.map((one) => one.id)).toEqual([
    'eu-611-2013',
    'eu-digital-omnibus',
    'eu-gdpr-33-34',
    'eu-nis2-23',
    'my-act-854',
    'my-pdpa-12b',
  ])
  for (const law of shipped.laws) {
    expect(law.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(law.advice).toBe('not legal advice')
    expect(['in-force', 'proposed', 'uncertain']).toContain(law.status)
    for (const rule of law.rules) {
      expect(rule.source.text.length).toBeGreaterThan(5)
      expect(rule.source.url).toMatch(/^https:\/\//)
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
  expect(read.laws).toHaveLength(5)
})

test('R23 laws come in the same order whatever the order of the files; a repeated id is a fault', () => {
  const reversed = readLaws(lawFiles().reverse())
  expect(reversed).toEqual(shipped)
  const twice = readLaws([...lawFiles(), { ...(lawFiles()[0] ?? { text: '' }), name: 'z.yml' }])
  expect(twice.faults).toHaveLength(1)
})
