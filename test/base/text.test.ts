import { expect, test } from 'vitest'
import { csvCell, placeText, printable, wellFormed } from '../../src/base/index.ts'

test('controls, escapes, bidirectional and invisible characters are written out', () => {
  expect(printable('\u001b[31mred\u0007 \u202edrow\u202c zero\u200bwidth \ud800')).toBe(
    '\\u{1b}[31mred\\u{7} \\u{202e}drow\\u{202c} zero\\u{200b}width \ufffd',
  )
  expect(printable('Añ 日本 🦊\ttab\nline')).toBe('Añ 日本 🦊\ttab\nline')
})

test('a cell that a spreadsheet would run gets an apostrophe; numbers stay numbers', () => {
  expect(csvCell('=HYPERLINK("http://x")')).toBe(`"'=HYPERLINK(""http://x"")"`)
  expect(['+60123456789', '-5', '@x', '-cmd|x', 'plain'].map(csvCell)).toEqual(['+60123456789', '-5', "'@x", "'-cmd|x", 'plain'])
})

test('ill-formed text is mended and said to be', () => {
  expect(wellFormed('a\ud800b')).toEqual({ text: 'a\ufffdb', changed: true })
  expect(wellFormed('ok')).toEqual({ text: 'ok', changed: false })
})

test('a place reads from file to field', () => {
  expect(placeText({ file: 'a.csv', line: 3, field: 'ts' })).toBe('a.csv, line 3, field ts')
})
