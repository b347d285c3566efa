import type { Command } from 'commander'
import type { AskedRecommendAct } from '../app/index.ts'
import { needed } from './arguments.ts'
import { withWorkspace, type CommandContext, type WorkspaceOptions } from './command.ts'
import { inErrand } from './hand-over.ts'
import { oneLine } from './layout.ts'
import { printJson } from './terminal.ts'

/** Options of every command on the recommendations of a case. */
export interface RecommendOptions extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
  readonly reason?: string
}

/** Enters an act with its reason and says the decision that keeps it. */
export async function enterRecommendAct(
  context: CommandContext,
  options: RecommendOptions,
  entered: { readonly command: string; readonly act: AskedRecommendAct; readonly hint: string },
): Promise<void> {
  const reason = needed(options.reason, '--reason', entered.hint)
  const made = await inErrand(context, entered.command, options, (errand, id) =>
    errand.recommendations.act(id, { act: entered.act, reason }),
  )
  if (options.json === true) printJson(context.terminal, made)
  else context.terminal.out(`${made.number} recorded: ${oneLine(made.id)}\n`)
}

/** Adds what every command on the recommendations of a case has. */
export function onRecommendations(command: Command): Command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'as one JSON document')
}
