import { locatorText, type Canonical, type Locator } from '../base/index.ts'

/** What every derived sentence points to; resolving it opens the original. */
export type Cite =
  | {
      readonly kind: 'exhibit'
      /** SHA-256 of the exhibit's bytes. */
      readonly sha256: string
      /** Path of the file as given; for people, not part of a finding's identity. */
      readonly file: string
      /** Member inside an archive. */
      readonly member?: string
      readonly at: Locator
    }
  | { readonly kind: 'reference'; readonly file: string; readonly version: string; readonly key: string }
  | { readonly kind: 'inventory'; readonly entry: string; readonly revision: number }
  /** A row of a registered copy or leak: its manifest and row number (originals are not kept). */
  | { readonly kind: 'copy'; readonly copy: string; readonly rows: Locator }
  | { readonly kind: 'finding'; readonly id: string }
  | { readonly kind: 'decision'; readonly id: string }

/** A sentence with what it rests on. No sentence of an answer stands without at least one cite. */
export interface Sentence {
  readonly text: string
  readonly cites: readonly Cite[]
}

/** The part of a cite that identifies it: bytes and place, never the path they were read from. */
export function citeKey(cite: Cite): Canonical {
  if (cite.kind !== 'exhibit') return { ...cite }
  return {
    kind: 'exhibit',
    sha256: cite.sha256,
    ...(cite.member === undefined ? {} : { member: cite.member }),
    at: cite.at as unknown as Canonical,
  }
}

/** A cite in words: `posts.json record 3`; callers that know exhibit numbers write `E3 record 3` themselves. */
export function citeText(cite: Cite, exhibitName?: (sha256: string) => string | undefined): string {
  switch (cite.kind) {
    case 'exhibit': {
      const name = exhibitName?.(cite.sha256) ?? cite.file.split('/').at(-1) ?? cite.file
      return [name, cite.member, locatorText(cite.at)].filter((part) => part !== undefined && part !== '').join(' ')
    }
    case 'reference':
      return `${cite.file} ${cite.version} ${cite.key}`
    case 'inventory':
      return `inventory ${cite.entry} (revision ${cite.revision})`
    case 'copy':
      return `copy ${cite.copy} ${locatorText(cite.rows)}`
    case 'finding':
    case 'decision':
      return `${cite.kind} ${cite.id}`
  }
}
