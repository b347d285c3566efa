import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audiences, checkStatement, draftStatement, earlierText } from '../../src/response/index.ts'
import { sentenceFor } from '../../src/response/statements/draft-words.ts'
import { compilePattern, findPattern } from '../../src/response/statements/word-pattern.ts'
import { wordsOf } from '../../src/response/statements/plain-words.ts'
import { knowledgeOf, type StatedCase } from './statements-knowledge.ts'
import { shippedLanguages } from './statements-languages.ts'

const languages = shippedLanguages()

const claims: NonNullable<StatedCase['findings']> = [
  {
    id: 'F_c1',
    kind: 'claim',
    subject: 'thread:otter',
    code: 'claim-access',
    params: { by: 'actor' },
    status: 'adopted',
    text: 'x',
  },
  {
    id: 'F_c2',
    kind: 'claim',
    subject: 'thread:otter',
    code: 'claim-data-taken',
    params: { by: 'actor' },
    status: 'adopted',
    text: 'x',
  },
]
const whole: StatedCase = {
  findings: [
    ...claims,
    {
      id: 'F_story',
      kind: 'story',
      subject: 'story:S1',
      code: 'attack-story',
      params: { from: '2026-07-01T18:18:42.000000Z', to: '2026-07-02T02:55:03.000000Z', hosts: ['a', 'b'], score: '185.5' },
      status: 'adopted',
      text: 'x',
    },
    {
      id: 'F_sample',
      kind: 'provenance',
      subject: 'sample:1',
      code: 'sample-mixed',
      params: { rows: 60 },
      status: 'adopted',
      text: 'x',
    },
    {
      id: 'F_out',
      kind: 'assessment',
      subject: 'thread:otter/A4',
      code: 'assertion-supported',
      params: { status: 'supported' },
      status: 'adopted',
      text: 'x',
    },
    {
      id: 'F_amount',
      kind: 'assessment',
      subject: 'thread:otter/A2',
      code: 'assertion-contradicted',
      params: { status: 'contradicted' },
      status: 'adopted',
      text: 'x',
    },
    {
      id: 'F_persons',
      kind: 'affected',
      subject: 'affected:sample:contact (telephone)',
      code: 'data-subjects-counted',
      params: { persons: 1204 },
      status: 'adopted',
      text: 'x',
    },
    { id: 'F_read', kind: 'lookup', subject: 'account:x', code: 'bulk-read', params: {}, status: 'adopted', text: 'x' },
  ],
  assertions: {
    'thread:otter/A2': { kind: 'data-taken', by: 'actor', quantity: 2_000_000, unit: 'subscribers' },
    'thread:otter/A4': { kind: 'third-party', by: 'victim' },
  },
}

const all = languages.flatMap((language) =>
  audiences.map((audience) => ({ language, audience, name: `${language.file.language} ${audience}` })),
)

test.each(all)(
  'S14 $name: no sentence of a draft is refused, and every sentence rests on something or says why not',
  ({ language, audience }) => {
    const knowledge = {
      ...knowledgeOf(whole),
      informed: [{ recipient: 'Personal Data Protection Commissioner', at: '2026-10-07T03:40:00.000Z', decision: 'D4' }],
    }
    const draft = draftStatement({
      audience,
      language,
      knowledge,
      before: '2026-10-06T10:00:00.000Z',
      corrections: [{ at: '2026-10-06T10:00:00.000Z', topics: ['access'], decision: 'D5' }],
      nextAt: '2026-10-07T10:00:00.000Z',
    })
    const check = checkStatement(draft.text, { knowledge, languages, earlier: [] })
    expect([check.refusals, check.hidden, check.contradictions]).toEqual([[], [], []])
    for (const one of draft.sentences)
      expect(one.findings.length + one.decisions.length > 0 || one.because !== undefined, one.text).toBe(true)
    expect(check.rests.filter(({ findings }) => findings.length === 0)).toEqual([])
    expect(draft.text).not.toMatch(/\{|undefined/)
    for (const secret of ['sc-web-07', 'otter', 'OTTER']) expect(draft.text).not.toContain(secret)
  },
)

test.each(languages.map((language) => ({ language, name: language.file.name })))(
  'S14 $name: every sentence of the file is there for every audience it names and passes the check',
  ({ language }) => {
    const values = Object.fromEntries(
      [
        'operator',
        'today',
        'before',
        'day',
        'from',
        'to',
        'fromTime',
        'toTime',
        'hosts',
        'rows',
        'persons',
        'categories',
        'claimed',
        'recipient',
        'next',
      ].map((name) => [name, name === 'operator' ? 'Meridian Telekom' : '60']),
    )
    for (const slot of Object.keys(language.file.sentences))
      for (const audience of audiences) {
        const text = sentenceFor(language, { slot, audience, values })
        if (text !== undefined)
          expect(checkStatement(text, { knowledge: knowledgeOf({}), languages, earlier: [] }).refusals, text).toEqual([])
      }
  },
)

test('S15 the day is the day in the zone of the operator, and counts are those of the findings', () => {
  const [english] = languages
  if (english === undefined) throw new Error('English is there')
  const { text, form } = draftStatement({ audience: 'press', language: english, knowledge: knowledgeOf(whole), corrections: [] })
  expect(form).toBe('holding')
  expect(text).toContain('between 2 July 2026 and 2 July 2026')
  expect(text).toContain('The sample concerns 1,204 persons.')
  expect(text).toContain('The claim speaks of 2,000,000 subscribers.')
  expect(text).not.toContain('We do not yet know whether systems of ours were entered.')
})

test('S14 a proposed finding stands in no draft; without an adopted one there is none', () => {
  const [english] = languages
  if (english === undefined) throw new Error('English is there')
  const proposed = { ...whole, findings: (whole.findings ?? []).map((one) => ({ ...one, status: 'proposed' as const })) }
  expect(() =>
    draftStatement({ audience: 'press', language: english, knowledge: knowledgeOf(proposed), corrections: [] }),
  ).toThrow('nothing that a statement could rest on')
  const { text } = draftStatement({
    audience: 'press',
    language: english,
    knowledge: knowledgeOf({ ...proposed, findings: [...claims, ...proposed.findings.slice(2)] }),
    corrections: [],
  })
  expect(text).toContain('We do not yet know whether systems of ours were entered.')
  expect(text).not.toContain('Logs show')
  expect(text).not.toContain('1,204')
})

test('S14 what is not known rests on the adopted finding that leaves it open', () => {
  const [english] = languages
  if (english === undefined) throw new Error('English is there')
  const open = {
    id: 'F_open',
    kind: 'assessment',
    subject: 'thread:otter/access',
    code: 'part-access-open',
    params: { part: 'access', status: 'open' },
    status: 'adopted',
    text: 'x',
  } as const
  const { sentences } = draftStatement({
    audience: 'press',
    language: english,
    knowledge: knowledgeOf({ findings: [...claims, open] }),
    corrections: [],
  })
  expect(sentences.find(({ slot }) => slot === 'unknown-access')?.findings).toEqual(['F_open'])
  expect(sentences.find(({ slot }) => slot === 'unknown-data')).toMatchObject({
    findings: [],
    because: 'no adopted finding answers it',
  })
})

test('S10 a draft in one language is held against a statement in the other', () => {
  const check = checkStatement(
    'Sampel ini berkenaan dengan 1,204 orang. Sistem kami telah dimasuki antara 1 Julai 2026 dan 2 Julai 2026.',
    {
      knowledge: knowledgeOf({}),
      languages,
      earlier: [
        earlierText(
          {
            label: 'S1',
            kind: 'released',
            at: '2026-10-06T10:00:00Z',
            text: 'The sample concerns about 600 persons. Access took place between 3 July 2026 and 4 July 2026. None of our systems were entered.',
          },
          languages,
        ),
      ],
    },
  )
  expect(check.contradictions.map(({ kind }) => kind).sort()).toEqual(['counts', 'times', 'words'])
})

test('patterns: gaps, optional words, beginnings, exclusions; a wrong one is named', () => {
  const words = (text: string): string[] => wordsOf(text)
  const found = (pattern: string, text: string): boolean =>
    findPattern(words(text), compilePattern(pattern, { system: 'system|systems' })) !== undefined
  expect(found('no ~2 evidence', 'there is no hard evidence')).toBe(true)
  expect(found('no ~2 evidence', 'no one there has any evidence')).toBe(false)
  expect(found('our <system> are? safe', 'Our systems safe')).toBe(true)
  expect(found('contained !in|within', 'it is contained in the file')).toBe(false)
  expect(found('sophistic*', 'Sophistication')).toBe(true)
  for (const wrong of ['~2 word', 'word? other', '<none>', 'a ~99 b', 'no-evidence', '(a+)+'])
    expect(() => compilePattern(wrong, {}), wrong).toThrow(wrong)
})

test('S13 any text is read without an error and the same every time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const check = (): string => {
        try {
          return JSON.stringify(checkStatement(text, { knowledge: knowledgeOf({}), languages, earlier: [] }))
        } catch (error) {
          return error instanceof Error ? error.message : ''
        }
      }
      const first = check()
      expect(first).toBe(check())
      expect(first).toMatch(/^\{"ok":|is empty$|is no plain text$/)
    }),
    { numRuns: 200, seed: 7 },
  )
})
