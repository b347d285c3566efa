import { createHash } from 'node:crypto'
import type Sodium from 'libsodium-wrappers-sumo'
import { UserError } from '../base/index.ts'

/** Sealed boxes of libsodium (X25519, XSalsa20-Poly1305): anybody can seal for a box, only its secret opens. */
async function library(): Promise<typeof Sodium> {
  const wrappers = await import('libsodium-wrappers-sumo')
  await wrappers.default.ready
  return wrappers.default
}

/** A fresh secret of a box, 32 bytes in hex; the caller keeps it. */
export async function newBoxSecret(): Promise<string> {
  const { crypto_box_keypair } = await library()
  return Buffer.from(crypto_box_keypair().privateKey).toString('hex')
}

/** The public half of a box's secret, hex. */
export async function publicOf(secret: string): Promise<string> {
  const { crypto_scalarmult_base } = await library()
  return Buffer.from(crypto_scalarmult_base(Buffer.from(secret, 'hex'))).toString('hex')
}

/** The name of a box for people to compare: the first 32 hex digits of the SHA-256 of its public half. */
export function fingerprintOfBox(publicHex: string): string {
  return createHash('sha256').update('breachline box\u0000').update(publicHex).digest('hex').slice(0, 32)
}

/** Seals a text for a box. */
export async function seal(publicHex: string, text: string): Promise<Uint8Array> {
  const { crypto_box_seal } = await library()
  return crypto_box_seal(Buffer.from(text, 'utf8'), Buffer.from(publicHex, 'hex'))
}

/** Opens what was sealed for a box; a `UserError` when it was sealed for another, or was changed. */
export async function openSealed(secret: string, sealed: Uint8Array): Promise<string> {
  const { crypto_box_seal_open } = await library()
  try {
    const open = crypto_box_seal_open(sealed, Buffer.from(await publicOf(secret), 'hex'), Buffer.from(secret, 'hex'))
    return Buffer.from(open).toString('utf8')
  } catch (cause) {
    throw new UserError({
      code: 'parcel-not-ours',
      message: 'the parcel does not open: it was sealed for another workspace, or was changed on its way',
      hint: 'check that the other side holds the card of this workspace, and ask for the parcel again',
      cause,
    })
  }
}
