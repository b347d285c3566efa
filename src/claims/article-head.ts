import type { Moment } from '../base/index.ts'
import type { Paragraph } from '../formats/index.ts'
import { isAuthorLine } from './author.ts'
import { dateIn } from './date.ts'
import { pattern } from './language/languages.ts'
import { namesIn } from './name.ts'
import type { Passage } from './passage.ts'
import { flatten } from './sentence.ts'

const dateLine = pattern('date-line')
const ownHeading = pattern('own-heading')
const ownIncident = pattern('own-incident')
const fieldLine = /^[\p{L}][\p{L} -]{1,20}:\s/u

/** What the head of a text tells: whose words follow, and since when they are known. */
export interface ArticleHead {
  readonly head?: NonNullable<Passage['head']>
  readonly moment?: Moment
  /** Paragraphs that are head alone and hold no sentence. */
  readonly lines: ReadonlySet<Paragraph>
  /** The headline: it repeats what the text says. */
  readonly title?: Paragraph
}

/** A paragraph of header lines (`Author: x`, `Date: y`, a date alone) cut into its lines; other paragraphs as they are. */
export function headerLines(paragraph: Paragraph): Paragraph[] {
  const lines = paragraph.text.split('\n')
  const told = lines.slice(1).some((line) => isAuthorLine(line) || dateLine.test(line) || fieldLine.test(line) || isDate(line))
  const label = lines.filter((line) => fieldLine.test(line)).length
  if (lines.length < 2 || !(told || label >= 2)) return [paragraph]
  return linesOf(paragraph)
}

/** The lines of a paragraph as paragraphs, blank ones left out. */
export function linesOf(paragraph: Paragraph): Paragraph[] {
  let index = 0
  return paragraph.text.split('\n').flatMap((line, n): Paragraph[] => {
    const from = paragraph.from === undefined ? {} : { from: paragraph.from + Buffer.byteLength(paragraph.text.slice(0, index)) }
    index += line.length + 1
    return line.trim() === '' ? [] : [{ ...paragraph, text: line, line: paragraph.line + n, ...from }]
  })
}

/** True for a line that is a date and nothing else. */
function isDate(text: string): boolean {
  const flat = flatten(text)
  const found = flat.length <= 80 ? dateIn(flat) : undefined
  return found !== undefined && (found.moment.text?.length ?? 0) >= flat.length * 0.7
}

/** Reads the first lines of a text or letter; `writer` is the sender of a mail, `issuer` who publishes it in its own name. */
export function articleHead(
  paragraphs: readonly Paragraph[],
  options: {
    readonly zone?: string
    readonly writer?: string
    readonly issuer?: NonNullable<Passage['head']>
    readonly authored: boolean
  },
): ArticleHead {
  const lines = new Set<Paragraph>()
  let name: string | undefined
  let own = false
  let moment: Moment | undefined
  for (const paragraph of paragraphs.slice(0, 5)) {
    // Headings of Markdown are read section by section.
    if (/^#{1,6}\s/.test(paragraph.text)) break
    const flat = flatten(paragraph.text)
    if (flat.length > 120) break
    const dated = dateIn(flat, options.zone)
    const day = dated?.day === true ? { ...dated.moment, at: `${dated.moment.at.slice(0, 10)}T23:59:59.000000Z` } : dated?.moment
    const before = dated === undefined ? flat : flat.slice(0, flat.indexOf(dated.moment.text ?? '')).replace(/[\s,:|–-]+$/, '')
    const byline = isAuthorLine(paragraph.text) && !/[.!?]$/.test(flat)
    if (/^(?:from|to|subject|daripada|kepada|perkara):\s/i.test(flat)) lines.add(paragraph)
    else if (ownHeading.test(flat) && !/[.!?]$/.test(flat)) {
      own = true
      name ??= nameBehind(flat)
      lines.add(paragraph)
    } else if (byline || (dated !== undefined && isDate(paragraph.text) && !dateLine.test(flat))) {
      moment ??= day
      lines.add(paragraph)
    } else if (
      !dateLine.test(flat) &&
      day !== undefined &&
      before.length < 60 &&
      !/[.!?]/.test(before) &&
      flat.endsWith(dated?.moment.text ?? '#')
    ) {
      moment ??= day
      name ??= namesIn(before).find((one) => one.start === 0 && one.text === before)?.text
      lines.add(paragraph)
    }
  }
  const signs = options.writer !== undefined && isPerson(options.writer, paragraphs)
  if (
    !signs &&
    options.writer !== undefined &&
    options.writer !== '' &&
    paragraphs.some(({ text }) => ownIncident.test(flatten(text)))
  ) {
    own = true
    name = options.writer
  }
  if (options.issuer !== undefined && (name === undefined || options.issuer.name !== '')) {
    own = true
    name = options.issuer.name || (signs ? '' : (options.writer ?? ''))
  }
  const first = paragraphs.find((one) => !lines.has(one))
  const flat = first === undefined ? '' : flatten(first.text)
  const titled =
    first !== undefined &&
    paragraphs.indexOf(first) <= 1 &&
    flat.length <= 140 &&
    !/[.!?:]["']?$/.test(flat) &&
    paragraphs.length > 1 &&
    (lines.size > 0 || paragraphs.slice(1).every(({ text }) => /[.!?]["”]?$/.test(text.trim())))
  return {
    ...(name !== undefined && own && !options.authored
      ? {
          head: {
            name,
            own,
            ...(options.issuer?.role === undefined ? {} : { role: options.issuer.role }),
          },
        }
      : {}),
    ...(moment === undefined ? {} : { moment }),
    lines,
    ...(titled ? { title: first } : {}),
  }
}

/** A sender who signs with the first of his names: a person, no organisation. */
function isPerson(writer: string, paragraphs: readonly Paragraph[]): boolean {
  const [first = '', ...rest] = writer.split(' ')
  const lines = paragraphs.slice(-3).flatMap(({ text }) => text.split('\n').map((line) => line.trim()))
  return rest.length > 0 && lines.some((line) => line === first || line === `${first}.`)
}

/** `Advisory: National CERT`, `Statement by Harrow Net`. */
function nameBehind(flat: string): string | undefined {
  const rest = /^[^:,|]{3,40}?(?:\s?[:|-]\s|\s(?:of|by|from|oleh|daripada)\s(?:the\s)?)(.+)$/.exec(flat)?.[1]
  if (rest === undefined) return undefined
  const [name] = namesIn(rest)
  if (name?.start === 0) return name.text
  // `Cyber Security Agency` begins with words that open sentences.
  return /^\p{Lu}[\p{L}-]+(?: (?:of|and|for|the|\p{Lu}[\p{L}-]+)){1,8}$/u.test(rest) ? rest : undefined
}
