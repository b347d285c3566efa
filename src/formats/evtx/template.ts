import { limits } from '../../base/index.ts'
import { Malformed, type ChunkBytes } from './chunk-bytes.ts'

/** A piece of content or of an attribute's value: literal text, or a reference into the substitution array. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly index: number }
  | { readonly kind: 'element'; readonly element: Element }

export interface Element {
  readonly name: string
  readonly attributes: { readonly name: string; readonly parts: Part[] }[]
  readonly parts: Part[]
}

/** Names of one chunk by their offset: each is decoded once. */
export class Names {
  readonly #bytes: ChunkBytes
  readonly #byOffset = new Map<number, string>()

  constructor(bytes: ChunkBytes) {
    this.#bytes = bytes
  }

  at(offset: number): string {
    const known = this.#byOffset.get(offset)
    if (known !== undefined) return known
    const name = this.#bytes.utf16(offset + 8, this.#bytes.u16(offset + 6) * 2).toWellFormed()
    this.#byOffset.set(offset, name)
    return name
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads a BinXML fragment between two offsets of its chunk into elements ([MS-EVEN6] 2.2.12). Elements in template
 * definitions carry a dependency id, others do not. Throws `Malformed` on an unknown token, on nesting past the limit,
 * and on anything that reaches outside the fragment.
 */
export function parseFragment(
  bytes: ChunkBytes,
  names: Names,
  range: { readonly from: number; readonly to: number; readonly dependencyIds: boolean },
): readonly Element[] {
  const roots: Element[] = []
  const open: Element[] = []
  let target: Part[] = []
  let at = range.from

  const name = (): string => {
    const offset = bytes.u32(at)
    at += 4
    if (offset === at) at += 10 + bytes.u16(at + 6) * 2
    return names.at(offset)
  }
  const counted = (): string => {
    const chars = bytes.u16(at)
    const text = bytes.utf16(at + 2, chars * 2)
    at += 2 + chars * 2
    return text
  }

  while (at < range.to) {
    const token = bytes.u8(at)
    at += 1
    switch (token & 0x3f) {
      case 0x00:
        return roots
      case 0x01: {
        at += range.dependencyIds ? 6 : 4
        const element: Element = { name: name(), attributes: [], parts: [] }
        if (token & 0x40) at += 4
        if (open.length >= limits.depth) throw new Malformed('evtx-depth', `elements nest deeper than ${limits.depth}`)
        const parent = open.at(-1)
        if (parent === undefined) roots.push(element)
        else parent.parts.push({ kind: 'element', element })
        open.push(element)
        target = element.parts
        break
      }
      case 0x02:
        target = open.at(-1)?.parts ?? []
        break
      case 0x03:
      case 0x04:
        open.pop()
        target = open.at(-1)?.parts ?? []
        break
      case 0x05: {
        const type = bytes.u8(at)
        at += 1
        if (type !== 0x01) throw new Malformed('evtx-value-type', `literal text of type 0x${type.toString(16)} is not known`)
        target.push({ kind: 'text', text: counted() })
        break
      }
      case 0x06: {
        const attribute = { name: name(), parts: [] }
        open.at(-1)?.attributes.push(attribute)
        target = attribute.parts
        break
      }
      case 0x07:
        target.push({ kind: 'text', text: counted() })
        break
      case 0x08:
        target.push({ kind: 'text', text: String.fromCharCode(bytes.u16(at)) })
        at += 2
        break
      case 0x09: {
        const entity = name()
        target.push({ kind: 'text', text: entities[entity] ?? `&${entity};` })
        break
      }
      case 0x0a:
        name()
        break
      case 0x0b:
        counted()
        break
      case 0x0d:
      case 0x0e:
        target.push({ kind: 'value', index: bytes.u16(at) })
        at += 3
        break
      case 0x0f:
        at += 3
        break
      default:
        throw new Malformed('evtx-token', `token 0x${token.toString(16)} is not known here`)
    }
  }
  return roots
}
