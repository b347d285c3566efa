import type { Locator, Moment } from '../../base/index.ts'

/** One paragraph of a document. */
export interface Paragraph {
  /** As written in text files; without mark-up in HTML. */
  readonly text: string
  readonly at: Locator
  /** First line of the paragraph, from 1. */
  readonly line: number
  /** Where the text begins in the file, in bytes; present only when `text` is the file's UTF-8 word for word. */
  readonly from?: number
}

/** A text, Markdown or HTML document as paragraphs in the order of the file. */
export interface TextDocument {
  readonly title?: string
  /** Times of publication or change that the document's head states. */
  readonly dates: readonly Moment[]
  readonly paragraphs: readonly Paragraph[]
}
