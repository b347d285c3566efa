/** What is missing, and whom the inventory is asked about for it (rule A14). */
export interface Need {
  /** What is missing, as the end of a sentence. */
  readonly text: string
  /** `logs`: owners of log sources. `vendor`: a vendor or holder of a copy. `handed`: whoever handed it over. `none`: the inventory names nobody for it. */
  readonly from: 'logs' | 'vendor' | 'handed' | 'none'
  /** Words that name the system, the vendor or whoever handed it over; absent: all. */
  readonly about?: string
  /** Audit logs alone. */
  readonly audit?: true
}

/** Logs; of the system that `about` names, where the inventory knows it. */
export function logs(text: string, about?: string): Need {
  return { text, from: 'logs', ...(about === undefined ? {} : { about }) }
}

/** Logs of who read whose records. */
export function auditLogs(text: string): Need {
  return { text, from: 'logs', audit: true }
}

/** Evidence in the hands of a vendor. */
export function vendor(text: string, about?: string): Need {
  return { text, from: 'vendor', ...(about === undefined ? {} : { about }) }
}

/** What nobody in the inventory is named for: more of the data, a test, a capture. */
export function other(text: string): Need {
  return { text, from: 'none' }
}

/** Logs of the sources and periods that coverage shows to be missing. */
export const uncovered: Need = logs('logs of the sources and periods missing under coverage')
