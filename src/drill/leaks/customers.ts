import { calendar, dayText } from '../calendar.ts'
import { drawDevice, drawMailDomain, drawPlan, drawSegment, type Status } from '../catalogue.ts'
import { addressLine, drawPlace, type Place } from '../places.ts'
import { Random } from '../random.ts'
import { luhn, population, type Population, type Subscriber } from '../subscribers.ts'
import { leakFields, type LeakField, type LeakRecord } from './fields.ts'

/** A customer's record from one day (inclusive) to another (exclusive; undefined = still valid). */
export interface CustomerVersion {
  readonly from: number
  readonly to: number | undefined
  readonly status: Status
  readonly record: LeakRecord
}

/** A customer with all versions of the record, oldest first. */
export interface Customer {
  readonly index: number
  readonly versions: readonly CustomerVersion[]
}

/** Changes per customer and year. */
const usualRates = {
  plan: 0.25,
  device: 0.28,
  address: 0.08,
  status: 0.07,
  segment: 0.012,
  email: 0.025,
  sim: 0.04,
  number: 0.004,
} as const
type Change = keyof typeof usualRates
const changes = Object.keys(usualRates) as readonly Change[]

/** Change rates of one operator: each up to three times the usual rate, or a third of it. */
export type ChangeRates = Readonly<Record<Change, number>>

export function drawRates(random: Random): ChangeRates {
  const drawn = changes.map((change) => [change, usualRates[change] * 3 ** (2 * random.unit() - 1)] as const)
  return Object.fromEntries(drawn) as Record<Change, number>
}

/** The change that moves a field; none for what stays. */
const movedBy: Readonly<Partial<Record<LeakField, Change>>> = {
  plan: 'plan',
  device: 'device',
  imei: 'device',
  address: 'address',
  city: 'address',
  state: 'address',
  postcode: 'address',
  status: 'status',
  segment: 'segment',
  email: 'email',
  iccid: 'sim',
  imsi: 'sim',
  msisdn: 'number',
}

/** Changes per customer and year that show in any of the fields. */
export function changesIn(fields: readonly LeakField[], rates: ChangeRates): number {
  const moved = new Set(fields.flatMap((field) => movedBy[field] ?? []))
  return [...moved].reduce((sum, change) => sum + rates[change], 0)
}

/** All customers of a base, by position. */
export function drawCustomers(options: {
  readonly seed: number
  readonly size: number
  readonly rates: ChangeRates
}): Customer[] {
  const people = population(options.seed, options.size)
  return Array.from({ length: options.size }, (_, index) => ({ index, versions: versionsOf(people, index, options.rates) }))
}

/** The version valid on a day; undefined before the customer came. */
export function customerOn(customer: Customer, day: number): CustomerVersion | undefined {
  return customer.versions.find((version) => version.from <= day && (version.to === undefined || day < version.to))
}

interface State {
  readonly place: Place
  readonly address: string
  readonly plan: string
  readonly status: Status
  readonly device: string
  readonly imei: string
  readonly segment: string
  readonly email: string
  readonly iccid: string
  readonly imsi: string
  readonly msisdn: string
}

function versionsOf(people: Population, index: number, rates: ChangeRates): readonly CustomerVersion[] {
  const random = new Random(people.seed, 'leak customer', index)
  const who = people.at(index)
  const fixed = fixedOf(who, random)
  const total = changes.reduce((sum, change) => sum + rates[change], 0)
  const device = random.chance(0.08) ? '' : drawDevice(random)
  let state: State = {
    place: who.home,
    address: random.chance(0.03) ? '' : addressLine(random.uint()),
    plan: drawPlan(random, yearOf(who.registered)),
    status: 'active',
    device,
    imei: device === '' ? '' : imei(random),
    segment: who.segment,
    email: who.email,
    iccid: who.iccid,
    imsi: imsi(random),
    msisdn: people.msisdn(index),
  }
  const versions: CustomerVersion[] = []
  let from = who.registered
  for (let day = from; ;) {
    day += 1 + Math.floor(random.wait(state.status === 'active' ? 365 / total : 60))
    const last = state.status === 'terminated' || day >= calendar.ownCopy
    const record = recordOf(fixed, state, index)
    versions.push({ from, to: last ? undefined : day, status: state.status, record })
    if (last) return versions
    state = changed(state, { people, index, day, random, rates })
    from = day
  }
}

function fixedOf(who: Subscriber, random: Random): LeakRecord {
  const wired = random.chance(0.6)
  return {
    name: who.name,
    national_id: who.nationalId,
    contract: who.accountNo,
    dob: who.dob,
    activated: dayText(who.registered),
    cpe_serial: wired ? `${random.pick(['MTKM', 'HXGP', 'ZRTL'])}${random.hex(8).toUpperCase()}` : '',
    mac: wired ? (random.pick(['02a1f4', '06c3d8', '0ab751']) + random.hex(6)).replaceAll(/(..)(?=.)/g, '$1:') : '',
  }
}

function recordOf(fixed: LeakRecord, state: State, index: number): LeakRecord {
  const { place, address, plan, status, device, segment, email, iccid, msisdn } = state
  const moving: LeakRecord = {
    address,
    city: place.city,
    state: place.region,
    postcode: `${place.postcode}${String((index * 37) % 1000).padStart(3, '0')}`,
    plan,
    status,
    device,
    segment,
    email,
    iccid,
    imsi: state.imsi,
    imei: state.imei,
    msisdn,
  }
  return Object.fromEntries(leakFields.map((field) => [field, fixed[field] ?? moving[field] ?? '']))
}

function changed(
  state: State,
  { people, index, day, random, rates }: { people: Population; index: number; day: number; random: Random; rates: ChangeRates },
): State {
  if (state.status !== 'active') return { ...state, status: random.chance(0.8) ? 'active' : 'terminated' }
  const change = drawChange(random, rates)
  switch (change) {
    case 'plan':
      return { ...state, plan: other(state.plan, () => drawPlan(random, yearOf(day))) }
    case 'device':
      return { ...state, device: other(state.device, () => drawDevice(random)), imei: imei(random) }
    case 'address':
      return { ...state, address: addressLine(random.uint()), place: random.chance(0.5) ? drawPlace(random) : state.place }
    case 'status':
      return { ...state, status: random.pick(['suspended', 'suspended', 'barred', 'terminated']) }
    case 'segment':
      return { ...state, segment: other(state.segment, () => drawSegment(random)) }
    case 'email':
      return {
        ...state,
        email: `${state.email.split('@')[0] || 'user'}.${random.below(100)}@${drawMailDomain(random)}`.toLowerCase(),
      }
    case 'sim':
      return { ...state, iccid: luhn(`896099${String(random.below(1_000_000_000_000)).padStart(12, '0')}`), imsi: imsi(random) }
    case 'number':
      return { ...state, msisdn: people.msisdn(people.size + index) }
  }
}

function drawChange(random: Random, rates: ChangeRates): Change {
  let left = random.unit() * changes.reduce((sum, change) => sum + rates[change], 0)
  return changes.find((change) => (left -= rates[change]) < 0) ?? 'plan'
}

function other(now: string, draw: () => string): string {
  for (;;) {
    const next = draw()
    if (next !== now) return next
  }
}

function imei(random: Random): string {
  return luhn(`35${String(random.below(1_000_000)).padStart(6, '0')}${String(random.below(1_000_000)).padStart(6, '0')}`)
}

function imsi(random: Random): string {
  return `50219${String(random.below(10_000_000_000)).padStart(10, '0')}`
}

function yearOf(day: number): number {
  return 1970 + Math.floor(day / 365.2425)
}
