import { isZone, localDate } from './calendar.ts'
import type { TriggerEvent } from './duty.ts'
import { zoneOfPlace, type Place } from './end-range.ts'
import type { Facts } from './facts.ts'
import type { Law } from './law-schema.ts'

/** Where days are counted: stated for the jurisdiction, else the law's zone, else that of the facts, else asked for. */
export function placeOf(law: Law, facts: Facts): { readonly place: Place; readonly note?: string } {
  const stated =
    law.jurisdiction === undefined
      ? undefined
      : (facts.zones[law.jurisdiction] ?? (law.jurisdiction === 'GB' ? facts.zones['UK'] : undefined))
  if (stated !== undefined) return { place: { kind: 'zone', zone: stated } }
  if (law.zone !== 'authority' && isZone(law.zone)) return { place: { kind: 'zone', zone: law.zone } }
  if (facts.zone !== undefined)
    return {
      place: { kind: 'zone', zone: facts.zone },
      note: `The zone of the authority is not stated; days are counted in ${facts.zone}.`,
    }
  const [west = 'Etc/GMT+12', east = 'Etc/GMT-14'] = law.authorityZones ?? []
  return { place: { kind: 'asked', range: [west, east] } }
}

/** A moment counts under a law that was in force on its local day. */
export function during(law: Law, event: TriggerEvent, place: Place): boolean {
  const date = localDate(event.at.at, zoneOfPlace(place))
  return (
    (law.effectiveFrom === undefined || date >= law.effectiveFrom) && (law.effectiveTo === undefined || date <= law.effectiveTo)
  )
}

/** Why a law stays out because of its dates: no moment of knowledge (or none at all) lies in them. Undefined when one does, or none is stated. */
export function outOfForce(
  law: Law,
  given: { readonly events: readonly TriggerEvent[]; readonly inForce: readonly TriggerEvent[]; readonly place: Place },
): string | undefined {
  const known = given.events.filter((one) => one.kind !== 'occurrence')
  const all = known.length > 0 ? known : given.events
  const last = all.at(-1)
  if (last === undefined || given.inForce.some((one) => all.includes(one))) return undefined
  return law.effectiveTo !== undefined && localDate(last.at.at, zoneOfPlace(given.place)) > law.effectiveTo
    ? `In force only until ${law.effectiveTo}, before every event stated.`
    : `In force only from ${law.effectiveFrom ?? 'a day not established'}, after every event stated.`
}
