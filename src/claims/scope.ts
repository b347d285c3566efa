import { pattern } from './language/languages.ts'
import type { Speaker } from './thread.ts'

/** A part of a sentence that is one speaker's assertion. */
export interface Scope {
  readonly by: Speaker
  readonly flat: string
}

const deniedClaim = pattern('denied-claim')
const othersWrite = pattern('others-write')
const asTheyClaim = pattern('as-they-claim')
const deniedAside = pattern('denied-aside')
const alleged = pattern('alleged')
const victimReports = pattern('victim-reports')
const quotedSaying = pattern('quoted-saying')
const falseWords = pattern('false-claim')
const claimOf = pattern('claim-of')
const asideOf = pattern('claimed-aside')
const actorActs = pattern('actor-acts')
/** A subject and its verb stand in the first characters of a sentence. */
const subjectLength = 160
const accused = pattern('accused')
const contrasting = /,\s(?:while|whereas|although)\s|,?\sbut\s(?=(?:has|have|had|did|it|also)\b)/i
const ownClause = /[,;.]["']?\s(?=(?:i|we|it is|kami)\b)/i
const correction = /,\s(?=(?:not|bukan)\s\d)/i

/**
 * Cuts a flattened sentence by who asserts what: what is denied is the actor's assertion, what the actor quotes of its victim is the
 * victim's, `not 130,000 as the attackers claim` holds both. In: the sentence, its voice, and the forms of victims' names it holds.
 * Out: at least one part; parts do not share words.
 */
export function scopesOf(flat: string, by: Speaker, victims: readonly string[]): Scope[] {
  return cut(flat, by, victims).map((scope) => ({ ...scope, by: bySubject(scope) }))
}

/** `The group published ...` in a report tells what the group says of itself. */
export function bySubject({ by, flat }: Scope): Speaker {
  if (by === 'press' && accused.test(flat)) return 'authority'
  const others = by === 'press' || by === 'victim' || by === 'researcher'
  return others && actorActs.test(flat.slice(0, subjectLength).replace(/^\d{1,2}[/.)] /, '')) ? 'actor' : by
}

function cut(flat: string, by: Speaker, victims: readonly string[]): Scope[] {
  const named = by === 'actor' ? null : (deniedClaim.exec(flat) ?? claimOf.exec(flat) ?? asideOf.exec(flat))
  if (named !== null) {
    const at = named.index + named[0].length
    const denies = by === 'press' && victims.length > 0 && deniedClaim.test(flat)
    return [
      { by: denies ? 'victim' : by, flat: flat.slice(0, at) },
      { by: 'actor', flat: flat.slice(at) },
    ]
  }
  const falseClaim = by === 'actor' ? null : falseWords.exec(flat)
  const claimed = falseClaim?.groups?.['words']
  if (falseClaim !== null && claimed !== undefined)
    return [
      { by: 'actor', flat: claimed },
      { by, flat: 'denied' },
    ]
  const contrast = asTheyClaim.exec(flat)
  const theirs = contrast?.groups?.['words']
  if (contrast !== null && theirs !== undefined && by !== 'actor')
    return [
      { by, flat: flat.slice(0, contrast.index) },
      { by, flat: 'not 0' },
      { by: 'actor', flat: theirs },
    ]
  const against = contrasting.exec(flat)
  if (against !== null && by !== 'actor')
    return [
      { by, flat: flat.slice(0, against.index) },
      { by, flat: flat.slice(against.index + against[0].length) },
    ]
  const corrected = correction.exec(flat)
  if (corrected !== null)
    return [
      { by, flat: flat.slice(0, corrected.index) },
      { by, flat: flat.slice(corrected.index + 2) },
    ]
  if (by === 'actor') return inActorsWords(flat)
  const aside = deniedAside.exec(flat)
  if (aside !== null)
    return [
      { by, flat: flat.slice(0, aside.index) },
      { by: 'victim', flat: 'denied' },
    ]
  if (by === 'press' && alleged.test(flat)) return [{ by: 'actor', flat }]
  const reporting = victims.find((form) => flat.startsWith(`${form} `) && victimReports.test(flat.slice(form.length + 1)))
  return [{ by: reporting !== undefined && by === 'authority' ? 'victim' : by, flat }]
}

function inActorsWords(flat: string): Scope[] {
  const others = othersWrite.exec(flat)
  if (others !== null) return [{ by: 'press', flat: flat.slice(others[0].length) }]
  const quoted = quotedSaying.exec(flat)
  const words = Object.values(quoted?.groups ?? {}).find((one) => one !== undefined)
  const own = /^\W*(?:we|i|kami)\b/i.test(flat)
  if (quoted === null || words === undefined || own) return clauses(flat)
  const rest = `${flat.slice(0, quoted.index)} ${flat.slice(quoted.index + quoted[0].length)}`
  return [{ by: 'victim', flat: words }, ...clauses(rest.trim())]
}

/** `It is not contained, I am typing this from ...` */
function clauses(flat: string): Scope[] {
  return flat.split(ownClause).map((part) => ({ by: 'actor', flat: part }))
}
