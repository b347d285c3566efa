import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readText } from '../../src/formats/index.ts'

const read = (text: string | Buffer) => readText(typeof text === 'string' ? Buffer.from(text) : text, { file: 'note.md' })

test('wrapped lines are one paragraph, long lines one each, with lines and bytes', () => {
  const first = 'The first line of a paragraph that wraps somewhere\nand goes on here.'
  const text = `# Título\n\n${first}\n\n- one\n- two\n`
  const { document, faults } = read(text)
  expect(faults).toEqual([])
  expect(document.title).toBe('Título')
  expect(document.paragraphs.map((one) => [one.line, one.text])).toEqual([
    [1, '# Título'],
    [3, first],
    [6, '- one'],
    [7, '- two'],
  ])
  const long = `${'word '.repeat(40)}end.`
  expect(read(`${long}\nshort one\n${long}`).document.paragraphs).toHaveLength(3)
})

test('front matter gives title and dates and is no paragraph', () => {
  const { document } = read('---\ntitle: "A call"\ndate: 2026-10-06\n---\nText.\n')
  expect(document).toMatchObject({ title: 'A call', dates: [{ at: '2026-10-06T00:00:00.000000Z', zone: 'unknown' }] })
  expect(document.paragraphs.map((one) => one.text)).toEqual(['Text.'])
})

test('byte ranges open the same text, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0')),
      (text) => {
        const bytes = Buffer.from(text)
        for (const one of read(bytes).document.paragraphs) {
          if (one.at.kind !== 'bytes') throw new Error('UTF-8 has byte ranges')
          if (one.from !== undefined) expect(bytes.subarray(one.at.from, one.at.to).toString()).toBe(one.text)
        }
      },
    ),
    { seed: 5, numRuns: 300 },
  )
})

test('UTF-16, broken UTF-8 and bytes that are no text', () => {
  const utf16 = Buffer.from('\ufeffMeridian Telekom', 'utf16le')
  expect(read(utf16).document.paragraphs).toMatchObject([{ text: 'Meridian Telekom', at: { kind: 'line', n: 1 } }])
  const broken = read(Buffer.from([0x61, 0xff, 0x62]))
  expect(broken.faults.map((one) => one.code)).toEqual(['text-not-utf8'])
  expect(broken.document.paragraphs[0]?.text).toBe('a\ufffdb')
  const binary = read(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]))
  expect(binary.faults.map((one) => one.code)).toEqual(['document-not-text'])
  expect(binary.document.paragraphs).toEqual([])
})
