import { sharingNamespace, uuid5 } from '../redaction/uuid.ts'
import { papLevels, tlpLevels, type Pap, type Tlp } from '../redaction/share-view.ts'
import type { StixObject } from './stix-object.ts'

/** The extension of STIX 2.1 for the Traffic Light Protocol 2.0, and its markings by level: constants of OASIS. */
const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'
const tlpIds: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

/** The marking of a level of TLP 2.0. */
export function tlpMarking(level: Tlp): StixObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: tlpIds[level],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${level.toUpperCase()}`,
    extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: level } },
  }
}

/** STIX has no marking for the Permissible Actions Protocol: a statement that says it. */
export function papMarking(level: Pap): StixObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: papIds.get(level) ?? '',
    created: '2022-10-01T00:00:00.000Z',
    name: `PAP:${level.toUpperCase()}`,
    definition_type: 'statement',
    definition: { statement: `PAP:${level.toUpperCase()}` },
  }
}

const papIds = new Map(
  papLevels.map((level) => [level, `marking-definition--${uuid5(sharingNamespace, `marking PAP:${level.toUpperCase()}`)}`]),
)

/** The level that a marking stands for: by its id, its extension, its name or its statement. */
export function levelOf(marking: {
  readonly id: string
  readonly name?: string | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  readonly definition?: { readonly tlp?: unknown; readonly statement?: unknown } | undefined
}): { readonly tlp?: Tlp; readonly pap?: Pap } {
  const tlp = tlpLevels.find((level) => tlpIds[level] === marking.id)
  if (tlp !== undefined) return { tlp }
  const extension = marking.extensions?.[tlpExtension] as { tlp_2_0?: unknown } | undefined
  const { tlp: older, statement } = marking.definition ?? {}
  for (const said of [extension?.tlp_2_0, older, marking.name, statement]) {
    if (typeof said !== 'string') continue
    const word = said
      .toLowerCase()
      .replace(/^(?:tlp|pap):/, '')
      .replace('white', 'clear')
    const pap = /^pap:/i.test(said) ? papLevels.find((one) => one === word) : undefined
    if (pap !== undefined) return { pap }
    const level = /^pap:/i.test(said) ? undefined : tlpLevels.find((one) => one === word)
    if (level !== undefined) return { tlp: level }
  }
  return {}
}
