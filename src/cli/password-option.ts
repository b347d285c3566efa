import type { Command } from 'commander'
import { archivePasswords } from '../app/index.ts'
import { collected } from './command.ts'

/** The option of commands that open archives. */
export interface PasswordOption {
  readonly passwordFile: readonly string[]
}

/** Adds `--password-file`; `more` says what else it is for. */
export function withPasswords(command: Command, more = ''): Command {
  return command.option(
    '--password-file <file>',
    `passwords of encrypted archives, one a line, mode 600 (repeat for several files)${more}`,
    collected,
    [],
  )
}

/** The passwords of all files given; nothing when none is. */
export function passwordsOf({ passwordFile }: PasswordOption): { readonly passwords?: readonly string[] } {
  return passwordFile.length === 0 ? {} : { passwords: passwordFile.flatMap(archivePasswords) }
}
