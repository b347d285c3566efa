import { limits } from '../../base/index.ts'
import { LayoutNode, type Kept } from './precedent.ts'

const edgesPerNode = 64
const nodesKept = 50_000

const quote = 0x22
const space = 0x20
const colon = 0x3a
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d

/**
 * The layouts met so far, as a tree of the texts between values. Only records that the careful reader took without a
 * remark are learned, so that a record which follows the tree is well-formed between its values and names no member twice.
 */
export class Layouts {
  readonly root = new LayoutNode()
  /** Bytes that the last records of layouts take. */
  readonly kept: Kept = { bytes: 0 }
  #nodes = 1
  /** Whether no further layout can be kept. */
  full = false

  /** Learns the layout of a record, `text` from brace to brace; false when it has a form that the tree does not hold. */
  learn(text: string): boolean {
    const steps = stepsOf(text)
    if (steps === undefined || steps.names.length > limits.eventFields) return false
    this.full ||= this.#nodes + steps.texts.length > nodesKept
    if (this.full) return false
    if (new Set(steps.names).size !== steps.names.length) return false
    let node = this.root
    for (const between of steps.texts) {
      let edge = node.edges.find((one) => one.text === between)
      if (edge === undefined) {
        if (node.edges.length >= edgesPerNode) return false
        edge = { text: between, node: new LayoutNode() }
        node.edges.push(edge)
        // A longer text goes before one that it begins with; where none does, the last one taken goes first.
        node.nested ||= node.edges.some(
          (one) => one.text !== between && (one.text.startsWith(between) || between.startsWith(one.text)),
        )
        if (node.nested) node.edges.sort((a, b) => b.text.length - a.text.length)
        this.#nodes += 1
      }
      node = edge.node
    }
    node.layout ??= { names: steps.names, fixed: [] }
    return true
  }
}

/** The texts between the values of a well-formed object in its first-byte-per-character form, the last one ending it; undefined for forms not kept. */
function stepsOf(text: string): { readonly texts: readonly string[]; readonly names: readonly string[] } | undefined {
  const texts: string[] = []
  const names: string[] = []
  const path: string[] = []
  let from = 0
  let at = 0
  let key = ''
  const end = text.length
  while (at < end) {
    const c = text.charCodeAt(at)
    if (c === openBrace) {
      if (at > 0) path.push(key)
      if (path.length > limits.depth) return undefined
      at += 1
    } else if (c === closeBrace) {
      path.pop()
      at += 1
    } else if (c === comma || c === space) at += 1
    else if (c === quote) {
      const close = closing(text, at)
      const written = text.slice(at + 1, close)
      if (written.includes('\\') || written === '__proto__' || beyondAscii.test(written)) return undefined
      key = written
      at = close + 1
      while (text.charCodeAt(at) === space) at += 1
      if (text.charCodeAt(at) !== colon) return undefined
      at += 1
      while (text.charCodeAt(at) === space) at += 1
      const first = text.charCodeAt(at)
      if (first === openBrace) continue
      const after = valueEnd(text, at)
      if (after < 0) return undefined
      names.push([...path, key].reduce((prefix, one) => (prefix === '' ? one : `${prefix}.${one}`), ''))
      texts.push(text.slice(from, at))
      at = after
      from = after
    } else return undefined
  }
  texts.push(text.slice(from, end))
  return { texts, names }
}

const beyondAscii = /[^\u0020-\u007e]/

/** Where the quoted text that begins at `at` has its closing quote; -1 when it has none. */
function closing(text: string, at: number): number {
  let close = text.indexOf('"', at + 1)
  while (close > 0 && text.charCodeAt(close - 1) === backslash) {
    let before = close - 2
    while (text.charCodeAt(before) === backslash) before -= 1
    if (((close - before) & 1) === 1) break
    close = text.indexOf('"', close + 1)
  }
  return close
}

const backslash = 0x5c
const scalar = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/

/**
 * The end of the value that begins at `at`: text, number, word, or a list of such. -1 for anything else: lists with
 * objects or lists in them are read by the careful reader.
 */
export function valueEnd(text: string, at: number): number {
  const first = text.charCodeAt(at)
  if (first === quote) {
    const close = closing(text, at)
    return close < 0 ? -1 : close + 1
  }
  if (first === openBracket) return listEnd(text, at)
  let end = at
  let plain = first !== minus && first !== zero
  for (; ; end += 1) {
    const c = text.charCodeAt(end)
    if (c >= zero && c <= nine) continue
    if (c === comma || c === closeBrace || c === space || c === closeBracket || Number.isNaN(c)) break
    plain = false
  }
  if (end === at) return -1
  return plain || scalar.test(text.slice(at, end)) ? end : -1
}

const openBracket = 0x5b
const closeBracket = 0x5d
const minus = 0x2d
const zero = 0x30
const nine = 0x39

function listEnd(text: string, at: number): number {
  let next = at + 1
  while (text.charCodeAt(next) === space) next += 1
  if (text.charCodeAt(next) === closeBracket) return next + 1
  for (;;) {
    const first = text.charCodeAt(next)
    if (first === openBracket || first === openBrace) return -1
    const end = valueEnd(text, next)
    if (end < 0) return -1
    next = end
    while (text.charCodeAt(next) === space) next += 1
    const c = text.charCodeAt(next)
    if (c === closeBracket) return next + 1
    if (c !== comma) return -1
    next += 1
    while (text.charCodeAt(next) === space) next += 1
  }
}
