import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { unzipSync, strFromU8 } from 'fflate'
import { Parser } from 'htmlparser2'
import { afterEach, expect, test, vi } from 'vitest'
import { letterDocument, noticeDocument, renderDocument, type NoticeDocument } from '../../../src/response/index.ts'
import { letterGiven, names, noticeGiven, sha, texts, type Given } from './given.ts'

const cases = path.resolve(import.meta.dirname, '../../cases/notices')
const given = (name: string): Given => JSON.parse(readFileSync(path.join(cases, name, 'in.json'), 'utf8')) as Given
const ttf = path.join(path.dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const fonts = (): { regular: Uint8Array; bold: Uint8Array } => ({
  regular: readFileSync(path.join(ttf, 'DejaVuSansCondensed.ttf')),
  bold: readFileSync(path.join(ttf, 'DejaVuSansCondensed-Bold.ttf')),
})
const render = (document: NoticeDocument, format: 'text' | 'docx' | 'pdf'): Promise<Uint8Array> =>
  renderDocument(document, { format, fonts })
const textOf = async (document: NoticeDocument): Promise<string> => new TextDecoder().decode(await render(document, 'text'))
const first = (): NoticeDocument => noticeDocument(noticeGiven(given('611-first-notice')), names)

afterEach(() => vi.useRealTimers())

test.each(['text', 'docx', 'pdf'] as const)('the same content gives the same %s, at any hour', async (format) => {
  vi.useFakeTimers({ now: Date.parse('2026-10-06T00:00:00Z'), toFake: ['Date'] })
  const one = await render(first(), format)
  vi.setSystemTime(Date.parse('2031-03-04T17:11:13Z'))
  const two = await render(first(), format)
  expect(Buffer.compare(Buffer.from(one), Buffer.from(two))).toBe(0)
  const other = await render(noticeDocument(noticeGiven(given('611-second-part-may-follow')), names), format)
  expect(Buffer.compare(Buffer.from(one), Buffer.from(other))).not.toBe(0)
})

test('every part of a DOCX is well-formed XML; page numbers, headings and a table head stand in it, the hour of writing does not', async () => {
  vi.useFakeTimers({ now: Date.parse('2031-03-04T17:11:13Z'), toFake: ['Date'] })
  const parts = unzipSync(await render(first(), 'docx'))
  expect(Object.keys(parts).slice(0, 2)).toEqual(['[Content_Types].xml', '_rels/.rels'])
  for (const [name, bytes] of Object.entries(parts)) {
    const open: string[] = []
    const wrong: string[] = []
    const parser = new Parser(
      {
        onopentagname: (tag) => open.push(tag),
        onclosetag: (tag, implied) => (implied && open.at(-1) !== tag ? wrong.push(tag) : open.pop() === tag || wrong.push(tag)),
      },
      { xmlMode: true },
    )
    parser.end(strFromU8(bytes))
    expect([name, wrong, open]).toEqual([name, [], []])
  }
  const body = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
  expect(body).toContain('w:tblHeader')
  expect(body).toContain('Heading1')
  expect(strFromU8(parts['word/footer1.xml'] ?? new Uint8Array())).toMatch(/NUMPAGES/)
  expect(strFromU8(parts['docProps/core.xml'] ?? new Uint8Array())).toContain('2026-10-06T02:00:00.000Z')
  expect(
    Object.values(parts)
      .map((one) => strFromU8(one))
      .join(''),
  ).not.toContain('2031-')
})

test('a PDF embeds its fonts, names language and title, and carries no hour of its making', async () => {
  const bytes = Buffer.from(await render(first(), 'pdf')).toString('latin1')
  expect(bytes.startsWith('%PDF-1.7')).toBe(true)
  expect(bytes.match(/\/FontFile2/g)?.length).toBe(2)
  expect(bytes).toContain('DejaVuSansCondensed')
  expect(bytes).toContain('(en-GB)')
  expect(bytes.match(/D:\d{14}/g)).toEqual(['D:20261006020000', 'D:20261006020000'])
})

test('text that the font cannot draw is written as its number, and does not break the PDF', async () => {
  const document: NoticeDocument = {
    lang: 'ms',
    title: 'Ujian',
    foot: 'Draf',
    page: 'Halaman',
    of: 'daripada',
    at: '2026-10-06T02:00:00.000Z',
    blocks: [{ kind: 'lines', lines: [{ text: `中文 ${'é'.repeat(3_000)} \u202E ${'x'.repeat(5_000)}` }] }],
  }
  const bytes = await render(document, 'pdf')
  expect(bytes.length).toBeGreaterThan(1_000)
  expect(Buffer.from(bytes).toString('latin1')).toContain('(ms-MY)')
})

test('answers carry numbered notes with finding, who adopted it, exhibit and decision', async () => {
  const text = await textOf(first())
  const flat = text.replaceAll(/\s+/g, ' ')
  expect(flat).toMatch(/10 Number of subscribers or individuals contact \([^)]*\): [^[]*1,640 persons in the sample\. \[\d\]/)
  expect(text).toMatch(/\[\d\] Finding F_[0-9a-f]{12}, adopted by A\. Rahman, 2026-10-06; E3 row 412/)
  expect(text).toMatch(/\[\d\] Decision of A\. Rahman/)
  expect(text).not.toContain(sha)
  expect(text).toContain('Draft, not sent. Not legal advice.')
})

test('what is for the desk stands in a draft and never in what is filed', async () => {
  const notice = noticeGiven(given('two-authorities-two-counts'))
  const filed = { ...notice, filing: { number: 'notice-2', at: '2026-10-06T02:00:00.000000Z', by: 'A. Rahman', ref: 'JPDP/2' } }
  const draft = await textOf(noticeDocument(notice, names))
  const out = await textOf(noticeDocument(filed, names))
  expect(draft).toContain('For the desk')
  expect(draft).toContain('60 persons in notice-1')
  expect(out).toContain('Filed as notice-2 on 2026-10-06 10:00 (Asia/Kuala_Lumpur) by A. Rahman, reference JPDP/2.')
  expect(out).not.toMatch(/For the desk|Draft|60 persons|no person has decided/)
})

test('a later notice shows field by field what changed against the one filed before', async () => {
  const text = await textOf(noticeDocument(noticeGiven(given('my-second-notice-says-what-changed')), names))
  expect(text).toContain('What changed since notice-1')
  expect(text).toMatch(
    /Approximate number of affected data subjects\n {4}changed\n {4}Before: 1,204 persons\n {4}Now: 1,640 persons/,
  )
  expect(text).toMatch(/Advice given to the affected data subjects\n {4}no longer stated/)
})

test('a letter names only the data given, in its language; its draft says so on every page', async () => {
  const letter = letterGiven(given('letter-names-only-their-data'))
  const text = await textOf(letterDocument(letter, { texts, zone: 'Asia/Kuala_Lumpur' }))
  const [body = ''] = text.split('For the desk')
  expect(body).toContain('- your telephone number')
  expect(body).not.toMatch(/identity card|your password|SIM|your e-mail|your name/)
  expect(body).toContain('[not known yet]')
  expect(body).toContain('Draft, not legal advice')
  const malay = await textOf(letterDocument(letterGiven(given('letter-in-malay-takes-nothing-english')), { texts, zone: 'UTC' }))
  expect(malay.split('For the desk')[0]).not.toMatch(/ENGLISH|Dear|your /)
  expect(malay).toContain('Draf, bukan nasihat undang-undang')
})

test('text from people cannot hide or steer in any format', async () => {
  const facts = {
    ...given('letter-article-34-complete').facts,
    entries: { 'contact-name': 'Nurul\u202E Huda\u001B[31m\nTo: others', 'contact-phone': '1' },
  }
  const text = await textOf(
    letterDocument(letterGiven({ ...given('letter-article-34-complete'), facts }), { texts, zone: 'UTC' }),
  )
  expect(text).not.toMatch(/[\u202E\u001B]/)
  expect(text).toContain('Nurul\\u{202e} Huda\\u{1b}[31m To: others')
})
