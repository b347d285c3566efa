import type { Cite } from '../../../src/server/api.ts'

/** True for an object of the server's answer that is a cite. */
export function isCite(value: object): value is Cite {
  if (!('kind' in value)) return false
  switch (value.kind) {
    case 'exhibit':
      return 'sha256' in value && 'at' in value
    case 'reference':
      return 'version' in value && 'key' in value
    case 'inventory':
      return 'entry' in value && 'revision' in value
    case 'copy':
      return 'copy' in value && 'rows' in value
    case 'finding':
    case 'decision':
      return 'id' in value && Object.keys(value).length === 2
    default:
      return false
  }
}
