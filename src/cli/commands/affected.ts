import type { TellSummary } from '../../app/index.ts'
import { given, group, needed, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { columns } from '../layout.ts'
import { printJson, type Terminal } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly out?: string
  readonly purpose?: string
  readonly reason?: string
  readonly duty?: string
  readonly approval?: string
  readonly json?: boolean
}

/** `affected counts|groups|approve|export`: how many are affected, who must be told, and the approval that the list needs before it leaves. */
export const registerAffected: Register = (program, context) => {
  const affected = group(program, 'affected', 'who is affected, counted, and who must be told')
  const counts = inCase(affected.command('counts'))
    .description('the counts of affected persons as CSV; no cell runs as a formula, small counts are suppressed')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--json', 'not offered: the counts stand under "affected" in "breachline report --format json"')
    .action((options: Options) =>
      inErrand(context, 'affected counts', options, async (errand, id) =>
        writeOut(context, { text: await errand.leave(id, { kind: 'affected' }), ...given('file', options.out) }),
      ),
    )
  withExamples(counts, ['affected counts --case meridian --out affected.csv'])

  const groups = inCase(affected.command('groups'))
    .description('who must be told, counted by the kinds of their data: one letter per group; no id is shown')
    .option('--json', '{groups[], rows, from, notes[], persons, list} as one JSON document')
    .action(async (options: Options) => {
      const summary = await inErrand(context, 'affected groups', options, ({ telling }, id) => telling.groups(id))
      if (options.json === true) return printJson(context.terminal, summary)
      print(context.terminal, summary)
    })
  withExamples(
    groups,
    ['affected groups --case meridian'],
    'Rows of the sample are met with the own customer table of the case by every identifier both hold.\nWho meets nobody, or several customers, is counted and told to nobody.',
  )

  const approve = inCase(affected.command('approve'))
    .description('approve, in your name, that the list of those to be told is exported for a purpose; somebody else exports it')
    .option('--purpose <text>', 'what the list is for')
    .option('--duty <id>', 'the duty that asks for it')
    .option('--reason <text>', 'why you approve')
    .option('--json', 'the approval and the groups as one JSON document')
    .action(async (options: Options) => {
      const hint = 'write: breachline affected approve --purpose "..." --reason "..." --as NAME'
      const asked = {
        purpose: needed(options.purpose, '--purpose', hint),
        reason: needed(options.reason, '--reason', hint),
        ...given('duty', options.duty),
      }
      const approved = await inErrand(context, 'affected approve', options, ({ telling }, id) => telling.approve(id, asked))
      if (options.json === true) return printJson(context.terminal, approved)
      print(context.terminal, approved)
      context.terminal.out(`${approved.number} recorded\n`)
    })
  withExamples(
    approve,
    [
      'affected approve --purpose "Letters under my-pdpa-12b/data-subjects" --duty my-pdpa-12b/data-subjects --reason "Checked with the DPO" --as "Aisha Rahman" --case meridian',
    ],
    'The approval holds for this list: when the case gives another one, it has to be approved again.',
  )

  const leave = inCase(affected.command('export'))
    .description(
      'who must be told, as account numbers of the operator, with letter, kinds of data and evidence; needs the approval of another person',
    )
    .option('--approval <number>', 'the approval, such as D5; the last one when absent')
    .option('--out <file>', 'where the list goes; readable by this user only')
    .option('--json', 'what was exported, without ids, as one JSON document')
    .action(async (options: Options) => {
      const file = needed(options.out, '--out', 'the list is not printed: name a file with --out told.csv')
      const made = await inErrand(context, 'affected export', options, ({ telling }, id) =>
        telling.export(id, given('approval', options.approval)),
      )
      writeOut(context, { text: made.csv, file })
      const { csv: _, ...shown } = made
      if (options.json === true) printJson(context.terminal, { ...shown, file })
      else context.terminal.out(`${made.summary.persons} persons, by ${made.approval}, for: ${made.purpose}\n`)
    })
  withExamples(
    leave,
    ['affected export --out told.csv --as "Daniel Tan" --case meridian'],
    'Purpose, approval, count and hash go into the chain of custody; no id does.',
  )
}

function inCase(command: ReturnType<Parameters<Register>[0]['command']>): typeof command {
  return withWorkspace(command).option('--case <id>', 'the case; may be left out when there is only one')
}

function print(terminal: Terminal, { groups, persons, rows, from, notes }: TellSummary): void {
  terminal.out(`${persons} persons to be told, by the own table ${from}\n`)
  terminal.out(
    `${columns([['letter', 'persons', 'data'], ...groups.map((one) => [one.group, String(one.persons), one.items.join(', ')])], 1_000)}\n`,
  )
  terminal.out(
    `rows of the samples: ${rows.read} read, ${rows.met} met one customer, ${rows.unknown} none, ${rows.ambiguous} several\n`,
  )
  for (const one of notes) terminal.out(`${one}\n`)
}
