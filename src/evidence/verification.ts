/** Something that is not as the case file says. */
export interface Failure {
  /** Stable kebab-case name, such as `exhibit-changed`. */
  readonly code: string
  /** What is wrong, without personal values. */
  readonly what: string
  /** The exhibit, custody entry or row. */
  readonly where: string
  /** What can be done about it. */
  readonly todo: string
}

/** One thing that was checked, whether or not it held. */
export interface Check {
  readonly code: string
  readonly ok: boolean
  /** What was checked, with the amount: `5 exhibits read whole, 12345 bytes`. */
  readonly what: string
}

/** The answer of `verify`. */
export interface Verification {
  readonly ok: boolean
  readonly checks: readonly Check[]
  readonly failures: readonly Failure[]
  /** Worth knowing, and no failure: a referenced original moved while the case has its own copy. */
  readonly notes: readonly string[]
  readonly proves: readonly string[]
  readonly doesNotProve: readonly string[]
}

/** What one part of the verification found. */
export interface Findings {
  readonly checks: readonly Check[]
  readonly failures: readonly Failure[]
  readonly notes?: readonly string[]
}

/** Joins the parts and says what the whole proves; `headGiven` = a head from outside the case was compared. */
export function verification(parts: readonly Findings[], options: { readonly headGiven: boolean }): Verification {
  const failures = parts.flatMap((part) => part.failures)
  return {
    ok: failures.length === 0,
    checks: parts.flatMap((part) => part.checks),
    failures,
    notes: parts.flatMap((part) => part.notes ?? []),
    proves: failures.length > 0 ? [] : [...proven, ...(options.headGiven ? [provenWithHead] : [])],
    doesNotProve: [...(options.headGiven ? [] : [unprovenWithoutHead]), ...unproven],
  }
}

const proven = [
  'Every exhibit has the bytes it had when it was added: size, SHA-256 and every block agree.',
  'The chain of custody is without gaps, in order, and every entry is signed by the key it names.',
  'Exhibits, acquisitions and the recorded acts of people are the ones the chain names.',
]
const provenWithHead = 'The chain holds the entry of the head you gave: nothing up to that entry was cut off or rewritten.'
const unprovenWithoutHead =
  'That no entries were cut off at the end: give the head printed in a report or bundle (`--head`) to find that out.'
const unproven = [
  'That the times are right: they are the times of the machines the persons worked on. No outside time stamp (RFC 3161) is kept.',
  'That the keys are the persons named: compare the fingerprints with the persons themselves.',
  'That the chain was not rewritten whole by somebody who holds all signing keys: only a head deposited outside the case shows that.',
  'What happened to the evidence before it was added.',
]
