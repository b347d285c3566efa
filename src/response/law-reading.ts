import { unreachable } from '../base/index.ts'
import { periodText } from './calendar.ts'
import type { TriggerKind } from './duty.ts'
import { designationWords, judgementWords, originWords, roleWords } from './judgement.ts'
import { figure } from './threshold.ts'
import type { Condition, ConditionGroup, Law, LawRule } from './law-schema.ts'
import { statusText } from './law-words.ts'

/** A law as a person reads it: sentences, no keys. */
export interface LawReading {
  readonly id: string
  readonly title: string
  /** `MY`, or what the person's own file comes from. */
  readonly jurisdiction: string
  /** Shown here only, never exported. */
  readonly confidential: boolean
  readonly status: 'in-force' | 'proposed' | 'uncertain'
  /** What the status means for clocks, in a sentence. */
  readonly standing: string
  /** Since when, until when, whom it binds, where days are counted, when it was checked. */
  readonly about: readonly string[]
  readonly rules: readonly {
    readonly id: string
    readonly title: string
    readonly sentences: readonly string[]
    readonly fields: readonly string[]
    readonly source: { readonly text: string; readonly url: string; readonly read: string; readonly how: string }
  }[]
  /** Duties that run without an event. */
  readonly always: readonly string[]
  readonly open: readonly string[]
  readonly notes: readonly string[]
  readonly disclaimer: string
}

const triggerWords: Readonly<Record<TriggerKind, string>> = {
  occurrence: 'the breach happens',
  suspicion: 'the operator suspects or has grounds to believe',
  detection: 'the operator detects it',
  awareness: 'the operator is aware',
  'informed-by-third-party': 'somebody else tells the operator, or it can be read in public',
  assessment: 'a named person records the assessment',
  materiality: 'named persons decide that it is material',
  'previous-step': 'the step before it is taken',
  'new-fact': 'a new fact becomes known',
}

/** A law file in sentences, for the terminal and the page. */
export function readingOf(law: Law): LawReading {
  return {
    id: law.id,
    title: law.law,
    jurisdiction: law.jurisdiction ?? originWords[law.origin],
    confidential: law.origin !== 'law',
    status: law.status,
    standing: standingOf(law),
    about: aboutOf(law),
    rules: law.rules.map((rule) => ({
      id: `${law.id}/${rule.id}`,
      title: `${rule.step} (${rule.recipient})`,
      sentences: sentencesOf(rule, law),
      fields: (law.forms.find((form) => form.id === rule.form)?.fields ?? []).map((field) => field.label),
      source: {
        text: rule.source.text,
        url: rule.source.url ?? '',
        read: rule.source.read,
        how: statusText(law, rule.source.basis),
      },
    })),
    always: law.standing.map((one) => `${one.text} (${one.source.text}, read ${one.source.read})`),
    open: law.open,
    notes: law.notes,
    disclaimer: 'Not legal advice.',
  }
}

function standingOf({ status, id }: Law): string {
  switch (status) {
    case 'in-force':
      return 'In force: it starts clocks on facts of its time.'
    case 'proposed':
      return 'Proposed, not law: it never starts a clock.'
    case 'uncertain':
      return `A draft, half checked: it starts no clock until a named person enables it ("breachline laws enable ${id}").`
    default:
      return unreachable(status)
  }
}

function aboutOf(law: Law): string[] {
  const since =
    law.effectiveFrom === undefined
      ? 'Since when it is in force is not established.'
      : `For facts from ${law.effectiveFrom} on${law.effectiveTo === undefined ? '' : `, until ${law.effectiveTo}`}.`
  const roles = law.roles.map((role) => roleWords[role]).join(', or ')
  const where =
    law.zone === 'authority'
      ? 'Days are counted where the authority concerned sits; its zone is asked for.'
      : `Days are counted in ${law.zone}.`
  return [
    since,
    law.origin === 'law'
      ? `Binds: ${roles}.`
      : `From the operator's own file (${originWords[law.origin]}); shown here, never exported.`,
    ...(law.designation === undefined
      ? []
      : [`${designationWords[law.designation].question} The answer is asked for and stays on this machine.`]),
    where,
    `Held against its sources last on ${law.checked}.`,
  ]
}

function sentencesOf(rule: LawRule, law: Law): string[] {
  const clock =
    rule.period === undefined
      ? ''
      : `within ${periodText(rule.period)}${'calendar' in rule.period ? ` (holidays of "${rule.period.calendar}")` : ''}`
  const when = [rule.promptly, clock].filter((one) => one !== undefined && one !== '').join(', and ')
  const before = law.rules.find((one) => one.id === rule.after)
  const from =
    before === undefined ? `when ${listed(rule.trigger.map((one) => triggerWords[one]))}` : `when "${before.step}" is done`
  const settled = (rule.settledBy ?? []).map((one) => triggerWords[one])
  return [
    ...(rule.roles === undefined ? [] : [`Owed by: ${rule.roles.map((role) => roleWords[role]).join(', ')}.`]),
    `When: ${when}. The clock starts ${from}.`,
    ...(settled.length === 0
      ? []
      : [`A named person decides on the start (${settled.join('; ')}); until then the clock is provisional.`]),
    ...(rule.contestedNote === undefined ? [] : [rule.contestedNote]),
    ...rule.thresholds.map((group) => `Only if ${groupText(group)}.`),
    ...rule.exemptions.map((group) => `Not if ${groupText(group)}.`),
    ...(rule.delay === undefined
      ? ['Nobody is known to be able to put the date off.']
      : [`Can be put off by ${rule.delay.by}: ${rule.delay.text}`]),
    ...rule.notes,
  ]
}

function groupText(group: ConditionGroup): string {
  const parts = group.any.map(conditionText).filter((one) => one !== undefined)
  return parts.length === 0 ? group.text : `${group.text} [${parts.join('; or ')}]`
}

function conditionText(condition: Condition): string | undefined {
  if ('personsOver' in condition) return `more than ${figure(condition.personsOver)} persons`
  if ('personsAtLeast' in condition) return `at least ${figure(condition.personsAtLeast)} persons`
  if ('judgement' in condition) return `a person decides: ${judgementWords[condition.judgement]}, ${condition.is}`
  return undefined
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`
}
