import type { Topic } from './language-schema.ts'
import type { Said } from './said.ts'

/** What a sentence says, with the sentence. */
export interface SaidSentence {
  readonly line: number
  readonly text: string
  readonly said: readonly Said[]
}

/** Something said or found before, against which a text is held. */
export interface Earlier {
  /** `S1`, `D7`, the id of a finding. */
  readonly label: string
  readonly kind: 'released' | 'filed' | 'public' | 'entered' | 'finding'
  /** When it was said, ISO 8601; '' where that is not known. */
  readonly at: string
  readonly sentences: readonly SaidSentence[]
}

/** Two sentences that cannot both stand. */
export interface Contradiction {
  readonly kind: 'times' | 'counts' | 'words'
  readonly why: string
  /** What words differ about. */
  readonly topic?: Topic
  readonly now: { readonly line: number; readonly sentence: string }
  readonly before: { readonly label: string; readonly kind: Earlier['kind']; readonly at: string; readonly sentence: string }
}

/** Contradictions listed of one text; further ones are left out. */
const most = 500

/** Every pair of a sentence of the text and one said before that differ in a time, a count or a word; in the order of the text. */
export function contradictions(text: readonly SaidSentence[], earlier: readonly Earlier[]): Contradiction[] {
  const found: Contradiction[] = []
  for (const now of text)
    for (const { label, kind, at, sentences } of earlier)
      for (const before of sentences)
        for (const one of now.said)
          for (const other of before.said) {
            const differs = difference(one, other, kind === 'finding' ? 'the finding' : 'before')
            if (differs === undefined) continue
            if (found.length >= most) return found
            found.push({
              ...differs,
              now: { line: now.line, sentence: now.text },
              before: { label, kind, at, sentence: before.text },
            })
          }
  return found
}

/** Of several findings that contradict a sentence in the same point, the first. */
export function oncePerSentence(all: readonly Contradiction[]): Contradiction[] {
  const key = ({ now, why }: Contradiction): string => `${now.line} ${now.sentence} ${why}`
  return all.filter((one, at) => all.findIndex((other) => key(other) === key(one)) === at)
}

/** How two things said differ; undefined when both can stand. What was not known may become known, not the other way round. */
export function difference(
  now: Said,
  before: Said,
  called = 'before',
): Pick<Contradiction, 'kind' | 'why' | 'topic'> | undefined {
  if (now.kind === 'words' && before.kind === 'words') {
    if (now.topic !== before.topic || now.value === before.value || before.value === 'unknown') return undefined
    return {
      kind: 'words',
      topic: now.topic,
      why: `${topicWords[now.topic]}; ${called}: ${before.value}; this text: ${now.value === 'unknown' ? 'not known' : now.value}`,
    }
  }
  if (now.kind === 'count' && before.kind === 'count') {
    if (now.unit !== before.unit || now.scope !== before.scope) return undefined
    const apart = (now.min ?? 0) > (before.max ?? Infinity) || (before.min ?? 0) > (now.max ?? Infinity)
    return apart
      ? {
          kind: 'counts',
          why: `${now.unit} (${scopeWords[now.scope]}): ${called} ${countText(before)}, this text ${countText(now)}`,
        }
      : undefined
  }
  if (now.kind === 'time' && before.kind === 'time' && now.of === before.of) {
    const shared = now.days.filter((day) => before.days.includes(day))
    const spans = now.days.length > 1 && before.days.length > 1
    const days = spans ? now.days[0] !== before.days[0] || now.days.at(-1) !== before.days.at(-1) : shared.length === 0
    if (days)
      return {
        kind: 'times',
        why: `${timeWords[now.of]}: ${called} ${before.days.join(' to ')}, this text ${now.days.join(' to ')}`,
      }
    if (now.minute !== undefined && before.minute !== undefined && now.minute !== before.minute)
      return { kind: 'times', why: `${timeWords[now.of]}: ${called} ${clock(before.minute)}, this text ${clock(now.minute)}` }
  }
  return undefined
}

const topicWords = {
  access: 'access to own systems',
  data: 'data of customers',
  outside: 'something outside own systems',
  contained: 'containment',
  skill: 'how skilled the act was',
  few: 'how few are concerned',
} as const

const scopeWords = { sample: 'in the sample', base: 'all customers', claim: 'as claimed', concerned: 'concerned' } as const

const timeWords = {
  aware: 'when it became known',
  access: 'when access took place',
  published: 'when the claim was published',
} as const

function countText({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return min === max ? figure(min) : `${figure(min)} to ${figure(max)}`
  return min === undefined ? `at most ${figure(max ?? 0)}` : `at least ${figure(min)}`
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
