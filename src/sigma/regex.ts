import { RE2JS } from 're2js'
import { fold } from './fold.ts'
import type { RegexTest } from './plan.ts'
import { rarity } from './rarity.ts'

/** Compiles a rule's regex to a search in linear time. Throws the engine's error when it is not RE2 syntax. */
export function compileRegex(test: Pick<RegexTest, 'source' | 'flags'>): (value: string) => boolean {
  let flags = 0
  if (test.flags.includes('i')) flags |= RE2JS.CASE_INSENSITIVE
  if (test.flags.includes('m')) flags |= RE2JS.MULTILINE
  if (test.flags.includes('s')) flags |= RE2JS.DOTALL
  const regex = RE2JS.compile(test.source, flags)
  const line = /^\.\{(\d{1,6}),\}$/.exec(test.source)?.[1]
  if (line !== undefined && flags === 0) return hasLine(Number(line))
  const needed = requiredTexts(test.source).filter((text) => text.length > 1)
  const cased = flags === 0 && !test.source.includes('(?')
  const possible = (value: string): boolean => {
    const searched = cased ? value : fold(value)
    return needed.every((text) => searched.includes(cased ? text : fold(text)))
  }
  const known = new Map<string, boolean>()
  return (value) => {
    if (!possible(value)) return false
    if (value.length > longestKept) return regex.matcher(value).find()
    let found = known.get(value)
    if (found === undefined) {
      found = regex.matcher(value).find()
      if (known.size >= answersKept) known.clear()
      known.set(value, found)
    }
    return found
  }
}

/** `.{n,}`: whether a line has so many characters. The engine takes as many states for it as there are characters. */
function hasLine(least: number): (value: string) => boolean {
  return (value) => value.length >= least && value.split('\n').some((line) => line.length >= least && countOf(line) >= least)
}

function countOf(line: string): number {
  let count = 0
  for (const _ of line) count += 1
  return count
}

/** Values repeat in logs: answers kept of one regex, and the longest value worth it. */
const answersKept = 256
const longestKept = 1_024

/** The rarest of the texts that every match of the regex must contain, or '' when none is certain. Compare it folded. */
export function requiredText(source: string): string {
  return requiredTexts(source).reduce((best, one) => (rarity(one) > rarity(best) ? one : best), '')
}

/**
 * Texts that every match of the regex must contain. Careful rather than clever: reads the literal ASCII characters of the top
 * level up to anything it does not know, gives up on alternatives.
 */
function requiredTexts(source: string): readonly string[] {
  const runs: string[] = []
  let run = ''
  let depth = 0
  const cut = (): void => {
    if (run !== '') runs.push(run)
    run = ''
  }
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at)
    const next = source.charAt(at + 1)
    if (character === '\\') {
      at++
      // An escaped letter or digit is a class, an assertion or a code: unknown. \Q and \x take more text with them.
      if (/[Qx0-7pP]/.test(next)) return []
      if (depth > 0) continue
      if (/[^A-Za-z0-9]/.test(next)) run += next
      else cut()
    } else if (character === '[') {
      const end = classEnd(source, at)
      if (end < 0) return []
      at = end
      cut()
    } else if (character === '(') {
      depth++
      cut()
    } else if (character === ')') {
      depth--
    } else if (depth > 0) continue
    else if (character === '|') return []
    else if (character === '*' || character === '?' || character === '{') {
      run = run.slice(0, -1)
      cut()
      if (character === '{') {
        const count = /^\{\d+(?:,\d*)?\}/.exec(source.slice(at, at + 16))
        if (count === null) return []
        at += count[0].length - 1
      }
    } else if ('^$.+'.includes(character) || character > '\u007f') cut()
    else run += character
  }
  cut()
  return runs
}

/** Index of the `]` that closes the class opened at `at`, or -1. */
function classEnd(source: string, at: number): number {
  let end = at + 1
  if (source.charAt(end) === '^') end++
  if (source.charAt(end) === ']') end++
  for (; end < source.length; end++) {
    const character = source.charAt(end)
    if (character === '\\') end++
    else if (character === '[') return -1
    else if (character === ']') return end
  }
  return -1
}
