import type { Speaker } from './thread.ts'

/** Who says a sentence. */
export interface Voice {
  readonly by: Speaker
  readonly name?: string
  /** True when the sentence itself names or refers to the speaker. */
  readonly attributed: boolean
}

/** What was said before, for `it`, `the company`, and quotations that go on. */
export interface Course {
  /** Name of the thread's actor; '' when it has none. */
  readonly actor: string
  /** Whose words the section's heading announces; `own` when it says so outright. */
  readonly head?: { readonly voice: Voice; readonly own: boolean }
  last?: Voice
  /** The victim that `the operator` means. */
  victim?: string
  /** The actor, where it was named last and nobody spoke. */
  topic?: Voice
  /** Whose turn it is in minutes and transcripts. */
  turn?: Voice
  /** Organisation that spoke last, and whether a person spoke since: whom `it` means. */
  house?: Voice
  personal?: boolean
  /** Person with an office named last: whom `she` means. */
  person?: Voice
  /** Victim or researcher named last: whom `the company` means. */
  company?: { by: 'victim' | 'researcher'; name: string }
}
