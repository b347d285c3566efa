import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { parse } from 'smol-toml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDrill, type Truth } from '../../src/drill/index.ts'

const size = 2_000
const root = mkdtempSync(join(tmpdir(), 'drill-'))
const one = join(root, 'one')
let truth: Truth

beforeAll(async () => {
  truth = await writeDrill({ scenario: 'demo', seed: 11, size, out: one, watch: {} })
})
afterAll(() => rmSync(root, { recursive: true }))

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
const digest = (folder: string): string[] =>
  files(folder).map(
    (file) =>
      `${file} ${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')}`,
  )
const text = (path: string): string => readFileSync(join(one, path), 'utf8')
const lines = (path: string): string[] => text(path).trimEnd().split('\n')
const cells = (line: string, delimiter = ','): string[] =>
  Array.from(`${line}${delimiter}`.matchAll(new RegExp(`("(?:[^"]|"")*"|[^${delimiter}]*)${delimiter}`, 'g')), (match) =>
    (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'),
  )
const table = (path: string): Record<string, string>[] => {
  const [header = '', ...rows] = lines(path)
  const delimiter = header.includes(';') ? ';' : ','
  const names = cells(header, delimiter)
  return rows.map((row) => {
    const values = cells(row, delimiter)
    expect(values.length, `${path}: ${row}`).toBe(names.length)
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']))
  })
}

test('the same seed and size give the same bytes; another seed gives others', async () => {
  const again = join(root, 'again')
  await writeDrill({ scenario: 'demo', seed: 11, size, out: again, watch: {} })
  expect(digest(again)).toEqual(digest(one))
  const other = join(root, 'other')
  const otherTruth = await writeDrill({ scenario: 'demo', seed: 12, size, out: other, watch: {} })
  expect(otherTruth.lookups.watched).not.toEqual(truth.lookups.watched)
  expect(readFileSync(join(other, 'case/sample/sample.csv'))).not.toEqual(readFileSync(join(one, 'case/sample/sample.csv')))
})

test('the truth stands beside the case folder and nothing in the folder names it', () => {
  expect(existsSync(join(one, 'truth.json'))).toBe(true)
  expect(files(join(one, 'case')).filter((file) => file.includes('truth'))).toEqual([])
  for (const file of files(join(one, 'case')).filter((name) => /\.(toml|md|json)$/.test(name))) {
    expect(text(join('case', file))).not.toMatch(/truth|watched|padding|stolen/i)
  }
  expect(JSON.parse(text('truth.json'))).toEqual(JSON.parse(JSON.stringify(truth)))
})

test('every file of the case has its role, every role its file', () => {
  const settings = parse(text('case/breachline-case.toml')) as {
    files: { glob: string; role: string }[]
    case: Record<string, unknown>
  }
  expect(settings.case['generated']).toBe(true)
  const matches = (glob: string, file: string): boolean =>
    new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(file)
  const all = files(join(one, 'case')).filter((file) => file !== 'breachline-case.toml')
  for (const file of all)
    expect(
      settings.files.filter((rule) => matches(rule.glob, file)),
      file,
    ).toHaveLength(1)
  for (const rule of settings.files)
    expect(
      all.some((file) => matches(rule.glob, file)),
      rule.glob,
    ).toBe(true)
})

test('the inventory has six systems, five vendors of which one has ended, at least six extracts with true row counts', () => {
  const inventory = parse(text('case/inventory.toml')) as unknown as {
    system: unknown[]
    vendor: { status: string; name: string }[]
    copy: { id: string; holder: string; rows: number; fields: string[] }[]
    log_source: { retention_days: number }[]
  }
  expect(inventory.system).toHaveLength(6)
  expect(inventory.vendor).toHaveLength(5)
  const ended = inventory.vendor.filter((vendor) => vendor.status === 'ended')
  expect(ended).toHaveLength(1)
  expect(inventory.copy.length).toBeGreaterThanOrEqual(6)
  expect(inventory.copy.some((copy) => copy.holder === ended[0]?.name)).toBe(true)
  for (const copy of inventory.copy) {
    const rows = table(`case/copies/${copy.id}.csv`)
    expect(rows).toHaveLength(copy.rows)
    expect(Object.keys(rows[0] ?? {})).toEqual(copy.fields)
  }
})

test('own copy: every subscriber, intervals of validity without hole or overlap, valid ICCIDs', () => {
  const rows = table('case/copies/crm.csv')
  const byAccount = Map.groupBy(rows, (row) => row['account_no'] ?? '')
  expect(byAccount.size).toBe(size)
  for (const versions of byAccount.values()) {
    expect(versions.at(-1)?.['valid_to']).toBe('')
    for (const [at, version] of versions.entries()) {
      const next = versions[at + 1]
      if (next !== undefined) expect(version['valid_to']).toBe(next['valid_from'])
    }
  }
  expect(rows.length).toBeGreaterThan(size * 1.8)
  expect(new Set(rows.map((row) => row['msisdn'])).size).toBe(size)
  for (const row of rows.slice(0, 200)) expect(luhnValid(row['iccid'] ?? '')).toBe(true)
  expect(rows.some((row) => row['email'] === '')).toBe(true)
  expect(rows.some((row) => /^\d{6}-\d{2}-\d{4}$/.test(row['national_id'] ?? ''))).toBe(true)
})

test('the sample is a slice of the source extract padded from the leak', () => {
  const rows = table('case/sample/sample.csv')
  expect(rows).toHaveLength(truth.provenance.rows)
  expect(truth.provenance.sourceRows + truth.provenance.paddingRows).toBe(truth.provenance.rows)
  const number = (row: Record<string, string>): string =>
    Object.values(row)
      .map(digits)
      .find((value) => /^601\d{8,9}$/.test(value)) ?? ''
  const held = new Set(table(truth.provenance.file).map(number))
  const leaked = new Set(table('case/leaks/forum-2021.csv').map(number))
  const inside = rows.filter((row) => held.has(number(row))).length
  expect(inside).toBeGreaterThanOrEqual(truth.provenance.sourceRows)
  expect(rows.filter((row) => leaked.has(number(row))).length).toBeGreaterThanOrEqual(truth.provenance.paddingRows)
  expect(rows.every((row) => held.has(number(row)) || leaked.has(number(row)))).toBe(true)
  const padding = truth.provenance.paddingRows / truth.provenance.rows
  expect(padding).toBeGreaterThan(0.12)
  expect(padding).toBeLessThan(0.16)
})

test('the chat export has the shape Telegram writes, with four posts, two pictures, mixed text', () => {
  const chat = JSON.parse(text('case/claim/result.json')) as { type: string; messages: Record<string, unknown>[] }
  const posts = chat.messages.filter((message) => message['type'] === 'message')
  expect(posts).toHaveLength(4)
  expect(posts.some((post) => Array.isArray(post['text']))).toBe(true)
  expect(posts.some((post) => typeof post['text'] === 'string')).toBe(true)
  for (const post of posts)
    expect(Number(post['date_unixtime']) * 1000 + 8 * 3_600_000).toBe(Date.parse(`${post['date'] as string}Z`))
  for (const photo of posts.flatMap((post) => (post['photo'] === undefined ? [] : [post['photo'] as string]))) {
    const bytes = readFileSync(join(one, 'case/claim', photo))
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1280, 800])
  }
})

test('stopped by its signal, it says so and leaves nothing', async () => {
  const stop = new AbortController()
  const run = writeDrill({
    scenario: 'demo',
    seed: 1,
    size: 20_000,
    out: join(root, 'stopped'),
    watch: { signal: stop.signal, report: () => stop.abort() },
  })
  await expect(run).rejects.toMatchObject({ code: 'drill-stopped', exitCode: 130 })
  expect(files(join(root, 'stopped'))).toEqual([])
})

test('a folder that already holds a case is refused and left as it is', async () => {
  const before = digest(one)
  await expect(writeDrill({ scenario: 'demo', seed: 1, size, out: one, watch: {} })).rejects.toMatchObject({
    code: 'drill-out-taken',
  })
  expect(digest(one)).toEqual(before)
})

test('sizes out of bounds are refused', async () => {
  await expect(writeDrill({ scenario: 'demo', seed: 1, size: 10, out: join(root, 'x'), watch: {} })).rejects.toMatchObject({
    code: 'drill-size',
  })
  expect(existsSync(join(root, 'x'))).toBe(false)
})

function digits(value: string): string {
  const only = value.replaceAll(/\D/g, '')
  return only.startsWith('0') ? `6${only}` : only
}

function luhnValid(value: string): boolean {
  const sum = value
    .split('')
    .reverse()
    .reduce((total, digit, at) => {
      const doubled = Number(digit) * (at % 2 === 1 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return value.length === 19 && sum % 10 === 0
}
