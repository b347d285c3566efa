import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, limits } from '../../src/base/index.ts'
import { identify, openRecords, type RecordFormat, type RecordOptions } from '../../src/formats/index.ts'
import { parseCredential } from '../../src/formats/credentials/credential.ts'
import { labelledParts } from '../../src/formats/free-text/label.ts'

async function read(text: string | Uint8Array, format: RecordFormat = 'csv', options: RecordOptions = {}) {
  const table = await openRecords(bytesSource('in', Buffer.from(text)), format, options)
  const { records, faults } = await collect(table.rows)
  return { columns: table.columns, rows: records.map((row) => row.values), faults: faults.map((one) => one.code) }
}

test('10,000 columns are read within the limit, and the rest is said to be left out', async () => {
  const row = (make: (at: number) => string): string => Array.from({ length: 10_000 }, (_one, at) => make(at)).join(',')
  const got = await read([row((at) => `col_${at}a`), row((at) => `v${at}`), row((at) => `w${at}`)].join('\n'))
  expect(got.columns).toHaveLength(limits.columns)
  expect(got.rows.map((one) => one.length)).toEqual([limits.columns, limits.columns])
  expect(got.faults).toEqual(['table-columns-left-out'])
})

test('a delimiter that does not stand in the file is told and not used; one that does is', async () => {
  const text = 'id;name\n1;Aina, Ipoh\n2;Bo, Ipoh\n'
  expect(await read(text, 'csv', { delimiter: '|' })).toEqual({
    columns: ['id', 'name'],
    rows: [
      ['1', 'Aina, Ipoh'],
      ['2', 'Bo, Ipoh'],
    ],
    faults: ['table-delimiter-wrong'],
  })
  expect((await read(text, 'csv', { delimiter: ';' })).faults).toEqual([])
})

test('duplicates by the thousand are kept', async () => {
  const got = await read(`id,name\n${'1,Aina\n'.repeat(5_000)}`)
  expect(got.rows).toHaveLength(5_000)
  expect(got.faults).toEqual([])
})

test('a row that fits in two ways is a fault, not a guess', async () => {
  const rows = Array.from({ length: 30 }, (_one, at) => `a${at},b${at},c${at}`)
  const got = await read(`x,y,z\n${rows.join('\n')}\na1,b1,c1,d1\nq1,q2\n`)
  expect(got.rows).toHaveLength(30)
  expect(got.faults).toEqual(['table-ragged-row', 'table-ragged-row'])
})

test('honest rows stay as they are: nothing is moved, dropped or named as damaged', async () => {
  const word = fc
    .string({ unit: fc.constantFrom('a', 'b', 'é', '1', '2', ' ', '-'), minLength: 1, maxLength: 8 })
    .map((text) => `v${text}`)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(word, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 40 }), async (rows) => {
      const got = await read(`id,full name,city\n${rows.map((row) => row.join(';').replaceAll(';', ',')).join('\n')}\n`)
      expect(got).toEqual({ columns: ['id', 'full name', 'city'], rows, faults: [] })
    }),
    { numRuns: 100 },
  )
})

const plain = (extra: readonly string[]) =>
  fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '1', '9', '_', '-', '!', ...extra), minLength: 1, maxLength: 12 })

test('url, login and password come back, whatever port, path and password', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('https://', 'http://', 'android://'),
      plain([]).map((text) => `${text}.example`),
      fc.option(fc.integer({ min: 1, max: 65_535 })),
      fc.array(plain(['.', '=']), { maxLength: 3 }),
      fc.oneof(
        plain(['.']),
        plain([]).map((text) => `${text}@mail.example`),
      ),
      plain([':', '@', '/', ';']),
      (scheme, host, port, path, login, password) => {
        fc.pre(!/^\d+$/.test(login))
        const url = `${scheme}${host}${port === null ? '' : `:${port}`}/${path.join('/')}`
        expect(parseCredential(`${url}:${login}:${password}`, ':')).toEqual({ url, login, password })
      },
    ),
    { numRuns: 500 },
  )
})

test('login and password come back; prose and times are none', () => {
  fc.assert(
    fc.property(plain(['.']), plain([':', '|']), (login, password) => {
      expect(parseCredential(`${login};${password}`, ';')).toEqual({ url: '', login, password })
    }),
  )
  expect(parseCredential('see you at 12:30 then', ':')).toBeUndefined()
  expect(parseCredential('no separator', ':')).toBeUndefined()
  expect(parseCredential('https://only.example/path', ':')).toBeUndefined()
})

test('labelled parts come back, whatever parts them', () => {
  const value = fc
    .string({ unit: fc.constantFrom('a', 'b', '1', ' '), minLength: 1, maxLength: 10 })
    .map((text) => `v${text}`.trim())
  fc.assert(
    fc.property(
      fc.constantFrom(' | ', '; ', ', ', '\t'),
      fc.array(value, { minLength: 2, maxLength: 5 }),
      (separator, values) => {
        const labels = ['Nama', 'No. HP', 'IC', 'Alamat', 'E-mel']
        const line = values.map((one, at) => `${labels[at]}: ${one}`).join(separator)
        expect(labelledParts(`3. ${line}`)).toEqual(values.map((one, at) => ({ label: labels[at], value: one })))
      },
    ),
  )
  expect(labelledParts('Just a sentence, with a comma.')).toBeUndefined()
  expect(labelledParts('At 12:30, and at 13:45, nothing.')).toBeUndefined()
})

test('blocks come back, whatever parts them', async () => {
  const value = fc
    .string({ unit: fc.constantFrom('a', 'b', '1', ' ', ':', '|'), minLength: 1, maxLength: 10 })
    .map((text) => `v${text}`.trim())
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('', '-----', '=========='),
      fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 8 }),
      async (rule, rows) => {
        const text = rows.map(([name, phone, city]) => `Name: ${name}\nPhone: ${phone}\nCity: ${city}\n${rule}\n`).join('')
        const got = await read(text, 'free-text')
        expect(got).toEqual({ columns: ['Name', 'Phone', 'City'], rows, faults: [] })
      },
    ),
    { numRuns: 100 },
  )
})

test('prose, posts and settings are not taken for lists or records', async () => {
  const texts = [
    'We have your data, Meridian Telekom.\nPrice: 3 BTC\nContact: @seller\nPay, or every customer goes out.\n',
    'Note: see below\nThe meeting is at 12:30.\nBring: nothing\n',
    '12:30 door opens\n12:45 door closes\n13:00 lunch\n',
    '00:1a:2b:3c:4d:5e\n00:1a:2b:3c:4d:5f\n00:1a:2b:3c:4d:60\n00:1a:2b:3c:4d:61\n00:1a:2b:3c:4d:62\n',
  ]
  for (const text of texts)
    expect(['credentials', 'record-text', 'csv']).not.toContain((await identify(bytesSource('a', Buffer.from(text)))).kind)
  const tables = [
    'email;name\na@x.example;Aina\nb@x.example;Bo\nc@x.example;Chandra\n',
    'email;contract\na@x.example;AC-1001\nb@x.example;AC-1002\nc@x.example;AC-1\nd@x.example;AC-10022\n',
    'a@x.example:60123456789\nb@x.example:60123456780\nc@x.example:60123456781\n',
  ]
  for (const table of tables) expect((await identify(bytesSource('a', Buffer.from(table)))).kind).toBe('csv')
})

test('an encrypted workbook and an old one say what they are', async () => {
  const ole = Buffer.alloc(4096)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(ole)
  ole.writeUInt16LE(9, 30)
  ole.writeUInt32LE(1, 48)
  Buffer.from('EncryptedPackage', 'utf16le').copy(ole, 1024)
  expect(await identify(bytesSource('a.xlsx', ole))).toMatchObject({
    kind: 'unknown',
    seen: expect.stringContaining('encrypted'),
  })
  ole.fill(0, 1024)
  Buffer.from('Workbook', 'utf16le').copy(ole, 1024)
  expect(await identify(bytesSource('a.xls', ole))).toMatchObject({ kind: 'unknown', todo: expect.stringContaining('XLSX') })
})

test('hostile texts take linear time', async () => {
  const started = performance.now()
  const bad = [
    `${'a:'.repeat(200_000)}\n`,
    `https://${':'.repeat(200_000)}\n`,
    `${'Key: v | '.repeat(100_000)}\n`,
    `${'+1 2'.repeat(200_000)}\n`,
    `${'a.'.repeat(200_000)}@\n`,
    '\r'.repeat(200_000),
  ]
  for (const text of bad)
    for (const format of ['credentials', 'free-text', 'csv', 'json-lines'] as const) await read(text + text, format)
  for (const text of bad) await identify(bytesSource('a', Buffer.from(text)))
  await read(`{"data":[${'{"a":'.repeat(50_000)}`, 'json-lines')
  await read(Buffer.alloc(3_000_000, 0xe9), 'csv')
  expect(performance.now() - started).toBeLessThan(15_000)
}, 30_000)
