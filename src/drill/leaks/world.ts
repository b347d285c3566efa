import { calendar, dayText } from '../calendar.ts'
import { Random } from '../random.ts'
import { drawCustomers, drawRates, type ChangeRates, type Customer } from './customers.ts'
import { drawCutDay, drawPlanOfExtract, rewritten, rowsOn, type CopyRow, type ExtractPlan } from './extract.ts'
import { leakFields, type LeakField } from './fields.ts'
import { tableFile, type GeneratedFile } from './table.ts'
import { written, type Writing } from './writing.ts'

/** What is declared of a generated copy when it is registered. Days are `YYYY-MM-DD`. */
export interface CopyDeclared {
  readonly id: string
  readonly kind: 'own' | 'extract' | 'leak'
  readonly holder: string
  readonly system: string
  readonly asOf: string
  readonly history: boolean
}

/** A generated copy: an extract, or an older leak that is known. */
export interface WorldCopy {
  readonly declared: CopyDeclared
  /** False: it exists, and nobody wrote down that it was handed out. */
  readonly registered: boolean
  readonly cut: number
  readonly plan: ExtractPlan
  readonly rows: readonly CopyRow[]
  /** Position of a customer's row; customers of other bases are not in it. */
  readonly at: ReadonlyMap<number, number>
}

/** An invented operator on the day of a leak: base, own system, extracts handed out, older leaks. All of it is generated. */
export interface World {
  readonly seed: number
  readonly generated: true
  readonly size: number
  readonly rates: ChangeRates
  readonly customers: readonly Customer[]
  readonly own: CopyDeclared
  readonly extracts: readonly WorldCopy[]
  readonly leaks: readonly WorldCopy[]
}

const holders =
  'Citrine Outreach|Pasir Delivery|Bayu Analytics|Antrian Systems|Lentera Rewards|Kopiah Print|Selasih Care|Rimba Fieldwork|Teluk Billing|Dahan Dealers|Ombak Messaging|Gerbang Retail|Sinar Surveys|Layang Logistics|Tiram Collections|Nilam Claims'.split(
    '|',
  )

/** Draws a world by seed. Usual size: 15,000 customers. */
export function drawWorld(seed: number, size = 15_000): World {
  const random = new Random(seed, 'world')
  const rates = drawRates(random)
  const customers = drawCustomers({ seed, size, rates })
  const extracts = drawExtracts(customers, random)
  const leaks = Array.from({ length: random.pick([0, 1, 1, 2, 2, 3]) }, (_, at) => drawKnownLeak({ seed, size, customers, at }))
  const own = {
    id: 'own-crm',
    kind: 'own',
    holder: 'Meridian Telekom',
    system: 'crm',
    asOf: dayText(calendar.ownCopy),
    history: true,
  } as const
  return { seed, generated: true, size, rates, customers, own, extracts, leaks }
}

function drawExtracts(customers: readonly Customer[], random: Random): WorldCopy[] {
  const count = random.between(5, 10)
  const unregistered = random.between(1, 2)
  const free = random.shuffled(holders)
  const made: WorldCopy[] = []
  while (made.length < count + unregistered) {
    const before = made.length > 0 && random.chance(0.35) ? random.pick(made) : undefined
    const { plan, holder, cut } = before === undefined ? fresh(free, random) : next(before, free, random)
    const rows = rowsOn(customers, plan, cut)
    if (
      rows.length < Math.min(500, customers.length * 0.03) ||
      made.some((one) => one.declared.holder === holder && one.cut === cut)
    )
      continue
    const declared = {
      id: `x${String(made.length + 1).padStart(2, '0')}-${holder.toLowerCase().replace(' ', '-')}-${dayText(cut)}`,
      kind: 'extract',
      holder,
      system: plan.system,
      asOf: dayText(cut),
      history: false,
    } as const
    made.push({ declared, registered: true, cut, plan, rows, at: positions(rows) })
  }
  const hidden = new Set(random.shuffled(made.map((_, at) => at)).slice(0, unregistered))
  return made.map((copy, at) => ({ ...copy, registered: !hidden.has(at) }))
}

interface Drawn {
  readonly plan: ExtractPlan
  readonly holder: string
  readonly cut: number
}

function fresh(free: string[], random: Random): Drawn {
  return { plan: drawPlanOfExtract(random), holder: free.pop() ?? random.pick(holders), cut: drawCutDay(random) }
}

/** A refresh for the same holder, or the same rows and fields for another one, days apart or (rarely) on the same day. */
function next(before: WorldCopy, free: string[], random: Random): Drawn {
  const kind = random.unit()
  const shift = (from: number, to: number): number => {
    const by = random.between(from, to) * (random.chance(0.5) ? 1 : -1)
    const day = before.cut + by
    return day <= calendar.ownCopy && day >= calendar.historyFrom + 30 ? day : before.cut - by
  }
  if (kind < 0.55) return { plan: before.plan, holder: before.declared.holder, cut: shift(30, 240) }
  const plan = rewritten(before.plan, random)
  const holder = free.pop() ?? random.pick(holders)
  return kind < 0.93 ? { plan, holder, cut: shift(1, 60) } : { plan, holder, cut: before.cut }
}

/** An older leak in the open: of this base some years ago, or of other people altogether. */
function drawKnownLeak(options: {
  readonly seed: number
  readonly size: number
  readonly customers: readonly Customer[]
  readonly at: number
}): WorldCopy {
  const { seed, size, customers, at } = options
  const random = new Random(seed, 'known leak', at)
  const ours = random.chance(0.6)
  const cut = random.between(calendar.firstRegistration + 5 * 365, calendar.ownCopy - 120)
  const drawn = drawPlanOfExtract(random)
  const fields = random.shuffled<LeakField>(['name', 'msisdn', 'email', 'city', 'plan', 'national_id', 'address', 'dob'])
  const kept = fields.slice(0, random.between(3, 7))
  if (!kept.includes('msisdn') && !kept.includes('email')) kept.push('email')
  const header = new Map(drawn.columns.map((column) => [column.field, column.header] as const))
  const plan: ExtractPlan = {
    ...drawn,
    columns: kept.map((field) => ({ field, header: header.get(field) ?? field })),
    filter: { live: false, share: { of: 0.15 + 0.35 * random.unit(), salt: random.uint() } },
  }
  const people = ours ? customers : strangers(seed, at, size)
  const found = rowsOn(people, plan, cut)
  const rows = ours ? found : found.map((row) => ({ ...row, customer: -1 - row.customer }))
  const declared = {
    id: `leak-${at + 1}-${dayText(cut).slice(0, 4)}`,
    kind: 'leak',
    holder: `forum ${dayText(cut).slice(0, 4)}-${at + 1}`,
    system: '',
    asOf: dayText(cut),
    history: false,
  } as const
  return { declared, registered: true, cut, plan, rows, at: positions(rows) }
}

function strangers(seed: number, at: number, size: number): readonly Customer[] {
  const random = new Random(seed, 'strangers', at)
  return drawCustomers({ seed: random.uint(), size: Math.min(size, 8_000), rates: drawRates(random) })
}

function positions(rows: readonly CopyRow[]): ReadonlyMap<number, number> {
  return new Map(rows.map((row, at) => [row.customer, at]))
}

/** The file of an extract or known leak. */
export function copyFile(copy: WorldCopy): GeneratedFile {
  const { columns, format, writing } = copy.plan
  return tableFile(`generated-${copy.declared.id}`, format, {
    columns: columns.map(({ header }) => header),
    rows: copy.rows.map(({ record }) => columns.map(({ field }) => written(field, record[field] ?? '', writing))),
  })
}

export const ownWriting: Writing = { phone: 'local', day: 'iso', nationalId: 'as-is', mac: 'colon', name: 'as-is', code: 'as-is' }
const ownHeaders: Readonly<Partial<Record<LeakField, string>>> = {
  contract: 'account_no',
  activated: 'activated_on',
  device: 'device_model',
}

/** Column name of a field in the own system. */
export function ownHeader(field: LeakField): string {
  return ownHeaders[field] ?? field
}

/** The file of the own system: every version of every customer in the years of the history. */
export function ownFile(world: World): GeneratedFile {
  const rows: string[][] = []
  for (const { versions } of world.customers)
    for (const { from, to, record } of versions) {
      if (to !== undefined && to <= calendar.historyFrom) continue
      const valid = [dayText(Math.max(from, calendar.historyFrom)), to === undefined ? '' : dayText(to)]
      rows.push([...leakFields.map((field) => written(field, record[field] ?? '', ownWriting)), ...valid])
    }
  return tableFile(
    `generated-${world.own.id}`,
    { kind: 'csv', delimiter: ',', header: true },
    { columns: [...leakFields.map(ownHeader), 'valid_from', 'valid_to'], rows },
  )
}
