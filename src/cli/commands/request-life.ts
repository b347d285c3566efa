import type { Command } from 'commander'
import type { AskedRequestAct } from '../../app/index.ts'
import { isoMoment, needed, usage, withExamples } from '../arguments.ts'
import { collected, withWorkspace, type CommandContext, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
  readonly reason?: string
  readonly at?: string
  readonly by?: string
}

/** `request sent|reminded|extend|answer|refused|close`: what happens to a request after its draft. */
export function registerRequestLife(request: Command, context: CommandContext): void {
  const step = (name: string, description: string): Command =>
    inCase(request.command(name)).description(description).argument('<request>', 'its number, such as RQ1')
  const when = (options: Options): string => (options.at === undefined ? context.world.now() : isoMoment(options.at, '--at').at)
  const timed = (command: Command): Command => command.option('--at <time>', 'when, ISO 8601 with zone; now when absent')
  const said = (command: Command, what: string): Command => command.option('--reason <text>', what)

  const sent = said(timed(step('sent', 'it was sent: to which person, by which channel')), 'anything worth keeping about it')
    .option('--to <person>', 'the person or desk that it went to')
    .option('--by <channel>', 'by which channel')
    .action(async (name: string, options: Options & { to?: string }) => {
      const hint = 'write: breachline request sent RQ1 --to "Duty desk" --by "courier"'
      const act = {
        act: 'send',
        request: name.toUpperCase(),
        at: when(options),
        to: needed(options.to, '--to', hint),
        channel: needed(options.by, '--by', hint),
      } as const
      await enter(context, { ...options, reason: options.reason ?? 'as entered' }, { command: 'request sent', act })
    })
  withExamples(sent, ['request sent RQ1 --to "Legal desk of Citrine Outreach" --by "courier, signed for" --case meridian'])

  const reminded = said(timed(step('reminded', 'a reminder went out')), 'anything worth keeping about it')
    .option('--by <channel>', 'by which channel')
    .action(async (name: string, options: Options) => {
      const channel = needed(options.by, '--by', 'write: breachline request reminded RQ1 --by telephone')
      const act = { act: 'remind', request: name.toUpperCase(), at: when(options), channel } as const
      await enter(context, { ...options, reason: options.reason ?? 'as entered' }, { command: 'request reminded', act })
    })
  withExamples(reminded, ['request reminded RQ1 --by telephone --reason "They promised it for Friday"'])

  const extend = said(step('extend', 'give it another time'), 'why')
    .option('--due <time>', 'by when, ISO 8601 with zone')
    .action(async (name: string, options: Options & { due?: string }) => {
      const hint = 'write: breachline request extend RQ1 --due 2026-10-16T18:00:00+08:00 --reason "..."'
      const due = isoMoment(needed(options.due, '--due', hint), '--due').at
      await enter(context, options, { command: 'request extend', act: { act: 'extend', request: name.toUpperCase(), due } })
    })
  withExamples(extend, ['request extend RQ1 --due 2026-10-16T18:00:00+08:00 --reason "The export takes two days"'])

  const answer = said(
    timed(step('answer', 'an answer came: files by exhibit or hash, or only a statement')),
    'what it holds, and what is missing',
  )
    .option('--exhibit <number>', 'exhibit of the case that came with it, repeatable', collected, [])
    .option('--sha256 <hash>', 'hash of a file that is not in the case, repeatable', collected, [])
    .option('--statement', 'words and no files: the request stays open')
    .action(async (name: string, options: Options & { exhibit: string[]; sha256: string[]; statement?: boolean }) => {
      const files = options.exhibit.length + options.sha256.length
      if (options.statement === true && files > 0)
        throw usage('--statement is an answer without files', 'leave it out, or name no file')
      const wrong = options.sha256.find((one) => !/^[0-9a-f]{64}$/.test(one))
      if (wrong !== undefined) throw usage(`--sha256 "${wrong}" is no SHA-256`, 'give 64 digits, a to f in lower case')
      const act = {
        act: 'answer',
        request: name.toUpperCase(),
        at: when(options),
        gives: options.statement === true ? 'statement' : 'evidence',
        exhibits: options.exhibit,
        hashes: options.sha256,
      } as const
      await enter(context, options, { command: 'request answer', act })
    })
  withExamples(answer, [
    'request answer RQ1 --exhibit E14 --reason "Access log of February, complete by its numbers" --case meridian',
    'request answer RQ1 --statement --reason "They write that nobody else had access"',
  ])

  const refused = said(timed(step('refused', 'the other side refused, with its reason')), 'the reason given').action(
    async (name: string, options: Options) => {
      const act = { act: 'refuse', request: name.toUpperCase(), at: when(options) } as const
      await enter(context, options, { command: 'request refused', act })
    },
  )
  withExamples(refused, ['request refused RQ2 --reason "An order of the court is needed"'])

  const close = said(step('close', 'nothing more is to be done'), 'what came of it')
    .option('--anyway', 'although no evidence came')
    .action(async (name: string, options: Options & { anyway?: boolean }) => {
      const act = { act: 'close', request: name.toUpperCase(), anyway: options.anyway === true } as const
      await enter(context, options, { command: 'request close', act })
    })
  withExamples(close, [
    'request close RQ1 --reason "Complete, hashes compared"',
    'request close RQ2 --anyway --reason "The vendor no longer exists"',
  ])
}

async function enter(
  context: CommandContext,
  options: Options,
  entered: { readonly command: string; readonly act: AskedRequestAct },
): Promise<void> {
  const reason = needed(options.reason, '--reason', 'say it in a sentence: it is kept with the decision')
  const made = await inErrand(context, entered.command, options, (errand, id) =>
    errand.requests.act(id, { act: entered.act, reason }),
  )
  if (options.json === true) printJson(context.terminal, made)
  else
    context.terminal.out(
      `${made.decision} recorded; ${made.number} is ${made.state}${made.next === undefined ? '' : `: ${made.next}`}\n`,
    )
}

function inCase(command: Command): Command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'as one JSON document')
}
