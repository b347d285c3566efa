import { unreachable, type Locator, type Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Paragraph, PictureReading, TelegramPost } from '../formats/index.ts'
import { authorOf, isAuthorLine } from './author.ts'
import { dateIn } from './date.ts'
import type { ClaimDocument } from './document.ts'
import { headedBy } from './heading.ts'
import { endsArticle, pageLines, teaser } from './lexicon/boilerplate.ts'
import { doubleQuotes } from './quotation.ts'
import { flatten, sentenceRanges, sentencesWithin, type Frame, type Said } from './sentence.ts'
import type { Post } from './thread.ts'

/** A post of a chat, or a section of an article under one time: the unit in which speakers are told apart. */
export interface Passage {
  readonly document: { readonly kind: ClaimDocument['kind']; readonly sha256: string; readonly file: string }
  /** Ordinal inside the document. */
  readonly order: number
  /** Whose post it is; absent in articles. */
  readonly author?: string
  readonly at?: Moment
  readonly reportedAt?: Moment
  readonly id?: string
  readonly editedAt?: Moment
  readonly channel: string
  readonly text: string
  readonly attachments: Post['attachments']
  readonly cite: Cite
  /** Who writes the section by its heading; `own` when the heading says that the words are that organisation's. */
  readonly head?: { readonly name: string; readonly own: boolean }
  readonly said: readonly Said[]
}

/** Cuts documents into passages; `zone` is assumed for times in articles that state none. */
export function passagesOf(documents: readonly ClaimDocument[], zone?: string): Passage[] {
  const pictures = new Map<string, { sha256: string; file: string; picture: PictureReading }>()
  for (const document of documents) if (document.kind === 'picture') pictures.set(normal(document.file), document)
  const attached = new Set<string>()
  const chats = documents.flatMap((document) => (document.kind === 'chat' ? chatPassages(document, { pictures, attached }) : []))
  const rest = documents.flatMap((document) => {
    switch (document.kind) {
      case 'chat':
        return []
      case 'article':
        return articlePassages(document, document.paragraphs, { dates: document.dates, ...(zone === undefined ? {} : { zone }) })
      case 'picture':
        return attached.has(document.sha256) ? [] : articlePassages(document, pictureParagraphs(document.picture), { dates: [] })
      default:
        return unreachable(document)
    }
  })
  return [...chats, ...rest]
}

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) if (part !== '' && part !== '.') parts.push(part)
  return parts.join('/')
}

function chatPassages(
  document: ClaimDocument & { kind: 'chat' },
  files: { pictures: ReadonlyMap<string, { sha256: string; file: string; picture: PictureReading }>; attached: Set<string> },
): Passage[] {
  const folder = normal(document.file).split('/').slice(0, -1).join('/')
  return document.chats.flatMap((chat) =>
    chat.posts.map((post): Passage => {
      const cite: Cite = { kind: 'exhibit', sha256: document.sha256, file: document.file, at: { kind: 'record', n: post.record } }
      const attachments = post.attachments.map((attachment) => {
        const picture = files.pictures.get(normal(folder === '' ? attachment.file : `${folder}/${attachment.file}`))
        if (!picture) return { file: attachment.file }
        files.attached.add(picture.sha256)
        const whole: Cite = { kind: 'exhibit', sha256: picture.sha256, file: picture.file, at: { kind: 'whole' } }
        return { file: attachment.file, text: picture.picture.text, cite: whole }
      })
      return {
        document: { kind: 'chat', sha256: document.sha256, file: document.file },
        order: post.record,
        author: posterOf(post, chat),
        ...timesOf(post),
        id: post.id,
        ...(post.editedAt ? { editedAt: post.editedAt } : {}),
        channel: chat.name,
        text: post.text,
        attachments,
        cite,
        said: sentencesOf(post.text, () => cite, { lines: true }),
      }
    }),
  )
}

function posterOf(post: TelegramPost, chat: { name: string; type: string }): string {
  return post.forwardedFrom ?? (chat.type.includes('channel') ? chat.name : (post.from ?? chat.name))
}

/** A forwarded post was made by its author before it was forwarded: the time bounds it. */
function timesOf(post: TelegramPost): Pick<Passage, 'at' | 'reportedAt'> {
  if (!post.at) return {}
  return post.forwardedFrom === undefined ? { at: post.at } : { reportedAt: { ...post.at, bound: 'not-later-than' } }
}

function sentencesOf(
  text: string,
  cite: (from: number, to: number) => Cite,
  options: { readonly lines: boolean; readonly open?: boolean; readonly continues?: boolean },
): Said[] {
  const marked = doubleQuotes(text)
  const continues = options.continues === true
  return sentenceRanges(text, options).flatMap((range, index) => {
    const frame: Frame = {
      flat: flatten(marked.slice(range.from, range.to)),
      opens: index === 0 && !continues,
      continues: continues && (index === 0 || /^\s*>/.test(text)),
    }
    const within = options.lines ? [range] : sentencesWithin(marked, range)
    return within.flatMap((piece): Said[] => {
      const flat = flatten(marked.slice(piece.from, piece.to))
      const words = text.slice(piece.from, piece.to)
      const whole = options.lines ? words : unwrapped(words)
      return flat === '' ? [] : [{ text: whole, flat, cite: cite(piece.from, piece.to), frame }]
    })
  })
}

/** Lines broken for their length as one; marks of a block quotation inside are left off. */
function unwrapped(words: string): string {
  const lines = words.split('\n')
  if (lines.length === 1) return words
  const inner = lines.map((line, index) => (index === 0 ? line : line.trimStart().replace(/^>\s?/, '').trimStart()))
  return inner.map((line, index) => (index === lines.length - 1 ? line : line.trimEnd())).join(' ')
}

function pictureParagraphs(picture: PictureReading): Paragraph[] {
  return picture.lines.map((line, index) => ({ text: line.text, at: { kind: 'region', ...line.region }, line: index + 1 }))
}

function articlePassages(
  document: ClaimDocument,
  all: readonly Paragraph[],
  times: { readonly dates: readonly Moment[]; readonly zone?: string },
): Passage[] {
  const published = times.dates.map(wholeDay).sort((a, b) => (a.at < b.at ? 1 : -1))[0]
  const sections: Section[] = []
  const open = (moment: Moment | undefined, heading: string) => {
    const head = heading.length <= 160 ? headedBy(heading) : undefined
    sections.push({ ...(moment ? { moment } : {}), ...(head ? { head } : {}), paragraphs: [] })
  }
  open(published, '')
  const kept = articleParagraphs(all)
  const author = authorOf(kept)
  for (const paragraph of kept) {
    const header = headerOf(paragraph.text, times.zone)
    const heading = /^#{1,6}\s/.test(paragraph.text) ? flatten(paragraph.text) : ''
    const titled = header === undefined && headedBy(heading)?.own === true
    if (header) open(header.moment, heading)
    else if (titled) open(sections.at(-1)?.moment, heading)
    const drop = titled || header?.whole === true || (author !== undefined && isAuthorLine(paragraph.text))
    if (!drop) sections.at(-1)?.paragraphs.push({ paragraph, skip: header?.skip ?? 0 })
  }
  return sections.flatMap((section, order): Passage[] => {
    const texts = section.paragraphs.map(({ paragraph, skip }) => paragraph.text.slice(skip))
    const said = section.paragraphs.flatMap(({ paragraph, skip }, index) => {
      const cite = citesIn(document, paragraph)
      const text = texts[index] as string
      const course = { continues: goesOn(texts[index - 1], text), open: goesOn(text, texts[index + 1]) }
      return sentencesOf(text, (from, to) => cite(skip + from, skip + to), { lines: false, ...course })
    })
    const first = said[0]
    if (!first) return []
    const { moment, head } = section
    const time =
      moment && (author === undefined ? { reportedAt: { ...moment, bound: 'not-later-than' as const } } : { at: moment })
    return [
      {
        document: { kind: document.kind, sha256: document.sha256, file: document.file },
        order,
        ...(author === undefined ? {} : { author }),
        ...time,
        ...(head ? { head } : {}),
        channel: '',
        text: texts.join('\n'),
        attachments: [],
        cite: across(first.cite, said.at(-1)?.cite ?? first.cite),
        said,
      },
    ]
  })
}

interface Section {
  readonly moment?: Moment
  readonly head?: { readonly name: string; readonly own: boolean }
  readonly paragraphs: { readonly paragraph: Paragraph; readonly skip: number }[]
}

/** True when a paragraph goes on with the quotation of the one before: left open, introduced with a colon, or a block quotation. */
function goesOn(before: string | undefined, text: string | undefined): boolean {
  if (before === undefined || text === undefined) return false
  const block = /^\s*>/.test(text)
  if (block && /^\s*>/.test(before)) return true
  if (!block && !/^\s*["“‘]/.test(text)) return false
  const marked = doubleQuotes(before)
  if (marked.trimEnd().endsWith(':')) return true
  return marked.lastIndexOf('“') > marked.lastIndexOf('”') || (marked.match(/"/g) ?? []).length % 2 === 1
}

/** From the beginning of one cite to the end of another in the same file. */
export function across(first: Cite, last: Cite): Cite {
  if (first.kind !== 'exhibit' || last.kind !== 'exhibit' || first.at.kind !== 'bytes' || last.at.kind !== 'bytes') return first
  return { ...first, at: { kind: 'bytes', from: first.at.from, to: last.at.to } }
}

/** `[UPDATE: 5 February 2024 - 6:14pm]` at the start of a paragraph, a line of its own such as `Published 5 Feb 2024`, a dated heading. */
function headerOf(text: string, zone: string | undefined): { moment: Moment; skip: number; whole: boolean } | undefined {
  const bracket = /^\s*\[([^\]\n]{4,100})\]\s*/.exec(text)
  const line = text.length <= 120 && /^\W{0,4}(?:updated?|published|posted|last updated|date|original story)\b/i.test(text)
  const heading = text.length <= 160 && /^#{1,6}\s/.test(text)
  const found = bracket
    ? dateIn(flatten(bracket[1] ?? ''), zone)
    : line
      ? dateIn(flatten(text), zone)
      : heading
        ? stampOf(flatten(text), zone)
        : undefined
  if (!found) return undefined
  // A day without a time of day bounds by its end.
  const moment = found.day ? { ...found.moment, at: `${found.moment.at.slice(0, 10)}T23:59:59.000000Z` } : found.moment
  const skip = bracket?.[0].length ?? text.length
  return { moment, skip, whole: skip >= text.trimEnd().length }
}

/** The date a heading is stamped with, at its end and set off (`Name, 2 March 2027`); `the incident of 4 May 2027` is another time. */
function stampOf(flat: string, zone: string | undefined): ReturnType<typeof dateIn> {
  const found = dateIn(flat, zone)
  if (!found) return undefined
  const at = flat.indexOf(found.moment.text ?? '')
  const before = flat.slice(0, at)
  const after = flat.slice(at + (found.moment.text ?? '').length)
  return /(?:^|[,:;|(-]|\b(?:release|statement|update|published|issued|advisory|bulletin|notice|faq))\s?$/i.test(before) &&
    /^[\s)\].]*$/.test(after)
    ? found
    : undefined
}

/** A day without a time of day bounds by its end. */
function wholeDay(moment: Moment): Moment {
  return /^\d{4}-\d{2}-\d{2}$/.test(moment.text ?? '') ? { ...moment, at: `${moment.at.slice(0, 10)}T23:59:59.000000Z` } : moment
}

/** The article without the page around it: navigation, calls to subscribe, teasers of other articles at its end. */
function articleParagraphs(all: readonly Paragraph[]): Paragraph[] {
  const end = all.findIndex(
    (paragraph, index) => index > 0 && endsArticle.test(paragraph.text.trim()) && paragraph.text.length < 80,
  )
  const kept = (end < 0 ? [...all] : all.slice(0, end)).filter((paragraph) => !pageLines.test(flatten(paragraph.text)))
  let tail = kept.length
  while (tail > 0 && teaser.test((kept[tail - 1] as Paragraph).text.trim())) tail -= 1
  return kept.length - tail >= 2 ? kept.slice(0, tail) : kept
}

/** Cites for ranges of a paragraph, asked for in its order: bytes where the text is the file's own, else the whole paragraph. */
function citesIn(document: ClaimDocument, paragraph: Paragraph): (from: number, to: number) => Cite {
  let index = 0
  let offset = paragraph.from ?? 0
  const advance = (to: number): number => {
    offset += Buffer.byteLength(paragraph.text.slice(index, to))
    index = to
    return offset
  }
  return (from, to) => {
    const at: Locator = paragraph.from === undefined ? paragraph.at : { kind: 'bytes', from: advance(from), to: advance(to) }
    return { kind: 'exhibit', sha256: document.sha256, file: document.file, at }
  }
}
