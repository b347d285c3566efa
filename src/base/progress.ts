/** One report of long work: what it does, how far it is; `total` absent = not known. */
export interface Progress {
  readonly step: string
  readonly done: number
  readonly total?: number
  readonly unit: string
}

/** What long work is given: where to report, and when to stop. Work checks `signal` at least once a second. */
export interface Watch {
  readonly report?: (progress: Progress) => void
  readonly signal?: AbortSignal
}
