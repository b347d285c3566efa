import { open } from 'node:fs/promises'
import type { registerCopy } from '../src/provenance/index.ts'

/** Columns of the rows that the registry measure makes. */
export const registryColumns = ['msisdn', 'nric', 'full_name', 'city', 'plan', 'status', 'dob'] as const

const given = ['Nur Aina', 'Siti Aminah', 'Ahmad', 'Muhammad Faiz', 'Wei Jian', 'Mei Ling', 'Raj', 'Kumaran']
const cities = ['Kuala Lumpur', 'Petaling Jaya', 'George Town', 'Ipoh', 'Johor Bahru', 'Kuching', 'Melaka', 'Seremban']
const plans = ['Postpaid 98', 'Prepaid', 'Fibre 300', 'Postpaid 128']

/** Row `n`, from 1: the same subscriber every time; values are spread as those of a telephone company, not its numbers. */
export function registryRow(n: number): string[] {
  const a = spread(n)
  const b = spread(a ^ n)
  const born = [String(60 + (a % 40)), two(1 + (b % 12)), two(1 + ((a >>> 8) % 28))]
  return [
    `601${10_000_000 + n}`,
    `${born.join('')}-14-${String(10_000 + (n % 10_000)).slice(1)}`,
    `${given[a % 8] ?? ''} Binti ${given[b % 8] ?? ''} ${(a >>> 4) % 5_000}`,
    cities[(b >>> 3) % 8] ?? '',
    plans[(a >>> 6) % 4] ?? '',
    b % 3 === 0 ? 'active' : 'suspended',
    `19${born.join('-')}`,
  ]
}

/** Rows 1, 1 + step, 1 + 2 step, … as a table that can be read once. */
export function registryTable(options: {
  readonly rows: number
  readonly step?: number
}): Parameters<typeof registerCopy>[0]['table'] {
  const { rows, step = 1 } = options
  const batches = async function* () {
    for (let from = 0; from < rows; from += 5_000) {
      const count = Math.min(5_000, rows - from)
      yield {
        records: Array.from({ length: count }, (_, at) => ({ n: from + at + 1, values: registryRow((from + at) * step + 1) })),
        faults: [],
      }
    }
  }
  return { columns: registryColumns, rows: batches() }
}

/** Writes rows 1 to `rows` as comma-separated text with a header. */
export async function writeRegistryRows(path: string, rows: number): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(`${registryColumns.join(',')}\n`)
    for await (const { records } of registryTable({ rows }).rows)
      await file.write(records.map(({ values }) => `${values.join(',')}\n`).join(''))
  } finally {
    await file.close()
  }
}

/** A number that looks drawn at random, from its position. */
function spread(n: number): number {
  let mixed = Math.imul(n ^ (n >>> 16), 0x45d9f3b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
