import { limits } from '../../base/index.ts'
import type { JsonNote, JsonValue, Parsed } from './json-value.ts'

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const plain = /[^"\\\u0000-\u001f]*/y
const space = /[ \t\r\n]*/y
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

class Stop extends Error {
  readonly why: 'syntax' | 'depth'
  constructor(why: 'syntax' | 'depth') {
    super(why)
    this.why = why
  }
}

/** One JSON text, read with care for what JSON.parse passes over: doubled keys, numbers it would change, lone surrogates. Never throws. */
export function parseExactly(text: string): Parsed {
  const reading = new Reading(text)
  try {
    const value = reading.document()
    return { ok: true, value, notes: [...reading.notes].sort() }
  } catch (error) {
    if (error instanceof Stop) return { ok: false, why: error.why, at: reading.at }
    throw error
  }
}

class Reading {
  at = 0
  readonly notes = new Set<JsonNote>()
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  document(): JsonValue {
    const value = this.#value(0)
    this.#space()
    if (this.at < this.#text.length) throw new Stop('syntax')
    return value
  }

  #value(depth: number): JsonValue {
    this.#space()
    switch (this.#text[this.at] ?? '') {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #object(depth: number): JsonValue {
    if (depth >= limits.depth) throw new Stop('depth')
    const object: Record<string, JsonValue> = {}
    this.at += 1
    if (this.#took('}')) return object
    do {
      this.#space()
      if (this.#text[this.at] !== '"') throw new Stop('syntax')
      const written = this.#string()
      const key = written === '__proto__' ? '(__proto__)' : written
      if (!this.#took(':')) throw new Stop('syntax')
      const value = this.#value(depth + 1)
      if (Object.hasOwn(object, key)) this.notes.add('duplicate-key')
      object[key] = value
    } while (this.#took(','))
    if (!this.#took('}')) throw new Stop('syntax')
    return object
  }

  #array(depth: number): JsonValue {
    if (depth >= limits.depth) throw new Stop('depth')
    const array: JsonValue[] = []
    this.at += 1
    if (this.#took(']')) return array
    do array.push(this.#value(depth + 1))
    while (this.#took(','))
    if (!this.#took(']')) throw new Stop('syntax')
    return array
  }

  #string(): string {
    this.at += 1
    const parts: string[] = []
    for (;;) {
      parts.push(this.#match(plain))
      const stop = this.#text[this.at]
      this.at += 1
      if (stop === '"') break
      if (stop !== '\\') throw new Stop('syntax')
      const escape = this.#text[this.at] ?? ''
      this.at += 1
      if (escape === 'u') parts.push(this.#unit())
      else {
        const meant = escapes[escape]
        if (meant === undefined) throw new Stop('syntax')
        parts.push(meant)
      }
    }
    const text = parts.join('')
    if (text.isWellFormed()) return text
    this.notes.add('ill-formed-text')
    return text.toWellFormed()
  }

  #unit(): string {
    const digits = this.#text.slice(this.at, this.at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Stop('syntax')
    this.at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #number(): JsonValue {
    const written = this.#match(number)
    if (written === '') throw new Stop('syntax')
    const value = Number(written)
    return String(value) === written && !Object.is(value, -0) ? value : written
  }

  #word(word: string, value: JsonValue): JsonValue {
    if (!this.#text.startsWith(word, this.at)) throw new Stop('syntax')
    this.at += word.length
    return value
  }

  #took(character: string): boolean {
    this.#space()
    if (this.#text[this.at] !== character) return false
    this.at += 1
    return true
  }

  #space(): void {
    this.#match(space)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}
