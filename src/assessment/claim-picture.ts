import type { Cite, Sentence } from '../evidence/index.ts'

/** A picture of the claim, compared with what the pages of the systems of the inventory show. It is weak evidence: a picture can be made up. */
export interface ClaimPicture {
  readonly file: string
  readonly sha256: string
  readonly member?: string
  /** `ours`: one system or several of the inventory can show it; `none of ours`: all of them are described and excluded. */
  readonly answer: 'ours' | 'none of ours' | 'open'
  readonly ground: Sentence
  /** Every system of the inventory, with why; cites of the places in the picture, and of the inventory's entry. */
  readonly systems: readonly PicturedSystem[]
  /** Regions of what was read in it, the picture itself where nothing was. */
  readonly cites: readonly Cite[]
  /** What its file says of how it was changed; absent where it bears no such mark. */
  readonly edited?: string
}

export interface PicturedSystem {
  /** `system:crm`. */
  readonly entry: string
  readonly name: string
  readonly can: 'can show' | 'cannot show' | 'not known'
  readonly why: Sentence
}
