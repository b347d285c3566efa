import { bytesSource } from '../../src/base/index.ts'
import { openRecords, type TableReader } from '../../src/formats/index.ts'
import { tokenKey } from '../../src/persons/index.ts'
import { cutExtract, marksKey, markReader, planExtract, readSample, recordOf } from '../../src/marks/index.ts'
import type { CanaryRow } from '../../src/marks/canaries.ts'
import type { Allowance, CutCounts, MarkedExtract, MarkReading } from '../../src/marks/index.ts'
import { seeded } from '../../src/marks/chance.ts'
import { sha256 } from '../../src/base/index.ts'

export const tokens = tokenKey(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'))
export const key = marksKey(tokens)

const given = 'Ahmad Hafiz Azlan Siti Aisyah Noraini Farah Ravi Priya Mei Wei Li'.split(' ')
const family = 'Hassan Ismail Rahim Kumar Devi Tan Lim Abdullah Yusof Osman'.split(' ')
const streets = 'Melur Kenanga Cempaka Mawar Dahlia Teratai Orkid Melati'.split(' ')
const plans = ['Postpaid 78', 'Postpaid 98', 'Prepaid', 'Talk 30']

/** Invented subscribers as CSV, the same for the same seed. */
export function subscribersCsv(rows: number, seed = 'a'): string {
  const random = seeded(sha256(seed))
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  const lines = Array.from({ length: rows }, (_, n) => {
    const name = `${pick(given)} ${pick(given)} ${pick(['bin', 'binti'])} ${pick(family)}`
    const address = `"${1 + Math.floor(random() * 140)}, Jalan ${pick(streets)} ${1 + Math.floor(random() * 9)}/${1 + Math.floor(random() * 24)}, Taman ${pick(streets)}"`
    const day = `20${10 + Math.floor(random() * 16)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}`
    return [`01${String(20_000_000 + n * 37)}`, `u${n}@example.com`, name, address, pick(plans), day].join(',')
  })
  return `${['phone,email,name,address,plan,activated', ...lines].join('\n')}\n`
}

export interface HandedOut {
  readonly extract: MarkedExtract
  readonly text: string
  readonly counts: CutCounts
}

const open = (text: string): Promise<TableReader> => openRecords(bytesSource('source.csv', Buffer.from(text)), 'csv')

/** Cuts an extract in memory. */
export async function handOut(options: {
  readonly source: string
  readonly holder: string
  readonly extract?: string
  readonly pool?: string
  readonly allowance?: Allowance
  readonly canaries?: readonly CanaryRow[]
  readonly fields?: readonly string[]
}): Promise<HandedOut> {
  const {
    source,
    holder,
    extract = holder.toLowerCase(),
    pool,
    allowance = ['spacing', 'punctuation', 'case'],
    canaries = [],
  } = options
  const plan = await planExtract({
    table: await open(source),
    key,
    extract,
    holder,
    allowance,
    country: 'MY',
    ...(pool === undefined ? {} : { pool }),
    ...(options.fields === undefined ? {} : { fields: options.fields }),
  })
  let text = ''
  const index: Buffer[] = []
  const counts = await cutExtract({
    table: await open(source),
    plan,
    format: { kind: 'delimited', delimiter: ',', header: true },
    key,
    tokens,
    canaries,
    out: (more) => void (text += more),
    index: (bytes) => void index.push(bytes),
  })
  const bytes = Buffer.concat(index)
  const record = recordOf({
    plan,
    counts,
    system: 'CRM',
    asOf: '2026-03-31',
    keyId: key.id,
    tokenKeyId: tokens.id,
    canaries: canaries.flatMap((one) => one.tokens),
    source: { file: 'source.csv', sha256: sha256(source) },
    indexSha256: sha256(bytes),
  })
  const marked = {
    record,
    manifest: undefined as unknown as MarkedExtract['manifest'],
    index: () => bytesSource('index', bytes).stream(),
  }
  return { extract: marked, text, counts }
}

/** The rows of a CSV text with its header, as cells. */
export async function cellsOf(
  text: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }> {
  const table = await open(text)
  const rows: (readonly string[])[] = []
  for await (const batch of table.rows) rows.push(...batch.records.map((row) => row.values))
  return { columns: table.columns, rows }
}

/** Cells back to CSV text. */
export function csvText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
  return `${[columns, ...rows].map(line).join('\n')}\n`
}

/** Reads the marks of extracts in a sample given as CSV. */
export async function readAll(sample: string, extracts: readonly MarkedExtract[]): Promise<readonly MarkReading[]> {
  const identifiers = extracts.flatMap((extract) => extract.record.identifiers.map((one) => one.identifier))
  const { rows } = await readSample({ table: await open(sample), identifiers, tokens, country: 'MY' })
  const reader = markReader({ rows, key })
  const readings: MarkReading[] = []
  for (const extract of extracts) readings.push(await reader.read(extract))
  return readings
}

/** Reads the marks of one extract. */
export async function readMarks(sample: string, extract: MarkedExtract): Promise<MarkReading> {
  const [reading] = await readAll(sample, [extract])
  if (reading === undefined) throw new Error('no reading')
  return reading
}
