import { join } from 'node:path'
import type { Command } from 'commander'
import { UserError, type Watch } from '../base/index.ts'
import { actingPerson, openWorkspace, type Workspace } from '../app/index.ts'
import type { Signer } from '../evidence/index.ts'
import type { CliContext } from './context.ts'
import { progressLine } from './terminal.ts'

/** What a command is given when it registers: the surroundings, and how to set another exit code than 0. */
export interface CommandContext extends CliContext {
  readonly exit: (code: number) => void
}

/** A file under `commands/` exports one of these. */
export type Register = (program: Command, context: CommandContext) => void

/** Options that every command with a workspace has. */
export interface WorkspaceOptions {
  readonly workspace: string
  readonly as?: string
}

/** Paths in the folder of the workspace, for what is read or listed without holding it. */
export function placeOf({ workspace }: WorkspaceOptions): Pick<Workspace, 'path'> {
  return { path: (...parts) => join(workspace, ...parts) }
}

/** Adds `--workspace` and `--as`. */
export function withWorkspace(command: Command): Command {
  return command
    .option('--workspace <dir>', 'folder of cases, copies and lake', './breachline-data')
    .option('--as <name>', 'who acts: the person whose key signs (see "key new")')
}

/** Opens the workspace for one command and closes it whatever happens; progress goes to the terminal. */
export async function inWorkspace<T>(
  context: CommandContext,
  options: WorkspaceOptions & { readonly command: string },
  work: (open: { workspace: Workspace; signer: Signer; watch: Watch }) => Promise<T>,
): Promise<T> {
  const signer = actingPerson(context.world, options.as)
  const workspace = openWorkspace({ directory: options.workspace, command: options.command, world: context.world })
  const line = progressLine(context.terminal)
  try {
    return await work({ workspace, signer, watch: { report: line.report, signal: context.signal } })
  } finally {
    line.end()
    await workspace.close()
  }
}

/** `GLOB=value` as given on the command line; a `UserError` names what is wrong. */
export function splitAssignment(text: string, what: string): { readonly name: string; readonly value: string } {
  const at = text.lastIndexOf('=')
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at), value: text.slice(at + 1) }
  throw new UserError({
    code: 'usage',
    message: `${what} "${text}" is not NAME=VALUE`,
    hint: 'see --help for an example',
    exitCode: 2,
  })
}

/** Collects a repeatable option. */
export function collected(value: string, before: readonly string[]): string[] {
  return [...before, value]
}
