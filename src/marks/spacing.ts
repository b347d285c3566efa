import { leadingNumber } from './punctuation.ts'
import type { SiteKind } from './site.ts'

const all = ['name', 'place', 'code', 'text'] as const
const survives = { lowerCasing: true, spaceNormaliser: false } as const

/** One or two spaces before the last word. */
const doubleSpace: SiteKind = {
  name: 'double-space',
  group: 'spacing',
  forms: all,
  survives,
  read(text) {
    const gap = gaps(text).at(-1)
    return gap?.[0] === ' ' ? 0 : gap?.[0] === '  ' ? 1 : undefined
  },
  write: (text, bit) => replaced(text, gaps(text).at(-1), bit === 0 ? ' ' : '  '),
}

/** A plain or a no-break space after the first word; needs three words, so that it never meets `double-space`. */
const noBreakSpace: SiteKind = {
  name: 'no-break-space',
  group: 'spacing',
  forms: all,
  survives,
  read(text) {
    const [gap, second] = gaps(text)
    if (second === undefined) return undefined
    return gap?.[0] === ' ' ? 0 : gap?.[0] === '\u00A0' ? 1 : undefined
  },
  write(text, bit) {
    const [gap, second] = gaps(text)
    return second === undefined ? text : replaced(text, gap, bit === 0 ? ' ' : '\u00A0')
  },
}

/** Nothing or one space behind the last word. */
const trailingSpace: SiteKind = {
  name: 'trailing-space',
  group: 'spacing',
  forms: all,
  survives,
  read(text) {
    const core = text.trimEnd()
    return core === '' ? undefined : text === core ? 0 : text === `${core} ` ? 1 : undefined
  },
  write: (text, bit) => (text.trim() === '' ? text : text.trimEnd() + (bit === 0 ? '' : ' ')),
}

/** Marks in the spaces of a cell; every one is lost to a white-space normaliser. */
export const spacing: readonly SiteKind[] = [noBreakSpace, doubleSpace, trailingSpace]

/**
 * The spaces between words. Those at a comma, and that behind a number which begins the cell, belong to the marks of
 * punctuation: what is a gap must not change with another mark.
 */
function gaps(text: string): readonly RegExpExecArray[] {
  const end = text.trimEnd().length
  const start = text.length - text.trimStart().length
  const number = leadingNumber.exec(text)?.[0].length ?? 0
  return [...text.matchAll(/[ \u00A0]+/g)].filter(
    (gap) => gap.index > start && gap.index > number && gap.index < end && text[gap.index - 1] !== ',',
  )
}

function replaced(text: string, gap: RegExpExecArray | undefined, by: string): string {
  return gap === undefined ? text : text.slice(0, gap.index) + by + text.slice(gap.index + gap[0].length)
}
