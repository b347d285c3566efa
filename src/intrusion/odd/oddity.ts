import type { Cite } from '../../evidence/index.ts'
import type { Engine } from '../../store/index.ts'
import type { EntryHint, Sighting } from '../sighting.ts'
import type { Roles } from '../usual/roles.ts'

/** What the searches for unusual things work on. */
export interface OddSearch {
  readonly engine: Engine
  readonly loads: readonly string[]
  /** The time that the logs span. */
  readonly from: string
  readonly to: string
  readonly nameOf: (address: string) => string
  readonly roles: Roles
  readonly fileOf: (sha256: string) => string
}

/** A sighting that no rule made: something this estate does not do on other days. */
export function oddSighting(of: {
  readonly time: string
  readonly host: string
  readonly account: string
  readonly sourceIp?: string
  readonly from?: string
  readonly rule: string
  readonly title: string
  readonly bits: number
  /** What comes back is weighed by its level and its days instead. */
  readonly byLevel?: true
  readonly tactics: readonly string[]
  readonly techniques: readonly string[]
  readonly eventClass: string
  readonly bytesOut?: number
  readonly entry?: EntryHint
  readonly detail: string
  readonly cite: Cite
  readonly restsOn?: Sighting['restsOn']
}): Sighting {
  const { bits, restsOn, entry, from } = of
  return {
    time: of.time,
    host: of.host,
    account: of.account,
    sourceIp: of.sourceIp ?? '',
    rule: `breachline:${of.rule}`,
    title: of.title,
    level: bits >= 7 ? 'high' : bits >= 3 ? 'medium' : 'low',
    tactics: of.tactics,
    techniques: of.techniques,
    eventClass: of.eventClass,
    process: '',
    commandLine: '',
    parentProcess: '',
    bytesOut: of.bytesOut ?? -1,
    cite: of.cite,
    ...(of.byLevel === true ? {} : { bits }),
    detail: of.detail,
    ...(from === undefined ? {} : { from }),
    ...(entry === undefined ? {} : { entry }),
    ...(restsOn === undefined ? {} : { restsOn }),
  }
}
