import fc from 'fast-check'
import { expect, test } from 'vitest'
import { looksLikeHtml, readHtml } from '../../src/formats/index.ts'

const read = (text: string) => readHtml(Buffer.from(text), { file: 'page.html' })

test('paragraphs, title and dates; scripts, navigation and footers are left out', () => {
  const page =
    '<!doctype html>\n<title>A &amp; B</title><meta name="date" content="2026-10-07">\n<script>"<p>no</p>"</script><nav>menu</nav>' +
    '<p>Größe <b>one</b>&nbsp;two</p>\n<div>three<br>four</div><time datetime="2026-10-07T08:30:00Z">today</time><footer>end</footer>'
  const { document, faults } = read(page)
  expect(faults).toEqual([])
  expect(document.title).toBe('A & B')
  expect(document.dates.map((one) => [one.at, one.zone])).toEqual([
    ['2026-10-07T00:00:00.000000Z', 'unknown'],
    ['2026-10-07T08:30:00.000000Z', 'stated'],
  ])
  expect(document.paragraphs.map((one) => [one.line, one.text])).toEqual([
    [3, 'Größe one\u00a0two'],
    [4, 'three'],
    [4, 'four'],
    [4, 'today'],
  ])
  const [first] = document.paragraphs
  if (first?.at.kind !== 'bytes') throw new Error('a UTF-8 page has byte ranges')
  expect(Buffer.from(page).subarray(first.at.from, first.at.to).toString()).toBe('Größe <b>one</b>&nbsp;two')
})

test('elements nested too deep stop the reading with a fault; what stood before is kept', () => {
  const { document, faults } = read(`<p>before</p>${'<div>'.repeat(100_000)}inside`)
  expect(faults.map((one) => one.code)).toEqual(['html-too-deep'])
  expect(document.paragraphs.map((one) => one.text)).toEqual(['before'])
})

test('text is told from HTML by its head', () => {
  expect(looksLikeHtml('  <!DOCTYPE html>')).toBe(true)
  expect(looksLikeHtml('<p>x')).toBe(true)
  expect(looksLikeHtml('<name@example.invalid> wrote')).toBe(false)
  expect(looksLikeHtml('Plain text with <b>')).toBe(false)
})

test('any mark-up gives paragraphs in order, never an exception', () => {
  const part = fc.constantFrom(
    '<p>',
    '</p>',
    '<div',
    '>',
    '<',
    '&amp;',
    '&#x0;',
    'text',
    ' ',
    '\n',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<title>',
    'é',
    '"',
    '<svg>',
    '</svg>',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('')
      let last = 0
      for (const one of read(text).document.paragraphs) {
        if (one.at.kind !== 'bytes') throw new Error('a UTF-8 page has byte ranges')
        expect(one.at.from).toBeGreaterThanOrEqual(last)
        expect(one.at.to).toBeLessThanOrEqual(Buffer.byteLength(text))
        last = one.at.from
      }
    }),
    { seed: 9, numRuns: 300 },
  )
})
