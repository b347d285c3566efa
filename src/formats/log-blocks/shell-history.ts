import type { BlockLayout, LogBlock } from './block.ts'

/** History of bash (`#seconds` in front of each command) and zsh (`: seconds:duration;command`). A command may go over several lines. */
export class ShellHistory implements BlockLayout {
  #open: { readonly line: number; readonly time: string; readonly command: string[] } | undefined

  add(text: string, line: number): readonly LogBlock[] {
    const bash = /^#(\d{9,11})$/.exec(text)
    const zsh = /^: (\d{9,11}):(\d{1,9});(.*)$/.exec(text)
    if (bash === null && zsh === null) {
      if (this.#open === undefined) return text.trim() === '' ? [] : [{ line, form: 'shell-history', fields: { command: text } }]
      // A limit, since a cut history may never come to the next time.
      if (this.#open.command.length < 1_000) this.#open.command.push(text)
      return []
    }
    const done = this.end()
    this.#open = { line, time: bash?.[1] ?? zsh?.[1] ?? '', command: zsh === null ? [] : [zsh[3] ?? ''] }
    return done
  }

  end(): readonly LogBlock[] {
    const open = this.#open
    this.#open = undefined
    const command = open?.command.join('\n').trimEnd() ?? ''
    return open === undefined || command === ''
      ? []
      : [{ line: open.line, form: 'shell-history', fields: { time: open.time, command } }]
  }
}
