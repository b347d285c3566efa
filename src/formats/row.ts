/** The names of a record's values by position. Records of one layout share the object. */
export interface RowLayout {
  readonly names: readonly string[]
  /** Texts that stand in every record of the layout, not written in the record itself. */
  readonly fixed: readonly string[]
}

/** A part of a longer text. */
export interface Stretch {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A record known by the places of its values only: nothing is copied or decoded before it is asked for. */
export interface RecordRow {
  readonly layout: RowLayout
  /** How `raw` is written: as JSON writes it (UTF-8, one byte a character), or as the text itself. */
  readonly writing: 'json' | 'text'
  /** The value as it is written, without quotes: equal for equal values, to compare and to remember. */
  raw(at: number): string
  /** The value's text. */
  text(at: number): string
  isString(at: number): boolean
  /** Bytes that the value's text takes at most in UTF-8. */
  mostUtf8(at: number): number
  /** Writes the value's text in UTF-8 from `put` on, where there is room for `mostUtf8`; gives where it ends. */
  writeUtf8(at: number, into: Buffer, put: number): number
  /** Whether the value is written like `raw`; cheaper than to cut it out. */
  isRaw(at: number, raw: string): boolean
  /**
   * Where to look for an ASCII text in any of the values, in either case of letters: found in none of these stretches (and in
   * none of the layout's fixed texts), it stands in no value. Undefined when that cannot be said of this record.
   */
  written(): readonly Stretch[] | undefined
  /** The same for one value. */
  stretch(at: number): Stretch | undefined
}

/** A stretch of a log that can be read by itself: whole lines, or whole chunks. */
export interface LogPart {
  readonly from: number
  readonly to: number
  /** Windows event log: reads only what stands behind the records of these chunks, as reading the other parts told of them. */
  readonly slack?: readonly { readonly from: number; readonly to: number }[]
}
