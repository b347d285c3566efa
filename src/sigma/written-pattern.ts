import { dashes, type Part } from './pattern.ts'
import { RuleProblem } from './problem.ts'

const mostVariants = 625

/**
 * A pattern as one text that `readWritten` reads back unchanged: wildcards are `*` and `?`, plain ones have a backslash, and only
 * backslashes directly before either are doubled.
 */
export function writtenPattern(parts: readonly Part[]): string {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'text') text += part.text.replace(/(\\*)([*?])/g, String.raw`$1$1\$2`)
    else if (part.kind === 'dash') text += '-'
    else text += `${trailingBackslashes(text)}${part.kind === 'any' ? '*' : '?'}`
  }
  return text
}

/** Reads what `writtenPattern` writes, or what a replacement made of it. */
export function readWritten(text: string): Part[] {
  const parts: Part[] = []
  const plain = (more: string): void => {
    const last = parts.at(-1)
    if (more === '') return
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + more }
    else parts.push({ kind: 'text', text: more })
  }
  let from = 0
  for (const match of text.matchAll(/[*?]/g)) {
    const before = text.slice(from, match.index)
    const slashes = trailingBackslashes(before).length
    const kept = '\\'.repeat(Math.floor(slashes / 2))
    plain(before.slice(0, before.length - slashes) + kept)
    if (slashes % 2 === 1) plain(match[0])
    else if (match[0] === '?') parts.push({ kind: 'one' })
    else if (parts.at(-1)?.kind !== 'any') parts.push({ kind: 'any' })
    from = match.index + 1
  }
  plain(text.slice(from))
  return parts
}

/** The pattern with each choice of its interchangeable dashes; throws when these are too many. */
export function dashVariants(parts: readonly Part[]): (readonly Part[])[] {
  let variants: Part[][] = [[]]
  for (const part of parts) {
    const choices: Part[] = part.kind === 'dash' ? dashes.split('').map((text) => ({ kind: 'text', text })) : [part]
    variants = variants.flatMap((variant) => choices.map((choice) => joined(variant, choice)))
    if (variants.length > mostVariants) throw new RuleProblem('too many dashes in a value that a pipeline changes', ['detection'])
  }
  return variants
}

function joined(parts: readonly Part[], more: Part): Part[] {
  const last = parts.at(-1)
  if (last?.kind !== 'text' || more.kind !== 'text') return [...parts, more]
  return [...parts.slice(0, -1), { kind: 'text', text: last.text + more.text }]
}

function trailingBackslashes(text: string): string {
  let start = text.length
  while (start > 0 && text.charAt(start - 1) === '\\') start--
  return text.slice(start)
}
