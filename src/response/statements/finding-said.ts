import type { Finding } from '../../casefile/index.ts'
import type { Earlier } from './contradictions.ts'
import { topicFindings, type StatementKnowledge, type TopicFinding } from './knowledge.ts'
import type { Said } from './said.ts'

/** Standing findings as things said, so that a text can be held against them; what is open says nothing. Adopted ones first. */
export function saidByFindings(knowledge: Pick<StatementKnowledge, 'findings' | 'assertions'>): Earlier[] {
  const readings = topicFindings(knowledge)
  const stories = readings.filter(({ finding }) => finding.code === 'attack-story')
  return readings
    .map((reading): Earlier => ({
      label: reading.finding.id,
      kind: 'finding',
      at: reading.finding.at,
      sentences: [
        {
          line: 0,
          text: `(${reading.finding.status}) ${reading.finding.text}`,
          said: saidOf(reading, { alone: stories.length === 1 }),
        },
      ],
    }))
    .filter(({ sentences }) => sentences.some(({ said }) => said.length > 0))
}

function saidOf({ finding, topic, value }: TopicFinding, { alone }: { readonly alone: boolean }): Said[] {
  const words: Said[] =
    value !== 'unknown' && (topic === 'access' || topic === 'data' || topic === 'outside')
      ? [{ kind: 'words', topic, value }]
      : []
  const { params } = finding
  switch (finding.kind) {
    case 'affected':
      return finding.subject.startsWith('affected:sample:') ? personsOf(finding) : []
    case 'provenance':
      return typeof params['rows'] === 'number' && finding.code !== 'sample-padded-from-leak'
        ? [...words, { kind: 'count', unit: 'records', scope: 'sample', min: params['rows'], max: params['rows'] }]
        : words
    case 'story': {
      const { from, to } = params
      // Of several stories none is the one that a text means.
      if (!alone || typeof from !== 'string' || typeof to !== 'string') return words
      return [...words, { kind: 'time', of: 'access', days: [...new Set([from.slice(0, 10), to.slice(0, 10)])] }]
    }
    default:
      return words
  }
}

/** Persons of an affected group: a number, or fewer than the floor where it is suppressed. */
function personsOf({ params, value }: Finding): Said[] {
  const persons = params['persons']
  if (typeof persons === 'number') return [{ kind: 'count', unit: 'persons', scope: 'sample', min: persons, max: persons }]
  return value === undefined ? [] : [{ kind: 'count', unit: 'persons', scope: 'sample', max: suppressedMost }]
}

/** Counts under five are suppressed. */
const suppressedMost = 4
