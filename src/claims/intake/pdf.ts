import { inflateSync } from 'node:zlib'
import { fault, limits, type Fault } from '../../base/index.ts'
import { unicodeMap, type CodeMap } from './pdf-codes.ts'
import { pageText } from './pdf-text.ts'

const objectsMost = 200_000
const pagesMost = 2_000

interface Stored {
  readonly text: string
  readonly stream?: Buffer
}

/**
 * The text layer of a PDF, page by page. In: the bytes. Out: one text per page, empty where a page holds pictures alone. Nothing is
 * rendered and no script, link or embedded file is followed. An encrypted file, or one without any text, is a fault.
 */
export function readPdf(bytes: Uint8Array, options: { readonly file: string }): { pages: string[]; faults: Fault[] } {
  const { file } = options
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const none = (code: string, what: string, todo: string) => ({ pages: [], faults: [fault(code, what, { file }, todo)] })
  const objects = objectsOf(raw)
  if (/\/Encrypt\s+\d+ \d+ R/.test(raw.subarray(Math.max(0, raw.length - 4_096)).toString('latin1')))
    return none('pdf-encrypted', 'the PDF is encrypted', 'open it with its password and hand in a copy without one')
  const pages = pagesOf(objects).slice(0, pagesMost)
  const maps = new Map<string, CodeMap | undefined>()
  const texts = pages.map((page) => {
    const content = refsOf(page.text, 'Contents')
      .map((ref) => objects.get(ref)?.stream?.toString('latin1') ?? '')
      .join('\n')
    return pageText(content, fontsOf(page.text, objects, maps))
  })
  if (texts.every((text) => text.trim() === ''))
    return none('pdf-no-text', 'the PDF has no text layer that can be read', 'hand in its pages as pictures, or its text')
  return { pages: texts, faults: [] }
}

function objectsOf(raw: Buffer): Map<string, Stored> {
  const found = new Map<string, Stored>()
  const text = raw.toString('latin1')
  let room: number = limits.documentBytes
  const start = /(?:^|[\r\n\s])(\d{1,10}) (\d{1,5}) obj\b/g
  for (let match = start.exec(text); match !== null && found.size < objectsMost; match = start.exec(text)) {
    const from = match.index + match[0].length
    const close = text.indexOf('endobj', from)
    const end = close < 0 ? text.length : close
    const body = text.slice(from, end)
    const open = /\bstream\r?\n/.exec(body)
    const dict = open === null ? body : body.slice(0, open.index)
    if (open === null) found.set(`${match[1]} ${match[2]}`, { text: dict })
    else {
      const begin = from + open.index + open[0].length
      const until = text.indexOf('endstream', begin)
      const stream = unpacked(raw.subarray(begin, until < 0 ? end : until), dict, room)
      room -= stream?.length ?? 0
      found.set(`${match[1]} ${match[2]}`, { text: dict, ...(stream === undefined ? {} : { stream }) })
      if (stream !== undefined && /\/Type\s*\/ObjStm\b/.test(dict)) unpackObjects(stream, dict, found)
    }
    start.lastIndex = Math.max(end, from)
  }
  return found
}

function unpacked(stream: Buffer, dict: string, room: number): Buffer | undefined {
  if (room <= 0 || /\/Subtype\s*\/Image\b/.test(dict)) return undefined
  if (!/\/Filter/.test(dict)) return stream
  if (!/\/FlateDecode\b/.test(dict) || /\/(?:DCT|JPX|LZW|ASCII85|ASCIIHex|CCITTFax|JBIG2)Decode\b/.test(dict)) return undefined
  try {
    return inflateSync(stream, { maxOutputLength: room, finishFlush: 2 })
  } catch {
    return undefined
  }
}

function unpackObjects(stream: Buffer, dict: string, found: Map<string, Stored>): void {
  const text = stream.toString('latin1')
  const first = Number(/\/First (\d{1,9})/.exec(dict)?.[1] ?? 0)
  const numbers = text.slice(0, first).trim().split(/\s+/).map(Number)
  for (let index = 0; index + 1 < numbers.length && found.size < objectsMost; index += 2) {
    const from = first + (numbers[index + 1] ?? 0)
    const to = index + 3 < numbers.length ? first + (numbers[index + 3] ?? 0) : text.length
    const key = `${numbers[index]} 0`
    if (!found.has(key)) found.set(key, { text: text.slice(from, to) })
  }
}

/** Pages in the order of the tree, else in the order of the file. */
function pagesOf(objects: ReadonlyMap<string, Stored>): Stored[] {
  const isPage = (one: Stored | undefined): boolean => one !== undefined && /\/Type\s*\/Page\b(?!s)/.test(one.text)
  const root = [...objects.values()].find((one) => /\/Type\s*\/Pages\b/.test(one.text) && !/\/Parent\s+\d/.test(one.text))
  const found: Stored[] = []
  const seen = new Set<Stored>()
  const visit = (node: Stored | undefined, depth: number): void => {
    if (node === undefined || seen.has(node) || depth > limits.depth) return
    seen.add(node)
    if (isPage(node)) found.push(node)
    else for (const ref of refsOf(node.text, 'Kids')) visit(objects.get(ref), depth + 1)
  }
  visit(root, 0)
  return found.length > 0 ? found : [...objects.values()].filter(isPage)
}

/** References behind a key: one, or a list. */
function refsOf(dict: string, key: string): string[] {
  const value = new RegExp(`/${key}\\s*(\\[[^\\]]{0,200000}\\]|\\d{1,10} \\d{1,5} R)`).exec(dict)?.[1] ?? ''
  return [...value.matchAll(/(\d{1,10}) (\d{1,5}) R/g)].map((match) => `${match[1]} ${match[2]}`)
}

function fontsOf(
  page: string,
  objects: ReadonlyMap<string, Stored>,
  maps: Map<string, CodeMap | undefined>,
): ReadonlyMap<string, CodeMap> {
  const parent = refsOf(page, 'Parent')[0]
  const resources = refsOf(page, 'Resources').map((ref) => objects.get(ref)?.text ?? '')
  const inherited = parent === undefined ? '' : (objects.get(parent)?.text ?? '')
  const all = [page, ...resources, inherited, ...refsOf(inherited, 'Resources').map((ref) => objects.get(ref)?.text ?? '')].join(
    '\n',
  )
  const lists = [all, ...refsOf(all, 'Font').map((ref) => objects.get(ref)?.text ?? '')].join('\n')
  const fonts = new Map<string, CodeMap>()
  for (const [, name = '', number, generation] of lists.matchAll(/\/([\w.+-]{1,60})\s+(\d{1,10}) (\d{1,5}) R/g)) {
    const key = `${number} ${generation}`
    if (!maps.has(key)) {
      const font = objects.get(key)?.text ?? ''
      const codes = refsOf(font, 'ToUnicode').map((ref) => objects.get(ref)?.stream?.toString('latin1') ?? '')[0]
      maps.set(key, codes === undefined || codes === '' ? undefined : unicodeMap(codes))
    }
    const map = maps.get(key)
    if (map !== undefined) fonts.set(name, map)
  }
  return fonts
}
