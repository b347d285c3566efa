/** A JSON value whose numbers are numbers only when their shortest decimal text is what the source wrote; else text. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object; its members are its own properties (a member named `__proto__` is renamed `(__proto__)`). */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** What was read, or why not. `notes` are what the reading changed. */
export type Parsed =
  | { readonly ok: true; readonly value: JsonValue; readonly notes: readonly JsonNote[] }
  | { readonly ok: false; readonly why: 'syntax' | 'depth'; readonly at: number }

/** `duplicate-key`: the last one was kept. `ill-formed-text`: a lone surrogate became U+FFFD. */
export type JsonNote = 'duplicate-key' | 'ill-formed-text'
