import { fault, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'
import type { Paragraph, TextDocument } from './paragraph.ts'

interface Line {
  readonly text: string
  readonly from: number
  readonly number: number
}

/** Lines up to this length inside a block are taken for one wrapped paragraph. */
const wrapped = 120
/** Longer lines, up to this length, only where the block shows that they were broken at a width. */
const wrappedWide = 240
/** Where a sentence may end. */
const ends = /[.!?:…]["”’')\]]*\s*$/
/** Lines that begin something new whatever stands before: headings, list items, quotes, tables, update headers. */
const opens = /^\s{0,3}(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\||\[)/

/**
 * Reads plain text or Markdown. In: the bytes of one file (UTF-8, or UTF-16 with a byte order mark). Out: paragraphs with
 * line numbers and, for UTF-8, byte ranges; front matter between `---` lines gives title and dates and is no paragraph.
 * Bytes that are not the encoding's become U+FFFD with a fault; a file above `limits.documentBytes` is not read.
 */
export function readText(bytes: Uint8Array, options: { readonly file: string }): { document: TextDocument; faults: Fault[] } {
  const faults: Fault[] = []
  const nothing = { document: { dates: [], paragraphs: [] }, faults }
  if (bytes.length > limits.documentBytes) {
    const what = `the file has ${bytes.length} bytes, more than ${limits.documentBytes}`
    faults.push(fault('document-too-large', what, { file: options.file }, 'split the file'))
    return nothing
  }
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  if (bytes.subarray(0, 4096).includes(0) && utf16 === undefined) {
    faults.push(
      fault('document-not-text', 'the file holds zero bytes and is no text', { file: options.file }, 'check what the file is'),
    )
    return nothing
  }
  const clean = utf16 === undefined && isUtf8(bytes)
  if (utf16 === undefined && !clean)
    faults.push(
      fault(
        'text-not-utf8',
        'the text is not UTF-8 everywhere; those bytes are shown as U+FFFD',
        { file: options.file },
        'save it as UTF-8',
      ),
    )
  const read = lines(utf16 ? Buffer.from(new TextDecoder(utf16).decode(bytes), 'utf8') : bytes)
  const head = frontMatter(read)
  const paragraphs = join(read.slice(head.lines)).map((part) => paragraph(part, clean))
  const heading = read.slice(head.lines).find((line) => /^# \S/.test(line.text))
  const title = head.title ?? heading?.text.slice(2).trim()
  return { document: { ...(title === undefined ? {} : { title }), dates: head.dates, paragraphs }, faults }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function lines(bytes: Uint8Array): Line[] {
  const found: Line[] = []
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  for (let number = 1; from < bytes.length; number += 1) {
    const feed = bytes.indexOf(10, from)
    const end = feed < 0 ? bytes.length : feed
    const text = decoder.decode(bytes.subarray(from, end))
    found.push({ text: text.endsWith('\r') ? text.slice(0, -1) : text, from, number })
    from = end + 1
  }
  return found
}

function frontMatter(read: readonly Line[]): { lines: number; title?: string; dates: Moment[] } {
  const end = read[0]?.text === '---' ? read.findIndex((line, index) => index > 0 && index < 50 && line.text === '---') : -1
  if (end < 0) return { lines: 0, dates: [] }
  const dates: Moment[] = []
  let title: string | undefined
  for (const { text } of read.slice(1, end)) {
    const [, key = '', value = ''] = /^(\w{1,20}):\s*(.*)$/.exec(text) ?? []
    const plain = value.trim().replace(/^["']|["']$/g, '')
    if (key === 'title' && plain !== '') title = plain
    const moment = /^(?:date|published|updated|modified)$/.test(key) ? parseIso(plain) : undefined
    if (moment) dates.push({ ...moment, text: plain })
  }
  return { lines: end + 1, dates, ...(title === undefined ? {} : { title }) }
}

/** Joins wrapped lines; in a block whose lines were not broken for their length each line is a paragraph. */
function join(read: readonly Line[]): Line[][] {
  const parts: Line[][] = []
  let block: Line[] = []
  const close = () => {
    const short = block.every((line) => line.text.length <= wrapped)
    for (const run of runs(block)) {
      const width = run.reduce((most, line) => Math.max(most, line.text.length), 0)
      const filled = !short && width <= wrappedWide && isFilled(run, width)
      for (const [index, line] of run.entries()) {
        const before = run[index - 1]
        const joins =
          before !== undefined &&
          (filled || breaksOff(before, line) || (short && (before.text.length >= 40 || before.text.startsWith('>'))))
        if (joins) parts.at(-1)?.push(line)
        else parts.push([line])
      }
    }
    block = []
  }
  for (const line of read) {
    if (line.text.trim() === '') close()
    else block.push(line)
  }
  close()
  return parts
}

/** Cuts a block at its headings, list items and the like; the lines of one block quotation stay together. */
function runs(block: readonly Line[]): Line[][] {
  const found: Line[][] = []
  for (const [index, line] of block.entries()) {
    const before = block[index - 1]
    const goesOn = before !== undefined && before.text.startsWith('>') && line.text.startsWith('>')
    const begins = before === undefined || (opens.test(line.text) && !goesOn) || /^\s{0,3}#/.test(before.text)
    if (begins) found.push([line])
    else found.at(-1)?.push(line)
  }
  return found
}

/** True when every line but the last had no room for the next line's first word, and one of them breaks off inside a sentence. */
function isFilled(run: readonly Line[], width: number): boolean {
  const broken = run.slice(0, -1)
  const full = broken.every((line, index) => {
    const next = /^\S*/.exec((run[index + 1] as Line).text.trimStart())?.[0].length ?? 0
    return line.text.length + 1 + next > width
  })
  return full && broken.some((line) => !ends.test(line.text))
}

/** True when a line stops inside a sentence that the next goes on with in lower case. */
function breaksOff(before: Line, line: Line): boolean {
  return (
    before.text.length >= 40 && before.text.length <= wrappedWide && !ends.test(before.text) && /^\s{0,3}\p{Ll}/u.test(line.text)
  )
}

function paragraph(part: readonly Line[], clean: boolean): Paragraph {
  const first = part[0] as Line
  const last = part.at(-1) as Line
  const text = part.map((line) => line.text).join('\n')
  const to = last.from + Buffer.byteLength(last.text)
  // With CR LF inside, the joined text is not the file's bytes word for word.
  const verbatim = clean && Buffer.byteLength(text) === to - first.from
  if (clean)
    return { text, at: { kind: 'bytes', from: first.from, to }, line: first.number, ...(verbatim ? { from: first.from } : {}) }
  const at =
    first === last
      ? ({ kind: 'line', n: first.number } as const)
      : ({ kind: 'range', unit: 'line', from: first.number, to: last.number } as const)
  return { text, at, line: first.number }
}
