import { limits } from '../../base/index.ts'
import type { BlockLayout, LogBlock } from './block.ts'

const named = /^([A-Z_][A-Z\d_]{0,63})=(.*)$/s

/**
 * systemd's journal export format: `NAME=value` lines, an empty line behind each entry. A value of several lines stands behind
 * a line with the name alone, with its length in eight bytes in front.
 */
export class JournalExport implements BlockLayout {
  #line = 0
  #fields: Record<string, string> = {}
  #long: string | undefined

  add(text: string, line: number): readonly LogBlock[] {
    const pair = named.exec(text)
    if (pair !== null) {
      this.#long = undefined
      this.#put(pair[1] ?? '', pair[2] ?? '', line)
      return []
    }
    if (this.#long !== undefined && text !== '') {
      const before = this.#fields[this.#long]
      // The eight bytes of the length are not part of the text.
      this.#put(this.#long, before === undefined ? text.slice(Math.min(8, text.length)) : `${before}\n${text}`, line)
      return []
    }
    if (/^[A-Z_][A-Z\d_]{0,63}$/.test(text)) {
      this.#long = text
      return []
    }
    return text.trim() === '' ? this.end() : []
  }

  end(): readonly LogBlock[] {
    const fields = this.#fields
    const line = this.#line
    this.#fields = {}
    this.#line = 0
    this.#long = undefined
    return line === 0 ? [] : [{ line, form: 'json', fields }]
  }

  #put(name: string, value: string, line: number): void {
    if (this.#line === 0) this.#line = line
    if (Object.keys(this.#fields).length < limits.eventFields && value.length <= limits.fieldChars) this.#fields[name] = value
  }
}
