import { canonical } from './canonical.ts'
import type { CanonicalKind } from './kinds.ts'

/**
 * A value as people see it before re-identification: `+60 12-*** **78`. Takes a canonical or raw value; shows at most
 * a third of its letters and digits, and nothing at all of short ones.
 */
export function mask(kind: CanonicalKind, value: string): string {
  const text = canonical(kind, value) ?? value.trim()
  switch (kind) {
    case 'msisdn':
      return maskNumber(text)
    case 'imsi':
      return keepEnds(text, 5, 0)
    case 'imei':
      return keepEnds(text, 4, 0)
    case 'iccid':
      return keepEnds(text, 4, 2)
    case 'national-id':
    case 'contract':
    case 'cpe-serial':
      return keepEnds(text, 0, 2)
    case 'mac':
      return keepEnds(text, 4, 0)
    case 'ip':
      return maskAddress(text)
    case 'user-name':
      return text.indexOf('@') > 0 ? maskEmail(text) : keepEnds(text, 1, 0)
    case 'email':
      return maskEmail(text)
    case 'date':
      return /^[0-9]{4}-/.test(text) ? `${text.slice(0, 3)}*-**-**` : stars(text)
    case 'name':
    case 'place':
      return value
        .trim()
        .split(/\s+/)
        .slice(0, 8)
        .map((word) => keepEnds(word, 1, 0))
        .join(' ')
    case 'code':
      return keepEnds(text, 1, 0)
  }
}

function maskNumber(text: string): string {
  if (!/^[0-9]{10,15}$/.test(text)) return keepEnds(text, 0, 2)
  const hidden = '*'.repeat(text.length - 6)
  return `+${text.slice(0, 2)} ${text.slice(2, 4)}-${hidden.slice(0, 3)} ${hidden.slice(3)}${text.slice(-2)}`
}

/** The first part of an address alone: `203.***.***.***`, `2001:****`. */
function maskAddress(text: string): string {
  const at = text.search(/[.:]/)
  if (at < 1 || canonical('ip', text) === undefined) return stars(text)
  return text[at] === '.' ? `${text.slice(0, at)}.***.***.***` : `${text.slice(0, at)}:****`
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@')
  if (at < 1) return keepEnds(text, 0, 0)
  const domain = text.slice(at + 1)
  const dot = domain.lastIndexOf('.')
  return `${keepEnds(text.slice(0, at), 1, 0)}@${keepEnds(dot < 0 ? domain : domain.slice(0, dot), 1, 0)}${dot < 0 ? '' : domain.slice(dot)}`
}

/** Keeps the ends when they are at most 40 % of the text; the number of stars stops at 16. */
function keepEnds(text: string, head: number, tail: number): string {
  const characters = Array.from(text)
  if ((head + tail) * 5 > characters.length * 2) return stars(text)
  const hidden = '*'.repeat(Math.min(16, characters.length - head - tail))
  return characters.slice(0, head).join('') + hidden + (tail === 0 ? '' : characters.slice(-tail).join(''))
}

function stars(text: string): string {
  return '*'.repeat(Math.min(16, Array.from(text).length))
}
