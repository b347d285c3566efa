/** A paragraph of a document; numbers in brackets point to its notes. `open` is what is not known, `quiet` is small print. */
export interface Line {
  readonly text: string
  readonly style?: 'strong' | 'open' | 'quiet'
}

/** What a document is made of, from top to bottom. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  /** Two columns: what is asked, and what is answered. */
  | {
      readonly kind: 'table'
      readonly head: readonly [string, string]
      readonly rows: readonly (readonly [string, readonly Line[]])[]
    }
  | { readonly kind: 'page' }

/** A notice or letter before it takes a format. The same content gives the same bytes in every format. */
export interface NoticeDocument {
  readonly lang: 'en' | 'ms'
  readonly title: string
  /** Stands at the foot of every page beside the number. */
  readonly foot: string
  /** Word for "page" in the language. */
  readonly page: string
  /** `N of M`, as the language says it. */
  readonly of: string
  /** Metadata date, ISO 8601: of the content, not of the printing. */
  readonly at: string
  readonly blocks: readonly Block[]
}
