import { RE2JS } from 're2js'
import { limits } from '../base/index.ts'
import { RuleProblem } from './problem.ts'

function compiled(source: string): RE2JS {
  if (source.length > limits.regexChars) throw new RuleProblem(`the regex is longer than ${limits.regexChars} characters`)
  try {
    return RE2JS.compile(source)
  } catch (error) {
    throw new RuleProblem(`the regex is not RE2 syntax: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`)
  }
}

/** A test whether a text begins with a match of the regex. Throws RuleProblem when it is not RE2 syntax. */
export function beginsWith(source: string): (text: string) => boolean {
  const regex = compiled(source)
  return (text) => regex.matcher(text).lookingAt()
}

type Piece = { readonly text: string } | { readonly group: number | string }

/** A replacement of all matches; `\1`, `\g<1>` and `\g<name>` stand for groups, `\\` for a backslash. */
export function replacer(source: string, replacement: string): (text: string) => string {
  const regex = compiled(source)
  const pieces: Piece[] = []
  let from = 0
  for (const match of replacement.matchAll(/\\(?:([1-9]\d?)|g<(\w{1,60})>|(\\))/g)) {
    if (match.index > from) pieces.push({ text: replacement.slice(from, match.index) })
    const [, number, name, backslash] = match
    if (backslash !== undefined) pieces.push({ text: backslash })
    else {
      const group = number !== undefined || /^\d+$/.test(name ?? '') ? Number(number ?? name) : (name ?? '')
      const known = typeof group === 'number' ? group <= regex.groupCount() : Object.hasOwn(regex.namedGroups(), group)
      if (!known) throw new RuleProblem('the replacement names a group that the regex does not have')
      pieces.push({ group })
    }
    from = match.index + match[0].length
  }
  if (from < replacement.length) pieces.push({ text: replacement.slice(from) })
  return (text) => {
    const matcher = regex.matcher(text)
    let result = ''
    let at = 0
    while (matcher.find()) {
      result += text.slice(at, matcher.start())
      for (const piece of pieces) result += 'text' in piece ? piece.text : (matcher.group(piece.group) ?? '')
      at = matcher.end()
    }
    return result + text.slice(at)
  }
}
