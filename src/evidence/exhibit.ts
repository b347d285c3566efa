import { canonicalJson, sha256 } from '../base/index.ts'

/** How the bytes came to us. */
export type AcquisitionMethod = 'file' | 'live-read' | 'export' | 'web-capture' | 'received' | 'unknown'

/** How an exhibit was obtained. Every part may be `unknown`, and then says so wherever it is shown. */
export interface Acquisition {
  /** Name of the person who obtained it. */
  readonly by: string
  /** ISO 8601, or `unknown`. */
  readonly when: string
  /** Where it came from: a host, a person, an address. */
  readonly from: string
  readonly how: { readonly tool: string; readonly version: string; readonly method: AcquisitionMethod }
  /** On whose authority it was obtained. */
  readonly authority: string
  /** How far the source's clock was off, as ISO 8601 duration with sign (`-PT3S`), or `unknown`. */
  readonly clockOffset: string
  /** SHA-256 told by the source, lower-case hex, or `unknown`. */
  readonly hashAtSource: string
}

/** What is known of an acquisition; left-out parts become `unknown`. */
export type AcquisitionKnown = Partial<Omit<Acquisition, 'how'>> & { readonly how?: Partial<Acquisition['how']> }

/** `copied`: the case holds its own copy. `referenced`: the case holds the hash and the path only. */
export type ExhibitMode = 'copied' | 'referenced'

/** A piece of evidence: bytes by their hash, numbered in the order they came into the case. */
export interface Exhibit {
  /** `E1`, `E2`, … */
  readonly number: string
  readonly sha256: string
  readonly size: number
  /** Name of the file as first given. */
  readonly name: string
  /** Format, by content (`evtx`, `csv`, `telegram-export`). */
  readonly kind: string
  /** What it is used as (`claim`, `sample`, `logs`, `copy`, …). */
  readonly role: string
  /** `copied` as soon as one acquisition copied it. */
  readonly mode: ExhibitMode
  /** Every acquisition, first one first. */
  readonly acquisitions: readonly AcquiredAs[]
}

/** One acquisition of an exhibit's bytes. */
export interface AcquiredAs extends Acquisition {
  /** Name under which the bytes came this time. */
  readonly name: string
  readonly role: string
  readonly mode: ExhibitMode
  /** Path of a referenced original. */
  readonly path?: string
}

/** Fills what is not known with `unknown` and makes the text well-formed. */
export function acquisitionOf(known: AcquisitionKnown): Acquisition {
  const say = (text: string | undefined): string => text?.toWellFormed().trim() || 'unknown'
  return {
    by: say(known.by),
    when: say(known.when),
    from: say(known.from),
    how: { tool: say(known.how?.tool), version: say(known.how?.version), method: known.how?.method ?? 'unknown' },
    authority: say(known.authority),
    clockOffset: say(known.clockOffset),
    hashAtSource: say(known.hashAtSource).toLowerCase(),
  }
}

/** What binds an acquisition to its custody entry: a hash over everything it says. */
export function acquisitionId(hash: string, as: AcquiredAs): string {
  return sha256(canonicalJson({ sha256: hash, ...as, how: { ...as.how } }))
}
