/** Minutes east of UTC in the operator's zone (+08:00, no summer time). */
const zoneMs = 8 * 3_600_000

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Day number (days since 1970-01-01) of `YYYY-MM-DD`. */
export function dayOf(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / dayMs
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** Epoch milliseconds of a local wall-clock time, `YYYY-MM-DD HH:mm[:ss]`. */
function localMs(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}Z`) - zoneMs
}

/** `2026-07-01 13:22:05.123` in the operator's zone. */
export function wallClock(ms: number): string {
  return new Date(ms + zoneMs).toISOString().slice(0, 23).replace('T', ' ')
}

/** `2026-07-01T13:22:05+08:00`. */
export function localIso(ms: number): string {
  return `${new Date(ms + zoneMs).toISOString().slice(0, 19)}+08:00`
}

/** `2026-07-01T05:22:05.123Z`. */
export function utcIso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Hour of the day (0-23) and day of the week (0 = Sunday) in the operator's zone. */
export function wallHour(ms: number): number {
  return new Date(ms + zoneMs).getUTCHours()
}
export function weekday(ms: number): number {
  return new Date(ms + zoneMs).getUTCDay()
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `01/Jul/2026:13:22:05 +0800`, the time of a combined access log. */
export function accessLogTime(ms: number): string {
  const text = wallClock(ms)
  return `${text.slice(8, 10)}/${months[Number(text.slice(5, 7)) - 1]}/${text.slice(0, 4)}:${text.slice(11, 19)} +0800`
}

/** The days every generated breach is laid on. One fixed calendar: the seed decides what happens, not when years are. */
export const calendar = {
  /** First and last registration of a subscriber. */
  firstRegistration: dayOf('2012-03-01'),
  ownCopy: dayOf('2026-10-05'),
  /** History of the own copy before this day was lost in a migration. */
  historyFrom: dayOf('2023-10-01'),
  leak: dayOf('2021-06-11'),
  /** Host and web logs: from, number of days. */
  logsFrom: localMs('2026-06-27 00:00'),
  logDays: 8,
  attack: localMs('2026-07-01 13:07'),
  /** Record access: 90 days. */
  auditFrom: localMs('2026-07-02 00:00'),
  auditDays: 90,
  /** Covert reading starts after the intrusion. */
  covertFrom: localMs('2026-07-05 00:00'),
  firstPost: localMs('2026-10-06 14:31'),
  opened: localMs('2026-10-07 17:00'),
} as const
