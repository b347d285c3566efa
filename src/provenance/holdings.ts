import type { Table } from '../store/index.ts'

/** One row per row of a registered copy: keyed tokens only. Arrays follow the order of the copy's columns. */
export const holdingsTable: Table = {
  name: 'holdings',
  columns: {
    n: { type: 'UInt32', doc: 'Row number in the registered file, from 1' },
    ids: { type: 'Array(FixedString(16))', doc: 'Tokens of the identifier columns; 16 zero bytes = no value' },
    fields: { type: 'Array(FixedString(16))', doc: 'Tokens of the attribute columns; 16 zero bytes = no value' },
    valid_from: { type: 'Int32', doc: 'First day of the version, days since 1970-01-01' },
    valid_to: { type: 'Int32', doc: 'First day after the version' },
  },
  orderBy: ['load_id', 'n'],
}

/** The tokens of a sample under examination, in the same form. */
export const sampleTable: Table = {
  name: 'sample_rows',
  columns: {
    n: { type: 'UInt32', doc: 'Row number in the sample, from 1' },
    ids: { type: 'Array(FixedString(16))', doc: 'Tokens of the identifier columns; 16 zero bytes = no value' },
    fields: { type: 'Array(FixedString(16))', doc: 'Tokens of the attribute columns; 16 zero bytes = no value' },
  },
  orderBy: ['load_id', 'n'],
}

/** Tables of this room, for `openLake`. */
export const provenanceTables: readonly Table[] = [holdingsTable, sampleTable]

/** Days that stand for "since ever" and "until further notice". */
export const ever = { from: -100_000, to: 100_000 } as const
