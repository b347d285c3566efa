import { unreachable } from '../base/index.ts'
import type { FindingStatus } from './finding.ts'

/** What a person does with a finding; `reopen` takes the last ruling back. */
export type RulingKind = 'adopt' | 'reject' | 'park' | 'reopen'

/** The status a finding has after a ruling. */
export function rulingStatus(ruling: RulingKind): FindingStatus {
  switch (ruling) {
    case 'adopt':
      return 'adopted'
    case 'reject':
      return 'rejected'
    case 'park':
      return 'parked'
    case 'reopen':
      return 'proposed'
    default:
      return unreachable(ruling)
  }
}
