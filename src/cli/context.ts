import type { World } from '../app/index.ts'
import type { Terminal } from './terminal.ts'

/** The surroundings of one run of the command line. */
export interface CliContext {
  readonly world: World
  readonly terminal: Terminal
  /** Aborted by Ctrl-C: long work stops at the next safe place. */
  readonly signal: AbortSignal
  readonly cwd: string
}
