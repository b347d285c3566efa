/** The names of a record's values by position. Records of one layout share the object. */
export interface RowLayout {
  readonly names: readonly string[]
  /** Texts that stand in every record of the layout, not written in the record itself. */
  readonly fixed: readonly string[]
}

/** Bytes of a value. */
export interface Stretch {
  readonly bytes: DataView
  readonly from: number
  readonly to: number
}

/** A record known by the places of its values only: nothing is copied or decoded before it is asked for. */
export interface RecordRow {
  readonly layout: RowLayout
  /** How `raw` and `written` are written: as JSON writes it (`raw`: one byte a character), or as the text itself. */
  readonly writing: 'json' | 'text'
  /** The value as it is written, without quotes: equal for equal values, to compare and to remember. */
  raw(at: number): string
  /** Values at one place of records of one layout are equal when their versions are; 0: nothing is known. */
  version(at: number): number
  /** Puts the versions of all values into `known`, and into `changed` the places of those whose version was another one; gives how many. */
  changes(known: Int32Array, changed: Int32Array): number
  /** The value's text. */
  text(at: number): string
  isString(at: number): boolean
  /** Bytes that the value's text takes at most in UTF-8. */
  mostUtf8(at: number): number
  /** Writes the value's text in UTF-8 from `put` on, where there is room for `mostUtf8`; gives where it ends. */
  writeUtf8(at: number, into: Buffer, put: number): number
  /** The value's bytes as they are written, until those of another value are asked for; undefined for one worked out of others. */
  written(at: number): Stretch | undefined
  /** Whether the value is a number, time, address or identifier that is made into a text only when it is asked for. */
  isNumeric(at: number): boolean
  /** Whether the value's text surely is ASCII. */
  isAscii(at: number): boolean
  /** Whether an ASCII text that does not stand in these bytes, in either case of letters, does not stand in the value. */
  isPlain(at: number): boolean
}

/** A stretch of a log that can be read by itself: whole lines, or whole chunks. */
export interface LogPart {
  readonly from: number
  readonly to: number
  /** Windows event log: reads only what stands behind the records of these chunks, as reading the other parts told of them. */
  readonly slack?: readonly { readonly from: number; readonly to: number }[]
}
