import { drawDevice, drawPlan } from './catalogue.ts'
import { dayText } from './calendar.ts'
import { extractRow, leakRow, type CopiesWritten } from './copies.ts'
import type { Extract } from './extracts.ts'
import { historyOf, versionOn } from './history.ts'
import { csvRow, type Output } from './output.ts'
import { addressLine, drawPlace } from './places.ts'
import { Random } from './random.ts'
import { inForm, type Meaning } from './record-forms.ts'
import { luhn, type Population } from './subscribers.ts'

/** The sample as posted, and what is true of it. */
export interface SampleWritten {
  readonly path: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Rows of the source extract, rows padded from the older leak. */
  readonly sourceRows: number
  readonly paddingRows: number
  /** Positions of the subscribers in it, source rows first. */
  readonly subscribers: readonly number[]
}

/**
 * Writes the actor's sample: a filtered, contiguous slice of one dated extract, padded with rows of the older leak
 * whose missing fields are filled in, re-formatted a little, shuffled.
 */
export function writeSample(options: {
  readonly people: Population
  readonly source: Extract
  readonly copies: CopiesWritten
  readonly rows: number
  readonly out: Output
}): SampleWritten {
  const { people, source, copies, out } = options
  const random = new Random(people.seed, 'sample')
  const paddingRows = Math.round(options.rows * 0.14)
  const sourceRows = options.rows - paddingRows
  const slice = slicedFrom(options, sourceRows, random)
  const taken = new Set(slice)
  const older = random.shuffled(Array.from(copies.leak.subscribers).filter((index) => !taken.has(index))).slice(0, paddingRows)
  const header = source.fields.map(([name]) => name.toLowerCase())
  const rows = [
    ...slice.map((index) => {
      const who = people.at(index)
      const version = versionOn(historyOf(people, who), source.cut)
      if (version === undefined) throw new Error('internal error: a sliced row is not in the extract')
      return extractRow(source, who, version)
    }),
    ...older.map((index) => paddedRow(people, source, index, random)),
  ].map((row) => row.map((cell, at) => retouched(source.fields[at]?.[1], cell)))
  const shuffled = random.shuffled(rows)
  const path = 'case/sample/sample.csv'
  const file = out.open(path)
  file.line(csvRow(header))
  for (const row of shuffled) file.line(csvRow(row))
  file.close()
  return { path, header, rows: shuffled, sourceRows: slice.length, paddingRows: older.length, subscribers: [...slice, ...older] }
}

/** A run of neighbouring extract rows of one city: what an actor gets who filters and pages. */
function slicedFrom(
  options: { readonly people: Population; readonly source: Extract; readonly copies: CopiesWritten },
  rows: number,
  random: Random,
): readonly number[] {
  const { people, source, copies } = options
  const held = copies.extracts.get(source.id)?.subscribers ?? new Int32Array()
  const byCity = new Map<string, number[]>()
  for (const index of held) {
    const city = versionOn(historyOf(people, people.at(index)), source.cut)?.place.city ?? ''
    const list = byCity.get(city)
    if (list === undefined) byCity.set(city, [index])
    else list.push(index)
  }
  const large = [...byCity.values()].filter((list) => list.length >= rows * 1.3)
  const pool = large.length > 0 ? random.pick(large) : Array.from(held)
  const start = random.below(Math.max(1, pool.length - rows))
  return pool.slice(start, start + rows)
}

function paddedRow(people: Population, source: Extract, index: number, random: Random): string[] {
  const who = people.at(index)
  const [name = '', phone = '', email = '', city = '', plan = ''] = leakRow(people, who, historyOf(people, who)) ?? []
  const place = drawPlace(random)
  const known: Partial<Record<Meaning, string>> = { name, msisdn: phone.slice(1), email, city, plan }
  return source.fields.map(([, meaning, form]) => inForm(meaning, known[meaning] ?? filler(meaning, place.region, random), form))
}

/** Something in a blank: the actor's filling agrees with nobody's record. */
function filler(meaning: Meaning, region: string, random: Random): string {
  switch (meaning) {
    case 'status':
      return 'active'
    case 'segment':
      return 'consumer'
    case 'region':
      return region
    case 'device':
      return drawDevice(random)
    case 'plan':
      return drawPlan(random, 2026)
    case 'registered':
    case 'dob':
      return dayText(random.between(meaning === 'dob' ? 0 : 15_500, meaning === 'dob' ? 12_000 : 20_000))
    case 'account_no':
    case 'postcode':
      return String(random.between(10_000, 98_000))
    case 'address':
      return addressLine(random.uint())
    case 'iccid':
      return luhn(`896099${String(random.below(1_000_000_000_000)).padStart(12, '0')}`)
    case 'national_id':
      return String(random.between(600_101_010_000, 991_231_149_999))
    case 'msisdn':
    case 'name':
    case 'email':
    case 'city':
      return ''
  }
}

/** The actor's own touch: numbers as 60…, names in capitals. */
function retouched(meaning: Meaning | undefined, cell: string): string {
  if (meaning === 'msisdn') {
    const digits = cell.replaceAll(/\D/g, '')
    return digits.startsWith('0') ? `6${digits}` : digits
  }
  return meaning === 'name' ? cell.toUpperCase() : cell
}
