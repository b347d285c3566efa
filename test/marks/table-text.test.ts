import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { openRecords } from '../../src/formats/index.ts'
import { headerLine, rowLine, type TableFormat } from '../../src/marks/table-text.ts'

const columns = ['phone', 'address', 'remarks']
const delimited = [',', ';', '\t', '|'].map((delimiter): TableFormat => ({ kind: 'delimited', delimiter, header: true }))
// What a cell of our own reader can hold: no line break but \n, no character that ends a file of text.
const cell = fc.oneof(
  fc
    .array(fc.constantFrom('a', 'Jalan', '"', ',', ';', '|', '\t', ' ', '  ', '\u00A0', '.', '’', 'é'), { maxLength: 6 })
    .map((all) => all.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text.isWellFormed() && !/[\r\n\u0000\uFEFF]/.test(text)),
)
const table = fc.array(fc.tuple(fc.nat(999_999), cell, cell), { minLength: 3, maxLength: 8 })

test.each([...delimited, { kind: 'json-lines' } satisfies TableFormat])(
  'M4 what is written is what is read back: %o',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(table, async (drawn) => {
        const rows = drawn.map(([n, ...cells]) => [`01${2_000_000 + n}`, ...cells])
        const text = headerLine(format, columns) + rows.map((row) => rowLine(format, columns, row)).join('')
        const source = bytesSource('x', Buffer.from(text))
        const read =
          format.kind === 'json-lines'
            ? await openRecords(source, 'json-lines')
            : await openRecords(source, 'csv', { delimiter: format.delimiter, header: true })
        const back: (readonly string[])[] = []
        for await (const batch of read.rows) back.push(...batch.records.map((row) => row.values))
        expect(read.columns).toEqual(columns)
        expect(back).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  },
)
