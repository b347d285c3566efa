import type { PictureReading, TelegramChat, TextDocument } from '../formats/index.ts'

/** One file about a claim, parsed: its hash, its path as given, and what `formats` read in it. */
export type ClaimDocument =
  | { readonly kind: 'chat'; readonly sha256: string; readonly file: string; readonly chats: readonly TelegramChat[] }
  | ({ readonly kind: 'article'; readonly sha256: string; readonly file: string } & TextDocument)
  | { readonly kind: 'picture'; readonly sha256: string; readonly file: string; readonly picture: PictureReading }
