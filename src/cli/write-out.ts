import { writeFileSync } from 'node:fs'
import type { CommandContext } from './command.ts'

/** A document to stdout, or to a file that only this user can read. */
export function writeOut(context: CommandContext, options: { readonly text: string; readonly file?: string }): void {
  if (options.file === undefined) return context.terminal.out(options.text)
  writeFileSync(options.file, options.text, { mode: 0o600 })
  context.terminal.err(`written: ${options.file}\n`)
}
