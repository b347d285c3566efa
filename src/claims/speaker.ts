import type { Cast } from './form.ts'
import type { Course, Voice } from './course.ts'
import { pattern } from './language/languages.ts'
import { findingVerbs, saying } from './lexicon/roles.ts'
import { mentionsIn, type Mention } from './mention.ts'
import { bySubject } from './scope.ts'
import type { Frame, Said } from './sentence.ts'

const address = pattern('own-address')
const passive =
  /^(?:told|informed|advised|warned|notified|denied|rejected|dismissed|disclosed|stated|posted|reported|identified|found|announced|confirmed|revealed|established|determined|observed|notified|described|written|called)$/

/** Verbs whose subject may stand behind them: `..., said the regulator`. */
const told =
  /^(?:said|says|added|explained|wrote|warned|noted|insisted|stressed|kata|katanya|ujar|ujarnya|jelas|tegas|tambah|dedah|tulis|tutur|ungkap)$/

const press: Voice = { by: 'press', attributed: false }

/** Whose words a sentence of an article gives, with its quotations; moves `course` on. */
export function voiceOf(said: Frame, cast: Cast, course: Course): Voice {
  const { flat } = said
  const bare = withoutQuotes(flat, cast)
  const found = mentionsIn(bare, cast)
  course.victim ??= cast.victims.find((one) => one.standing === 'named')?.name ?? ''
  const voice =
    addressed(flat, course) ??
    quotedOn(said, course) ??
    labelled(said, { bare, found, course }) ??
    (/"\s*,?\s?(?:it|they|he|she)\s\w+/i.test(bare) ? beforeColon(bare, found, course) : undefined) ??
    spoken(bare, found, course) ??
    beforeColon(bare, found, course) ??
    continued(said, { bare, found, course }) ??
    press
  const named = new Set(cast.victims.filter((one) => one.standing === 'named').map((one) => one.name))
  const company = found.findLast(
    (one) => one.name !== undefined && (one.by === 'researcher' || (one.by === 'victim' && named.has(one.name))),
  )
  if (company?.name !== undefined && (company.by === 'victim' || company.by === 'researcher'))
    course.company = { by: company.by, name: company.name }
  if (voice.by === 'victim' || (voice.by === 'researcher' && voice.name !== undefined))
    course.company = { by: voice.by, name: voice.name ?? course.company?.name ?? '' }
  // `The seller offers ...` in a report: what follows without a subject is the seller's.
  const acts = voice.by === 'press' && course.actor !== '' && bySubject({ by: 'press', flat }) === 'actor'
  const person = found.findLast((one) => one.person === true && one.by !== 'pronoun')
  const office = person === undefined ? undefined : resolve(person, course)
  if (office !== undefined) course.person = office
  if (voice.by !== 'press') course.personal = voice === course.person || office !== undefined
  if (voice.by !== 'press' && voice.by !== 'actor' && course.personal !== true) course.house = voice
  const topic = found.findLast((one) => one.by === 'actor' && one.name !== undefined)
  const last = found.findLast((one) => one.by !== 'pronoun' && one.by !== 'company')
  if (topic !== undefined && topic === last) course.topic = { by: 'actor', name: course.actor, attributed: true }
  else if (last !== undefined) delete course.topic
  course.last = acts ? { by: 'actor', name: course.actor, attributed: false } : voice
  return voice
}

/** A sentence in which nobody is named as speaking, under a heading that tells whose words follow. */
export function headed(said: Said, course: Course, voice: Voice): Voice {
  const { head } = course
  if (head === undefined) return voice
  return head.own || /\b(?:we|our|us)\b/i.test(said.flat) ? head.voice : voice
}

/** Words in quotation marks that press their reader are the actor's, whoever gives them. */
function addressed(flat: string, course: Course): Voice | undefined {
  const pressing = [...flat.matchAll(/"([^"]{5,})"/g)].some(([, words = '']) => address.test(words))
  return pressing && course.actor !== '' ? { by: 'actor', name: course.actor, attributed: true } : undefined
}

/** A quotation that goes on over paragraphs. */
function quotedOn(said: Frame, course: Course): Voice | undefined {
  return said.continues && course.last && course.last.by !== 'press' ? { ...course.last, attributed: true } : undefined
}

/** Blanks what stands in double quotation marks, names of the cast aside (`the group "Null Gannet"`). */
function withoutQuotes(flat: string, cast: Cast): string {
  const names = new Set(cast.forms.map((one) => one.form))
  return flat.replace(/"[^"]*(?:"|$)/g, (quote) =>
    names.has(quote.slice(1, -1))
      ? quote.replaceAll('"', ' ')
      : `"${' '.repeat(Math.max(0, quote.length - 2))}${quote.length > 1 ? '"' : ''}`,
  )
}

/** By a verb of saying with its subject. */
function spoken(bare: string, found: readonly Mention[], course: Course): Voice | undefined {
  for (const match of bare.matchAll(saying)) {
    const verb = match[0].toLowerCase()
    // `data was posted`: nobody speaks.
    if (
      passive.test(verb) &&
      /\b(?:am|is|are|was|were|been|being)\s(?:\w+ly\s|not\s|yet\s){0,2}$/i.test(bare.slice(0, match.index))
    )
      continue
    const after = found.filter((one) => one.start >= match.index + verb.length)
    if (verb === 'according to') {
      const source = after.find((one) => one.name !== undefined && one.by !== 'actor') ?? after[0]
      const voice = source && resolve(source, course)
      if (voice) return voice
      continue
    }
    const behind = after[0] !== undefined && inverted(bare, match, after[0])
    const turned = behind && told.test(verb) && after[0]?.by !== 'pronoun' && /,\s*$/.test(bare.slice(0, match.index))
    const voice =
      (turned ? resolve(after[0] as Mention, course) : undefined) ??
      subjectVoice(bare, match.index, found, course) ??
      (behind ? resolve(after[0] as Mention, course) : undefined)
    // `It threatens`: the one who threatens is the actor, whoever was spoken of last.
    const pronoun = /\b(?:it|they|he|she)\s(?:\w+\s){0,3}$/i.test(bare.slice(0, match.index))
    if (verb.startsWith('threat') && pronoun && voice?.by !== 'actor' && course.actor !== '')
      return { by: 'actor', name: course.actor, attributed: true }
    // `"...," katanya`: the verb says `he`.
    const suffixed = voice === undefined && /.{3}nya$/.test(verb) && course.last !== undefined && course.last.by !== 'press'
    if (suffixed && course.last !== undefined) return { ...course.last, attributed: true }
    if (!voice) continue
    if (findingVerbs.has(verb) && (voice.by === 'actor' || voice.by === 'press')) continue
    return voice
  }
  return undefined
}

/** `The Minister: ...`, `Spokeswoman: ...`: a label that names who speaks, as in minutes. */
function labelled(
  said: Frame,
  { bare, found, course }: { readonly bare: string; readonly found: readonly Mention[]; readonly course: Course },
): Voice | undefined {
  const label = /^[^:"]{3,50}(?=:\s)/.exec(bare)?.[0]
  if (label === undefined) {
    if (said.opens) delete course.turn
    return course.turn
  }
  delete course.turn
  const who = found.find((one) => one.start < 5 && one.end <= label.length)
  if (who === undefined || who.by === 'actor' || who.by === 'pronoun') return undefined
  if (label.split(' ').length > 5) return undefined
  const voice = resolve(who, course)
  // What follows in the paragraph is the same speaker's.
  if (voice !== undefined) course.turn = voice
  return voice
}

/** `Maxis on its page: "..."`: whoever is named before the colon. */
function beforeColon(bare: string, found: readonly Mention[], course: Course): Voice | undefined {
  const colon = /:\s?"/.exec(bare)
  const named = colon === null ? [] : found.filter((one) => one.start < colon.index)
  const before = named.findLast((one) => one.by !== 'pronoun') ?? named.at(-1)
  return before && resolve(before, course)
}

/** `"...," said Maxis.` */
function inverted(bare: string, verb: RegExpMatchArray, subject: Mention): boolean {
  const end = (verb.index ?? 0) + verb[0].length
  return (
    /^\s(?:(?:\p{Lu}[\p{L}.'-]*\s){1,3}(?:of|from|at|with)\s)?(?:[a-z]+\s){0,3}$/u.test(bare.slice(end, subject.start)) &&
    /(?:"|,|^)\s*$/.test(bare.slice(0, verb.index))
  )
}

function subjectVoice(bare: string, verb: number, found: readonly Mention[], course: Course): Voice | undefined {
  const clause = Math.max(...[',', ';', ':', '"', '.'].map((sign) => bare.lastIndexOf(sign, verb - 1)), -1)
  const inClause = found.filter((one) => one.start > clause && one.start < verb)
  const near = inClause.findLast((one) => one.by !== 'pronoun') ?? inClause.at(-1)
  const pronoun = inClause.at(-1)
  if (
    near &&
    pronoun?.by === 'pronoun' &&
    near !== pronoun &&
    /\b(?:said|says|noted|that|believes)\b/.test(bare.slice(near.start, pronoun.start))
  )
    return resolve(near, course)
  // `the head of the watchdog, Lena Hruba, told`: the name set off right before the verb.
  const setOff = found.findLast((one) => one.end <= verb && /^,\s(?:\w+\s)?$/.test(bare.slice(one.end, verb)))
  const first = near ?? setOff ?? found.find((one) => one.start < verb)
  return first && resolve(first, course)
}

function resolve(one: Mention, course: Course): Voice | undefined {
  switch (one.by) {
    case 'pronoun':
      if (one.person && course.person !== undefined) return course.person
      if (one.neuter && course.personal === true && course.house !== undefined) return course.house
      if (course.last === undefined || course.last.by === 'press') return course.topic
      return { ...course.last, attributed: true }
    case 'company':
      if (course.company === undefined && course.victim) return { by: 'victim', name: course.victim, attributed: true }
      return course.company === undefined ? undefined : { by: course.company.by, name: course.company.name, attributed: true }
    case 'victim':
    case 'researcher': {
      const main = one.by === 'victim' && course.victim !== '' ? course.victim : undefined
      const name = one.name ?? main ?? (course.company?.by === one.by ? course.company.name : undefined)
      return { by: one.by, ...(name === undefined ? {} : { name }), attributed: true }
    }
    case 'actor':
    case 'vendor':
    case 'authority':
    case 'press':
      return { by: one.by, ...(one.name === undefined ? {} : { name: one.name }), attributed: true }
  }
}

/** A quotation that goes on, `It has also ...` after an actor's claim, `It has informed ...` after a victim's statement. */
function continued(said: Frame, here: { bare: string; found: readonly Mention[]; course: Course }): Voice | undefined {
  const { last } = here.course
  if (!last || last.by === 'press') return undefined
  const onlyQuote = /^"\s*"?[.!?]?$/.test(here.bare)
  if (onlyQuote && !said.opens) return { ...last, attributed: true }
  const first = here.found[0]
  const goesOn = first?.by === 'pronoun' && first.start < 4
  const tells = last.by === 'actor' || (last.by === 'victim' && /^\S+ (?:has|have|is|are|was|had|will)\b/i.test(here.bare))
  return goesOn && tells ? { ...last, attributed: true } : undefined
}
