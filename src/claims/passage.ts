import type { Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { ClaimDocument, DocumentPlace } from './document.ts'
import type { Said } from './sentence.ts'
import type { Post } from './thread.ts'

/** A post of a chat, or a section of an article under one time: the unit in which speakers are told apart. */
export interface Passage {
  readonly document: { readonly kind: ClaimDocument['kind'] } & DocumentPlace
  /** Ordinal inside the document. */
  readonly order: number
  /** Whose post it is; absent in articles. */
  readonly author?: string
  readonly at?: Moment
  readonly reportedAt?: Moment
  readonly id?: string
  readonly editedAt?: Moment
  readonly channel: string
  /** Title of an article. */
  readonly title?: string
  /** The passage of another author or channel that this one repeats. */
  readonly repostOf?: Cite
  /** Whom it is about, where a field of the source says so. */
  readonly about?: string
  /** True when somebody else wrote the entry about the author's post. */
  readonly listed?: true
  readonly text: string
  readonly attachments: Post['attachments']
  readonly cite: Cite
  /** Who writes the section by its heading; `own` when the heading says that the words are that organisation's; `role` where it tells that too. */
  readonly head?: {
    readonly name: string
    readonly own: boolean
    readonly role?: 'researcher' | 'victim' | 'authority' | 'actor'
  }
  /** Lines of the head that hold no sentence: addressee, date, subject. */
  readonly aside?: readonly string[]
  readonly said: readonly Said[]
}
