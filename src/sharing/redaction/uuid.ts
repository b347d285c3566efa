import { createHash } from 'node:crypto'

/** A name-based UUID (RFC 9562 version 5): the same name in the same namespace always gives the same one. */
export function uuid5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  const hash = createHash('sha1').update(space).update(name.toWellFormed()).digest().subarray(0, 16)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Namespace of all ids that are made here; a random UUID chosen once. */
export const sharingNamespace = 'b1a6e5d2-4c0f-4a53-9f0e-6d2f1c7b8e34'
