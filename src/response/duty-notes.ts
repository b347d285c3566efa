import { localText } from './calendar.ts'
import type { Asked, TriggerEvent } from './duty.ts'
import { endFrom, safeEnd, zoneOfPlace, type Place } from './end-range.ts'
import type { Facts } from './facts.ts'
import type { HolidayCalendar } from './holiday-calendar.ts'
import { capital } from './clock-words.ts'
import { lackText } from './own-calendars.ts'
import type { Law, LawRule } from './law-schema.ts'
import type { crossedAt } from './threshold.ts'

/** Moments that would start the clock but lie outside the time of the law. */
export function datesNotes(given: {
  readonly law: Law
  readonly rule: LawRule
  readonly events: readonly TriggerEvent[]
  readonly inForce: readonly TriggerEvent[]
}): string[] {
  const { law, rule, events, inForce } = given
  if (rule.after !== undefined) return []
  const before = events.filter((one) => !inForce.includes(one) && (one.kind === 'occurrence' || rule.trigger.includes(one.kind)))
  if (before.length === 0) return []
  const ids = before.map((one) => one.id).join(', ')
  const dates = `${law.effectiveFrom ?? 'not established'}${law.effectiveTo === undefined ? '' : ` to ${law.effectiveTo}`}`
  return [
    `${ids} ${before.length === 1 ? 'lies' : 'lie'} outside the time in which the law is in force (${dates}) and start no clock; whether the law reaches them is for counsel.`,
  ]
}

/** When a threshold of persons was crossed, and what a clock from then would give. */
export function crossingNote(
  crossing: NonNullable<ReturnType<typeof crossedAt>>,
  { rule, place, calendars }: { readonly rule: LawRule; readonly place: Place; readonly calendars: readonly HolidayCalendar[] },
): string {
  const zone = zoneOfPlace(place)
  const end =
    rule.period === undefined || rule.after !== undefined
      ? undefined
      : safeEnd(endFrom({ start: crossing.at, period: rule.period, place, calendars }))
  const counted =
    end === undefined
      ? ''
      : ` Counted from then it would end ${localText(end, zone)}; the clock shown runs from the earlier moment, and which one holds is for counsel.`
  return `The threshold of persons was crossed only with the count of ${localText(crossing.at.at, zone)} (${crossing.text}).${counted}`
}

/** Who enabled a draft, and what is still to be checked. */
export function enabledNotes(law: Law, facts: Facts): string[] {
  const by = (facts.enabled ?? []).findLast((one) => one.law === law.id)
  if (law.status !== 'uncertain' || by === undefined) return []
  return [`A draft, half checked, enabled by ${by.by}: ${by.reason}`, ...law.open.map((one) => `Still to check: ${one}`)]
}

/** What a clock waits for, as questions with the field that answers them. */
export function asksOf(
  { asks, lacks }: { readonly asks: readonly ('start' | 'place' | 'calendar')[]; readonly lacks?: number | undefined },
  { law, rule, calendars }: { readonly law: Law; readonly rule: LawRule; readonly calendars: readonly HolidayCalendar[] },
): Asked[] {
  return asks.flatMap((one): Asked[] => {
    if (one === 'place') {
      const where = law.jurisdiction ?? 'XX'
      return [
        {
          what: 'zone-of-authority',
          field: `zones.${where}`,
          text: `In which zone does the authority for ${where} sit? Days of "${rule.step}" are counted there; no date is given until that is stated.`,
        },
      ]
    }
    if (one === 'calendar' && rule.period !== undefined && 'calendar' in rule.period)
      return [
        {
          what: 'calendar',
          field: `calendars/${rule.period.calendar}.yml`,
          text: `Which days are holidays in "${rule.period.calendar}"${lacks === undefined ? '' : ` in ${lacks}`}? ${capital(lackText(calendars, { calendar: rule.period.calendar, lacks }))}; put them into private/calendars/${rule.period.calendar}.yml (with --facts: into a file for --holidays). No business day is counted until then.`,
        },
      ]
    return []
  })
}
