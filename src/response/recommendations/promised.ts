import { sentencesOf } from '../statements/sentences.ts'
import type { ProposedRecommendation } from './propose.ts'

/** A statement of ours that left: released, or recorded as filed. */
export interface LeftStatement {
  /** `S1`. */
  readonly id: string
  /** When it left, ISO 8601 UTC. */
  readonly at: string
  readonly text: string
}

/** A sentence of such a statement that promises a measure. */
export interface PromisedInPublic {
  /** `S1.2`: the second sentence of statement S1. */
  readonly id: string
  readonly text: string
  readonly statement: string
  /** Day on which it left. */
  readonly on: string
}

/** How measures are announced, in English and Malay. */
const announced = [
  /\b(?:additional|further|extra|new|stronger|enhanced) (?:[\w-]+ ){0,4}(?:measures|safeguards|controls|protections?|defen[cs]es?|steps)\b/i,
  /\b(?:strengthen|strengthening|strengthened|harden|hardening|improve|improving) (?:[\w-]+ ){0,3}(?:security|defen[cs]es?|controls|protections?|safeguards|monitoring)\b/i,
  /\b(?:langkah|langkah-langkah|kawalan|perlindungan) (?:[\w-]+ ){0,3}(?:tambahan|baharu|lanjut|selanjutnya)\b/i,
  /\bmemperkukuh(?:kan)? (?:[\w-]+ ){0,3}(?:keselamatan|kawalan|perlindungan|pertahanan)\b/i,
]

const none: ReadonlySet<string> = new Set()

/** Sentences of statements that left which promise measures, in the order of the statements. */
export function promisedInPublic(left: readonly LeftStatement[]): readonly PromisedInPublic[] {
  return left.flatMap(({ id, at, text }) =>
    sentencesOf(text, none).flatMap((one, index) =>
      announced.some((pattern) => pattern.test(one.text))
        ? [{ id: `${id}.${index + 1}`, text: one.text.slice(0, 4_000), statement: id, on: at.slice(0, 10) }]
        : [],
    ),
  )
}

/** What keeps each promise, proposed until a named person adopts it: then that promise is kept by it. */
export function promisedRecommendations(promises: readonly PromisedInPublic[]): readonly ProposedRecommendation[] {
  return promises.map((one) => ({
    id: `promise-${one.id.toLowerCase().replace('.', '-')}`,
    text: `Keep what was promised in public: ${one.text}`.slice(0, 4_000),
    because: `Statement ${one.statement} left on ${one.on} and says so; who reads it will ask.`,
    owner: 'incident lead',
    days: 30,
    proof: 'What was put in place, where, and since when.',
    retest: { how: 'Look whether it is in place as it was said.', days: 90 },
    techniques: [],
    mitigations: [],
    grounds: [{ promise: one.id, text: one.text, cites: [] }],
  }))
}
