import { calendar } from './calendar.ts'
import { drawDevice, drawPlan, type Status } from './catalogue.ts'
import { addressLine, drawPlace, type Place } from './places.ts'
import { Random } from './random.ts'
import type { Population, Subscriber } from './subscribers.ts'

/** What a subscriber's record says from one day (inclusive) to another (exclusive). */
export interface Version {
  readonly from: number
  /** Day of the next version; undefined = still valid. */
  readonly to: number | undefined
  readonly plan: string
  readonly status: Status
  readonly address: string
  readonly place: Place
  readonly device: string
}

/** Changes per subscriber and year, all kinds together: plan .20, device .22, address .07, status .06. */
const changesPerYear = 0.55

/** The record's versions from registration to the day of the own copy, oldest first. */
export function historyOf(people: Population, subscriber: Subscriber): readonly Version[] {
  const random = new Random(people.seed, 'history', subscriber.index)
  let version: Version = {
    from: subscriber.registered,
    to: undefined,
    plan: drawPlan(random, yearOf(subscriber.registered)),
    status: 'active',
    address: random.chance(0.03) ? '' : addressLine(random.uint()),
    place: subscriber.home,
    device: random.chance(0.08) ? '' : drawDevice(random),
  }
  const versions: Version[] = []
  let day = subscriber.registered
  while (version.status !== 'terminated') {
    day += 1 + Math.floor(random.wait(version.status === 'active' ? 365 / changesPerYear : 60))
    if (day >= calendar.ownCopy) break
    versions.push({ ...version, to: day })
    version = { ...change(version, day, random), from: day, to: undefined }
  }
  versions.push(version)
  return versions
}

/** The version valid on a day; undefined before registration. */
export function versionOn(versions: readonly Version[], day: number): Version | undefined {
  return versions.find((version) => version.from <= day && (version.to === undefined || day < version.to))
}

function change(version: Version, day: number, random: Random): Version {
  if (version.status !== 'active') return { ...version, status: random.chance(0.8) ? 'active' : 'terminated' }
  const kind = random.unit()
  if (kind < 0.36) {
    let plan = drawPlan(random, yearOf(day))
    while (plan === version.plan) plan = drawPlan(random, yearOf(day))
    return { ...version, plan }
  }
  if (kind < 0.76) {
    let device = drawDevice(random)
    while (device === version.device) device = drawDevice(random)
    return { ...version, device }
  }
  if (kind < 0.89) {
    return { ...version, address: addressLine(random.uint()), place: random.chance(0.4) ? drawPlace(random) : version.place }
  }
  const status = random.unit()
  return { ...version, status: status < 0.6 ? 'suspended' : status < 0.75 ? 'barred' : 'terminated' }
}

function yearOf(day: number): number {
  return 1970 + Math.floor(day / 365.2425)
}
