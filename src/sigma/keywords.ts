import type { FieldRow } from '../events/index.ts'
import { ByteNeedles } from './byte-needles.ts'
import { fold } from './fold.ts'
import { Needles } from './needles.ts'
import { distinct, noNumbers } from './numbers.ts'
import type { KnownTexts, ValueMemory } from './value-memory.ts'
import { writtenForms } from './written-forms.ts'

const numeric = /^[0-9a-fx{}\-:.tzs,]*$|[\n\r]/i

/** The keywords of the rules of a bucket, which count in every field. */
export class Keywords {
  readonly #needles: Needles
  readonly #known: KnownTexts
  /** As JSON writes them, and as they are; undefined when they cannot be sought that way. */
  readonly #inJson: ByteNeedles | undefined
  readonly #inText: ByteNeedles | undefined

  /** Whether a value that is no text may hold one of them once it is written out. */
  readonly #mayBeNumeric: boolean

  /** `texts`: folded text -> the numbers of the rules that wait for it. */
  constructor(texts: ReadonlyMap<string, readonly number[]>, memory: ValueMemory) {
    this.#needles = new Needles(texts)
    this.#known = memory.texts()
    this.#mayBeNumeric = texts.keys().some((text) => numeric.test(text))
    const written = writtenForms(texts)
    this.#inJson = written === undefined ? undefined : ByteNeedles.of(written)
    this.#inText = ByteNeedles.of(texts)
  }

  /** The rules that a value makes candidates. */
  of(value: string): readonly number[] {
    let waiting = this.#known.get(value)
    if (waiting === undefined) {
      const found: number[] = []
      this.#needles.find(fold(value), found)
      waiting = distinct(found)
      this.#known.set(value, waiting)
    }
    return waiting
  }

  /** The same for a value of a row. */
  inRow(row: FieldRow, at: number): readonly number[] {
    if (!this.#mayBeNumeric && row.isNumeric(at)) return noNumbers
    const written = row.written(at)
    const needles = row.writing === 'json' ? this.#inJson : this.#inText
    if (written === undefined || needles === undefined || !row.isPlain(at)) return this.of(row.text(at))
    found.length = 0
    needles.find(written.bytes, written.from, written.to, found)
    return found.length === 0 ? noNumbers : distinct(found)
  }
}

const found: number[] = []
