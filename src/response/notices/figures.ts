import { epochMs, parseIso } from '../../base/index.ts'

/** A number or a time that a notice states. */
export interface Figure {
  readonly about: 'persons' | 'records' | 'incident-time' | 'detection-time'
  /** A count, or milliseconds since 1970 for a time with its zone; a day without a time is its text. */
  readonly value: number | string
  /** As it is written. */
  readonly text: string
  readonly field: string
}

interface StatedField {
  readonly key: string
  readonly label: string
  readonly answers: readonly { readonly text: string; readonly rests?: string }[]
}

const counted =
  /(?<![\d.,])(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})\s(persons|people|subscribers|customers|individuals|data subjects|orang|pelanggan|records|lines|rows|rekod|baris)\b/g
const timed = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|\sUTC|[+-]\d{2}:\d{2})?)?/g
const countFields = new Set(['persons-number', 'data-nature', 'summary', 'circumstances', 'notice-number'])

/** Counts of persons and records, and times of the incident and of its detection, as the fields of a notice state them. */
export function figuresOf(fields: readonly StatedField[]): Figure[] {
  return fields.flatMap((field) => field.answers.flatMap((answer) => figuresIn(answer, field)))
}

function figuresIn({ text, rests }: StatedField['answers'][number], { key, label }: StatedField): Figure[] {
  if (countFields.has(key))
    return [...text.matchAll(counted)].map((match): Figure => {
      const persons = !/records|lines|rows|rekod|baris/.test(match[2] ?? '')
      return {
        about: persons ? 'persons' : 'records',
        value: Number((match[1] ?? '').replaceAll(',', '')),
        text: match[0],
        field: label,
      }
    })
  if (key !== 'incident-time' && key !== 'detection-time') return []
  // A decision on awareness answers "when detected", also where one field asks for both times.
  const about = rests === 'decision' ? 'detection-time' : key
  return [...text.matchAll(timed)].map((match) => ({ about, value: timeOf(match[0]), text: match[0], field: label }))
}

/** Milliseconds where time and zone are stated; else the day. */
function timeOf(text: string): number | string {
  const moment = parseIso(text.replace(' UTC', 'Z').replace(' ', 'T'))
  return moment?.zone === 'stated' && text.length > 10 ? epochMs(moment.at) : text.slice(0, 10)
}

/** The earliest of the times, the largest of the counts: what two notices are compared by. */
export function tellingFigure(figures: readonly Figure[], about: Figure['about']): Figure | undefined {
  const these = figures.filter((one) => one.about === about)
  const order = about === 'persons' || about === 'records' ? -1 : 1
  return these.toSorted((a, b) => order * compare(a.value, b.value))[0]
}

/** Two times or counts, as far as both say it: a day agrees with every time on it. */
export function sameFigure(a: Figure, b: Figure): boolean {
  if (typeof a.value === typeof b.value) return a.value === b.value
  return dayOf(a.value) === dayOf(b.value)
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0
}

function dayOf(value: number | string): string {
  return typeof value === 'string' ? value : new Date(value).toISOString().slice(0, 10)
}

/** True when `a` is certainly before `b`. */
export function isBefore(a: Figure, b: Figure): boolean {
  return compare(a.value, b.value) < 0
}
