import type { Canonical, Moment } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { acts, wordsOf, writeAct, type Act, type ActBy } from './act.ts'

/** Who may read a note; `counsel` and `personnel` never leave by accident. */
export type Compartment = 'general' | 'personnel' | 'counsel' | 'disclosure-desk'

export interface NewNote extends ActBy {
  readonly kind: 'note' | 'call' | 'timeline'
  readonly text: string
  /** When it happened, for calls and entries of the timeline; `at` is when it was written. */
  readonly happened?: Moment
  /** Ids of findings, exhibits, decisions it is about. */
  readonly about?: readonly string[]
  readonly compartment?: Compartment
}

/** Words of a person in the case. */
export interface Note {
  readonly id: string
  /** `N1`, `N2`, … */
  readonly number: string
  readonly kind: NewNote['kind']
  readonly text: string
  readonly happened?: Moment
  readonly about: readonly string[]
  readonly compartment: Compartment
  readonly by: readonly string[]
  readonly at: string
  readonly custody: number
}

/** Writes a note, signed. The same note sent twice is written once. Throws a UserError for an empty one. */
export function note(db: Db, entry: NewNote): Note {
  const text = wordsOf(entry.text, { what: 'A note', hint: 'Write what happened or what you think, in your words.' })
  const body = {
    kind: entry.kind,
    text,
    happened: entry.happened as unknown as Canonical,
    about: entry.about ?? [],
    compartment: entry.compartment ?? 'general',
  }
  return noteOf(writeAct(db, { ...entry, kind: 'note', prefix: 'N', body }))
}

/** Notes in the order they were written: of all compartments, or of those the reader may see. */
export function notes(db: Db, options: { readonly compartments?: readonly Compartment[] } = {}): readonly Note[] {
  return acts(db, 'note')
    .map(noteOf)
    .filter((one) => options.compartments?.includes(one.compartment) ?? true)
}

function noteOf(act: Act): Note {
  const body = act.body as unknown as Pick<Note, 'kind' | 'text' | 'happened' | 'about' | 'compartment'>
  return { ...body, id: act.id, number: `N${act.number}`, by: act.by, at: act.at, custody: act.custody }
}
