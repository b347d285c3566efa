import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLake, type Lake, type Table } from '../../src/store/index.ts'

const words: Table = {
  name: 'words',
  columns: {
    word: { type: 'String', doc: 'any text' },
    at: { type: "DateTime64(6, 'UTC')", doc: 'a time' },
    extra: { type: 'Map(LowCardinality(String), String)', doc: 'fields' },
  },
  orderBy: ['word'],
}

const nasty = [
  'plain',
  "quote ' and \\ backslash",
  'tab\tnewline\nreturn\r',
  '{"json":"\\u0000"}',
  'zero \u0000 byte',
  '€ 🦊 \u202e',
  '\\N',
  '',
]

/** The same tests for both kinds of engine: `server` undefined = embedded. */
export function lakeSuite(server?: { readonly url: string; readonly database: string }): void {
  let directory: string
  let lake: Lake

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'breachline-lake-'))
    lake = await openLake({ directory, tables: [words], ...(server === undefined ? {} : { server }) })
  })

  afterAll(async () => {
    await lake.close()
    rmSync(directory, { recursive: true })
  })

  test('rows come back as they went in, whatever the text', async () => {
    const { id } = await lake.load({ key: 'nasty', tables: [words] }, async (writer) => {
      await writer.insert(words, [nasty.map(row)])
    })
    const rows = await lake.engine.rows<{ word: string; at: string; extra: { original: string } }>(
      'SELECT word, at, extra FROM words WHERE load_id IN ({loads:Array(UInt64)})',
      { loads: [id] },
    )
    expect(rows.map((one) => one.word).sort()).toEqual([...nasty].sort())
    expect(rows.every((one) => one.extra.original === one.word)).toBe(true)
    expect(rows[0]?.at).toBe('2024-02-05 18:14:00.123456')
  })

  test('bound values come through unchanged', async () => {
    for (const word of nasty) expect(await lake.engine.rows('SELECT {w:String} AS w', { w: word })).toEqual([{ w: word }])
  })

  test('rows computed in the engine see the raw text, and only the result lands', async () => {
    const { id } = await lake.load({ key: 'computed', tables: [words] }, async (writer) => {
      await writer.insertSelect({
        into: words,
        columns: ['word', 'at'],
        raw: { secret: 'String' },
        select: ['concat(toString(length(secret)), {suffix:String})', "toDateTime64('2024-01-01 00:00:00', 6, 'UTC')"],
        params: { suffix: '!' },
        rows: [nasty.map((secret) => ({ secret }))],
      })
    })
    const rows = await lake.engine.rows<{ word: string }>('SELECT word FROM words WHERE load_id = {id:UInt64}', { id })
    expect(rows.map((one) => one.word).sort()).toEqual(nasty.map((text) => `${Buffer.byteLength(text)}!`).sort())
  })

  test('raw text of several columns, and lists, come through unchanged; derived columns are seen by the others', async () => {
    const list = nasty.map((text, at) => ({ n: at, text, many: [text, 'x'] }))
    const { id } = await lake.load({ key: 'several', tables: [words] }, async (writer) => {
      const at = "toDateTime64('2024-01-01 00:00:00', 6, 'UTC')"
      await writer.insertSelect({
        into: words,
        columns: ['word', 'at', 'extra'],
        raw: { n: 'UInt32', text: 'String', other: 'String' },
        derived: { joined: "concat(toString(n), ':', text, other)" },
        repeating: { text: { shouted: 'upper(text)' }, other: { size: 'length(other)' } },
        select: ['joined', at, "map('twice', concat(joined, joined), 'shouted', shouted, 'size', toString(size))"],
        rows: [list.map(({ n, text }) => [n, text, '']), [{ other: 'o', n: 99, text: 't' }]],
      })
      await writer.insertSelect({
        into: words,
        columns: ['word', 'at', 'extra'],
        raw: { many: 'Array(String)', n: 'UInt32' },
        select: ["concat(toString(n), ':', many[1])", at, "map('twice', many[2])"],
        rows: [list.map(({ n, many }) => ({ n: n + 100, many }))],
      })
    })
    const rows = await lake.engine.rows<{ word: string; extra: Record<string, string> }>(
      'SELECT word, extra FROM words WHERE load_id = {id:UInt64}',
      { id },
    )
    const first = [
      ...list.map(({ n, text }) => ({ word: `${n}:${text}`, text, size: '0' })),
      { word: '99:to', text: 't', size: '1' },
    ]
    const want = [
      ...first.map(({ word, text, size }) => ({
        word,
        extra: { twice: word + word, shouted: text.replace(/[a-z]/g, (letter) => letter.toUpperCase()), size },
      })),
      ...list.map(({ n, text }) => ({ word: `${n + 100}:${text}`, extra: { twice: 'x' } })),
    ]
    expect(rows.map((row) => JSON.stringify(row)).sort()).toEqual(want.map((row) => JSON.stringify(row)).sort())
  })

  test('a load that throws leaves nothing and can be tried again', async () => {
    const spec = { key: 'fails', tables: [words] }
    await expect(
      lake.load(spec, async (writer) => {
        await writer.insert(words, [[row('half')]])
        throw new Error('torn off')
      }),
    ).rejects.toThrow('torn off')
    expect(await lake.engine.rows("SELECT count() AS n FROM words WHERE word = 'half'")).toEqual([{ n: '0' }])
    expect(lake.committed('fails')).toBeUndefined()
    const again = await lake.load(spec, async (writer) => void (await writer.insert(words, [[row('whole')]])))
    expect(again.reused).toBe(false)
    expect((await lake.load(spec, () => Promise.reject(new Error('not called')))).reused).toBe(true)
  })

  test.each([
    "'); SELECT * FROM file('/etc/passwd', LineAsString) --",
    "' INTO OUTFILE '/tmp/breachline-outfile' --",
    "'); SELECT * FROM url('http://127.0.0.1:1/', LineAsString) --",
    "'); SELECT * FROM executable('id', TabSeparated, 'x String') --",
    '{w:String}',
    '\\',
  ])('text from outside stays a value: %s', async (word) => {
    expect(await lake.engine.rows('SELECT {w:String} AS w', { w: word })).toEqual([{ w: word }])
    await expect(
      lake.engine.insertSelect({ into: `words'; ${word}`, columns: ['word'], raw: {}, select: ["''"], rows: [[{}]] }),
    ).rejects.toThrow(/no identifier of the schema/)
    expect(existsSync('/tmp/breachline-outfile')).toBe(false)
  })

  test('an engine error carries no value', async () => {
    const failing = lake.engine.rows('SELECT toUInt8({w:String})', { w: 'secret-subscriber' })
    await expect(failing).rejects.toThrow(/CANNOT_PARSE_TEXT/)
    await expect(failing).rejects.not.toThrow(/secret/)
  })

  test('a result leaves as Parquet bytes', async () => {
    const bytes = await lake.engine.bytes('SELECT number FROM numbers(3)', 'Parquet')
    expect(Buffer.from(bytes.subarray(0, 4)).toString()).toBe('PAR1')
    expect(Buffer.from(bytes.subarray(-4)).toString()).toBe('PAR1')
  })

  test('a table that a release has changed is made anew and its loads are loaded again', async () => {
    const again = async (tables: readonly Table[]): Promise<void> => {
      await lake.close()
      lake = await openLake({ directory, tables, ...(server === undefined ? {} : { server }) })
    }
    const fill = { key: 'stays', tables: [words] }
    await lake.load(fill, async (writer) => void (await writer.insert(words, [[row('stays')]])))
    await again([words])
    expect(lake.committed('stays')).toBeDefined()
    await again([{ ...words, columns: { ...words.columns, length: { type: 'UInt32', doc: 'its length' } } }])
    expect(lake.committed('stays')).toBeUndefined()
    expect(await lake.engine.rows('SELECT word, length FROM words')).toEqual([])
    await again([words])
    const { reused } = await lake.load(fill, async (writer) => void (await writer.insert(words, [[row('stays')]])))
    expect(reused).toBe(false)
  })

  test('rows of a load that never committed are gone when the lake is opened again', async () => {
    await lake.load({ key: 'kept', tables: [words] }, async (writer) => void (await writer.insert(words, [[row('kept')]])))
    const torn = lake.load({ key: 'torn', tables: [words] }, async (writer) => {
      await writer.insert(words, [[row('torn')]])
      await new Promise(() => {})
    })
    void torn
    await expect.poll(async () => lake.engine.rows("SELECT count() AS n FROM words WHERE word = 'torn'")).toEqual([{ n: '1' }])
    await lake.close()
    lake = await openLake({ directory, tables: [words], ...(server === undefined ? {} : { server }) })
    expect(await lake.engine.rows("SELECT word FROM words WHERE word IN ('kept', 'torn')")).toEqual([{ word: 'kept' }])
    expect(lake.committed('torn')).toBeUndefined()
  })
}

function row(word: string): object {
  return { word, at: '2024-02-05T18:14:00.123456Z', extra: { original: word } }
}
