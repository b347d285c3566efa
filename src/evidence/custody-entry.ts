import { canonicalJson, sha256, type Canonical } from '../base/index.ts'
import type { Signer } from './signing-key.ts'

/** What can be written down in the chain of custody. */
export type CustodyAct =
  | 'case-opened'
  | 'case-closed'
  | 'person-added'
  | 'exhibit-acquired'
  | 'exhibit-acquired-again'
  | 'exhibit-transferred'
  | 'copy-registered'
  | 'investigated'
  | 'ruling'
  | 'decision'
  | 'note'
  | 'task-opened'
  | 'task-closed'
  | 'loss-recorded'
  | 'preservation-requested'
  | 'verified'
  | 're-identification-asked'
  | 're-identification-approved'
  | 're-identified'
  | 'desk-named'
  | 'desk-request-received'
  | 'desk-decided'
  | 'desk-answered'
  | 'handed-to-desk'
  | 'desk-answer-accepted'
  | 'protected-list-changed'
  | 'protected-list-asked'
  | 'decoys-changed'
  | 'exported'
  | 'passwords-forgotten'
  | 'page-taken'
  | 'feed-hit-kept'

/** What a person did with the case or an exhibit, chained to the entry before and signed. */
export interface CustodyEntry {
  /** From 1, without gaps. */
  readonly seq: number
  /** ISO 8601 UTC, as the acting person's machine told it. */
  readonly at: string
  readonly act: CustodyAct
  /** `E3`; absent when the act is about the case. */
  readonly exhibit?: string
  /** Who acted; two persons where the act needs two. */
  readonly by: readonly { readonly name: string; readonly role: string; readonly fingerprint: string }[]
  readonly detail: { readonly [key: string]: Canonical | undefined }
  /** Hash of the entry before; 64 zeros for the first. */
  readonly prevHash: string
  /** SHA-256 over the canonical JSON of everything above. */
  readonly hash: string
  /** One Ed25519 signature per person of `by`, in the same order, base64. */
  readonly signatures: readonly string[]
}

/** `prevHash` of the first entry. */
export const chainStart = '0'.repeat(64)

/** An entry before it is chained. */
export type CustodyDraft = Pick<CustodyEntry, 'at' | 'act' | 'exhibit' | 'detail'>

/** Chains and signs a draft after `previous`; `by` are the acting persons. */
export function sealEntry(
  draft: CustodyDraft,
  options: { readonly previous?: Pick<CustodyEntry, 'seq' | 'hash'>; readonly by: readonly Signer[] },
): CustodyEntry {
  const body = {
    ...draft,
    seq: (options.previous?.seq ?? 0) + 1,
    prevHash: options.previous?.hash ?? chainStart,
    by: options.by.map(({ name, role, fingerprint }) => ({ name, role, fingerprint })),
  }
  const hash = entryHash(body)
  return { ...body, hash, signatures: options.by.map((person) => person.sign(signedText(hash), body)) }
}

/** The hash an entry must carry; signatures are not part of it. */
export function entryHash(entry: Omit<CustodyEntry, 'hash' | 'signatures'>): string {
  const { seq, at, act, exhibit, by, detail, prevHash } = entry
  return sha256(canonicalJson({ seq, at, act, exhibit, by: by.map((person) => ({ ...person })), detail, prevHash }))
}

/** What is signed under an entry, from the entry itself: for whoever holds a key and was sent the entry by another process. */
export function entryText(entry: Omit<CustodyEntry, 'hash' | 'signatures'>): string {
  return signedText(entryHash(entry))
}

/** The text a person signs to show that they have a key: it can stand for no entry. */
export function proofText(challenge: string): string {
  return `breachline key at hand 1\n${challenge}`
}

/** The text a person signs: names its purpose, so that the signature cannot stand for anything else. */
export function signedText(hash: string): string {
  return `breachline custody entry 1\n${hash}`
}
