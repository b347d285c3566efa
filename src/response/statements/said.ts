import { countsIn, type CountSaid } from './counts-said.ts'
import { datesIn } from './dates-said.ts'
import type { StatementLanguage } from './language.ts'
import type { Topic } from './language-schema.ts'
import { phraseHits } from './phrase-hits.ts'
import type { TextSentence } from './sentences.ts'
import { findAny, findPattern } from './word-pattern.ts'

/** What a date of a sentence is the date of. */
export type DateTopic = 'aware' | 'access' | 'published'

/** One thing that a sentence says and that another may contradict. */
export type Said =
  | { readonly kind: 'words'; readonly topic: Topic; readonly value: 'yes' | 'no' | 'unknown' }
  | ({ readonly kind: 'count' } & CountSaid)
  | { readonly kind: 'time'; readonly of: DateTopic; readonly days: readonly string[]; readonly minute?: number }

/**
 * What a sentence says, in any of the languages. `at`: when the text was written (ISO 8601), for dates without a year. What it reports of others' words says nothing of ours,
 * and what is said not to be known is `unknown`.
 */
export function saidIn(sentence: TextSentence, languages: readonly StatementLanguage[], at: string): Said[] {
  const { words } = sentence
  const dates = datesIn(words, languages, Number(at.slice(0, 4)) || 1970)
  const places = new Set(dates.flatMap(({ word }) => [word - 1, word, word + 1, word + 2]))
  return [
    ...stances(sentence, languages),
    ...countsIn(words, languages, places).map((count): Said => ({ kind: 'count', ...count })),
    ...timesOf(words, dates, languages),
  ]
}

function stances(sentence: TextSentence, languages: readonly StatementLanguage[]): Said[] {
  const { words } = sentence
  const said = new Map<Topic, 'yes' | 'no' | 'unknown'>()
  for (const { phrase, topics } of phraseHits(sentence, languages))
    for (const topic of topics)
      if (topic === 'access' || topic === 'data') said.set(topic, 'no')
      else said.set(phrase.topic ?? topic, 'yes')
  for (const language of languages) {
    const open = findAny(words, language.unknown)
    const reported = findAny(words, language.claimed) !== undefined
    if (open !== undefined) {
      // `what else` and `how many` leave what is known as it is.
      if (!whether.has(words[open.to - 1] ?? '') || words.slice(open.to).some((word) => further.has(word))) continue
      const about = (['outside', 'data', 'access'] as const).find(
        (topic) => findAny(words, language.about[topic], open.to) !== undefined,
      )
      if (about !== undefined && !said.has(about)) said.set(about, 'unknown')
      continue
    }
    if (reported) continue
    for (const { topic, value, patterns, unless } of language.says)
      if (!said.has(topic) && findAny(words, unless) === undefined && findAny(words, patterns) !== undefined)
        said.set(topic, value)
  }
  return [...said].map(([topic, value]): Said => ({ kind: 'words', topic, value }))
}

const whether: ReadonlySet<string> = new Set(['whether', 'if', 'sama'])
const further: ReadonlySet<string> = new Set(['more', 'else', 'further', 'other', 'lebih', 'lain'])

function timesOf(words: readonly string[], dates: ReturnType<typeof datesIn>, languages: readonly StatementLanguage[]): Said[] {
  const byTopic = new Map<DateTopic, ReturnType<typeof datesIn>[number][]>()
  for (const date of dates) {
    const of = nearest(words, date.word, languages)
    if (of !== undefined) byTopic.set(of, [...(byTopic.get(of) ?? []), date])
  }
  return [...byTopic].map(([of, all]): Said => {
    const minute = all.length === 1 ? all[0]?.minute : undefined
    return { kind: 'time', of, days: [...new Set(all.map(({ day }) => day))].sort(), ...(minute === undefined ? {} : { minute }) }
  })
}

/** What a date belongs to: the last such word before it, else the first after it. */
function nearest(words: readonly string[], date: number, languages: readonly StatementLanguage[]): DateTopic | undefined {
  const places = languages.flatMap(({ when }) =>
    (['aware', 'access', 'published'] as const).flatMap((of) =>
      when[of].flatMap((pattern) => {
        const all: { of: DateTopic; at: number }[] = []
        for (let found = findPattern(words, pattern); found !== undefined; found = findPattern(words, pattern, found.from + 1))
          all.push({ of, at: found.from })
        return all
      }),
    ),
  )
  const before = places.filter(({ at }) => at < date).toSorted((a, b) => b.at - a.at)[0]
  return (before ?? places.toSorted((a, b) => a.at - b.at)[0])?.of
}
