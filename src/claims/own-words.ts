import { pattern } from './language/languages.ts'
import { flatten } from './sentence.ts'

const deed = pattern('own-deed', 'iu')
const offer = pattern('own-offer', 'iu')
const pressed = pattern('own-pressure', 'iu')
const statement = pattern('own-statement', 'iu')
const outsider = pattern('outsider', 'iu')
const firstPerson = pattern('first-person', 'u')
const examining = pattern('own-examination', 'iu')
const people = pattern('own-people', 'iu')
const office = pattern('office', 'iu')
const complaint = pattern('own-complaint', 'iu')
const reported = pattern('reported-speech', 'iu')
const sentenceEnd = /(?<=[.!?])\s+|\n+/u

/** Sentences, and characters of each, that are looked at: what a text is shows early. */
const most = { sentences: 150, characters: 400 }

/** Sentences of a text outside quotation marks, by whose words they sound like. */
export interface OwnVoices {
  /** Deeds, offers and threats of the writer. */
  readonly own: number
  /** Speech reported of others. */
  readonly others: number
  /** Words of somebody hit: `our customers`, or of outsiders in a text that says `we`. */
  readonly hit: number
  /** Of `our customers`, `our network`. */
  readonly people: number
  /** Words of an office: what it found, directs, advises. */
  readonly office: number
  /** True where somebody writes as `we` or `I`. */
  readonly personal: boolean
  /** Words of a customer: `my number`. */
  readonly harmed: number
  /** Words of somebody who looked at a sample. */
  readonly examined: number
}

/** Counts the sentences of a text by whose words they sound like. In: its paragraphs; of a long text the beginning is counted. */
export function ownVoices(paragraphs: readonly { readonly text: string }[]): OwnVoices {
  const count = { own: 0, others: 0, hit: 0, people: 0, office: 0, harmed: 0, examined: 0 }
  const flats = sentencesAtFirst(paragraphs)
  const personal = flats.some((flat) => firstPerson.test(flat))
  for (const flat of flats) {
    if (people.test(flat)) count.people += 1
    if (office.test(flat)) count.office += 1
    if (complaint.test(flat)) count.harmed += 1
    if (examining.test(flat)) count.examined += 1
    if (statement.test(flat)) count.hit += 1
    else if (reported.test(flat)) count.others += 1
    else if (deed.test(flat) || offer.test(flat) || pressed.test(flat)) count.own += 1
    else if (personal && outsider.test(flat)) count.hit += 1
  }
  return { ...count, personal }
}

/** Sentences without what stands in quotation marks, flattened, as far as a text is looked at. */
export function sentencesAtFirst(paragraphs: readonly { readonly text: string }[]): string[] {
  const flats: string[] = []
  for (const { text } of paragraphs) {
    for (const part of text.slice(0, most.sentences * most.characters).split(sentenceEnd)) {
      if (flats.length >= most.sentences) return flats
      const flat = flatten(part.slice(0, most.characters)).replace(/"[^"]*(?:"|$)/g, ' ')
      if (flat !== '') flats.push(flat)
    }
  }
  return flats
}

/**
 * True for a text that is somebody's own boast, offer or threat and no report of one: deeds told in the first person, an offer to buyers or
 * pressure on the reader, more than speech reported of others and more than words of somebody hit.
 */
export function isOwnWords({ own, others, hit, harmed, examined }: OwnVoices): boolean {
  return harmed + examined === 0 && own > others && own > hit && (hit <= 1 || own > 2 * hit)
}

/** True for a text that tells more of what others say than of its writer's own deeds. */
export function tellsOfOthers({ own, others }: OwnVoices): boolean {
  return others > own + 1
}

/** True for a text that speaks as somebody hit does, of `our customers`, and not as a customer does, of `my number`. */
export function isStatement({ own, others, hit, harmed }: OwnVoices): boolean {
  return hit > 0 && harmed === 0 && hit >= others && 2 * hit >= own
}
