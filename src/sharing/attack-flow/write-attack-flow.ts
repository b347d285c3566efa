import { stixCommon } from '../stix/stix-common.ts'
import type { StixBundle, StixObject } from '../stix/stix-object.ts'
import type { ReleasedView } from '../redaction/share-view.ts'
import { behaviourText, summaryOf } from '../redaction/tell-view.ts'
import { uuid5 } from '../redaction/uuid.ts'
import { dataWords, tactics } from '../redaction/words.ts'

const extension = 'extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4'

/** Extension and its author as the project publishes them: ids and addresses are constants of Attack Flow 2.0.0. */
const published = {
  author: 'identity--fb9c968a-745b-4ade-9b25-c324172197f4',
  created: '2022-08-02T19:34:35.143Z',
  schema: 'https://center-for-threat-informed-defense.github.io/attack-flow/stix/attack-flow-schema-2.0.0.json',
}

/** The view as an Attack Flow 2.0.0: its behaviours in order of time, one after the other, with hosts and data as assets by number. */
export function writeAttackFlow(view: ReleasedView): StixBundle {
  const { marks, producer, common, idOf } = stixCommon(view)
  const flowObject = (type: string, name: string, rest: Readonly<Record<string, unknown>>): StixObject => ({
    type,
    id: idOf(type, name),
    ...common,
    ...rest,
    extensions: { [extension]: { extension_type: 'new-sdo' } },
  })
  const hosts = [...new Map(view.behaviours.map((step) => [step.host, step.role])).entries()]
  const assets = hosts.map(([host, role]) =>
    flowObject('attack-asset', `host ${host}`, { name: `host ${host}`, description: role }),
  )
  const data = view.reached.map((one) =>
    flowObject('attack-asset', `data ${one.data}`, { name: dataWords[one.data], description: one.certainty }),
  )
  const actions = view.behaviours.map((step, at) => {
    const technique = step.techniques.find((one) => one.scheme === 'attack')
    const next = view.behaviours[at + 1]
    const touched = step.tactic === 'collection' || step.tactic === 'exfiltration' ? data.map((one) => one.id) : []
    return flowObject('attack-action', `step ${step.n}`, {
      name: technique?.name ?? tactics[step.tactic][1],
      tactic_id: tactics[step.tactic][0],
      ...(technique === undefined ? {} : { technique_id: technique.id }),
      description: behaviourText(step),
      execution_start: step.at,
      asset_refs: [idOf('attack-asset', `host ${step.host}`), ...touched],
      ...(next === undefined ? {} : { effect_refs: [idOf('attack-action', `step ${next.n}`)] }),
    })
  })
  const condition = flowObject('attack-condition', 'seen', { description: 'No step of the intrusion is told.' })
  const first = actions[0] ?? condition
  const flow = flowObject('attack-flow', 'flow', {
    name: 'Intrusion at an operator',
    description: summaryOf(view),
    scope: 'incident',
    start_refs: [first.id],
  })
  return {
    type: 'bundle',
    id: `bundle--${uuid5(view.incident, `attack-flow ${view.released}`)}`,
    objects: [
      ...marks,
      definition(),
      identity(published.author, 'MITRE Center for Threat-Informed Defense', published.created),
      identity(producer, view.producerName ?? 'An operator', common.created),
      flow,
      ...(actions.length === 0 ? [condition] : actions),
      ...assets,
      ...data,
    ],
  }
}

function identity(id: string, name: string, created: string): StixObject {
  return { type: 'identity', spec_version: '2.1', id, created, modified: created, name, identity_class: 'organization' }
}

function definition(): StixObject {
  return {
    type: 'extension-definition',
    id: extension,
    spec_version: '2.1',
    created: published.created,
    modified: published.created,
    created_by_ref: published.author,
    name: 'Attack Flow',
    description: 'Extends STIX 2.1 with features to create Attack Flows.',
    schema: published.schema,
    version: '2.0.0',
    extension_types: ['new-sdo'],
  }
}
