/** Codes of a font with their characters; `bytes` is how many bytes one code takes. */
export interface CodeMap {
  readonly bytes: 1 | 2
  readonly characters: ReadonlyMap<number, string>
}

const rangeMost = 65_536

/** Reads a ToUnicode map of a PDF font: `bfchar` and `bfrange`. */
export function unicodeMap(text: string): CodeMap {
  const characters = new Map<number, string>()
  let width = 2
  for (const [, block = ''] of text.matchAll(/beginbfchar([^]*?)endbfchar/g))
    for (const [, code = '', value = ''] of block.matchAll(/<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{1,40})>/g)) {
      width = code.length
      characters.set(Number.parseInt(code, 16), fromHex(value))
    }
  for (const [, block = ''] of text.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, low = '', high = '', value = ''] of block.matchAll(
      /<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{1,40})>/g,
    )) {
      width = low.length
      const [from, to, base] = [Number.parseInt(low, 16), Number.parseInt(high, 16), Number.parseInt(value, 16)]
      for (let code = from; code <= to && characters.size < rangeMost; code += 1)
        characters.set(code, value.length <= 4 ? String.fromCharCode(base + code - from) : fromHex(value))
    }
    for (const [, low = '', , list = ''] of block.matchAll(
      /<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{2,4})>\s*\[([^\]]{0,20000})\]/g,
    )) {
      width = low.length
      for (const [index, one] of [...list.matchAll(/<([0-9A-Fa-f]{1,40})>/g)].entries())
        characters.set(Number.parseInt(low, 16) + index, fromHex(one[1] ?? ''))
    }
  }
  return { bytes: width <= 2 ? 1 : 2, characters }
}

function fromHex(hex: string): string {
  const padded = hex.padStart(Math.ceil(hex.length / 4) * 4, '0')
  return (padded.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
}
