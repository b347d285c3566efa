import { limits } from '../../base/index.ts'

/** Labels as they are first written, whatever case and spaces they come in later. */
export class LabelNames {
  readonly #names = new Map<string, string>()

  put(cells: Map<string, string>, label: string, text: string): void {
    const key = label
      .toLowerCase()
      .replaceAll(/[\s_]+/g, ' ')
      .replace(/[ .*]+$/, '')
    let name = this.#names.get(key)
    if (name === undefined) {
      name = label.replaceAll(/\s+/g, ' ')
      if (this.#names.size < 10_000) this.#names.set(key, name)
    }
    const earlier = cells.get(name)
    cells.set(name, (earlier === undefined || earlier === '' ? text : `${earlier}; ${text}`).slice(0, limits.fieldChars))
  }
}
