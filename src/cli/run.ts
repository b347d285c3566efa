import { Command, CommanderError } from 'commander'
import { exitCodes, UserError } from '../base/index.ts'
import { packageVersion } from '../app/index.ts'
import { commands } from './commands/index.ts'
import type { CliContext } from './context.ts'
import { printError } from './terminal.ts'

/** Runs one command; gives the exit code and never throws. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const { terminal } = context
  let code: number = exitCodes.done
  const program = new Command('breachline')
    .description('From a breach claim to an answer with its evidence.')
    .version(packageVersion(), '-V, --version')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => undefined })
    .addHelpText(
      'after',
      '\nStart with:\n  breachline demo                    the demo case, answered and shown\n  breachline investigate FOLDER      your own files\n',
    )
  for (const register of commands) register(program, { ...context, exit: (value) => (code = value) })
  try {
    await program.parseAsync(args, { from: 'user' })
    return context.signal.aborted ? exitCodes.interrupted : code
  } catch (error) {
    return failed(error, context)
  }
}

function failed(error: unknown, { terminal, signal, world }: CliContext): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done
    // A bare "breachline" or "breachline case": the help was printed already.
    if (error.code === 'commander.help') return exitCodes.usage
    const usage = new UserError({
      code: 'usage',
      message: error.message.replace(/^error: /, '').replaceAll('\n', ' '),
      hint: 'see "breachline --help", or "breachline COMMAND --help" for examples',
    })
    printError(terminal, usage)
    return exitCodes.usage
  }
  if (signal.aborted) {
    terminal.err('\nbreachline: stopped; what was done is kept, run the same command again to go on\n')
    return exitCodes.interrupted
  }
  if (error instanceof UserError) {
    printError(terminal, error)
    return error.exitCode
  }
  const system = systemError(error)
  if (system !== undefined) {
    printError(terminal, system)
    return system.exitCode
  }
  const detail =
    error instanceof Error ? (world.env['BREACHLINE_DEBUG'] === undefined ? error.message : (error.stack ?? '')) : String(error)
  const hint = 'this is a fault of Breachline, not of your files; run again with BREACHLINE_DEBUG=1 and report what it says'
  printError(terminal, new UserError({ code: 'internal', message: detail, hint }))
  return exitCodes.internal
}

const systemHints: Readonly<Record<string, readonly [what: string, hint: string, exitCode: 3 | 4]>> = {
  ENOENT: ['does not exist', 'check the path', exitCodes.badInput],
  ENOTDIR: ['is a file where a folder is needed', 'check the path', exitCodes.badInput],
  EISDIR: ['is a folder where a file is needed', 'give the file itself', exitCodes.badInput],
  EACCES: ['may not be read or written by this user', 'change its permissions, or give another place', exitCodes.environment],
  EPERM: ['may not be read or written by this user', 'change its permissions, or give another place', exitCodes.environment],
  EROFS: ['is on a file system that cannot be written', 'give another place', exitCodes.environment],
  ENOSPC: ['does not fit: the disk is full', 'make room, or work elsewhere with --workspace DIR', exitCodes.environment],
  EMFILE: ['cannot be opened: too many open files', 'raise "ulimit -n"', exitCodes.environment],
}

/** What the file system refused, with the path it was about. */
function systemError(error: unknown): UserError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined
  const [what, hint, exitCode] = systemHints[String(error.code)] ?? []
  if (what === undefined || hint === undefined || exitCode === undefined) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'a file'
  return new UserError({ code: 'file-system', message: `${path} ${what}`, hint, exitCode, cause: error })
}
