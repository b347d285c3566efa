import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { collectLoose, looseFiles } from '../../src/app/loose-files.ts'
import { recordFormat } from '../../src/app/record-format.ts'
import { itemName } from '../../src/app/items.ts'
import { memberSource } from '../../src/app/unpack.ts'
import { collect, fileSource } from '../../src/base/index.ts'
import { openRecords, recordFormatOf } from '../../src/formats/index.ts'
import { sevenZipBytes } from '../formats/seven-zip-bytes.ts'
import { xlsx } from '../formats/xlsx-bytes.ts'

async function given(name: string, bytes: Uint8Array, passwords?: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'given-'))
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const files = await looseFiles({
    paths: [file],
    role: (seen) => (recordFormatOf(seen.kind) === undefined ? undefined : 'sample'),
    ...(passwords === undefined ? {} : { passwords }),
    watch: {},
  })
  try {
    const { items, faults } = await collectLoose(files, 'sample')
    const tables: Record<string, readonly (readonly string[])[]> = {}
    const opened: Record<string, readonly string[]> = {}
    for (const item of items) {
      const table = await openRecords(item.source, recordFormat(item))
      tables[itemName(item).slice(folder.length + 1)] = (await collect(table.rows)).records.map((row) => row.values)
      if (item.member === undefined) continue
      const again = await memberSource({
        source: await fileSource(file),
        member: item.member,
        scratch: folder,
        ...(passwords === undefined ? {} : { passwords }),
      })
      if (again !== undefined) opened[item.member] = (await openRecords(again, recordFormat(item))).columns
    }
    return { tables, opened, faults: faults.map((one) => one.code) }
  } finally {
    await files.release()
    rmSync(folder, { recursive: true })
  }
}

const book = xlsx({
  Customers: [
    ['id', 'name'],
    [{ number: '1' }, 'Aina'],
  ],
  Empty: [],
  Plans: [
    ['plan', 'fee'],
    ['P1', { number: '99' }],
  ],
})

test('each sheet and each table is a member of its own, and opens again by its name', async () => {
  expect(await given('book.xlsx', book)).toEqual({
    tables: { 'book.xlsx/Customers': [['1', 'Aina']], 'book.xlsx/Plans': [['P1', '99']] },
    opened: { Customers: ['id', 'name'], Plans: ['plan', 'fee'] },
    faults: [],
  })
  const dump = 'INSERT INTO a (x, y) VALUES (1, 2);\nINSERT INTO b (z) VALUES (3);\n'
  expect((await given('dump.sql', Buffer.from(dump))).tables).toEqual({ 'dump.sql/a': [['1', '2']], 'dump.sql/b': [['3']] })
  expect((await given('one.sql', Buffer.from('INSERT INTO a (x, y) VALUES (1, 2);\n'))).tables).toEqual({
    'one.sql': [['1', '2']],
  })
}, 30_000)

test('a workbook in an encrypted archive is read with the password and cited by its sheet', async () => {
  const archive = await sevenZipBytes({ 'leak/book.xlsx': book }, ['-pa b'])
  expect(await given('leak.7z', archive, ['no', 'a b'])).toEqual({
    tables: { 'leak.7z/leak/book.xlsx/Customers': [['1', 'Aina']], 'leak.7z/leak/book.xlsx/Plans': [['P1', '99']] },
    opened: { 'leak/book.xlsx/Customers': ['id', 'name'], 'leak/book.xlsx/Plans': ['plan', 'fee'] },
    faults: [],
  })
  await expect(given('leak.7z', archive)).rejects.toMatchObject({ hint: expect.stringContaining('--password-file') })
  await expect(given('leak.7z', archive, ['no'])).rejects.toMatchObject({
    message: expect.stringContaining('none of the passwords'),
  })
}, 30_000)
