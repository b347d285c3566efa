import { given, group, isoMoment, needed, oneOf, usage, utcDay, withExamples } from '../arguments.ts'
import { collected, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { printRequest, printRequests } from '../print-requests.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'
import { registerRequestLife } from './request-life.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
  readonly reason?: string
}

type Group = ReturnType<typeof group>

const parties = ['vendor', 'authority', 'owner', 'other'] as const

/** `request list|show|draft|text|sent|reminded|extend|answer|refused|close`: what was asked of vendors and authorities, to its end. */
export const registerRequest: Register = (program, context) => {
  const request = group(program, 'request', 'evidence and preservation asked of vendors and authorities, to the end')
  registerReading(request, context)
  registerDraft(request, context)
  registerRequestLife(request, context)
}

function registerReading(request: Group, context: CommandContext): void {
  const { terminal } = context
  const list = inCase(request.command('list'))
    .description('requests of the case, overdue ones first; those of "preserve request" too (P1)')
    .action(async (options: Options) => {
      const requests = await inErrand(context, 'request list', options, (errand, id) => errand.requests.state(id))
      if (options.json === true) return printJson(terminal, { requests })
      printRequests(terminal, requests)
    })
  withExamples(list, ['request list --case meridian', 'request list --json'])

  const show = inCase(request.command('show'))
    .description('one request with its life and the hashes of what came back')
    .argument('<request>', 'its number, such as RQ1')
    .action(async (name: string, options: Options) => {
      const all = await inErrand(context, 'request show', options, (errand, id) => errand.requests.state(id))
      const one = all.find(({ number }) => number === name.toUpperCase())
      if (one === undefined) throw usage(`the case has no request ${name}`, '"breachline request list" shows them')
      if (options.json === true) return printJson(terminal, one)
      printRequest(terminal, one)
    })
  withExamples(show, ['request show RQ1 --case meridian'])

  const text = inCase(request.command('text'))
    .description('the text of a drafted request again, or of its reminder')
    .argument('<request>', 'its number, such as RQ1')
    .option('--reminder', 'the reminder')
    .option('--out <file>', 'write it there instead of to stdout')
    .action(async (name: string, options: Options & { reminder?: boolean; out?: string }) => {
      const asked = { request: name.toUpperCase(), reminder: options.reminder === true }
      const written = await inErrand(context, 'request text', options, (errand, id) => errand.requests.text(id, asked))
      if (options.json === true) return printJson(terminal, { text: written })
      writeOut(context, { text: written, ...given('file', options.out) })
    })
  withExamples(text, ['request text RQ1 --out q1.txt', 'request text RQ1 --reminder'])
}

function registerDraft(request: Group, context: CommandContext): void {
  const draft = inCase(request.command('draft'))
    .description('draft a request; its time is the earliest of --due, the contract and the end of retention')
    .argument('<kind>', 'evidence or preservation')
    .option('--to <name>', 'whom it goes to')
    .option('--party <kind>', parties.join(', '), 'vendor')
    .option('--what <text>', 'what is asked for, repeatable', collected, [])
    .option('--from <day>', 'first day (UTC)')
    .option('--until <day>', 'last day (UTC)')
    .option('--due <time>', 'by when, ISO 8601 with zone')
    .option('--duty <duty>', 'by the time of this duty of the case: the contract that obliges to hand over evidence')
    .option('--source <log>', 'before this log source of the inventory loses the next day that the case needs')
    .option('--out <file>', 'write the text there instead of to stdout')
    .option('--reason <text>', 'what it is needed for; stays here, is not in the text')
    .action(
      async (
        kind: string,
        options: Options & {
          to?: string
          party: string
          what: string[]
          from?: string
          until?: string
          due?: string
          duty?: string
          source?: string
          out?: string
        },
      ) => {
        const hint =
          'write: breachline request draft evidence --to "Citrine Outreach" --what "..." --due 2026-10-12T18:00:00+08:00 --reason "..."'
        if (options.what.length === 0) needed(undefined, '--what', hint)
        if ((options.from === undefined) !== (options.until === undefined))
          throw usage('a period has a first and a last day', 'give both --from and --until')
        const asked = {
          kind: oneOf(kind, ['evidence', 'preservation'] as const, '<kind>'),
          to: { kind: oneOf(options.party, parties, '--party'), name: needed(options.to, '--to', hint) },
          what: options.what,
          ...(options.from === undefined || options.until === undefined
            ? {}
            : { period: { from: utcDay(options.from, '--from'), to: utcDay(options.until, '--until') } }),
          ...given('due', options.due === undefined ? undefined : isoMoment(options.due, '--due').at),
          ...given('duty', options.duty),
          ...given('source', options.source),
        }
        const reason = needed(options.reason, '--reason', hint)
        const made = await inErrand(context, 'request draft', options, (errand, id) =>
          errand.requests.draft(id, { request: asked, reason }),
        )
        if (options.json === true) return printJson(context.terminal, made)
        writeOut(context, { text: made.text, ...given('file', options.out) })
        context.terminal.err(
          `${made.number} drafted (${made.decision}), due ${made.due.slice(0, 16)}Z; enter when it was sent: request sent ${made.number}\n`,
        )
      },
    )
  withExamples(
    draft,
    [
      'request draft evidence --to "Citrine Outreach" --what "access log of the campaign database" --from 2026-02-01 --until 2026-02-28 --duty citrine-contract/evidence --reason "The sample agrees with its extract" --case meridian',
      'request draft preservation --party authority --to "National Cyber Centre" --what "image of the seized server" --due 2026-10-12T18:00:00+08:00 --reason "Compare its files with ours"',
    ],
    'The text names what is asked, by when, and a reference; nothing else of the case.\nA contract that sets a time stands as a duty in private/laws of the workspace ("breachline due" names its id).',
  )
}

function inCase(command: ReturnType<Group['command']>): typeof command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'as one JSON document')
}
