import { fault, limits, sha256, type Fault, type Moment } from '../../base/index.ts'
import { feedTime } from './feed-xml.ts'
import { plainText } from './plain-text.ts'

/** A mail: who wrote to whom, when by its own header, its text, and what was attached. */
export interface Mail {
  readonly from: string
  readonly address: string
  readonly to: string
  readonly subject: string
  readonly at?: Moment
  readonly text: string
  /** Where the text stands, when the part is not encoded: byte offset of its first character in the file. */
  readonly offset?: number
  readonly attachments: readonly {
    readonly name: string
    readonly type: string
    readonly sha256: string
    readonly bytes: Uint8Array
  }[]
}

const parts = 500
const headerBytes = 256 * 1024
const header =
  /^(?:received|from|to|subject|date|message-id|mime-version|return-path|delivered-to|content-type|x-[\w-]+|dkim-signature|reply-to|cc)\s?:/i

/** True for the head of a mail: headers only, `From` and two more of its kind among them, before the first empty line. */
export function looksLikeMail(head: string): boolean {
  const lines = (head.split(/\r?\n\r?\n/)[0] ?? '').replace(/^From .*\r?\n/, '').split(/\r?\n/)
  const known = lines.filter((line) => header.test(line)).length
  const named = /^from\s?:/im.test(head) && /^(?:date|message-id|mime-version|received|subject)\s?:/im.test(head)
  const clean = lines.every((line) => /^[\w-]{1,60}\s?:/.test(line) || /^[ \t]/.test(line))
  return named && known >= 3 && clean && /\r?\n\r?\n/.test(head)
}

/**
 * Reads one mail (RFC 5322 with MIME). In: the bytes of an .eml. Out: sender, time and text of its body (plain text before HTML), and
 * attachments decoded, with their hashes; nothing of them is opened here. Deeper nesting than `limits.depth` or more than 500 parts:
 * a fault, and the rest is left.
 */
export function readMail(bytes: Uint8Array, options: { readonly file: string }): { mail: Mail; faults: Fault[] } {
  const faults: Fault[] = []
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const top = splitPart(raw, 0)
  const found: Found = { attachments: [], parts: 0, file: options.file, faults }
  walk(top, found, 0)
  const from = decodeWords(top.headers.get('from') ?? '')
  const named = /^\s*"?([^"<]*?)"?\s*<([^>]{1,320})>/.exec(from)
  const at = feedTime((top.headers.get('date') ?? '').replace(/\(.*$/, '').replace(/^\w{3},\s*/, ''))
  const body = found.plain ?? found.html
  return {
    mail: {
      // A memo has a name and no address.
      from: (named?.[1] ?? (from.includes('@') ? '' : from)).trim(),
      address: (named?.[2] ?? from).trim(),
      to: decodeWords(top.headers.get('to') ?? ''),
      subject: decodeWords(top.headers.get('subject') ?? ''),
      ...(at === undefined ? {} : { at }),
      text: body?.text ?? '',
      ...(body?.offset === undefined ? {} : { offset: body.offset }),
      attachments: found.attachments,
    },
    faults,
  }
}

interface Part {
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
  readonly offset: number
}

interface Found {
  plain?: { text: string; offset?: number }
  html?: { text: string; offset?: number }
  readonly attachments: Mail['attachments'][number][]
  parts: number
  readonly file: string
  readonly faults: Fault[]
}

function splitPart(raw: Buffer, offset: number): Part {
  const crlf = raw.indexOf('\r\n\r\n')
  const lf = raw.indexOf('\n\n')
  const windows = crlf >= 0 && (lf < 0 || crlf < lf)
  const end = windows ? crlf : lf
  const head = raw.subarray(0, Math.min(end < 0 ? raw.length : end, headerBytes)).toString('utf8')
  const from = end < 0 ? raw.length : end + (windows ? 4 : 2)
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  return { headers, body: raw.subarray(from), offset: offset + from }
}

function walk(part: Part, found: Found, depth: number): void {
  found.parts += 1
  if (depth > limits.depth / 2 || found.parts > parts) {
    if (!found.faults.some((one) => one.code === 'mail-too-deep'))
      found.faults.push(
        fault(
          'mail-too-deep',
          'the mail has too many or too deeply nested parts; the rest was not read',
          { file: found.file },
          'open it by hand',
        ),
      )
    return
  }
  const type = part.headers.get('content-type') ?? 'text/plain'
  const kind = (/^[\w./+-]+/.exec(type)?.[0] ?? 'text/plain').toLowerCase()
  const boundary = /\bboundary="?([^";]{1,200})"?/i.exec(type)?.[1]
  if (kind.startsWith('multipart/') && boundary !== undefined) {
    for (const piece of pieces(part, boundary)) walk(splitPart(piece.body, piece.offset), found, depth + 1)
    return
  }
  const disposition = part.headers.get('content-disposition') ?? ''
  const name = decodeWords(
    /\bfilename\*?="?(?:UTF-8'')?([^";]{1,300})"?/i.exec(disposition)?.[1] ?? /\bname="?([^";]{1,300})"?/i.exec(type)?.[1] ?? '',
  )
  const body = decodeBody(part)
  if (/^attachment/i.test(disposition) || name !== '' || !kind.startsWith('text/')) {
    const shown = name.split(/[\\/]/).at(-1) || kind
    found.attachments.push({ name: shown, type: kind, sha256: sha256(body), bytes: body })
    return
  }
  const charset = /\bcharset="?([\w-]{1,40})"?/i.exec(type)?.[1] ?? 'utf-8'
  const text = decodeText(body, charset)
  const plainBytes = body === part.body && /^(?:utf-?8|us-ascii)$/i.test(charset)
  if (kind === 'text/html') found.html ??= { text: plainText(text) }
  else found.plain ??= { text, ...(plainBytes ? { offset: part.offset } : {}) }
}

function pieces(part: Part, boundary: string): { body: Buffer; offset: number }[] {
  const mark = Buffer.from(`--${boundary}`)
  const found: { body: Buffer; offset: number }[] = []
  let at = part.body.indexOf(mark)
  while (at >= 0 && found.length < parts) {
    const line = part.body.indexOf('\n', at)
    if (line < 0 || part.body.subarray(at + mark.length, at + mark.length + 2).toString() === '--') break
    const next = part.body.indexOf(mark, line)
    const end = next < 0 ? part.body.length : next
    found.push({ body: part.body.subarray(line + 1, end), offset: part.offset + line + 1 })
    at = next
  }
  return found
}

function decodeBody(part: Part): Buffer {
  switch ((part.headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(part.body.toString('latin1').replace(/[^A-Za-z0-9+/=]/g, ''), 'base64')
    case 'quoted-printable':
      return quotedPrintable(part.body.toString('latin1'))
    default:
      return part.body
  }
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/[ \t]*=\r?\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

/** RFC 2047: `=?utf-8?B?...?=`. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([\w-]{1,40})\?([bq])\?([^?]{0,400})\?=/gi, (_, charset: string, how: string, word: string) =>
      decodeText(how.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : quotedPrintable(word.replaceAll('_', ' ')), charset),
    )
    .toWellFormed()
}
