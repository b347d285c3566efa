import type { SiteKind } from './site.ts'

const survives = { lowerCasing: true, spaceNormaliser: true } as const

/** `D'Cruz` or `D’Cruz`. */
const apostrophe: SiteKind = {
  name: 'apostrophe',
  group: 'punctuation',
  forms: ['name', 'place', 'text'],
  survives,
  read(text) {
    const at = apostropheAt(text)
    return at < 0 ? undefined : text[at] === "'" ? 0 : 1
  },
  write(text, bit) {
    const at = apostropheAt(text)
    return at < 0 ? text : text.slice(0, at) + (bit === 0 ? "'" : '\u2019') + text.slice(at + 1)
  },
}

/** `12, Jalan Melur` or `12 Jalan Melur`: the comma behind a number that begins an address. */
const numberComma: SiteKind = {
  name: 'number-comma',
  group: 'punctuation',
  forms: ['place', 'text'],
  survives,
  read(text) {
    const found = leadingNumber.exec(text)
    return found === null ? undefined : found[2] === ',' ? 0 : 1
  },
  write: (text, bit) => text.replace(leadingNumber, (_, number: string) => number + (bit === 0 ? ',' : '')),
}

/** `Jalan Melur, Taman Damai` or `Jalan Melur,Taman Damai`: the last comma that stands between words. */
const commaSpacing: SiteKind = {
  name: 'comma-spacing',
  group: 'punctuation',
  forms: ['place', 'text'],
  survives,
  read(text) {
    const at = lastComma(text)
    return at < 0 ? undefined : isSpace(text[at + 1]) ? 0 : 1
  },
  write(text, bit) {
    const at = lastComma(text)
    return at < 0 ? text : `${text.slice(0, at + 1)}${bit === 0 ? ' ' : ''}${text.slice(at + 1).trimStart()}`
  },
}

/** Nothing or a full stop at the end of an address. */
const trailingDot: SiteKind = {
  name: 'trailing-dot',
  group: 'punctuation',
  forms: ['place', 'text'],
  survives,
  read(text) {
    const core = text.trimEnd()
    if (core.endsWith('..')) return undefined
    const dotted = core.endsWith('.')
    return ended.test(dotted ? core.slice(-3, -1) : core.slice(-2)) ? (dotted ? 1 : 0) : undefined
  },
  write(text, bit) {
    const core = text.trimEnd()
    const plain = core.endsWith('.') ? core.slice(0, -1) : core
    return plain + (bit === 0 ? '' : '.') + text.slice(core.length)
  },
}

/** Marks in the punctuation of a cell: they outlive lower-casing and the joining of white space. */
export const punctuation: readonly SiteKind[] = [apostrophe, numberComma, commaSpacing, trailingDot]

/** A number that begins a cell, with the comma behind it. */
export const leadingNumber = /^([A-Za-z-]{0,4}[0-9][A-Za-z0-9/-]{0,12})(,?)(?=[ \u00A0])/
const ended = /[A-Za-z0-9]$/

function apostropheAt(text: string): number {
  for (let at = 1; at < text.length - 1; at += 1)
    if ((text[at] === "'" || text[at] === '\u2019') && isLetter(text[at - 1]) && isLetter(text[at + 1])) return at
  return -1
}

/** The last comma with a letter or digit on both sides (spaces apart), that divides no number and is not that of `number-comma`. */
function lastComma(text: string): number {
  const first = leadingNumber.exec(text)
  const from = first === null ? 0 : first[0].length
  for (let at = text.length - 2; at > 0 && at >= from; at -= 1) {
    if (text[at] !== ',') continue
    const next = text.slice(at + 1).trimStart()[0]
    const before = text[at - 1]
    if (!isLetterOrDigit(before) || !isLetterOrDigit(next)) return -1
    return isDigit(before) && isDigit(next) ? -1 : at
  }
  return -1
}

function isSpace(one: string | undefined): boolean {
  return one === ' ' || one === '\u00A0'
}

function isDigit(one: string | undefined): boolean {
  return one !== undefined && /^[0-9]$/.test(one)
}

function isLetter(one: string | undefined): boolean {
  return one !== undefined && /^\p{L}$/u.test(one)
}

function isLetterOrDigit(one: string | undefined): boolean {
  return isDigit(one) || isLetter(one)
}
