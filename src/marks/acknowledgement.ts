import { sha256, UserError } from '../base/index.ts'
import { keyFingerprint, manifestHash, textSigned, type ExtractManifest } from './manifest.ts'

/** What came back from a recipient. */
export interface Acknowledged {
  readonly extract: string
  /** `signature`: made over the text with the recipient's key; `scan`: a signed paper, by the hash of its scan. */
  readonly how: 'signature' | 'scan'
  /** SHA-256 of the acknowledgement text that was signed. */
  readonly text: string
  /** SHA-256 of the scan, or the fingerprint of the recipient's key. */
  readonly proof: string
  readonly signature?: string
  readonly publicKey?: string
  /** ISO 8601 UTC, and who recorded it. */
  readonly at: string
  readonly recordedBy: string
}

/** The text that a recipient signs and returns: every figure comes from the manifest, so that it can be made again and compared. */
export function acknowledgementText(manifest: ExtractManifest): string {
  return [
    'Acknowledgement of receipt',
    '',
    `Extract:           ${manifest.extract}`,
    `Handed out by:     ${manifest.madeBy.name} (key ${manifest.madeBy.fingerprint.slice(0, 16)})`,
    `Received by:       ${manifest.holder}`,
    `System, as of:     ${manifest.system}, ${manifest.asOf}`,
    `Rows and fields:   ${manifest.rows}; ${manifest.fields.join(', ')}`,
    ...(manifest.rowFilter === undefined ? [] : [`Rows chosen by:    ${manifest.rowFilter}`]),
    `SHA-256 of file:   ${manifest.sha256}`,
    `SHA-256 of manifest: ${manifestHash(manifest)}`,
    '',
    'We received the file with this hash. We know that it carries marks particular to this extract in the forms the manifest lists,',
    'and may hold rows that belong to the sender. We keep the file as agreed and tell the sender to whom we pass it on.',
    '',
    'Name, date, signature:',
    '',
    'To sign with a key: openssl pkeyutl -sign -rawin -inkey KEY.pem -in THIS-FILE | base64 -w0',
    '',
  ].join('\n')
}

/**
 * Checks what a recipient returned: a signature (base64) over the acknowledgement text with an Ed25519 key in PEM, or a scan of
 * the signed paper, of which only the hash is kept (nobody has checked the hand). Throws a `UserError` when a signature does not hold.
 */
export function acknowledge(options: {
  readonly manifest: ExtractManifest
  readonly returned:
    | { readonly how: 'signature'; readonly signature: string; readonly publicKey: string }
    | { readonly how: 'scan'; readonly bytes: Uint8Array }
  readonly at: string
  readonly recordedBy: string
}): Acknowledged {
  const { manifest, returned, at, recordedBy } = options
  const text = acknowledgementText(manifest)
  const common = { extract: manifest.extract, text: sha256(text), at, recordedBy }
  if (returned.how === 'scan') return { ...common, how: 'scan', proof: sha256(returned.bytes) }
  const signature = returned.signature.trim()
  const fingerprint = keyFingerprint(returned.publicKey)
  if (fingerprint === undefined || !textSigned({ publicKey: returned.publicKey, text, signature }))
    throw new UserError({
      code: 'acknowledgement-wrong',
      message: `the signature is not one over the acknowledgement of ${manifest.extract} with the key given`,
      hint: 'ask for the acknowledgement file as it was sent to be signed, with an Ed25519 key; or record a scan',
    })
  return { ...common, how: 'signature', proof: fingerprint, signature, publicKey: returned.publicKey }
}
