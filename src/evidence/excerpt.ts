import type { ByteSource, Locator } from '../base/index.ts'

/** One line, row or record of an exhibit, for people to read. */
export interface Piece {
  /** Number as the cite counts it. */
  readonly n: number
  /** Physical line it begins on, where a row or record is not a line by itself. */
  readonly line?: number
  /** The line it ends on, where its values do not tell. */
  readonly through?: number
  /** The original text, cut at `pieceChars`. Not masked and not made safe to print: that is for whoever shows it. */
  readonly text: string
  /** The same as named values, where the format has them. */
  readonly fields?: Readonly<Record<string, string>>
  readonly cut?: true
}

/** What a cite points at, with what stands before and after it. */
export type Excerpt =
  | {
      readonly kind: 'pieces'
      readonly unit: 'line' | 'row' | 'record'
      readonly before?: Piece
      readonly at: readonly Piece[]
      readonly after?: Piece
      /** How many of the cited pieces are left out, beyond the first 20. */
      readonly left: number
    }
  | {
      readonly kind: 'bytes'
      readonly from: number
      readonly to: number
      /** The bytes as text where they are text, else as hex; `before` and `after` are up to 64 bytes in the same form. */
      readonly form: 'text' | 'hex'
      readonly before: string
      readonly at: string
      readonly after: string
      readonly cut: boolean
    }
  | { readonly kind: 'picture'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const pieceChars = 8_192
const piecesShown = 20
const bytesShown = 4_096
const around = 64

/** The pieces a locator names: all of them between `from` and `to`, or those of a set. */
export interface Wanted {
  readonly from: number
  readonly to: number
  readonly only?: ReadonlySet<number>
}

/** What a locator over lines, rows or records asks for; undefined for the other locators. */
export function wantedOf(at: Locator): { readonly unit: 'line' | 'row' | 'record'; readonly wanted: Wanted } | undefined {
  switch (at.kind) {
    case 'line':
    case 'row':
    case 'record':
      return { unit: at.kind, wanted: { from: at.n, to: at.n } }
    case 'range':
      return { unit: at.unit, wanted: { from: at.from, to: at.to } }
    case 'set': {
      const sorted = at.n.toSorted((a, b) => a - b)
      return { unit: at.unit, wanted: { from: sorted[0] ?? 0, to: sorted.at(-1) ?? 0, only: new Set(sorted) } }
    }
    case 'whole':
    case 'bytes':
    case 'region':
      return undefined
  }
}

/** Picks the wanted pieces out of a stream and stops it as soon as it has them; undefined when the first is not there. */
export async function pick(
  stream: AsyncIterable<readonly Piece[]>,
  options: { readonly unit: 'line' | 'row' | 'record'; readonly wanted: Wanted },
): Promise<Excerpt | undefined> {
  const { wanted, unit } = options
  const cited = (n: number): boolean => n >= wanted.from && n <= wanted.to && (wanted.only?.has(n) ?? true)
  const total = wanted.only?.size ?? wanted.to - wanted.from + 1
  const at: Piece[] = []
  let before: Piece | undefined
  let after: Piece | undefined
  search: for await (const batch of stream) {
    for (const piece of batch) {
      if (piece.n < wanted.from) before = piece
      else if (at.length >= piecesShown) break search
      else if (cited(piece.n)) at.push(shortened(piece))
      else if (piece.n > wanted.to) {
        after = piece
        break search
      }
    }
  }
  if (at.length === 0) return undefined
  return {
    kind: 'pieces',
    unit,
    ...(before === undefined ? {} : { before: shortened(before) }),
    at,
    ...(after === undefined ? {} : { after: shortened(after) }),
    left: Math.max(0, total - at.length),
  }
}

/** The bytes `from` to `to` (exclusive) with a little around them; undefined when the source ends before. */
export async function pickBytes(source: ByteSource, range: { from: number; to: number }): Promise<Excerpt | undefined> {
  const from = Math.max(0, range.from)
  if (from >= source.size && source.size > 0) return undefined
  const to = Math.min(range.to, source.size)
  const end = Math.min(to, from + bytesShown)
  const [before, at, after] = await Promise.all([
    source.slice(Math.max(0, from - around), from),
    source.slice(from, end),
    source.slice(to, Math.min(source.size, to + around)),
  ])
  const form = isText(at) ? 'text' : 'hex'
  const show = (bytes: Uint8Array): string => (form === 'text' ? lenient.decode(bytes) : Buffer.from(bytes).toString('hex'))
  return { kind: 'bytes', from, to, form, before: show(before), at: show(at), after: show(after), cut: end < to }
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** UTF-8 without control characters other than white space; characters cut at either end are allowed. */
function isText(bytes: Uint8Array): boolean {
  const text = lenient.decode(bytes)
  return !/[\u0000-\u0008\u000e-\u001f]/.test(text) && !text.slice(3, -3).includes('\ufffd')
}

function shortened(piece: Piece): Piece {
  const { text, fields, n, line, through } = piece
  const cut = text.length > pieceChars
  const kept =
    fields === undefined
      ? {}
      : { fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.slice(0, pieceChars)])) }
  const place = { ...(line === undefined ? {} : { line }), ...(through === undefined ? {} : { through }) }
  return { n, ...place, text: text.slice(0, pieceChars).toWellFormed(), ...kept, ...(cut ? { cut } : {}) }
}
