import { dueActSchema, type DueAct } from '../response/index.ts'
import { needed, usage } from './arguments.ts'
import type { CommandContext, WorkspaceOptions } from './command.ts'
import { caseMeant, onErrand } from './hand-over.ts'
import { printJson } from './terminal.ts'

/** Checks an act against its form, enters it in the case meant, and says the number of the decision. */
export async function enterAct(entered: {
  readonly context: CommandContext
  readonly command: string
  readonly options: WorkspaceOptions & { readonly case?: string; readonly reason?: string; readonly json?: boolean }
  readonly act: DueAct
}): Promise<void> {
  const { context, command, options } = entered
  const act = checkedAct(entered.act)
  const reason = needed(options.reason, '--reason', 'say why in a sentence: it is kept with the decision')
  await onErrand(context, { ...options, command }, async (errand) => {
    const written = await errand.duties.act(await caseMeant(errand, options.case), { act, reason })
    if (options.json === true) printJson(context.terminal, written)
    else context.terminal.out(`${written.number} recorded\n`)
  })
}

function checkedAct(act: DueAct): DueAct {
  const parsed = dueActSchema.safeParse(act)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw usage(`${issue?.path.join('.') ?? 'the act'}: ${issue?.message ?? 'does not fit'}`, 'see --help of the command')
}
