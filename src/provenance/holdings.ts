import type { Lake, Table } from '../store/index.ts'

/** Parts of this size are not merged: each holds a stretch of rows of its own, so that one large part answers nothing faster than several. */
const largePart = 128 * 1024 * 1024

/** One row per row of a registered copy: keyed tokens only. Arrays follow the order of the copy's columns. */
export const holdingsTable: Table = {
  name: 'holdings',
  columns: {
    n: { type: 'UInt32', doc: 'Row number in the registered file, from 1' },
    ids: { type: 'Array(FixedString(16))', doc: 'Tokens of the identifier columns; 16 zero bytes = no value' },
    fields: { type: 'Array(FixedString(16))', doc: 'Tokens of the attribute columns; 16 zero bytes = no value' },
    parts: {
      type: 'Array(Array(FixedString(8)))',
      doc: 'Per attribute column the tokens of its parts (words of a name or place, year and month of a date); [] = none',
    },
    valid_from: { type: 'Int32', doc: 'First day of the version, days since 1970-01-01' },
    valid_to: { type: 'Int32', doc: 'First day after the version' },
  },
  orderBy: ['load_id', 'n'],
  settings: `index_granularity = 256, min_compress_block_size = 16384, max_bytes_to_merge_at_max_space_in_pool = ${largePart}`,
}

/** Which rows of a copy hold an identifier: what a small sample is met by. Blocks are small, for a look-up reads one for each identifier. */
const holdingIdsTable: Table = {
  name: 'holding_ids',
  columns: {
    id: { type: 'UInt64 CODEC(NONE)', doc: 'First half of the token of an identifier (`tokenHalf`)' },
    n: { type: 'UInt32 CODEC(NONE)', doc: 'Row of the copy that holds it' },
  },
  orderBy: ['load_id', 'id'],
  settings: 'index_granularity = 256, min_compress_block_size = 2048',
}

/** The half of an identifier's token under which `holding_ids` knows it, in SQL; tokens of other kinds of identifier differ anyway. */
export function tokenHalf(token: string): string {
  return `reinterpretAsUInt64(${token})`
}

/** The tables a copy is loaded into. */
export const copyTables: readonly Table[] = [holdingsTable, holdingIdsTable]

/** A row of a sample in tokens. */
const sampleColumns: Table['columns'] = {
  n: { type: 'UInt32', doc: 'Row number in the sample, from 1' },
  ids: { type: 'Array(FixedString(16))', doc: 'Tokens of the identifier columns; 16 zero bytes = no value' },
  fields: { type: 'Array(FixedString(16))', doc: 'Tokens of the attribute columns; 16 zero bytes = no value' },
  parts: {
    type: 'Array(Array(FixedString(8)))',
    doc: 'Per attribute column the tokens of its parts (words of a name or place, year and month of a date); [] = none',
  },
}

/** All rows of a sample under examination, before the choice of those that are compared. */
export const samplePoolTable: Table = {
  name: 'sample_pool',
  columns: {
    key: {
      type: 'FixedString(16)',
      doc: 'The first identifier token, else a hash of the attribute tokens: rows are chosen by it',
    },
    ...sampleColumns,
  },
  orderBy: ['load_id', 'key'],
}

/** The tokens of a sample's compared rows, in the same form. */
export const sampleTable: Table = {
  name: 'sample_rows',
  columns: sampleColumns,
  orderBy: ['load_id', 'n'],
}

/** Tables of this room, for `openLake`. */
export const provenanceTables: readonly Table[] = [...copyTables, samplePoolTable, sampleTable]

/** Days that stand for "since ever" and "until further notice". */
export const ever = { from: -100_000, to: 100_000 } as const

/** Identifiers sorted at once: few parts are quick to look up, and leave little to merge. */
const indexBlock = 10_000_000
/** Blocks sorted beside each other, each for a part of its own. */
const indexThreads = 2

/** Fills the index of identifiers of a load whose rows are in `holdings`. */
export async function indexHoldings(lake: Lake, loadId: string): Promise<void> {
  await lake.engine.run(
    `INSERT INTO holding_ids (load_id, id, n) SELECT load_id, ${tokenHalf('id')}, n FROM holdings ARRAY JOIN ids AS id
     WHERE load_id = {load:UInt64} AND id != toFixedString('', 16)
     SETTINGS min_insert_block_size_rows = ${indexBlock}, min_insert_block_size_bytes = 0, max_insert_threads = ${indexThreads}`,
    { load: loadId },
  )
}
