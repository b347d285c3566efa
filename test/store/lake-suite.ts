import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLake, savedRows, type Lake, type Table } from '../../src/store/index.ts'

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

  test.each([
    [',', '"', '\n'],
    ['\t', '"', '\r\n'],
    [';', "'", '\n'],
    ['|', '"', '\n'],
    ['x', '"', '\n'],
  ])('rows as lines of a text, delimited by %j and quoted by %j, are the cells they hold', async (delimiter, quote, ending) => {
    const word = [
      'n',
      'first',
      'second',
      ' led',
      'trailed ',
      '\\N',
      'back\\tslash',
      '',
      'NULL',
      '昕',
      '1e5',
      'a"b',
      "c'd",
      'tab\tbed',
      '#',
    ]
    const other = quote === '"' ? "'" : '"'
    const cellOf = (text: string): string => (text.includes(delimiter) || text.includes(quote) ? 'other' : text)
    const rowsOf = (from: number, count: number): string[][] =>
      Array.from({ length: count }, (_, at) =>
        [0, 1, 2, 3].map((column) => cellOf(word[(from + at + 7 * column) % word.length] ?? '')),
      )
    // The first two follow each other and are computed as they are read; the others, each behind a gap, are too few to be handed over, or wait.
    const runs = [
      { n: 1, rows: rowsOf(0, 100_000) },
      { n: 100_001, rows: rowsOf(3, 160_000) },
      { n: 270_001, rows: rowsOf(1, 100) },
      { n: 270_201, rows: rowsOf(2, 90_000) },
    ]
    const batches = runs.map(({ n, rows }) => {
      const cells: number[] = []
      let text = ''
      let size = 0
      const put = (piece: string): void => {
        text += piece
        size += Buffer.byteLength(piece)
      }
      put(`the line before${ending}`)
      const from = size
      for (const [at, row] of rows.entries()) {
        for (const [column, cell] of row.entries()) {
          const mark = (at + column) % 3 === 0 || cell.startsWith(quote) ? quote : ''
          put(`${column === 0 ? '' : delimiter}${mark}`)
          cells.push(size)
          put(cell)
          cells.push(size)
          put(mark)
        }
        put(ending)
      }
      const to = size
      put(`the line behind${delimiter}${other}`)
      const bytes = Buffer.from(text)
      return {
        bytes,
        cells: Int32Array.from(cells),
        width: 4,
        at: [0, 3, 1],
        rows: rows.length,
        n,
        lines: { from, to, delimiter, quote },
      }
    })
    const columns = ['n', 'c0', 'c3', 'c1']
    const name = `lines_${delimiter.charCodeAt(0)}`
    await lake.engine.run(`CREATE TABLE ${name} (n UInt32, c0 String, c3 String, c1 String, way UInt8) ENGINE = Memory`)
    const raw = { n: 'UInt32', c0: 'String', c3: 'String', c1: 'String' }
    const spec = { into: name, columns: [...columns, 'way'], raw }
    const count = await lake.engine.insertSelect({ ...spec, select: [...columns, '1'], rows: batches })
    const arrays = runs.flatMap(({ n, rows }) => rows.map((row, at) => [n + at, row[0], row[3], row[1]]))
    await lake.engine.insertSelect({ ...spec, select: [...columns, '2'], rows: [arrays] })
    expect(count).toBe(350_100)
    const [told] = await lake.engine.rows<object>(
      `SELECT countIf(way = 1) AS lines, countIf(way = 2) AS arrays, uniqExactIf((n, c0, c3, c1), way = 1) AS different,
         uniqExact(n, c0, c3, c1) AS both FROM ${name}`,
    )
    expect(told).toEqual({ lines: '350100', arrays: '350100', different: '350100', both: '350100' })
    await lake.engine.run(`DROP TABLE ${name}`)
  })

  test('more rows than wait at once are computed while others come, each once; a row that cannot be computed stops all', async () => {
    await lake.engine.run('CREATE TABLE many_rows (n UInt32, double UInt64) ENGINE = Memory')
    const rows = 2_300_000
    const batches = function* (): Generator<readonly (readonly unknown[])[]> {
      for (let from = 0; from < rows; from += 10_000)
        yield Array.from({ length: 10_000 }, (_, at) => [from + at, String(from + at)])
    }
    const spec = { into: 'many_rows', columns: ['n', 'double'], raw: { n: 'UInt32', text: 'String' }, rows: batches() }
    expect(await lake.engine.insertSelect({ ...spec, select: ['n', '2 * toUInt64(text)'] })).toBe(rows)
    expect(
      await lake.engine.rows('SELECT count() AS rows, uniqExact(n) AS different, sum(double) AS sum FROM many_rows'),
    ).toEqual([{ rows: String(rows), different: String(rows), sum: String(rows * (rows - 1)) }])
    for (const wrong of [17, 1_500_017])
      await expect(
        lake.engine.insertSelect({ ...spec, rows: batches(), select: ['n', `throwIf(n = ${wrong})`] }),
      ).rejects.toThrow('the engine refused to compute rows of many_rows')
    await lake.engine.run('TRUNCATE TABLE many_rows')
    await lake.engine.insertSelect({ ...spec, rows: [[[1, '5']]], select: ['n', '2 * toUInt64(text)'] })
    expect(await lake.engine.rows('SELECT n, double FROM many_rows')).toEqual([{ n: 1, double: '10' }])
    await lake.engine.run('DROP TABLE many_rows')
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

  test.each(['plain', 'star * of {a,b} ?'])('computed rows saved to files come back, in the folder "%s"', async (name) => {
    const folder = join(directory, name)
    mkdirSync(folder)
    const path = (at: number): string => join(folder, `rows-${at}${savedRows}`)
    // What stood there before is replaced, also in its rights.
    writeFileSync(path(1), 'something else that is longer than nothing', { mode: 0o644 })
    const rows = 1_300_000
    const batches = function* (): Generator<readonly (readonly unknown[])[]> {
      for (let from = 0; from < rows; from += 10_000)
        yield Array.from({ length: 10_000 }, (_, at) => [from + at + 1, 'x'.repeat((from + at) % 3)])
    }
    const files = new Map<string, number>()
    const spec = {
      raw: { n: 'UInt32', text: 'String' },
      columns: {
        n: { type: 'UInt32', of: 'n' },
        word: { type: 'String', of: 'concat(text, {behind:String})' },
        parts: { type: 'Array(FixedString(2))', of: "CAST(['ab', ''], 'Array(FixedString(2))')" },
      },
      order: 'n',
      params: { behind: '' },
      file: path,
      saved: (file: string, count: number): void => void files.set(file, count),
    }
    expect(await lake.engine.saveSelect({ ...spec, rows: batches() })).toBe(rows)
    expect([...files.keys()]).toEqual([path(1), path(2)])
    expect([...files.values()].reduce((sum, count) => sum + count, 0)).toBe(rows)
    for (const file of files.keys()) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(path(1)).length).toBeLessThan(15 * (files.get(path(1)) ?? 0))
    await lake.engine.run('CREATE TABLE back (n UInt32, word String, parts UInt8) ENGINE = MergeTree ORDER BY n')
    const back = {
      into: 'back',
      columns: ['n', 'word', 'parts'],
      saved: { n: 'UInt32', word: 'String', parts: 'Array(FixedString(2))' },
      select: ['n', 'word', "arrayCount(p -> p = 'ab', parts)"],
    }
    await lake.engine.insertSaved({ ...back, files: [...files.keys()] })
    const told = 'SELECT count() AS rows, uniqExact(n) AS different, sum(length(word)) AS length, sum(parts) AS parts FROM back'
    expect(await lake.engine.rows(told)).toEqual([
      { rows: String(rows), different: String(rows), length: '1299999', parts: String(rows) },
    ])
    // An insertion may take the blocks of a file in any order: the embedded engine is asked for the file itself, under a name without signs.
    const plain = join(directory, `in-turn${savedRows}`)
    if (server === undefined) symlinkSync(path(2), plain)
    else {
      await lake.engine.run('CREATE TABLE in_turn (n UInt32, word String, parts UInt8) ENGINE = Log')
      await lake.engine.insertSaved({ ...back, into: 'in_turn', files: [path(2)] })
    }
    const source =
      server === undefined ? `file({plain:String}, Native, 'n UInt32, word String, parts Array(FixedString(2))')` : 'in_turn'
    const sorted = `SELECT arraySort(all) = all AS sorted, length(all) AS rows FROM (SELECT groupArray(n) AS all FROM ${source}) SETTINGS max_threads = 1`
    expect(await lake.engine.rows(sorted, { plain })).toEqual([{ sorted: 1, rows: String(files.get(path(2))) }])
    if (server === undefined) rmSync(plain)
    else await lake.engine.run('DROP TABLE in_turn SYNC')
    const whole = readFileSync(path(2))
    writeFileSync(path(2), whole.subarray(0, whole.length >> 1))
    await expect(lake.engine.insertSaved({ ...back, files: [path(2)] })).rejects.toThrow()
    await lake.engine.run('DROP TABLE back SYNC')
    await expect(
      lake.engine.saveSelect({ ...spec, columns: { n: { type: 'UInt32', of: 'throwIf(n = 17)' } }, rows: batches() }),
    ).rejects.toThrow('the engine refused to save computed rows')
    files.clear()
    expect(await lake.engine.saveSelect({ ...spec, rows: [] })).toBe(0)
    expect(files.size).toBe(0)
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

  test('a load that is cleared counts no longer and leaves the others; where the clearing is cut off, the rest goes at the next opening', async () => {
    const fill = (key: string) =>
      lake.load({ key, tables: [words] }, async (writer) => {
        await writer.insert(words, [[row(key)]])
      })
    const [old, cut, kept] = [await fill('clear old'), await fill('clear cut'), await fill('clear kept')]
    const held = async (): Promise<string[]> =>
      (await lake.engine.rows<{ word: string }>(`SELECT word FROM words WHERE startsWith(word, 'clear ') ORDER BY word`)).map(
        (one) => one.word,
      )
    await lake.clear([old.id])
    expect([lake.committed('clear old'), lake.committed('clear kept')]).toEqual([undefined, kept.id])
    expect(await held()).toEqual(['clear cut', 'clear kept'])
    // An id of nobody, one that is gone, and none at all are nothing to clear.
    await lake.clear(['999999', old.id])
    await lake.clear([])
    expect(await held()).toEqual(['clear cut', 'clear kept'])

    const { run } = lake.engine
    Object.assign(lake.engine, { run: () => Promise.reject(new Error('killed')) })
    await expect(lake.clear([cut.id])).rejects.toThrow('killed')
    Object.assign(lake.engine, { run })
    expect(lake.committed('clear cut')).toBeUndefined()
    expect(await held()).toEqual(['clear cut', 'clear kept'])
    await lake.close()
    lake = await openLake({ directory, tables: [words], ...(server === undefined ? {} : { server }) })
    expect(await held()).toEqual(['clear kept'])
    expect((await fill('clear cut')).reused).toBe(false)
    expect((await fill('clear kept')).reused).toBe(true)
    expect(await held()).toEqual(['clear cut', 'clear kept'])
  })

  test('of two loads of one key at a time the second waits: it is the first one, or another where that failed', async () => {
    const first = Promise.withResolvers<void>()
    const fill = (one: string) => async (writer: { insert(table: Table, rows: object[][]): Promise<number> }) => {
      await first.promise
      await writer.insert(words, [[row(one)]])
    }
    const loads = [1, 2].map((one) => lake.load({ key: 'at once', tables: [words] }, fill(`at once ${one}`)))
    first.resolve()
    const [one, two] = await Promise.all(loads)
    expect([one?.reused, two?.reused, two?.id]).toEqual([false, true, one?.id])
    expect(await lake.engine.rows("SELECT word FROM words WHERE startsWith(word, 'at once')")).toEqual([{ word: 'at once 1' }])
    const fails = lake.load({ key: 'once more', tables: [words] }, () => Promise.reject(new Error('torn')))
    const after = lake.load({ key: 'once more', tables: [words] }, fill('once more'))
    await expect(fails).rejects.toThrow('torn')
    expect((await after).reused).toBe(false)
    expect(lake.committed('once more')).toBe((await after).id)
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
