import { gunzipSync } from 'node:zlib'
import { fault, limits, sha256, type Fault } from '../base/index.ts'
import { looksLikeHtml, pictureKind, readHtml, readPicture, readTelegram, readText } from '../formats/index.ts'
import { defanged } from './defang.ts'
import { documentName, paragraphsAt, type ClaimDocument, type DocumentPlace } from './document.ts'
import { readTrackerList } from './intake/feed-json.ts'
import { looksLikeFeed, readFeed } from './intake/feed-xml.ts'
import { readForumPage } from './intake/forum-page.ts'
import { looksLikeMail, readMail } from './intake/mail.ts'
import { readPdf } from './intake/pdf.ts'
import { looksLikeWarc, readWarc } from './intake/warc.ts'

/** One file as handed over; `sha256` and `member` say where its bytes come from when it is a member of an archive. */
export interface ClaimFile {
  readonly file: string
  readonly bytes: Uint8Array
  readonly sha256?: string
  readonly member?: string
  readonly part?: DocumentPlace['part']
}

interface ReadOptions {
  readonly zone?: string
  readonly signal?: AbortSignal
}

interface Documents {
  readonly documents: ClaimDocument[]
  readonly faults: Fault[]
}

/** Documents inside documents (a mail in a mail, a feed in a web archive) are opened this deep. */
const nested = 3

/**
 * What one file says about a claim, by its content: picture, Telegram export, tracker's list or feed, mail, web archive, PDF, forum
 * page, HTML page, else text or Markdown. A mail, a feed and a web archive may give several documents. `zone` is assumed for times that
 * state none. Faults for what could not be read. Throws only when `signal` is aborted.
 */
export async function claimDocuments(input: ClaimFile, options: ReadOptions = {}): Promise<Documents> {
  return readDocuments(input, options, 0)
}

async function readDocuments(input: ClaimFile, options: ReadOptions, depth: number): Promise<Documents> {
  const { file, bytes } = input
  const place: DocumentPlace = {
    sha256: input.sha256 ?? sha256(bytes),
    file,
    ...(input.member === undefined ? {} : { member: input.member }),
    ...(input.part === undefined ? {} : { part: input.part }),
  }
  const zone = options.zone === undefined ? {} : { zone: options.zone }
  if (pictureKind(bytes) !== undefined || /\.(?:png|jpe?g|gif|webp|tiff?)$/i.test(documentName(place))) {
    const picture = await readPicture(bytes, { file, ...(options.signal ? { signal: options.signal } : {}) })
    return picture.kind === 'fault' ? { documents: [], faults: [picture] } : one({ kind: 'picture', ...place, picture })
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return unpacked(input, options, depth)
  const head = new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\ufeff/, '')
  if (head.startsWith('%PDF-')) return pdf(bytes, place)
  if (looksLikeWarc(head)) return warc(input, options, { place, depth })
  if (/^\s*[{[]/.test(head) && bytes.length <= limits.documentBytes) {
    const list = readTrackerList(bytes, { file, ...zone })
    if (list !== undefined) return { documents: [{ kind: 'posts', ...place, posts: list.posts }], faults: list.faults }
    const { chats, faults } = readTelegram(bytes, { file, ...zone })
    if (chats.length > 0) return { documents: [{ kind: 'chat', ...place, chats }], faults }
    if (/\.json$/i.test(documentName(place))) return { documents: [], faults }
  }
  if (looksLikeFeed(head)) return feed(bytes, place)
  if (looksLikeMail(head)) return mail(input, options, { place, depth })
  if (!looksLikeHtml(head)) return article(readText(bytes, { file }), place)
  const forum = readForumPage(bytes, { file, ...zone })
  if (forum !== undefined) return { documents: [{ kind: 'posts', ...place, posts: forum.posts }], faults: forum.faults }
  return article(readHtml(bytes, { file }), place)
}

function one(document: ClaimDocument, faults: Fault[] = []): Documents {
  return { documents: [document], faults }
}

function article({ document, faults }: ReturnType<typeof readText>, place: DocumentPlace): Documents {
  if (document.paragraphs.length > 0) return one({ kind: 'article', ...place, ...document }, faults)
  if (faults.length > 0) return { documents: [], faults }
  return { documents: [], faults: [empty(place.file)] }
}

function empty(file: string): Fault {
  return fault('claim-file-empty', 'the file holds no text', { file }, 'check that it is the file meant')
}

async function unpacked(input: ClaimFile, options: ReadOptions, depth: number): Promise<Documents> {
  try {
    const bytes = gunzipSync(input.bytes, { maxOutputLength: limits.documentBytes })
    if (depth < nested)
      return await readDocuments({ ...input, sha256: input.sha256 ?? sha256(input.bytes), bytes }, options, depth + 1)
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!(error instanceof Error && 'code' in error)) throw error
  }
  const what = 'the packed file is damaged, too large, or packed too many times'
  return { documents: [], faults: [fault('claim-file-packed', what, { file: input.file }, 'unpack it by hand')] }
}

function pdf(bytes: Uint8Array, place: DocumentPlace): Documents {
  const { pages, faults } = readPdf(bytes, { file: place.file })
  const paragraphs = pages.flatMap((text) => paragraphsAt(text, { kind: 'whole' }))
  return paragraphs.length === 0 ? { documents: [], faults } : one({ kind: 'article', ...place, dates: [], paragraphs }, faults)
}

function feed(bytes: Uint8Array, place: DocumentPlace): Documents {
  const { items, faults } = readFeed(bytes, { file: place.file })
  const tracked = items.filter((item) => item.victim !== undefined)
  const news = items.filter((item) => item.victim === undefined)
  const documents: ClaimDocument[] = news.map((item) => ({
    kind: 'article',
    ...place,
    part: place.part ?? { name: `item ${item.record}`, at: { kind: 'record', n: item.record } },
    title: item.title,
    dates: item.reportedAt === undefined ? [] : [item.reportedAt],
    paragraphs: item.text.split('\n').map((text) => ({ text, at: { kind: 'record', n: item.record }, line: 1 })),
  }))
  if (tracked.length > 0) documents.push({ kind: 'posts', ...place, posts: tracked })
  if (documents.length === 0 && faults.length === 0) faults.push(empty(place.file))
  return { documents, faults }
}

interface Inside {
  readonly place: DocumentPlace
  readonly depth: number
}

function memberOf({ member }: DocumentPlace): { member?: string } {
  return member === undefined ? {} : { member }
}

async function mail(input: ClaimFile, options: ReadOptions, { place, depth }: Inside): Promise<Documents> {
  const { mail: read, faults } = readMail(input.bytes, { file: place.file })
  const documents: ClaimDocument[] = []
  if (read.text.trim() !== '') {
    const { document } = readText(Buffer.from(read.text), { file: place.file })
    const { offset } = read
    const at = (from: number, to: number) => ({ kind: 'bytes' as const, from, to })
    const paragraphs = document.paragraphs.map(({ from, ...paragraph }) => {
      if (offset === undefined || from === undefined) return { ...paragraph, at: { kind: 'whole' as const } }
      const start = offset + from
      return { ...paragraph, from: start, at: at(start, start + Buffer.byteLength(paragraph.text)) }
    })
    documents.push({
      kind: 'article',
      ...place,
      title: read.subject,
      dates: [],
      paragraphs,
      writer: { name: read.from, to: read.to, ...(read.at === undefined ? {} : { at: read.at }) },
    })
  }
  for (const part of read.attachments) {
    const inside = {
      name: [place.part?.name, part.name].filter((name) => name !== undefined).join('/'),
      at: place.part?.at ?? { kind: 'whole' as const },
    }
    const readable = /^(?:text\/|message\/rfc822|image\/|application\/(?:pdf|json))/.test(part.type) || part.name.endsWith('.eml')
    if (depth < nested && readable) {
      const inner = await readDocuments(
        { file: place.file, bytes: part.bytes, sha256: place.sha256, ...memberOf(place), part: inside },
        options,
        depth + 1,
      )
      documents.push(...inner.documents)
      faults.push(...inner.faults)
    } else
      faults.push(
        fault(
          'mail-attachment-kept',
          `an attachment of type ${part.type} was not opened`,
          { file: place.file },
          'save it and give it by itself',
        ),
      )
  }
  if (documents.length === 0 && faults.length === 0) faults.push(empty(place.file))
  return { documents, faults }
}

async function warc(input: ClaimFile, options: ReadOptions, { place, depth }: Inside): Promise<Documents> {
  const { captured, faults } = readWarc(input.bytes, { file: place.file })
  const documents: ClaimDocument[] = []
  for (const page of captured) {
    if (depth >= nested) break
    const inside = place.part ?? { name: `record ${page.record}`, at: { kind: 'record' as const, n: page.record } }
    const inner = await readDocuments(
      { file: place.file, bytes: page.bytes, sha256: place.sha256, ...memberOf(place), part: inside },
      options,
      depth + 1,
    )
    faults.push(...inner.faults)
    for (const document of inner.documents)
      documents.push(
        document.kind === 'article'
          ? {
              ...document,
              address: defanged(page.address),
              dates: document.dates.length > 0 || page.at === undefined ? document.dates : [page.at],
            }
          : document,
      )
  }
  if (documents.length === 0 && faults.length === 0) faults.push(empty(place.file))
  return { documents, faults }
}
