import type { CheckedPhrase, StatementLanguage } from './language.ts'
import type { Topic } from './language-schema.ts'
import type { TextSentence } from './sentences.ts'
import { findAny, type WordPattern, type WordRange } from './word-pattern.ts'

/** A checked phrase in a sentence, with the topics that the sentence says it of. */
export interface PhraseHit {
  readonly phrase: CheckedPhrase
  readonly language: string
  /** The words that fit, as compared: lower case, plain letters. */
  readonly words: string
  readonly topics: readonly Topic[]
  readonly at: WordRange
}

/** Words between `whether` and a phrase that is not said as fact. */
const whetherReach = 8

/** The checked phrases of a sentence, in every language; one that only says what is not yet known is none. */
export function phraseHits(sentence: TextSentence, languages: readonly StatementLanguage[]): PhraseHit[] {
  const hits: PhraseHit[] = []
  for (const language of languages)
    for (const phrase of language.checked) {
      if (phrase.unless.length > 0 && findAny(sentence.words, phrase.unless) !== undefined) continue
      const range = statedRange(sentence.words, phrase.patterns, language)
      if (range === undefined) continue
      hits.push({
        phrase,
        language: language.file.language,
        words: sentence.words.slice(range.from, range.to).join(' '),
        topics: phrase.topic === undefined ? topicsOf(sentence.words, language) : [phrase.topic],
        at: range,
      })
    }
  return distinct(hits)
}

/** True for a sentence that assures or denies something about the matter: where no checked phrase fits, a person reads it. */
export function isAssurance(sentence: TextSentence, languages: readonly StatementLanguage[]): boolean {
  return languages.some(
    ({ assuring, matters, frank, unknown, claimed }) =>
      findAny(sentence.words, assuring) !== undefined &&
      findAny(sentence.words, matters) !== undefined &&
      findAny(sentence.words, [...frank, ...unknown, ...claimed]) === undefined,
  )
}

/** The first place of a phrase that does not follow close upon `we do not yet know whether`. */
function statedRange(
  words: readonly string[],
  patterns: readonly WordPattern[],
  language: StatementLanguage,
): WordRange | undefined {
  const open = findAny(words, language.unknown)
  for (let found = findAny(words, patterns); found !== undefined; found = findAny(words, patterns, found.from + 1)) {
    const inside = open !== undefined && found.from >= open.from && found.from - open.to <= whetherReach
    const joined = inside && words.slice(open.to, found.from).some((word) => breaks.has(word))
    if (!inside || joined) return found
  }
  return undefined
}

/** Words that end what `whether` reaches over. */
const breaks: ReadonlySet<string> = new Set([
  'but',
  'however',
  'although',
  'though',
  'yet',
  'tetapi',
  'namun',
  'walau',
  'walaupun',
  'and',
  'dan',
  'we',
  'kami',
])

/** What a sentence without a topic of its own is about: data, a copy outside, else access. */
function topicsOf(words: readonly string[], language: StatementLanguage): readonly Topic[] {
  const found = (['access', 'data'] as const).filter((topic) => findAny(words, language.about[topic]) !== undefined)
  return found.length === 0 ? ['access', 'data'] : found
}

/** The same phrase found by two languages counts once; so does one that shares words with an earlier one about the same. */
function distinct(hits: readonly PhraseHit[]): PhraseHit[] {
  return hits.filter((hit, index) =>
    hits
      .slice(0, index)
      .every(
        (one) =>
          one.phrase.id !== hit.phrase.id &&
          (one.at.to <= hit.at.from || hit.at.to <= one.at.from || hit.topics.some((topic) => !one.topics.includes(topic))),
      ),
  )
}
