import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { sha256, UserError } from '../base/index.ts'

/** Somebody who acts in a case: what the case file keeps of them. */
export interface Person {
  readonly name: string
  readonly role: string
  /** SHA-256 of the public key (SPKI, DER) in hex: the key's name everywhere. */
  readonly fingerprint: string
  /** Ed25519 public key, SPKI in PEM. */
  readonly publicKey: string
}

/** A person with their private key in hand; signs, and never gives the key out. */
export interface Signer extends Person {
  /** Ed25519 signature over the UTF-8 text, base64. `entry` is the custody entry the text stands for, for a key that is elsewhere and looks at what it signs. */
  sign(text: string, entry?: object): string
}

/** A fresh Ed25519 key: the person's public half, and the private half as PKCS8 PEM for `key-store` to put away. */
export function makeKey(person: { readonly name: string; readonly role: string }): { person: Person; privateKey: string } {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return {
    person: { ...person, publicKey, fingerprint: fingerprintOf(publicKey) ?? '' },
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** The signer for a PKCS8 PEM private key; throws a UserError when the text is no Ed25519 key. */
export function signerOf(options: { readonly name: string; readonly role: string; readonly privateKey: string }): Signer {
  const key = ed25519(options.privateKey, options.name)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  return {
    name: options.name,
    role: options.role,
    publicKey,
    fingerprint: fingerprintOf(publicKey) ?? '',
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

/** Fingerprint of a public key in PEM; undefined when it is no Ed25519 key. */
export function fingerprintOf(publicKey: string): string | undefined {
  try {
    const key = createPublicKey(publicKey)
    if (key.asymmetricKeyType !== 'ed25519') return undefined
    return sha256(key.export({ type: 'spki', format: 'der' }))
  } catch {
    return undefined
  }
}

/** The key a public key in PEM holds; for checking many signatures. Throws when the text is no key. */
export function publicKeyOf(publicKey: string): KeyObject {
  return createPublicKey(publicKey)
}

/** True when `signature` (base64) over `text` was made with the private half of `publicKey`; bad input is false. */
export function signatureHolds(options: {
  readonly publicKey: KeyObject | string
  readonly text: string
  readonly signature: string
}): boolean {
  try {
    const bytes = Buffer.from(options.signature, 'base64')
    return bytes.length === 64 && verify(null, Buffer.from(options.text), options.publicKey, bytes)
  } catch {
    return false
  }
}

/** Whether two names are one person's: letter case, spelling of accents and blanks around do not matter. */
export function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').trim().toLowerCase() === b.normalize('NFC').trim().toLowerCase()
}

function ed25519(pem: string, name: string) {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // falls through to the one message below: what is wrong with a key is never printed
  }
  throw new UserError({
    code: 'key-unreadable',
    message: `The key of "${name}" is no Ed25519 private key.`,
    hint: 'Restore the key file from its backup, or make a new key with `breachline key new NAME`.',
  })
}
