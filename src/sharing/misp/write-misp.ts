import type { ReleasedView, SharedIndicator } from '../redaction/share-view.ts'
import { storyText, summaryOf } from '../redaction/tell-view.ts'
import { uuid5 } from '../redaction/uuid.ts'

interface Attribute {
  readonly uuid: string
  readonly type: string
  readonly category: string
  readonly value: string
  readonly to_ids: boolean
  readonly distribution: '5'
  readonly timestamp: string
  readonly comment: string
  readonly disable_correlation: boolean
  readonly first_seen?: string
  readonly last_seen?: string
}

/** MISP's names of our kinds, with the category it wants; an address is one that came to us. */
const types: Readonly<Record<SharedIndicator['kind'], readonly [type: string, category: string]>> = {
  ip: ['ip-src', 'Network activity'],
  domain: ['domain', 'Network activity'],
  url: ['url', 'Network activity'],
  hash: ['sha256', 'Payload delivery'],
  file: ['filename', 'Payload delivery'],
}

/** Galaxies of the techniques, by scheme. */
const galaxies = { attack: 'mitre-attack-pattern', fight: 'mitre-fight-techniques', motif: 'gsma-motif' } as const

/**
 * The view as one event in MISP's core format (2.4): indicators as attributes with the times they were seen, Sigma rules, the
 * story as a comment, TLP and PAP as tags, techniques of ATT&CK, FiGHT and MoTIF as tags of their galaxies.
 */
export function writeMisp(view: ReleasedView): { readonly Event: Readonly<Record<string, unknown>> } {
  const timestamp = String(Math.floor(Date.parse(view.released) / 1000))
  const common = { distribution: '5', timestamp } as const
  const attributes: Attribute[] = [
    ...view.indicators.map((one) => ({
      uuid: uuid5(view.incident, `misp ${one.kind} ${one.value}`),
      type: one.kind === 'hash' ? hashType(one.value) : types[one.kind][0],
      category: types[one.kind][1],
      value: one.kind === 'url' ? `http://${one.value}` : one.value,
      to_ids: true,
      comment: `seen in ${one.count} ${one.count === 1 ? 'record' : 'records'} of the story and nowhere else`,
      disable_correlation: false,
      ...common,
      ...(one.first === '' ? {} : { first_seen: one.first, last_seen: one.last }),
    })),
    ...view.rules.map((one) => ({
      uuid: uuid5(view.incident, `misp sigma ${one.id}`),
      type: 'sigma',
      category: 'Payload delivery',
      value: one.yaml,
      to_ids: true,
      comment: one.title,
      disable_correlation: true,
      ...common,
    })),
    {
      uuid: uuid5(view.incident, 'misp story'),
      type: 'comment',
      category: 'Other',
      value: storyText(view),
      to_ids: false,
      comment: 'the story in order of time',
      disable_correlation: true,
      ...common,
    },
  ]
  const organisation = { name: view.producerName ?? 'An operator', uuid: view.producer }
  return {
    Event: {
      uuid: view.incident,
      info: summaryOf(view),
      date: (view.from === '' ? view.released : view.from).slice(0, 10),
      timestamp,
      publish_timestamp: timestamp,
      published: true,
      threat_level_id: '1',
      analysis: view.determination === 'confirmed' ? '2' : '1',
      distribution: '0',
      Org: organisation,
      Orgc: organisation,
      Tag: tagsOf(view).map((name) => ({ name })),
      Attribute: attributes,
      Object: [],
    },
  }
}

function tagsOf(view: ReleasedView): string[] {
  const techniques = view.behaviours.flatMap((step) => step.techniques)
  const named = techniques.map((one) => {
    const id = one.scheme === 'attack' ? `${one.name} - ${one.id}` : one.name
    return `misp-galaxy:${galaxies[one.scheme]}="${id}"`
  })
  return [
    `tlp:${view.tlp}`,
    `PAP:${view.pap.toUpperCase()}`,
    ...(view.exercise ? ['exercise:generic'] : []),
    ...[...new Set(named)].sort(),
  ]
}

function hashType(value: string): string {
  return value.length === 32 ? 'md5' : value.length === 40 ? 'sha1' : 'sha256'
}
