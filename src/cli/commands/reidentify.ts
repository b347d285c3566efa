import { group, needed, usage, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { onErrand } from '../hand-over.ts'
import { columns, oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly reason?: string
  readonly json?: boolean
}

/** `reidentify list|approve`: naming persons takes two where the workspace says so. */
export const registerReidentify: Register = (program, context) => {
  const reidentify = group(
    program,
    'reidentify',
    'requests to name persons, where the workspace asks for two (reidentify = "two")',
  )
  const list = withWorkspace(reidentify.command('list'))
    .description('who asked to name how many persons, what for, and who approved')
    .option('--json', '{requests} as one JSON document')
    .action(async (options: Options) => {
      const requests = await onErrand(context, { ...options, command: 'reidentify list' }, (errand) => errand.reidentify.list())
      if (options.json === true) return printJson(context.terminal, { requests })
      if (requests.length === 0) return context.terminal.out('nobody has asked\n')
      context.terminal.out(
        `${columns(
          requests.map((one) => [
            `Q${one.n}`,
            one.status,
            one.at,
            oneLine(one.by),
            one.scope,
            String(one.persons),
            one.approvedBy === undefined ? '' : `approved by ${oneLine(one.approvedBy)}`,
            oneLine(one.purpose),
          ]),
          1_000,
        )}\n`,
      )
    })
  withExamples(list, ['reidentify list'])
  const approve = withWorkspace(reidentify.command('approve'))
    .description('approve a request that somebody else made, in your name')
    .argument('<request>', 'its number, such as Q3')
    .option('--reason <text>', 'why, in a sentence; kept with the approval')
    .option('--json', 'the request as one JSON document')
    .action(async (text: string, options: Options) => {
      const n = Number(/^[Qq]?(\d{1,9})$/.exec(text)?.[1] ?? Number.NaN)
      if (Number.isNaN(n)) throw usage(`"${text}" is no request`, 'write its number: breachline reidentify approve Q3')
      const reason = needed(options.reason, '--reason', 'say why in a sentence: it is kept with the approval')
      const approved = await onErrand(context, { ...options, command: 'reidentify approve' }, (errand) =>
        errand.reidentify.approve(n, reason),
      )
      if (options.json === true) return printJson(context.terminal, approved)
      context.terminal.out(`Q${approved.n} approved; ${oneLine(approved.by)} gives the same command again\n`)
    })
  withExamples(
    approve,
    ['reidentify approve Q3 --as "Daniel Tan" --reason "the persons must be warned"'],
    'An approval serves once, for the person who asked, the purpose stated and no further subscribers.',
  )
}
