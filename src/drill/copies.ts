import { calendar, dayText } from './calendar.ts'
import type { Extract } from './extracts.ts'
import { historyOf, versionOn, type Version } from './history.ts'
import { csvRow, type LineFile, type Output } from './output.ts'
import { Random } from './random.ts'
import { inForm, valueOf } from './record-forms.ts'
import type { Population, Subscriber } from './subscribers.ts'

/** What was written into one customer table. */
export interface TableWritten {
  readonly path: string
  readonly rows: number
}

/** Where the subscribers of each extract stand (their positions), and what the tables hold. */
export interface CopiesWritten {
  readonly own: TableWritten
  readonly extracts: ReadonlyMap<string, TableWritten & { readonly subscribers: Int32Array }>
  readonly leak: TableWritten & { readonly subscribers: Int32Array }
}

const ownHeader =
  'account_no,msisdn,name,national_id,dob,email,iccid,plan,status,segment,region,address,city,postcode,device_model,registered_at,valid_from,valid_to'
const ownFields = [
  'account_no',
  'msisdn',
  'name',
  'national_id',
  'dob',
  'email',
  'iccid',
  'plan',
  'status',
  'segment',
  'region',
  'address',
  'city',
  'postcode',
  'device',
  'registered',
] as const

/** Writes the own CRM copy with its history, the extracts handed out and the older leak, in one pass over the base. */
export async function writeCopies(people: Population, extracts: readonly Extract[], out: Output): Promise<CopiesWritten> {
  const own = out.open('case/copies/crm.csv')
  own.line(ownHeader)
  let ownRows = 0
  const leakPath = 'case/leaks/forum-2021.csv'
  const leak = { file: out.open(leakPath), subscribers: [] as number[] }
  leak.file.line('name,phone,email,city,plan')
  const open = extracts.map((extract) => {
    const path = `case/copies/${extract.id}.csv`
    const file = out.open(path)
    file.line(
      csvRow(
        extract.fields.map(([header]) => header),
        extract.delimiter,
      ),
    )
    return { extract, path, file, subscribers: [] as number[] }
  })
  for (let index = 0; index < people.size; index++) {
    if (index % 5_000 === 0) await out.step('customer tables', index, people.size, 'subscribers')
    const who = people.at(index)
    const versions = historyOf(people, who)
    ownRows += writeHistory(own, who, versions)
    for (const { extract, file, subscribers } of open) {
      const version = versionOn(versions, extract.cut)
      if (version === undefined || !extract.rows(who, version)) continue
      file.line(csvRow(extractRow(extract, who, version), extract.delimiter))
      subscribers.push(index)
    }
    const row = leakRow(people, who, versions)
    if (row !== undefined) {
      leak.file.line(csvRow(row))
      leak.subscribers.push(index)
    }
  }
  for (const { file } of [{ file: own }, leak, ...open]) file.close()
  return {
    own: { path: 'case/copies/crm.csv', rows: ownRows },
    extracts: new Map(
      open.map(({ extract, path, subscribers }) => [
        extract.id,
        { path, rows: subscribers.length, subscribers: Int32Array.from(subscribers) },
      ]),
    ),
    leak: { path: leakPath, rows: leak.subscribers.length, subscribers: Int32Array.from(leak.subscribers) },
  }
}

/** One row of an extract, in the order of its fields. */
export function extractRow(extract: Extract, who: Subscriber, version: Version): string[] {
  return extract.fields.map(([, meaning, form]) => inForm(meaning, valueOf(meaning, who, version), form))
}

/** The older leak's row for a subscriber (name, phone, email, city, plan on the day of the leak); undefined = not in it. */
export function leakRow(people: Population, who: Subscriber, versions: readonly Version[]): string[] | undefined {
  const version = versionOn(versions, calendar.leak)
  if (version === undefined || !new Random(people.seed, 'leak', who.index).chance(0.22)) return undefined
  return [who.name, `0${who.number}`, who.email, version.place.city, version.plan]
}

function writeHistory(file: LineFile, who: Subscriber, versions: readonly Version[]): number {
  let rows = 0
  for (const version of versions) {
    if (version.to !== undefined && version.to <= calendar.historyFrom) continue
    const values = ownFields.map((meaning) => inForm(meaning, valueOf(meaning, who, version), 'plain'))
    const from = dayText(Math.max(version.from, calendar.historyFrom))
    file.line(csvRow([...values, from, version.to === undefined ? '' : dayText(version.to)]))
    rows += 1
  }
  return rows
}
