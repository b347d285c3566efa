import type { ReleasedView, SharedTechnique } from '../redaction/share-view.ts'
import { storyText, summaryOf } from '../redaction/tell-view.ts'
import { sharingNamespace, uuid5 } from '../redaction/uuid.ts'
import { dataWords, type DataKind, type ReachedKind } from '../redaction/words.ts'
import { stixCommon } from './stix-common.ts'
import { patternOf } from './pattern.ts'
import type { StixBundle, StixObject } from './stix-object.ts'

const incidentExtension = 'extension-definition--ef765651-680c-498d-9894-99799f2fa126'
const impactExtension = 'extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9'

const schemes = { attack: 'mitre-attack', fight: 'mitre-fight', motif: 'gsma-motif' } as const

/** `information_type` of the impact extension, for each category of data. */
const information: Readonly<Record<DataKind, string>> = {
  identity: 'pii',
  contact: 'pii',
  billing: 'pii',
  location: 'pii',
  cdr: 'communication',
  content: 'communication',
  authentication: 'credentials-user',
  other: 'proprietary',
}
const loss: Readonly<Record<ReachedKind['certainty'], string>> = {
  left: 'confirmed-loss',
  staged: 'suspected-loss',
  read: 'suspected-loss',
  'could be reached': 'suspected-loss',
}

/**
 * The view as a STIX 2.1 bundle: incident with its extension and impacts, the operator as an identity, techniques, indicators, Sigma
 * rules, sightings, relations and a note. Ids come from names, so that a later release replaces the objects of an earlier one.
 */
export function writeStix(view: ReleasedView): StixBundle {
  const { marks, producer, common, idOf } = stixCommon(view)
  const object = (type: string, name: string, rest: Readonly<Record<string, unknown>>): StixObject => ({
    type,
    id: idOf(type, name),
    ...common,
    ...rest,
  })
  const identity: StixObject = {
    type: 'identity',
    id: producer,
    spec_version: '2.1',
    created: common.created,
    modified: common.modified,
    name: view.producerName ?? 'An operator',
    identity_class: 'organization',
    sectors: ['telecommunications'],
  }
  const techniques = techniquesOf(view)
  const patterns = new Map(techniques.map((one) => [one.id, attackPattern(one, common)]))
  const impacts = view.reached.map(({ data, certainty }) =>
    object('impact', data, {
      impact_category: 'confidentiality',
      description: `${dataWords[data]}: ${certainty}`,
      extensions: {
        [impactExtension]: { extension_type: 'new-sdo' },
        'confidentiality-ext': { information_type: information[data], loss_type: loss[certainty] },
      },
    }),
  )
  const incident: StixObject = {
    type: 'incident',
    id: `incident--${view.incident}`,
    ...common,
    name: 'Intrusion at an operator',
    description: summaryOf(view),
    labels: [...(view.exercise ? ['exercise'] : []), 'telecommunications'],
    extensions: {
      [incidentExtension]: {
        extension_type: 'property-extension',
        determination: view.determination,
        investigation_status: 'open',
        detection_methods: ['automated-tool', 'human-review'],
        ...(impacts.length === 0 ? {} : { impact_refs: impacts.map((one) => one.id) }),
      },
    },
  }
  const indicators = view.indicators.map((one) =>
    object('indicator', `${one.kind} ${one.value}`, {
      name: `${one.kind} ${one.value}`,
      indicator_types: ['malicious-activity'],
      pattern: patternOf(one),
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: one.first === '' ? common.created : one.first,
      ...phases(view, one.behaviours),
    }),
  )
  const rules = view.rules.map((one) =>
    object('indicator', `sigma ${one.id}`, {
      name: one.title,
      description: `Found ${one.found} records of the story and none of ${one.triedOn} events of the case outside it.`,
      indicator_types: ['anomalous-activity'],
      pattern: one.yaml,
      pattern_type: 'sigma',
      valid_from: view.from === '' ? common.created : view.from,
      ...phases(view, one.behaviours),
    }),
  )
  const sightings = [
    ...view.indicators.map((one, at) =>
      object('sighting', `${one.kind} ${one.value}`, {
        sighting_of_ref: indicators[at]?.id,
        count: Math.min(one.count, 999_999_999),
        ...(one.first === '' ? {} : { first_seen: one.first, last_seen: one.last }),
        where_sighted_refs: [producer],
      }),
    ),
    ...techniques.map((one) => {
      const seen = view.behaviours.filter((step) => step.techniques.some((each) => each.id === one.id)).map((step) => step.at)
      return object('sighting', `technique ${one.id}`, {
        sighting_of_ref: patterns.get(one.id)?.id,
        count: seen.length,
        first_seen: seen.toSorted()[0],
        last_seen: seen.toSorted().at(-1),
        where_sighted_refs: [producer],
      })
    }),
  ]
  const relations = [...view.indicators, ...view.rules].flatMap((one, at) => {
    const from = [...indicators, ...rules][at]?.id ?? ''
    const ids = view.behaviours.filter((step) => one.behaviours.includes(step.n)).flatMap((step) => step.techniques)
    const targets = [...new Set(ids.map((technique) => technique.id))].toSorted()
    return targets.map((id) =>
      object('relationship', `${from} indicates ${id}`, {
        relationship_type: 'indicates',
        source_ref: from,
        target_ref: patterns.get(id)?.id,
      }),
    )
  })
  const note = object('note', 'story', {
    abstract: 'The story in order of time',
    content: storyText(view),
    object_refs: [incident.id, ...[...patterns.values()].map((one) => one.id)],
  })
  const objects = [...marks, identity, incident, ...impacts, ...patterns.values(), ...indicators, ...rules]
  return {
    type: 'bundle',
    id: `bundle--${uuid5(view.incident, `bundle ${view.released}`)}`,
    objects: [...objects, ...sightings, ...relations, note],
  }
}

function techniquesOf(view: ReleasedView): SharedTechnique[] {
  const all = view.behaviours.flatMap((step) => step.techniques)
  return [...new Map(all.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function attackPattern(technique: SharedTechnique, common: Readonly<Record<string, unknown>> & { created: string }): StixObject {
  return {
    ...common,
    type: 'attack-pattern',
    spec_version: '2.1',
    id: `attack-pattern--${uuid5(sharingNamespace, `attack-pattern ${technique.id}`)}`,
    name: technique.name,
    external_references: [{ source_name: schemes[technique.scheme], external_id: technique.id }],
  }
}

function phases(view: ReleasedView, behaviours: readonly number[]): { kill_chain_phases?: object[] } {
  const tactics = [...new Set(view.behaviours.filter((one) => behaviours.includes(one.n)).map((one) => one.tactic))].toSorted()
  return tactics.length === 0
    ? {}
    : { kill_chain_phases: tactics.map((one) => ({ kill_chain_name: 'mitre-attack', phase_name: one })) }
}
