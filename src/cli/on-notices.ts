import type { Command } from 'commander'
import type { CaseNotices } from '../app/index.ts'
import { phases, type Notice } from '../response/index.ts'
import { given, oneOf } from './arguments.ts'
import { withWorkspace, type CommandContext, type WorkspaceOptions } from './command.ts'
import { inErrand } from './hand-over.ts'
import { oneLine } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** Options that commands on notices share. */
export interface NoticeOptions extends WorkspaceOptions {
  readonly case?: string
  readonly phase?: string
  readonly format?: string
  readonly out?: string
  readonly lang?: string
  readonly reason?: string
  readonly json?: boolean
}

/** Adds the duty and the case to a command. */
export function ofDuty(command: Command): Command {
  return withWorkspace(command)
    .argument('<duty>', 'id of the duty, such as my-pdpa-12b/commissioner')
    .option('--case <id>', 'the case; may be left out when there is only one')
}

/** Works on the notices of the case meant, here or through the process that serves. */
export function onNotices(
  context: CommandContext,
  options: NoticeOptions & { readonly command: string },
  work: (desk: CaseNotices) => Promise<void>,
): Promise<void> {
  return inErrand(context, options.command, options, ({ notices }, id) =>
    work({
      draft: (asked) => notices.draft(id, asked),
      letter: (asked) => notices.letter(id, asked),
      file: (asked) => notices.file(id, asked),
      list: () => notices.list(id),
      show: (number, format) => notices.show(id, number, format),
      say: (said, reason) => notices.say(id, said, reason),
      groups: () => notices.groups(id),
    }),
  )
}

/** `{ phase }`, or nothing. */
export function phaseOf({ phase }: NoticeOptions): { phase?: (typeof phases)[number] } {
  return given('phase', phase === undefined ? undefined : oneOf(phase, phases, '--phase'))
}

/** True when a point is open, or something does not fit and the notice does not say so itself. */
export function stands(made: Pick<Notice, 'points' | 'contradictions'>): boolean {
  return made.points.some((one) => one.state === 'open') || made.contradictions.some((one) => one.said !== true)
}

/** Points that are open and what does not fit together, a line each. */
export function printCheck(terminal: Terminal, made: Pick<Notice, 'points' | 'contradictions'>): void {
  const answered = made.points.filter((one) => one.state === 'answered').length
  terminal.out(`${answered} of ${made.points.length} points answered\n`)
  for (const one of made.points)
    if (one.state !== 'answered')
      terminal.out(`${one.state === 'open' ? 'MISSING   ' : 'may follow'} ${oneLine(one.point)}: ${oneLine(one.todo ?? '')}\n`)
  for (const one of made.contradictions)
    terminal.out(`${one.said === true ? 'changed   ' : 'DOES NOT FIT'} ${oneLine(one.text)}\n`)
}
