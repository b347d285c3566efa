import type { Watch } from '../base/index.ts'
import type { CommandContext } from './command.ts'
import { progressLine } from './terminal.ts'

/** Progress and Ctrl-C for a command that opens no workspace. */
export async function watching<T>(context: CommandContext, work: (watch: Watch) => Promise<T>): Promise<T> {
  const line = progressLine(context.terminal)
  try {
    return await work({ report: line.report, signal: context.signal })
  } finally {
    line.end()
  }
}
