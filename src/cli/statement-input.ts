import { readFileSync, statSync } from 'node:fs'
import type { Command } from 'commander'
import { limits, UserError } from '../base/index.ts'
import { audiences } from '../response/index.ts'
import { needed, oneOf } from './arguments.ts'
import { withWorkspace, type WorkspaceOptions } from './command.ts'

/** What commands on statements are given. */
export interface StatementOptions extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
  readonly audience?: string
  readonly language: string
  readonly reason?: string
  readonly to?: string
}

/** Adds the options that every command on statements has. */
export function statementCommand(command: Command): Command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'as one JSON document')
}

/** The audience asked for; a `UserError` names those there are. */
export function audienceOf(options: StatementOptions): (typeof audiences)[number] {
  return oneOf(needed(options.audience, '--audience', `name one of ${audiences.join(', ')}`), audiences, '--audience')
}

/** The text of a file, or of stdin, as UTF-8; the size is looked at before anything is read. */
export function statementText(file: string): string {
  if (file !== '-') {
    const size = statSync(file, { throwIfNoEntry: false })
    if (size === undefined || !size.isFile())
      throw new UserError({ code: 'no-such-path', message: `${file} is no file`, hint: 'give a statement as plain text' })
    if (size.size > limits.statementBytes) throw tooLarge(file)
  }
  const bytes = readFileSync(file === '-' ? 0 : file)
  if (bytes.length > limits.statementBytes) throw tooLarge(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UserError({
      code: 'statement-unreadable',
      message: `${file} is no UTF-8 text`,
      hint: 'save it as plain text, UTF-8',
    })
  }
}

function tooLarge(file: string): UserError {
  return new UserError({
    code: 'file-too-large',
    message: `${file} is larger than ${limits.statementBytes / 1024} KiB`,
    hint: 'give one statement as plain text',
  })
}
