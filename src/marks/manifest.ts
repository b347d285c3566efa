import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, sha256 } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { markGroups } from './site.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const text = z.string().max(2_000)
const count = z.int().min(0)

const body = z.strictObject({
  format: z.literal('breachline-extract-manifest-1'),
  extract: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  holder: text,
  system: text,
  /** Day the values are of, and when the extract was cut (ISO 8601 UTC). */
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  cutAt: text,
  fields: z.array(text).max(2_000),
  fileFormat: z.strictObject({
    kind: z.enum(['delimited', 'json-lines']),
    delimiter: text.optional(),
    header: z.boolean().optional(),
  }),
  rowFilter: text.optional(),
  /** Canary rows included. */
  rows: count,
  canaries: count,
  bytes: count,
  sha256: hash,
  marks: z.strictObject({
    scheme: count,
    keyId: text,
    /** Forms in which the recipient agreed to be marked, by column. */
    allowed: z.record(z.string(), z.array(z.enum(markGroups))),
    /** SHA-256 of the operator's own record of the marks. */
    record: hash,
  }),
  madeBy: z.strictObject({ name: text, role: text, fingerprint: hash, publicKey: text }),
})

const schema = body.extend({ signature: text })

/** The signed document that goes with an extract. It holds no key and no token. */
export type ExtractManifest = z.infer<typeof schema>

/** Signs a manifest in the name of the acting person. */
export function signManifest(
  manifest: Omit<ExtractManifest, 'format' | 'madeBy' | 'signature'>,
  signer: Signer,
): ExtractManifest {
  const { name, role, fingerprint, publicKey } = signer
  const unsigned = {
    format: 'breachline-extract-manifest-1' as const,
    ...manifest,
    madeBy: { name, role, fingerprint, publicKey },
  }
  return { ...unsigned, signature: signer.sign(signedText(unsigned)) }
}

/** Reads a manifest; undefined for any other document. */
export function parseManifest(document: unknown): ExtractManifest | undefined {
  const read = schema.safeParse(document)
  return read.success ? read.data : undefined
}

/** Was the manifest signed with the key it names, and is that key's fingerprint the one it gives? */
export function manifestHolds(manifest: ExtractManifest): boolean {
  const { signature, ...unsigned } = manifest
  const { publicKey, fingerprint } = manifest.madeBy
  return keyFingerprint(publicKey) === fingerprint && textSigned({ publicKey, text: signedText(unsigned), signature })
}

/** SHA-256 of a manifest with its signature: what an acknowledgement names. */
export function manifestHash(manifest: ExtractManifest): string {
  return sha256(canonicalJson(manifest))
}

/** Does the Ed25519 signature (base64, 64 bytes) over the UTF-8 text hold? Bad input is false. */
export function textSigned(options: { readonly publicKey: string; readonly text: string; readonly signature: string }): boolean {
  try {
    const key = createPublicKey(options.publicKey)
    const bytes = Buffer.from(options.signature, 'base64')
    return key.asymmetricKeyType === 'ed25519' && bytes.length === 64 && verify(null, Buffer.from(options.text), key, bytes)
  } catch {
    return false
  }
}

/** SHA-256 of a public key (SPKI, DER) in hex; undefined for no Ed25519 key. */
export function keyFingerprint(publicKey: string): string | undefined {
  try {
    const key = createPublicKey(publicKey)
    return key.asymmetricKeyType === 'ed25519' ? sha256(key.export({ type: 'spki', format: 'der' })) : undefined
  } catch {
    return undefined
  }
}

function signedText(unsigned: Omit<ExtractManifest, 'signature'>): string {
  return canonicalJson(unsigned)
}
