import { hash } from 'node:crypto'
import type { TokenSet } from './token-set.ts'

// The tree of RFC 6962, section 2.1, over the tokens in their order.

/** A tree over a set: its root, and the path of a token's place. */
export interface Tree {
  /** 32 bytes in hex. */
  readonly root: string
  /** The hashes beside the way from a leaf to the root, in hex, lowest first. */
  path(place: number): string[]
}

/** Builds the whole tree; takes 64 bytes of memory per token. An empty set has the hash of nothing as its root. */
export function treeOf(set: TokenSet): Tree {
  const leaves: Buffer = Buffer.alloc(set.count * 32)
  for (let at = 0; at < set.count; at += 1) leaves.set(leafHash(set.at(at)), at * 32)
  const levels: Buffer[] = [leaves]
  for (let below = leaves; below.length > 32; below = levels.at(-1) ?? below) {
    const count = below.length / 32
    const level = Buffer.alloc(Math.ceil(count / 2) * 32)
    for (let at = 0; at < count; at += 2)
      level.set(at + 1 < count ? nodeHash(nodeAt(below, at), nodeAt(below, at + 1)) : nodeAt(below, at), (at / 2) * 32)
    levels.push(level)
  }
  const top = levels.at(-1) ?? leaves
  return {
    root: (set.count === 0 ? hash('sha256', Buffer.alloc(0), 'buffer') : top).toString('hex'),
    path: (place) =>
      levels.slice(0, -1).flatMap((level, height) => {
        const beside = (Math.floor(place / 2 ** height) ^ 1) * 32
        return beside < level.length ? [level.subarray(beside, beside + 32).toString('hex')] : []
      }),
  }
}

/** True when the token stands at `place` of a tree with this root and count. */
export function pathHolds(claim: {
  readonly root: string
  readonly count: number
  readonly place: number
  readonly token: Uint8Array
  readonly path: readonly string[]
}): boolean {
  const path = claim.path.map((one) => Buffer.from(one, 'hex'))
  if (claim.place >= claim.count) return false
  let node = leafHash(claim.token)
  let place = claim.place
  for (let width = claim.count; width > 1; width = Math.ceil(width / 2)) {
    if ((place ^ 1) < width) {
      const beside = path.shift()
      if (beside === undefined) return false
      node = place % 2 === 0 ? nodeHash(node, beside) : nodeHash(beside, node)
    }
    place = Math.floor(place / 2)
  }
  return path.length === 0 && node.toString('hex') === claim.root
}

function leafHash(token: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Uint8Array.of(0), token]), 'buffer')
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Uint8Array.of(1), left, right]), 'buffer')
}

function nodeAt(level: Buffer, at: number): Buffer {
  return level.subarray(at * 32, at * 32 + 32)
}
