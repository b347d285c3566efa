import type { Engine } from '../../store/index.ts'
import type { Roles } from '../usual/roles.ts'

/** What the search for arrivals on a host works on. */
export interface ArrivalSearch {
  readonly engine: Engine
  /** The same, keeping what it answers: for what is asked about the whole of the evidence. */
  readonly whole: Engine
  /** Loads of the case's events. */
  readonly loads: readonly string[]
  /** Load of their edges. */
  readonly edges: string
  readonly roles: Roles
  /** When the logs begin and end. */
  readonly since: string
  readonly until: string
  readonly timeOf: (host: string, text: string) => string
  readonly fileOf: (sha256: string) => string
}

/** What came is looked for so long before what was seen. */
export const beforeMs = 24 * 3_600_000
/** Records of one act lie so far apart at most. */
export const skewMs = 2_000
