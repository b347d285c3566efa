import { bodyEnd, callsClient } from '../../statements/index.ts'

/** A command of a history or a script: the line it begins on, and when it was typed ('' where no time is recorded). */
export interface TypedCommand {
  readonly line: number
  readonly time: string
  readonly command: string
}

/** Lines that one command may go over; one that is still open then is read line by line. */
const mostLines = 500

/**
 * Commands of a history of bash (with or without `#seconds` in front) or zsh (`: seconds:duration;command`), or of a script, line by line. Behind a time all lines up to
 * the next time are one command; without times, a call of a client goes on while its quotes or its `<<` are open.
 */
export class TypedCommands {
  #timed: { readonly line: number; readonly time: string } | undefined
  #open: { readonly line: number; readonly lines: string[] } | undefined

  add(text: string, line: number): readonly TypedCommand[] {
    const bash = /^#(\d{9,11})$/.exec(text)
    const zsh = /^: (\d{9,11}):\d{1,9};(.*)$/.exec(text)
    if (bash !== null || zsh !== null) {
      const done = this.end()
      this.#timed = { line, time: instant(bash?.[1] ?? zsh?.[1] ?? '') }
      if (zsh !== null) this.#open = { line, lines: [zsh[2] ?? ''] }
      return done
    }
    if (this.#open === undefined) this.#open = { line: this.#timed?.line ?? line, lines: [text] }
    else this.#open.lines.push(text)
    if (this.#open.lines.length >= mostLines) return this.#given(this.#open, true)
    if (this.#timed !== undefined || goesOn(this.#open.lines)) return []
    return this.#given(this.#open, false)
  }

  end(): readonly TypedCommand[] {
    const open = this.#open
    const done = open === undefined ? [] : this.#given(open, this.#timed === undefined && goesOn(open.lines))
    this.#timed = undefined
    return done
  }

  #given({ line, lines }: { readonly line: number; readonly lines: readonly string[] }, each: boolean): readonly TypedCommand[] {
    this.#open = undefined
    const time = this.#timed?.time ?? ''
    if (!each) return [{ line, time, command: lines.join('\n') }]
    const first = this.#timed === undefined ? line : line + 1
    return lines.map((command, at) => ({ line: first + at, time, command }))
  }
}

/** Whether a call of a client is not at its end: an open quote, lines behind `<<`, or a backslash at the end. */
function goesOn(lines: readonly string[]): boolean {
  const [first = ''] = lines
  if (!callsClient(first)) return false
  const ending = bodyEnd(first)
  if (ending !== undefined) return lines.length === 1 || (lines.at(-1) ?? '').trim() !== ending
  let quote = ''
  for (const line of lines)
    for (let at = 0; at < line.length; at += 1) {
      const character = line[at] ?? ''
      if (character === '\\' && quote !== "'") at += 1
      else if (quote === '' && (character === "'" || character === '"')) quote = character
      else if (character === quote) quote = ''
    }
  return quote !== '' || (lines.at(-1) ?? '').endsWith('\\')
}

function instant(epoch: string): string {
  const at = new Date(Number(epoch) * 1_000)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/\.\d{3}Z$/, '.000000Z')
}
