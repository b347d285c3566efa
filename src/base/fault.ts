/**
 * Data that could not be read: a value with a place, never an exception. Parsers yield faults beside
 * records; faults are counted, stored and shown.
 */
export interface Fault {
  readonly kind: 'fault'
  /** Stable kebab-case name of what is wrong, such as `evtx-chunk-truncated`; listed in `docs/messages.md`. */
  readonly code: string
  /** What is wrong, in one sentence without personal values. */
  readonly what: string
  /** Where: the file or member, and the place inside it. */
  readonly where: Place
  /** What the reader of the message can do about it. */
  readonly todo: string
  /** How many records the fault cost, when the format tells; absent = not known. */
  readonly lost?: number
}

/** A place in a piece of evidence; `line` and `record` count from 1, `offset` is in bytes from 0. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly record?: number
  readonly offset?: number
  readonly field?: string
}

/** Builds a fault; the only constructor, so that every fault carries a place and a remedy. */
export function fault(code: string, what: string, where: Place, todo: string, lost?: number): Fault {
  return { kind: 'fault', code, what, where, todo, ...(lost === undefined ? {} : { lost }) }
}

/** `auth.evtx, record 12, offset 0x1a40` */
export function placeText(place: Place): string {
  const parts = [place.file]
  if (place.line !== undefined) parts.push(`line ${place.line}`)
  if (place.record !== undefined) parts.push(`record ${place.record}`)
  if (place.offset !== undefined) parts.push(`offset ${place.offset}`)
  if (place.field !== undefined) parts.push(`field ${place.field}`)
  return parts.join(', ')
}
