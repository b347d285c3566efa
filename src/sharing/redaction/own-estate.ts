/**
 * What must never leave: everything that names the operator's own estate, the persons it knows and third parties. Gathered by the
 * caller from inventory, logs, ledger and settings; the more is named, the more is recognised.
 */
export interface OwnEstate {
  /** Names of hosts and systems, with or without domain. */
  readonly hosts: readonly string[]
  /** Accounts as logs write them. */
  readonly accounts: readonly string[]
  /** The operator, vendors, holders of copies, partners, persons. */
  readonly names: readonly string[]
  /** Domains of the operator and of its vendors; everything below them is meant, too. */
  readonly domains: readonly string[]
  /** Addresses and networks (`198.51.100.7`, `198.51.100.0/24`, `2001:db8::/32`, or a beginning such as `198.51.100.`). */
  readonly networks: readonly string[]
  /** Words that a person wants kept in. */
  readonly words: readonly string[]
}

/** Why something is not shared. */
export type WithheldReason =
  | 'own address or one of a partner'
  | 'private address'
  | 'own domain or one of a partner'
  | 'names a host of ours'
  | 'names an account'
  | 'names the operator, a person or a third party'
  | 'stated to be kept in'
  | 'looks like the identifier of a person'
  | 'not of a form that is shared'
  | 'seen outside the story too'
  | 'received under a marking that does not allow it'
