import { sha256 } from '../../base/index.ts'
import { minutesOf, orderedSteps, type Playbook, type PlaybookStep } from './playbook.ts'

/** Our own members stand under this definition (CACAO 2.0, section 8): order of steps, evidence, approval. */
const extension = 'extension-definition--6b1f3a52-7c0e-4d52-9a9d-5e1b0c7f4a11'
const agents = 'group'

/** A JSON document. */
export type CacaoDocument = Readonly<Record<string, unknown>>

/**
 * A playbook as CACAO Security Playbooks 2.0 (OASIS CS01): every step an action with one manual command, one after another in an order that keeps
 * `after`. Ids are made from the playbook's, so that the same playbook gives the same document. `at`: ISO 8601 with milliseconds.
 */
export function toCacao(playbook: Playbook, at: string): CacaoDocument {
  const id = (kind: string, of: string): string => `${kind}--${uuid(`${playbook.id}/${kind}/${of}`)}`
  const { ordered } = orderedSteps(playbook.steps)
  const stepId = (step: PlaybookStep | undefined): string => (step === undefined ? id('end', 'end') : id('action', step.id))
  const agent = (who: string): string => id(agents, who)
  const workflow: Record<string, unknown> = {
    [id('start', 'start')]: { type: 'start', name: 'start', on_completion: stepId(ordered[0]) },
    [id('end', 'end')]: { type: 'end', name: 'end' },
  }
  for (const [index, step] of ordered.entries())
    workflow[stepId(step)] = {
      type: 'action',
      name: step.id,
      description: step.do,
      on_completion: stepId(ordered[index + 1]),
      ...(step.within === undefined ? {} : { timeout: minutesOf(step.within) * 60_000 }),
      commands: [{ type: 'manual', command: step.do }],
      agent: agent(step.who),
      step_extensions: {
        [extension]: {
          gives: step.gives,
          after: step.after,
          disruptive: step.disruptive,
          ...(step.within === undefined ? {} : { within: step.within }),
          ...(step.expands === undefined ? {} : { expands: step.expands }),
        },
      },
    }
  return {
    type: 'playbook',
    spec_version: 'cacao-2.0',
    id: id('playbook', playbook.id),
    name: playbook.name,
    description: playbook.when,
    playbook_types: ['mitigation'],
    playbook_activities: ['step-sequence'],
    created_by: id('identity', 'author'),
    created: at,
    modified: at,
    labels: [playbook.id],
    workflow_start: id('start', 'start'),
    workflow,
    agent_definitions: Object.fromEntries(
      [...new Set(ordered.map(({ who }) => who))].map((who) => [agent(who), { type: agents, name: who }]),
    ),
    extension_definitions: {
      [extension]: {
        type: 'extension-definition',
        name: 'Breachline steps',
        description: 'Order of steps, what they leave as evidence, and which of them a second person approves.',
        created_by: id('identity', 'author'),
        schema:
          'Members of a step: gives (text), after (names of steps), disruptive (boolean), within (ISO 8601 duration), expands ("containment").',
        version: '1.0.0',
      },
    },
  }
}

/** A UUID of version 5 form from a name: the same name, the same id. */
function uuid(name: string): string {
  const hex = sha256(`breachline playbook ${name}`)
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Members of our own in a step, where the document has them. */
export function ownMembers(step: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const extensions = step['step_extensions']
  const own =
    typeof extensions === 'object' && extensions !== null ? (extensions as Record<string, unknown>)[extension] : undefined
  return typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {}
}
