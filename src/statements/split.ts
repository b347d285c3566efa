/** A statement of a script, and where it begins in its text. */
export interface ScriptStatement {
  readonly text: string
  readonly from: number
}

/** What clients of databases take for commands of their own: they end with the line. */
const ownCommand =
  /^(?:\\(?!copy)|\.|!|@|\/\s*$|(?:go|set|spool|use|exit|quit|prompt|col|column|connect|conn|define|whenever|show|source|tee|notee|delimiter|pager|nopager|alter session)\b)/i

/** Words that begin a statement, and those after which one goes on. */
const startsAnew = /^(?:select|sel|insert|update|delete|create|drop|alter|copy|explain|show|set|use|begin|commit|exit|quit|\\)/i
const goesOn = /(?:[,(=]|\b(?:union|all|as|except|intersect|minus|from|where|and|or|in|explain|analyze|on|not|exists))\s*$/i

/**
 * The statements of a script, in order, in time linear in its length: parted at `;`, at `\g`, at a line `/` or `GO`, and where a client's own command ends with its
 * line. `entries`: of a history, where a line that begins a statement also ends one that was never sent.
 */
export function splitStatements(script: string, options: { readonly entries?: boolean } = {}): ScriptStatement[] {
  const found: ScriptStatement[] = []
  const behind = endings(script)
  let [from, at, depth] = [0, 0, 0]
  /** Whether the statement goes over its first line. */
  let longer = false
  /** Whether anything of it stands behind the remarks in front. */
  let begun = false
  const remark = (end: number): void => {
    if (!begun) from = end
    at = end
  }
  const cut = (end: number, next: number): void => {
    const text = script.slice(from, end)
    const lead = text.length - text.trimStart().length
    if (text.trim() !== '') found.push({ text: text.trim(), from: from + lead })
    from = next
    at = next
    depth = 0
    longer = false
    begun = false
  }
  while (at < script.length) {
    const character = script[at] ?? ''
    const opening = script.slice(at, at + 2)
    begun ||= opening !== '--' && opening !== '/*' && character.charCodeAt(0) > 32
    if (character === "'" || character === '"' || character === '`') at = behind(character, at + 1)
    else if (opening === '--') remark(lineEnd(script, at))
    else if (opening === '/*') remark(behind('*/', at + 2))
    else if (character === ';') cut(at, at + 1)
    else if (character === '\\' && /^\\[gG]\b/.test(script.slice(at, at + 3))) cut(at, lineEnd(script, at))
    else if (character === '\n') {
      const tail = script.slice(Math.max(from, at - 200), at).trim()
      const next = script.slice(at + 1, at + 40)
      const anew = options.entries === true && depth === 0 && startsAnew.test(next) && !goesOn.test(tail)
      if (tail !== '' && !longer && ownCommand.test(script.slice(from, Math.min(at, from + 200)).trim())) cut(at, at + 1)
      else if (tail !== '' && /^[ \t]{0,20}(?:\/|go)[ \t\r]{0,20}(?:\n|$)/i.test(next)) cut(at, lineEnd(script, at + 1))
      else if (tail !== '' && anew) cut(at, at + 1)
      else {
        longer ||= tail !== ''
        at += 1
      }
    } else {
      if (character === '(') depth += 1
      if (character === ')') depth = Math.max(0, depth - 1)
      at += 1
    }
  }
  cut(script.length, script.length)
  return found
}

/** Places behind endings; what has none is a character like any other, and is looked for once. */
function endings(text: string): (ending: string, from: number) => number {
  const missing = new Set<string>()
  return (ending, from) => {
    const end = missing.has(ending) ? -1 : text.indexOf(ending, from)
    if (end === -1) missing.add(ending)
    return end === -1 ? from : end + ending.length
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
