import { limits } from '../../base/index.ts'
import { headerCells } from './cef.ts'

const headerNames = ['DeviceVendor', 'DeviceProduct', 'DeviceVersion', 'DeviceEventClassID'] as const

/**
 * The fields of a LEEF event that begins at `from` (`LEEF:1.0|vendor|product|version|id|attributes`, `LEEF:2.0|…|delimiter|`);
 * undefined when there is none. Attributes are parted by tabs, or by the character that version 2 names (also as `x5E`).
 */
export function readLeef(text: string, from = 0): Record<string, string> | undefined {
  const start = /^LEEF: {0,1}([12])(?:\.\d)?\|/.exec(text.slice(from, from + 12))
  if (start === null) return undefined
  const header = headerCells(text, { at: from + start[0].length, cells: headerNames.length })
  if (header === undefined) return undefined
  const fields: Record<string, string> = {}
  headerNames.forEach((name, i) => {
    fields[name] = header.cells[i] ?? ''
  })
  let rest = text.slice(header.end)
  let delimiter = '\t'
  const stated = start[1] === '2' ? /^([^|=]{0,6})\|/.exec(rest) : null
  if (stated !== null) {
    rest = rest.slice(stated[0].length)
    delimiter = character(stated[1] ?? '') ?? '\t'
  }
  // Relays turn tabs into blanks; then a value ends where the next name begins.
  const parts =
    rest.includes(delimiter) || !/ \w{1,64}=/.test(rest) ? rest.split(delimiter, limits.eventFields) : blankParts(rest)
  for (const part of parts) {
    const equals = part.indexOf('=')
    const name = part.slice(0, equals).trim()
    if (equals > 0 && name.length <= 128) fields[name === '__proto__' ? '(__proto__)' : name] = part.slice(equals + 1).trim()
  }
  return fields
}

function character(text: string): string | undefined {
  const hex = /^(?:0?x)([\da-f]{1,4})$/i.exec(text)
  if (hex !== null) return String.fromCharCode(Number.parseInt(hex[1] ?? '9', 16))
  return text === '' ? undefined : text.slice(0, 1)
}

function blankParts(text: string): string[] {
  const starts = [...text.matchAll(/(?:^| )(?=\w{1,64}=)/g)].map((found) => found.index).slice(0, limits.eventFields)
  return starts.map((start, i) => text.slice(start, starts[i + 1]))
}
