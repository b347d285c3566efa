import type { Moment } from '../base/index.ts'
import { dateIn } from './date.ts'
import { flatten } from './sentence.ts'

/** Who wrote a text and when, by the line that a network puts before it, and how long that is. */
export interface PostHeader {
  readonly name: string
  /** What stands in brackets behind the name and is no handle: `security researcher`. */
  readonly about?: string
  readonly moment?: Moment
  /** Characters of the text before the words themselves. */
  readonly length: number
}

const shape =
  /^\s*(?:(?<name>[\p{Lu}\p{N}][\p{L}\p{N}_.' -]{1,40}?) \((?<about>[^()\n]{2,60})\)|@(?<handle>[\p{L}\p{N}_.]{2,40}))\s*[·•|–—-]\s*(?<rest>[^\n:·•|]{4,40})\s*(?:[:·•|]\s*|\n|$)/u

/** `Nadia Crane (@ncrane) · 7 Mar 2026: ...`, `@handle · 13 Nov 2026 · ...`; undefined for other texts. */
export function postHeaderOf(text: string, zone?: string): PostHeader | undefined {
  const match = shape.exec(text)
  const { name, about, handle, rest } = match?.groups ?? {}
  if (match === null || rest === undefined) return undefined
  const dated = dateIn(flatten(rest), zone)
  if (dated === undefined) return undefined
  const moment = dated.day
    ? { ...dated.moment, at: `${dated.moment.at.slice(0, 10)}T23:59:59.000000Z`, bound: 'not-later-than' as const }
    : dated.moment
  const tells = about !== undefined && !about.startsWith('@')
  return { name: name ?? handle ?? '', ...(tells ? { about } : {}), moment, length: match[0].length }
}
