import type { Locator, Moment } from '../base/index.ts'
import type { Paragraph, PictureReading, TelegramChat, TextDocument } from '../formats/index.ts'

/** Where a document stands: its exhibit's hash, the path as given, and the member inside an archive. */
export interface DocumentPlace {
  readonly sha256: string
  readonly file: string
  readonly member?: string
  /** A part that is no member of an archive (an item of a feed, a page of a web archive, an attachment): its name, and where cites point. */
  readonly part?: { readonly name: string; readonly at: Locator }
}

/** One entry of a feed or one post of a forum page. */
export interface ListedPost {
  /** Ordinal in the document, from 1. */
  readonly record: number
  readonly id?: string
  /** Who wrote it, or whose claim a leak-site tracker lists. */
  readonly author?: string
  /** When it was posted; absent when only the tracker's own time is known. */
  readonly at?: Moment
  /** When somebody else saw or listed it: a bound. */
  readonly reportedAt?: Moment
  readonly editedAt?: Moment
  readonly channel: string
  /** Whom the entry is about, where a field of the feed says so. */
  readonly victim?: string
  readonly text: string
  readonly attachments: readonly string[]
}

/** One file about a claim, parsed: its hash, its path as given, and what was read in it. */
export type ClaimDocument =
  | ({ readonly kind: 'chat'; readonly chats: readonly TelegramChat[] } & DocumentPlace)
  | ({
      readonly kind: 'article'
      /** Who writes, by the head of a letter or mail; `own` when the words are that organisation's own. */
      readonly writer?: { readonly name: string; readonly at?: Moment; readonly to?: string }
      /** Address of a captured page, defanged. */
      readonly address?: string
    } & DocumentPlace &
      TextDocument)
  | ({ readonly kind: 'posts'; readonly posts: readonly ListedPost[] } & DocumentPlace)
  | ({ readonly kind: 'picture'; readonly picture: PictureReading } & DocumentPlace)

/** Paragraphs of plain text that is not the file's own bytes: every one is placed at `at`. */
export function paragraphsAt(text: string, at: Paragraph['at']): Paragraph[] {
  return text.split(/\n\s*\n/).flatMap((block) => (block.trim() === '' ? [] : [{ text: block.trim(), at, line: 1 }]))
}

/** Where a document stands, alone. */
export function placeOf(document: DocumentPlace): DocumentPlace {
  const { sha256, file, member } = document
  return { sha256, file, ...(member === undefined ? {} : { member }) }
}

/** Where a document stands with the part it is: tells documents of one file apart. */
export function partOf(document: DocumentPlace): DocumentPlace {
  return { ...placeOf(document), ...(document.part === undefined ? {} : { part: document.part }) }
}

/** Path of a document for people and for finding the files beside it: the file, and the member in it. */
export function documentName(place: DocumentPlace): string {
  return [place.file, place.member, place.part?.name].filter((one) => one !== undefined).join('/')
}

/** Tells documents apart by their bytes: members of one archive share its hash. */
export function documentKey(place: DocumentPlace): string {
  return `${place.sha256} ${place.member ?? ''}${place.part === undefined ? '' : ` ${place.part.name}`}`
}
