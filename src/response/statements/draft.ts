import { UserError } from '../../base/index.ts'
import { addClaim, addKnown } from './draft-known.ts'
import { findingIds, type DraftPen, type DraftSentence } from './draft-pen.ts'
import { dayText, sentenceFor, timeText } from './draft-words.ts'
import { topicFindings, type StatementKnowledge, type TopicFinding } from './knowledge.ts'
import type { StatementLanguage } from './language.ts'
import type { Audience, Topic } from './language-schema.ts'

/** A statement as drafted: nothing in it is adopted by being here. */
export interface StatementDraft {
  readonly audience: Audience
  readonly language: string
  /** `holding`: the first to this audience. */
  readonly form: 'holding' | 'next'
  readonly text: string
  readonly sentences: readonly DraftSentence[]
}

/** What a draft is made of. */
export interface DraftAsked {
  readonly audience: Audience
  readonly language: StatementLanguage
  readonly knowledge: StatementKnowledge
  /** When the last statement to this audience left, ISO 8601. */
  readonly before?: string
  /** Statements that counsel decided to correct: when each left, what of it no longer stands, the decision. */
  readonly corrections: readonly { readonly at: string; readonly topics: readonly Topic[]; readonly decision: string }[]
  /** When the next statement comes, ISO 8601 UTC. */
  readonly nextAt?: string
}

/**
 * The holding statement, or the next one, for an audience in a language: what adopted findings say, then what is not known, then what comes. Names no holder, vendor,
 * host, account or person. Throws a `UserError` when nothing is adopted.
 */
export function draftStatement(asked: DraftAsked): StatementDraft {
  const { audience, language, knowledge, before } = asked
  const { operator, zone, now } = knowledge
  const adopted = knowledge.findings.filter((one) => one.status === 'adopted' && one.withdrawn !== true)
  const readings = topicFindings({ ...knowledge, findings: adopted })
  if (readings.length === 0 && adopted.every((one) => one.kind !== 'claim')) throw nothingAdopted(knowledge)
  const sentences: DraftSentence[] = []
  const day = (at: string): string => dayText(at, zone, language)
  const add: DraftPen['add'] = (part, slot, rests, values = {}) => {
    const text = sentenceFor(language, { slot, audience, values: { operator, ...values } })
    if (text === undefined) return
    const { findings = [], decisions = [], because } = rests
    sentences.push({ slot, text, part, findings, decisions, ...(because === undefined ? {} : { because }) })
  }
  add('title', before === undefined ? 'title-first' : 'title-next', { because: 'title' }, { today: day(now) })
  if (before !== undefined) add('claim', 'adds', { because: 'an earlier statement' }, { before: day(before) })
  for (const one of asked.corrections)
    add('claim', correctionSlot(one.topics), { decisions: [one.decision] }, { before: day(one.at) })
  const pen: DraftPen = { knowledge, language, adopted, add, day, saying }
  addClaim(pen)
  addKnown(pen)
  addUnknown()
  for (const { recipient, at, decision } of knowledge.informed)
    add('next', 'informed', { decisions: [decision] }, { recipient, day: day(at) })
  add('next', 'advice', { because: 'advice' })
  if (asked.nextAt === undefined) add('next', 'next', { because: 'no time was given' })
  else add('next', 'next-at', { because: 'the time given with --next' }, { next: timeText(asked.nextAt, zone, language) })
  return {
    audience,
    language: language.file.language,
    form: before === undefined ? 'holding' : 'next',
    text: textOf(sentences),
    sentences,
  }

  function addUnknown(): void {
    const unknown = (slot: string, topic: TopicFinding['topic']): void => {
      const open = saying(topic, 'unknown')
      add(
        'unknown',
        slot,
        open.length > 0
          ? { findings: findingIds(open.map(({ finding }) => finding)) }
          : { because: 'no adopted finding answers it' },
      )
    }
    const data = saying('data', 'yes').length > 0
    if (saying('access', 'yes').length === 0) unknown('unknown-access', 'access')
    else unknown('unknown-reach', 'access')
    if (data) {
      unknown('unknown-more', 'data')
      if (sentences.every(({ slot }) => slot !== 'outside-yes')) unknown('unknown-outside', 'outside')
    } else unknown('unknown-data', 'data')
    if (data || saying('data', 'no').length === 0) unknown('unknown-persons', 'few')
    if (saying('capability', 'unknown').length > 0) unknown('unknown-capability', 'capability')
  }

  function saying(topic: TopicFinding['topic'], value: TopicFinding['value']): TopicFinding[] {
    return readings.filter((one) => one.topic === topic && one.value === value)
  }
}

function correctionSlot(all: readonly Topic[]): string {
  const topics = new Set(all)
  if (topics.size !== 1) return 'correction-other'
  return topics.has('access') ? 'correction-access' : topics.has('data') ? 'correction-data' : 'correction-other'
}

function textOf(sentences: readonly DraftSentence[]): string {
  const parts = (['title', 'claim', 'known', 'unknown', 'next'] as const)
    .map((part) => sentences.filter((one) => one.part === part).map(({ text }) => text))
    .filter((texts) => texts.length > 0)
  return `${parts.map((texts) => texts.join(' ')).join('\n\n')}\n`
}

function nothingAdopted(knowledge: StatementKnowledge): UserError {
  const first = knowledge.findings.find((one) => one.kind === 'claim' && one.status === 'proposed')
  return new UserError({
    code: 'nothing-adopted',
    message: 'nothing that a statement could rest on is adopted in this case',
    hint:
      first === undefined
        ? 'adopt findings with "breachline adopt FINDING --reason ..."; "breachline case show" lists them'
        : `adopt what is claimed first: breachline adopt ${first.id} --reason "Read by the incident lead"`,
  })
}
