import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { affectedCsv, htmlReport, terminalAssessment, type CaseView } from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

const page = htmlReport(madeUpView())

test('the page is self-contained: no script, nothing loaded, a policy that allows only its own style sheet', () => {
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|<form|@import|url\(|javascript:| style="/i)
  expect(page).not.toMatch(/(?:src|href)="(?!#)/)
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  )
})

test('same view, same bytes; the view is not changed', () => {
  const view = madeUpView()
  const before = JSON.stringify(view)
  expect(htmlReport(view)).toBe(page)
  expect(JSON.stringify(view)).toBe(before)
})

test('the assessment stands first, then the six answers, gaps, findings, exhibits, custody', () => {
  const ids = [...page.matchAll(/<section id="([a-z]+)"/g)].map((match) => match[1])
  expect(ids).toEqual([
    'assessment',
    'claimed',
    'real',
    'in',
    'records',
    'affected',
    'due',
    'coverage',
    'people',
    'exhibits',
    'custody',
  ])
})

test('status is a word and a shape; what would settle an open assertion is said', () => {
  expect(page).toContain('● supported')
  expect(page).toContain('✕ contradicted')
  expect(page).toContain('○ open')
  expect(page).toContain('Logs of the element managers')
})

test('every chip that is a link leads to something on the page', () => {
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
  expect(links.length).toBeGreaterThan(30)
  expect(links.filter((link) => !ids.has(link))).toEqual([])
  expect(page).toContain('<a class="cite" href="#E3">E3 row 412</a>')
})

test('exhibits carry their hash, custody its head and what verifying proves', () => {
  for (const one of madeUpView().exhibits) expect(page).toContain(one.sha256)
  expect(page).toContain(madeUpView().custody.head)
  expect(page).toContain('it does not prove when')
})

test('holders are not named unless released, in no sentence, file name or copy name', () => {
  expect(page).not.toMatch(/kestrel/i)
  expect(page).toMatch(/Agrees with the extract cut for Holder [AB] on 2026-09-30/)
  expect(page).toMatch(/copies\/Holder [AB]\.csv|copies\/Holder [AB]/)
  expect(page).toMatch(/Meridian Telekom,\s+CRM/)
  expect(terminalAssessment(madeUpView(), { width: 100 })).not.toMatch(/kestrel/i)
  expect(htmlReport(madeUpView(), { releaseHolders: true })).toContain('Kestrel Billing')
})

test('a holder from the inventory is replaced too, also without its legal form and in a file name', () => {
  const view = madeUpView()
  const notes = ['Old Harbour Print Ltd', 'old harbour print', 'x/OLD_HARBOUR_PRINT-2026.csv'].map((text, n) => ({
    id: `N${n}`,
    at: '2026-10-06T00:00:00Z',
    by: 'L. Tan',
    text,
    cites: [],
  }))
  const masked = htmlReport({ ...view, notes })
  expect(masked).not.toMatch(/harbour/i)
  expect(masked.match(/Holder [AB]/g)?.length).toBeGreaterThan(3)
})

test('adopted and proposed findings stand apart; rejected text does not appear', () => {
  const [, people = ''] = page.split('<section id="people">')
  const [adopted = '', proposed = ''] = people.split('Proposed by the machine, not adopted')
  expect(adopted).toContain('A1 is supported.')
  expect(adopted).not.toContain('A3 is contradicted.')
  expect(proposed).toContain('A3 is contradicted.')
  expect(page).not.toContain('REJECTED-TEXT')
  expect(page).toContain('1 finding rejected')
})

test('small cells show no number; persons of several sources are not added up', () => {
  expect(page).toContain('fewer than 10')
  expect(page).toContain('their persons are not added up')
  expect(affectedCsv(madeUpView().affected, () => 'E3')).toBe(
    [
      'source,category,lines,records,persons,text,cites',
      'sample,identity,1886,1885,1640,"Name, phone number, address.",E3 row 2',
      'lookups,call records,,412,19,Read one by one without a recorded reason.,E3 record 17',
      'sample,bank details,fewer than 10,fewer than 10,fewer than 10,Account numbers in a free-text field.,E3 row 900',
      '',
    ].join('\r\n'),
  )
})

test('what was not looked at is said, never counted as nothing found', () => {
  const { stories, lookups, ...rest } = madeUpView()
  expect(stories).toBeDefined()
  expect(lookups).toBeDefined()
  const bare = htmlReport({ ...rest, provenance: [], threads: [] })
  expect(bare).toContain('No logs were given. Nothing is said about the way in.')
  expect(bare).toContain('No audit logs were given. Nothing is said about reads of records.')
  const screen = terminalAssessment({ ...rest, provenance: [], threads: [] }, { width: 80 })
  expect(screen).toContain('How in    no logs given')
  expect(screen).toContain('Records   no audit logs given')
})

test('the terminal shows at most 40 lines of the width, however many assertions', () => {
  const view = madeUpView()
  const one = view.assessment.assertions[0]
  if (one === undefined) throw new Error('no assertion')
  for (const count of [0, 1, 13, 14, 26, 27, 300]) {
    const assertions: CaseView['assessment']['assertions'] = Array.from({ length: count }, (_, n) => ({
      ...one,
      assertion: `A${n + 1}`,
      words: '資料庫'.repeat(60),
    }))
    for (const width of [40, 80, 200]) {
      const lines = terminalAssessment({ ...view, assessment: { ...view.assessment, assertions } }, { width }).split('\n')
      expect(lines.length).toBeLessThanOrEqual(40)
      const columns = (line: string): number => Array.from(line).reduce((sum, c) => sum + (/\p{Script=Han}/u.test(c) ? 2 : 1), 0)
      expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width)
      expect(lines.some((line) => line.startsWith('Due'))).toBe(true)
    }
  }
})

test('a holder called like a word of the report breaks nothing', () => {
  const odd = htmlReport({ ...madeUpView(), holders: ['Open', 'exhibit', 'Supported'] })
  expect(odd).toContain('○ open')
  expect(odd).toContain('href="#E3"')
})

test('rows met over all rows stand beside the rows inside where only a part was compared', () => {
  expect(page).not.toMatch(/of them compared|of all read/)
  const view = madeUpView()
  const cut: CaseView = {
    ...view,
    provenance: view.provenance.map((one) => ({
      ...one,
      verdict: {
        ...one.verdict,
        compared: 50_000,
        sources: one.verdict.sources.map((source, at) => (at === 0 ? { ...source, rowsMet: 117_600 } : source)),
      },
    })),
  }
  const said = htmlReport(cut)
  expect(said).toContain('50,000 of them compared')
  expect(said.match(/117,600 of all read/g)).toHaveLength(cut.provenance.length)
})
