import {
  contradictions,
  difference,
  oncePerSentence,
  type Contradiction,
  type Earlier,
  type SaidSentence,
} from './contradictions.ts'
import { saidByFindings } from './finding-said.ts'
import type { StatementKnowledge } from './knowledge.ts'
import type { StatementLanguage } from './language.ts'
import { isAssurance, phraseHits } from './phrase-hits.ts'
import { needsOf, type Need } from './phrase-needs.ts'
import { saidIn } from './said.ts'
import { sentencesOf, type TextSentence } from './sentences.ts'
import { findAny } from './word-pattern.ts'

/** A phrase that may not be said as things stand: why, and what would be needed. */
export interface Refusal {
  readonly phrase: string
  readonly words: string
  readonly line: number
  readonly sentence: string
  readonly needs: readonly Need[]
  /** What can be said in its place. */
  readonly instead: string
}

/** What a text says against what is known, and what was said before. */
export interface StatementCheck {
  /** False when a phrase is refused or the text hides something; contradictions are for a person to decide. */
  readonly ok: boolean
  readonly sentences: number
  readonly refusals: readonly Refusal[]
  /** Checked phrases that have what they need. */
  readonly allowed: readonly Pick<Refusal, 'phrase' | 'line' | 'sentence' | 'needs'>[]
  readonly hidden: readonly { readonly line: number; readonly what: string }[]
  /** Sentences that assure or deny something in words that no phrase knows: for a person to read. */
  readonly toRead: readonly { readonly line: number; readonly sentence: string }[]
  readonly contradictions: readonly Contradiction[]
  /** Sentences that say something checkable, with the adopted findings that say the same. */
  readonly rests: readonly { readonly line: number; readonly sentence: string; readonly findings: readonly string[] }[]
}

/** Checks any text (SPEC, S1 to S12). Throws a `UserError` for a text that is too large, empty or no text. */
export function checkStatement(
  text: string,
  known: {
    readonly knowledge: StatementKnowledge
    readonly languages: readonly StatementLanguage[]
    readonly earlier: readonly Earlier[]
  },
): StatementCheck {
  const { knowledge, languages, earlier } = known
  const sentences = statementSentences(text, languages)
  const said = saidSentences(sentences, languages, knowledge.now)
  const findings = saidByFindings(knowledge)
  const refusals: Refusal[] = []
  const allowed: StatementCheck['allowed'][number][] = []
  const toRead: StatementCheck['toRead'][number][] = []
  for (const sentence of sentences) {
    const hits = phraseHits(sentence, languages)
    if (hits.length === 0 && isAssurance(sentence, languages)) toRead.push({ line: sentence.line, sentence: sentence.text })
    for (const { phrase, words, topics } of hits) {
      const paragraph = sentences.filter((one) => one.paragraph === sentence.paragraph && !isReported(one, languages))
      const needs = topics.flatMap((topic) => needsOf(topic, { sentence, paragraph }, { knowledge, languages }))
      const place = { phrase: phrase.id, line: sentence.line, sentence: sentence.text, needs: distinct(needs) }
      if (needs.every(({ met }) => met)) allowed.push(place)
      else refusals.push({ ...place, words, instead: phrase.instead })
    }
  }
  const hidden = sentences.flatMap(({ line, hidden: what }) => (what === undefined ? [] : [{ line, what }]))
  const adopted = new Set(knowledge.findings.filter(({ status }) => status === 'adopted').map(({ id }) => id))
  const firm = findings.filter(({ label }) => adopted.has(label))
  return {
    ok: refusals.length === 0 && hidden.length === 0,
    sentences: sentences.length,
    refusals,
    allowed,
    hidden,
    toRead,
    contradictions: [...contradictions(said, earlier), ...oncePerSentence(contradictions(said, firm))],
    rests: said
      .filter((one) => one.said.some(isFact))
      .map(({ line, text: sentence, said: things }) => ({
        line,
        sentence,
        findings: firm.filter((one) => one.sentences.some((other) => agrees(things, other.said))).map(({ label }) => label),
      })),
  }
}

/** A sentence about what somebody else claims: its dates are no coverage. */
function isReported(sentence: TextSentence, languages: readonly StatementLanguage[]): boolean {
  return languages.some(({ claimed }) => findAny(sentence.words, claimed) !== undefined)
}

/** The sentences of a statement under the abbreviations of all languages. */
function statementSentences(text: string, languages: readonly StatementLanguage[]): TextSentence[] {
  return sentencesOf(text, new Set(languages.flatMap(({ file }) => file.abbreviations)))
}

/** What a text says, sentence by sentence, as something said before: for holding a later text against it. */
export function earlierText(
  one: Pick<Earlier, 'label' | 'kind' | 'at'> & { readonly text: string },
  languages: readonly StatementLanguage[],
): Earlier {
  const { label, kind, at, text } = one
  return { label, kind, at, sentences: saidSentences(statementSentences(text, languages), languages, at) }
}

function saidSentences(sentences: readonly TextSentence[], languages: readonly StatementLanguage[], at: string): SaidSentence[] {
  return sentences.map((one) => ({ line: one.line, text: one.text, said: saidIn(one, languages, at) }))
}

/** What needs a finding behind it: not what is unknown, nor what somebody else claims or when they did. */
function isFact(one: SaidSentence['said'][number]): boolean {
  if (one.kind === 'words') return one.value !== 'unknown'
  return one.kind === 'count' ? one.scope !== 'claim' : one.of !== 'published'
}

/** True when a finding says one of these things, and none otherwise. */
function agrees(things: SaidSentence['said'], of: SaidSentence['said']): boolean {
  const same = things.some((one) =>
    of.some(
      (other) =>
        one.kind === other.kind &&
        difference(one, other) === undefined &&
        ((one.kind === 'words' && other.kind === 'words' && one.topic === other.topic) ||
          (one.kind === 'count' && other.kind === 'count' && one.unit === other.unit && one.scope === other.scope) ||
          (one.kind === 'time' && other.kind === 'time' && one.of === other.of)),
    ),
  )
  return same && things.every((one) => of.every((other) => difference(one, other) === undefined))
}

function distinct(needs: readonly Need[]): Need[] {
  return needs.filter((one, at) => needs.findIndex((other) => other.text === one.text) === at)
}
