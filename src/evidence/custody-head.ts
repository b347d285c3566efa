import type { CustodyEntry } from './custody-entry.ts'

/**
 * The end of the chain as it stands in reports and bundles. Whoever keeps it outside the case can later tell
 * whether entries were cut off or rewritten.
 */
export interface CustodyHead {
  readonly hash: string
  readonly count: number
  /** Key of the person who signed the last entry; '' for an empty chain. */
  readonly fingerprint: string
}

/** The head of a chain given in order. */
export function headOf(entry: CustodyEntry | undefined): CustodyHead | undefined {
  return entry === undefined ? undefined : { hash: entry.hash, count: entry.seq, fingerprint: entry.by[0]?.fingerprint ?? '' }
}

/** `12:9f86d0…:1f2e3d…` (count, hash, fingerprint of the signing key): what a report prints and `verify --head` takes. */
export function headText(head: CustodyHead): string {
  return `${head.count}:${head.hash}:${head.fingerprint}`
}

/** Reads `headText`, or a bare hash of 64 hex digits; undefined when the text is neither. */
export function parseHead(text: string): (Pick<CustodyHead, 'hash'> & Partial<CustodyHead>) | undefined {
  const full = /^(\d{1,15}):([0-9a-f]{64}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase())
  if (full !== null) return { count: Number(full[1]), hash: full[2] ?? '', fingerprint: full[3] ?? '' }
  const bare = /^[0-9a-f]{64}$/.exec(text.trim().toLowerCase())
  return bare === null ? undefined : { hash: bare[0] }
}
