import type { Locator, Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Paragraph } from '../formats/index.ts'
import { articleHead, headerLines } from './article-head.ts'
import { isAuthorLine } from './author.ts'
import { dateIn } from './date.ts'
import { partOf, placeOf, type ClaimDocument, type DocumentPlace } from './document.ts'
import { headedBy } from './heading.ts'
import { houseOf } from './issuer.ts'
import { pattern } from './language/languages.ts'
import { endsArticle, pageLines, teaser } from './lexicon/boilerplate.ts'
import type { Passage } from './passage.ts'
import { postHeaderOf } from './post-header.ts'
import { doubleQuotes } from './quotation.ts'
import { sentencesOf } from './said.ts'
import { flatten } from './sentence.ts'
import { whoseText } from './whose-text.ts'

/** Cuts an article, a letter or a note into passages: a section under each time it states, and whose words they are. */
export function articlePassages(
  document: DocumentPlace & { readonly kind: ClaimDocument['kind']; readonly writer?: Writer; readonly title?: string },
  all: readonly Paragraph[],
  times: { readonly dates: readonly Moment[]; readonly zone?: string },
): Passage[] {
  const published = times.dates.map(wholeDay).sort((a, b) => (a.at < b.at ? 1 : -1))[0]
  const sections: Section[] = []
  const header = postHeaderOf(all[0]?.text ?? '', times.zone)
  const kept = articleParagraphs(header === undefined ? all : withoutStart(all, header.length)).flatMap(headerLines)
  const { author, issuer, head: posted, turns } = whoseText(kept, { header, sender: document.writer?.name })
  const top = articleHead(kept, {
    authored: author !== undefined,
    ...(times.zone === undefined ? {} : { zone: times.zone }),
    ...(document.writer === undefined
      ? {}
      : { writer: author === undefined ? houseOf(document.writer.name) : document.writer.name }),
    ...(issuer === undefined ? {} : { issuer: { ...issuer, own: true } }),
  })
  const open = (moment: Moment | undefined, heading: string) => {
    const head = heading.length <= 160 ? headedBy(heading) : undefined
    const own = (heading === '' ? (top.head ?? posted) : head) ?? issuer
    sections.push({ ...(moment ? { moment } : {}), ...(own ? { head: own } : {}), paragraphs: [] })
  }
  open(top.moment ?? header?.moment ?? published, '')
  const first = sections[0]?.moment
  for (const { paragraph, head } of turns ?? [])
    sections.push({ ...(first ? { moment: first } : {}), ...(head ? { head } : {}), paragraphs: [{ paragraph, skip: 0 }] })
  for (const paragraph of turns === undefined ? kept : []) {
    if (top.lines.has(paragraph)) continue
    const stamp = headerOf(paragraph.text, times.zone)
    const heading = /^#{1,6}\s/.test(paragraph.text) ? flatten(paragraph.text) : ''
    const titled = stamp === undefined && headedBy(heading)?.own === true
    if (stamp) open(stamp.moment, heading)
    else if (titled) open(sections.at(-1)?.moment, heading)
    const drop = titled || stamp?.whole === true || (author !== undefined && isAuthorLine(paragraph.text))
    if (!drop) sections.at(-1)?.paragraphs.push({ paragraph, skip: stamp?.skip ?? 0 })
  }
  return sections.flatMap((section, order): Passage[] => {
    const texts = section.paragraphs.map(({ paragraph, skip }) => paragraph.text.slice(skip))
    const said = section.paragraphs.flatMap(({ paragraph, skip }, index) => {
      const cite = citesIn(document, paragraph)
      const text = texts[index] as string
      const course = { continues: goesOn(texts[index - 1], text), open: goesOn(text, texts[index + 1]) }
      const read = sentencesOf(text, (from, to) => cite(skip + from, skip + to), {
        lines: author !== undefined && hasOwnLines(text),
        casual: author !== undefined,
        ...course,
      })
      return paragraph === top.title ? read.map((one) => ({ ...one, title: true as const })) : read
    })
    const first = said[0]
    if (!first) return []
    const { moment, head } = section
    const time =
      moment && (author === undefined ? { reportedAt: { ...moment, bound: 'not-later-than' as const } } : { at: moment })
    return [
      {
        document: { kind: document.kind, ...partOf(document) },
        order,
        ...(author === undefined ? {} : { author }),
        ...time,
        ...(head ? { head } : {}),
        ...(order === 0 && top.lines.size > 0 ? { aside: [...top.lines].map((one) => one.text.slice(0, 200)) } : {}),
        channel: '',
        ...(document.title === undefined ? {} : { title: document.title }),
        text: texts.join('\n'),
        attachments: [],
        cite: across(first.cite, said.at(-1)?.cite ?? first.cite),
        said,
      },
    ]
  })
}

/** True where the breaks of a post's lines are its writer's and not the width of the page. */
function hasOwnLines(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim())
  const width = Math.max(...lines.map((line) => line.length))
  if (lines.length < 2 || width > 120) return false
  return lines.slice(0, -1).every((line, index) => {
    const next = /^\S*/.exec(lines[index + 1] ?? '')?.[0].length ?? 0
    const open =
      /\b(?:the|an?|of|to|and|or|in|on|with|for|from|your|their|our|its|is|are|will|yang|dan|di|ke|dari|untuk)$|\b(?:i|we|you|they|he|it|kami) \w+$/i.test(
        line,
      )
    return !open && (line.length === width || line.length + 1 + next <= width)
  })
}

/** Paragraphs without the first characters of the first one. */
function withoutStart([first, ...rest]: readonly Paragraph[], length: number): Paragraph[] {
  if (first === undefined) return []
  const from = first.from === undefined ? {} : { from: first.from + Buffer.byteLength(first.text.slice(0, length)) }
  return [{ ...first, text: first.text.slice(length), ...from }, ...rest]
}

type Writer = NonNullable<(ClaimDocument & { kind: 'article' })['writer']>

const dateLine = pattern('date-line')
/** `On Monday X wrote:` above the words quoted in a mail. */
const replyLine = pattern('reply-line')

interface Section {
  readonly moment?: Moment
  readonly head?: Passage['head']
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
  const line = text.length <= 120 && dateLine.test(text)
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
  const kept = (end < 0 ? [...all] : all.slice(0, end)).filter(
    ({ text }) => !pageLines.test(flatten(text)) && !replyLine.test(flatten(text.slice(0, 200))),
  )
  let tail = kept.length
  while (tail > 0 && teaser.test((kept[tail - 1] as Paragraph).text.trim())) tail -= 1
  return kept.length - tail >= 2 ? kept.slice(0, tail) : kept
}

/** Cites for ranges of a paragraph, asked for in its order: bytes where the text is the file's own, else the whole paragraph. */
function citesIn(document: DocumentPlace, paragraph: Paragraph): (from: number, to: number) => Cite {
  let index = 0
  let offset = paragraph.from ?? 0
  const advance = (to: number): number => {
    offset += Buffer.byteLength(paragraph.text.slice(index, to))
    index = to
    return offset
  }
  return (from, to) => {
    const at: Locator =
      document.part !== undefined
        ? document.part.at
        : paragraph.from === undefined
          ? paragraph.at
          : { kind: 'bytes', from: advance(from), to: advance(to) }
    return { kind: 'exhibit', ...placeOf(document), at }
  }
}
