import { Parser } from 'htmlparser2'
import { fault, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'
import type { Paragraph, TextDocument } from '../document/paragraph.ts'

const silent = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'nav',
  'aside',
  'footer',
  'form',
  'button',
  'iframe',
  'select',
])
const inline = new Set(
  'a abbr b bdi bdo cite code data dfn em font i kbd label mark q s samp small span strong sub sup time u var wbr ins del img'.split(
    ' ',
  ),
)
const dateMeta =
  /^(?:article:(?:published|modified)_time|og:updated_time|date|dc\.date(?:\.issued)?|datepublished|datemodified|pubdate|publish-date|last-modified)$/

/** True when the head of a file (decoded text) looks like HTML. */
export function looksLikeHtml(head: string): boolean {
  return /^\s*(?:<!--|<!doctype html|<\?xml|<(?:html|head|body|article|main|div|p|h[1-6]|meta)\b)/i.test(head)
}

/**
 * Reads an HTML page. In: its bytes (UTF-8, or the byte order mark's encoding). Out: title, dates of `<time>` and `<meta>`, and the
 * visible text as paragraphs with the byte range of their mark-up. Scripts, navigation, footers and forms are left out.
 * Deeper than `limits.htmlDepth` or larger than `limits.documentBytes`: a fault, and reading stops.
 */
export function readHtml(bytes: Uint8Array, options: { readonly file: string }): { document: TextDocument; faults: Fault[] } {
  const { file } = options
  const faults: Fault[] = []
  if (bytes.length > limits.documentBytes) {
    const what = `the page has ${bytes.length} bytes, more than ${limits.documentBytes}`
    return { document: { dates: [], paragraphs: [] }, faults: [fault('document-too-large', what, { file }, 'split the file')] }
  }
  const page = decode(bytes)
  if (page.includes('\ufffd'))
    faults.push(
      fault('text-not-utf8', 'the page is not UTF-8 everywhere; those bytes are shown as U+FFFD', { file }, 'save it as UTF-8'),
    )
  const paragraphs: { text: string; from: number; to: number }[] = []
  const dates: Moment[] = []
  const open: string[] = []
  let quiet = 0
  let title: string | undefined
  let current = { text: '', from: 0, to: 0 }
  const flush = () => {
    const text = current.text.replace(/[ \t\r\n\f]+/g, ' ').trim()
    if (text !== '') paragraphs.push({ text, from: current.from, to: current.to })
    current = { text: '', from: 0, to: 0 }
  }
  const date = (text: string | undefined) => {
    const moment = text === undefined ? undefined : parseIso(text)
    if (moment && text !== undefined && dates.length < 100) dates.push({ ...moment, text })
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        open.push(name)
        if (open.length > limits.htmlDepth) {
          const what = `elements are nested deeper than ${limits.htmlDepth}; the rest of the page was not read`
          faults.push(fault('html-too-deep', what, { file, offset: offsetOf(page, parser.startIndex) }, 'open the page by hand'))
          parser.pause()
          parser.reset()
          return
        }
        if (silent.has(name)) quiet += 1
        if (!inline.has(name)) flush()
        if (name === 'time') date(attributes['datetime'])
        if (
          name === 'meta' &&
          dateMeta.test((attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '').toLowerCase())
        )
          date(attributes['content'])
      },
      ontext(text) {
        if (open.at(-1) === 'title' && !open.includes('svg')) title = (title ?? '') + text
        else if (quiet === 0) {
          if (current.text === '' && text.trim() !== '') current.from = parser.startIndex
          if (current.text !== '' || text.trim() !== '') current.text += text
          if (text.trim() !== '') current.to = parser.endIndex + 1
        }
      },
      onclosetag(name) {
        open.pop()
        if (silent.has(name)) quiet = Math.max(0, quiet - 1)
        if (!inline.has(name)) flush()
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(page)
  if (!faults.some((one) => one.code === 'html-too-deep')) parser.end()
  flush()
  const name = title?.replace(/\s+/g, ' ').trim()
  return {
    document: { ...(name ? { title: name } : {}), dates, paragraphs: located(page, paragraphs, hasUtf16Mark(bytes)) },
    faults,
  }
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

function decode(bytes: Uint8Array): string {
  const encoding = hasUtf16Mark(bytes) ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}

function offsetOf(page: string, index: number): number {
  return Buffer.byteLength(page.slice(0, index))
}

/** Byte ranges and lines from character positions, in one pass. */
function located(page: string, parts: readonly { text: string; from: number; to: number }[], utf16: boolean): Paragraph[] {
  const ordered = [...parts].sort((a, b) => a.from - b.from)
  let index = 0
  let offset = 0
  let line = 1
  const advance = (to: number) => {
    const piece = page.slice(index, to)
    offset += Buffer.byteLength(piece)
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) line += 1
    index = to
    return { offset, line }
  }
  return ordered.map((part) => {
    const start = advance(part.from)
    const end = advance(Math.max(part.to, part.from))
    const at = utf16
      ? ({ kind: 'line', n: start.line } as const)
      : ({ kind: 'bytes', from: start.offset, to: end.offset } as const)
    return { text: part.text, at, line: start.line }
  })
}
