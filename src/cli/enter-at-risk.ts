import type { Command } from 'commander'
import type { AtRiskAct, AtRiskQueue } from '../response/index.ts'
import { isoMoment, needed, usage } from './arguments.ts'
import { withWorkspace, type CommandContext, type WorkspaceOptions } from './command.ts'
import { inErrand } from './hand-over.ts'
import { printQueue } from './print-at-risk.ts'
import { printJson } from './terminal.ts'

/** Options of every command on the queue of a case. */
export interface AtRiskOptions extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
  readonly reason?: string
  readonly at?: string
}

/** Enters an act with its reason and shows the queue. `names`: pseudonyms or their beginnings, or `all`. */
export async function enterAtRiskAct(
  context: CommandContext,
  options: AtRiskOptions,
  entered: { readonly command: string; readonly names?: readonly string[]; readonly act: (persons: string[]) => AtRiskAct },
): Promise<void> {
  const reason = needed(options.reason, '--reason', 'say it in a sentence, without a number or a name')
  const made = await inErrand(context, entered.command, options, async (errand, id) => {
    const persons = entered.names === undefined ? [] : pseudonyms(entered.names, await errand.atRisk.state(id))
    return errand.atRisk.act(id, { act: entered.act(persons), reason })
  })
  if (options.json === true) return printJson(context.terminal, made)
  context.terminal.out(`${made.number} recorded\n`)
  printQueue(context.terminal, made.queue)
}

/** `all` stands for everybody who is still in the queue. */
function pseudonyms(names: readonly string[], queue: AtRiskQueue): string[] {
  const open = queue.persons.filter(({ state }) => state === 'waiting' || state === 'ready').map(({ pseudonym }) => pseudonym)
  if (names.length !== 1 || names[0] !== 'all')
    return names.map(
      (name) =>
        open.find((one) => one.startsWith(name)) ??
        queue.persons.find(({ pseudonym }) => pseudonym.startsWith(name))?.pseudonym ??
        name,
    )
  if (open.length > 0) return open
  throw usage('nobody is in the queue', '"breachline at-risk list" shows it')
}

/** A command that enters something with a reason. */
export function atRiskStep(parent: Command, name: string, description: string, reason: string): Command {
  return onQueue(parent.command(name)).description(description).option('--reason <text>', reason)
}

/** Adds when it happened. */
export function timed(command: Command): Command {
  return command.option('--at <time>', 'when, ISO 8601 with zone; now when absent')
}

/** When it happened: as stated, or now. ISO 8601 UTC. */
export function when(context: CommandContext, options: AtRiskOptions): string {
  return options.at === undefined ? context.world.now() : isoMoment(options.at, '--at').at
}

/** Adds what every command on the queue of a case has. */
export function onQueue(command: Command): Command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'as one JSON document')
}
