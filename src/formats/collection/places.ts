import type { CollectionMember } from './member.ts'

/** Finds members by the paths that a collector's lists write: with drives, other roots in front, percent signs, other slashes. */
export class Places {
  readonly #byPath = new Map<string, CollectionMember>()

  constructor(members: readonly CollectionMember[]) {
    for (const member of members) this.#byPath.set(plain(member.path), member)
    // Behind the collector's own folders.
    for (const member of members) {
      const path = plain(member.path)
      const inner = /^(?:.*\/)?(?:uploads\/[^/]+|\[root\])\/(.+)$/.exec(path)?.[1]
      if (inner !== undefined && !this.#byPath.has(inner)) this.#byPath.set(inner, member)
    }
  }

  /** The member at a listed path, or at its longest end that is a member's whole path. */
  find(listed: string): CollectionMember | undefined {
    const parts = plain(listed).split('/')
    for (let from = 0; from < Math.min(parts.length, 64); from += 1) {
      const member = this.#byPath.get(parts.slice(from).join('/'))
      // A bare name is no place, but where the list itself gives no more.
      if (member !== undefined && (from === 0 || from < parts.length - 1)) return member
    }
    return undefined
  }
}

/** Lower case, slashes forward, percent signs resolved, device prefixes and drive colons gone. */
function plain(path: string): string {
  return resolved(path)
    .replaceAll('\\', '/')
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '?')
    .map((part) => part.replace(/^([a-z]):$/, '$1'))
    .join('/')
}

function resolved(path: string): string {
  return path.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
