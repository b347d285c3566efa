import { topicFindings, type StatementKnowledge, type TopicFinding } from './knowledge.ts'
import type { StatementLanguage } from './language.ts'
import type { Topic } from './language-schema.ts'
import { namedPeriod, namedSystems, uncovered, type NamedPeriod } from './named-coverage.ts'
import { countsIn } from './counts-said.ts'
import type { TextSentence } from './sentences.ts'

/** One thing that a phrase needs, whether it is there, and what would bring it. */
export interface Need {
  readonly need: 'period' | 'systems' | 'coverage' | 'finding' | 'nothing-against' | 'steps' | 'number'
  readonly met: boolean
  readonly text: string
  /** Findings meant. */
  readonly findings: readonly string[]
}

/** Where a phrase stands: its sentence, and the sentences of the same paragraph. */
export interface PhrasePlace {
  readonly sentence: TextSentence
  readonly paragraph: readonly TextSentence[]
}

/** What a topic needs before it may be said (SPEC, S4 to S9): named coverage, an adopted finding, and nothing that stands against it. */
export function needsOf(
  topic: Topic,
  place: PhrasePlace,
  known: { readonly knowledge: StatementKnowledge; readonly languages: readonly StatementLanguage[] },
): Need[] {
  const { knowledge, languages } = known
  const today = knowledge.now.slice(0, 10)
  const readings = topicFindings(knowledge)
  const period = namedPeriod(place.sentence, place.paragraph, { languages, today })
  const named = namedSystems(place.sentence, place.paragraph, knowledge.systems)
  const all = topic === 'data' || topic === 'few' ? knowledge.systems.filter(({ data }) => data.length > 0) : knowledge.systems
  return [
    periodNeed(period, topic, knowledge),
    systemsNeed(named.length > 0 ? named : all, named.length > 0),
    coverageNeed(named.length > 0 ? named : all, period, knowledge),
    findingNeed(topic, readings),
    ...(topic === 'access' || topic === 'data' ? [againstNeed(topic, readings)] : []),
    ...(topic === 'contained' ? [stepsNeed(knowledge)] : []),
    ...(topic === 'few' ? [numberNeed(place.sentence, languages)] : []),
  ]
}

function periodNeed(period: NamedPeriod | undefined, topic: Topic, { needed, steps }: StatementKnowledge): Need {
  const wanted =
    topic === 'contained' ? (steps?.lastDay === undefined ? undefined : { from: steps.lastDay, to: steps.lastDay }) : needed
  const range =
    wanted === undefined ? '' : ` (${wanted.from === wanted.to ? `from ${wanted.from}` : `${wanted.from} to ${wanted.to}`})`
  if (period === undefined)
    return need('period', false, `Name in the same paragraph the days of the logs that it rests on${range}.`)
  if (wanted !== undefined && (period.from > wanted.from || period.to < wanted.to))
    return need('period', false, `It names ${period.from} to ${period.to}; the matter needs ${wanted.from} to ${wanted.to}.`)
  return need('period', true, `It names ${period.from} to ${period.to}.`)
}

function systemsNeed(systems: StatementKnowledge['systems'], named: boolean): Need {
  if (named) return need('systems', true, `It names ${systems.map(({ name }) => name).join(', ')}.`)
  const known = systems.map(({ name }) => name)
  const list =
    known.length === 0
      ? 'the inventory holds none yet'
      : known.length > 6
        ? `${known.slice(0, 6).join(', ')} and ${known.length - 6} more`
        : known.join(', ')
  return need('systems', false, `Name in the same paragraph the systems that were examined: ${list}.`)
}

function coverageNeed(
  systems: StatementKnowledge['systems'],
  named: NamedPeriod | undefined,
  { coverage, needed }: StatementKnowledge,
): Need {
  const period = named ?? needed
  if (systems.length === 0) return need('coverage', false, 'No system is in the inventory, so no log covers any.')
  if (period === undefined) return need('coverage', false, 'Without a period no coverage can be measured.')
  const missing = uncovered(systems, period, coverage)
  if (missing.length === 0)
    return need(
      'coverage',
      true,
      `The logs cover ${systems.length} system${systems.length === 1 ? '' : 's'} from ${period.from} to ${period.to}.`,
    )
  return need('coverage', false, `The logs at hand do not cover it: ${missing.join('; ')}.`)
}

const findingWords: Readonly<Record<Topic, string>> = {
  access: 'an adopted assessment of access to own systems that is not "supported"',
  data: 'an adopted finding that the sample is not from own records, or an adopted assessment of what was taken that is not "supported"',
  outside: 'an adopted assessment of what lies outside own systems',
  contained: 'an adopted attack story that says what there was to contain',
  skill: 'an adopted and released attribution that names groups',
  few: 'an adopted count of persons',
}

function findingNeed(topic: Topic, readings: readonly TopicFinding[]): Need {
  const fitting = readings.filter((one) => fits(topic, one))
  const adopted = fitting.filter(({ finding }) => finding.status === 'adopted')
  if (adopted.length > 0)
    return need('finding', true, `It rests on ${adopted.map(({ finding }) => finding.id).join(', ')}.`, adopted)
  const waiting = fitting.length === 0 ? '' : ` Not yet ruled on: ${fitting.map(({ finding }) => finding.id).join(', ')}.`
  return need('finding', false, `It needs ${findingWords[topic]}.${waiting}`, fitting)
}

function fits(topic: Topic, { topic: of, value, finding }: TopicFinding): boolean {
  if (topic === 'contained') return of === 'access' && value === 'yes' && finding.kind === 'story'
  if (topic === 'access' || topic === 'data') return of === topic && value !== 'yes'
  return of === topic
}

function againstNeed(topic: 'access' | 'data', readings: readonly TopicFinding[]): Need {
  const against = readings.filter((one) => one.topic === topic && one.value === 'yes')
  if (against.length === 0) return need('nothing-against', true, 'No standing finding speaks against it.')
  const [first, ...rest] = against.map(({ finding }) => finding)
  const told = first === undefined ? '' : `${first.id} (${first.status}): ${shortened(first.text)}`
  const more =
    rest.length === 0
      ? ''
      : ` So do ${rest
          .slice(0, 3)
          .map(({ id }) => id)
          .join(', ')}${rest.length > 3 ? ` and ${rest.length - 3} more` : ''}.`
  return need('nothing-against', false, `Against it: ${told}${more}`, against)
}

function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}...`
}

function stepsNeed({ steps }: StatementKnowledge): Need {
  if (steps === undefined || steps.open.length + steps.closed === 0)
    return need(
      'steps',
      false,
      'No step of containment is recorded: start the playbook, and close its steps with what came of them.',
    )
  if (steps.open.length > 0) return need('steps', false, `Steps of containment are open: ${steps.open.slice(0, 5).join('; ')}.`)
  return need('steps', true, `${steps.closed} steps of containment are closed.`)
}

function numberNeed(sentence: TextSentence, languages: readonly StatementLanguage[]): Need {
  const number = countsIn(sentence.words, languages, new Set()).some(({ unit }) => unit === 'persons')
  return need('number', number, number ? 'It gives the number.' : 'Give the number of persons in the same sentence.')
}

function need(what: Need['need'], met: boolean, text: string, findings: readonly TopicFinding[] = []): Need {
  return { need: what, met, text, findings: findings.map(({ finding }) => finding.id) }
}
