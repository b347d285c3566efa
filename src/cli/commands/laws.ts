import { actingPerson, lawsLint, lawsRead, sayDesignation } from '../../app/index.ts'
import { exitCodes, UserError } from '../../base/index.ts'
import { designations, type LawReading } from '../../response/index.ts'
import { group, needed, oneOf, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, oneLine, wrapped } from '../layout.ts'
import { printJson, type Terminal } from '../terminal.ts'
import { enterAct } from '../enter-act.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly reason?: string
  readonly json?: boolean
}

/** `laws list|show|lint|enable|designation`: the rules behind the clocks. */
export const registerLaws: Register = (program, context) => {
  const laws = group(program, 'laws', 'the rules behind the clocks: read them, check own files, enable drafts')
  const list = withWorkspace(laws.command('list'))
    .description('laws of this release and own files of the workspace, with their standing')
    .option('--json', 'as one JSON document')
    .action((options: Options) => {
      const { laws: all, faults } = lawsRead(options.workspace)
      for (const one of faults) context.terminal.err(`${one.where.file}: ${one.what}\n`)
      if (options.json === true) return printJson(context.terminal, all)
      const rows = all.map((one) => [one.id, one.jurisdiction, one.status, String(one.rules.length), one.title])
      context.terminal.out(
        `${columns([['id', 'where', 'standing', 'steps', 'title'], ...rows], Math.max(100, context.terminal.width))}\n`,
      )
    })
  withExamples(
    list,
    ['laws list'],
    'Own files lie in WORKSPACE/private/laws and own calendars in WORKSPACE/private/calendars; neither ever leaves the machine.',
  )

  const show = withWorkspace(laws.command('show'))
    .description('a law as a person reads it')
    .argument('<id>', 'id of the law, such as my-pdpa-12b')
    .option('--json', 'as one JSON document')
    .action((id: string, options: Options) => {
      const { laws: all } = lawsRead(options.workspace)
      const law = all.find((one) => one.id === id)
      if (law === undefined)
        throw new UserError({
          code: 'law-unknown',
          message: `there is no law "${id}"`,
          hint: `known: ${all.map((one) => one.id).join(', ')}`,
        })
      if (options.json === true) printJson(context.terminal, law)
      else printLaw(context.terminal, law)
    })
  withExamples(show, ['laws show my-pdpa-12b'])

  const lint = laws
    .command('lint')
    .description('hold a law file, or a folder of them, against the form: line and field of everything that does not fit')
    .argument('<file>', 'law file (.yml), or a folder')
    .option('--json', '[{file, flaws[], reading?}] as one JSON document')
    .action((path: string, options: Options) => {
      const found = lawsLint(path)
      if (found.some((one) => one.flaws.length > 0)) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, found)
      for (const { file, flaws, reading } of found) {
        for (const one of flaws)
          context.terminal.out(
            `${oneLine(file)}:${one.line}:${one.column}: ${one.field === '' ? '' : `${oneLine(one.field)}: `}${oneLine(one.what)}\n`,
          )
        if (reading !== undefined)
          context.terminal.out(`${oneLine(file)}: fits; ${reading.rules.length} steps, ${reading.status}\n`)
      }
    })
  withExamples(lint, ['laws lint breachline-data/private/laws/mvno.yml'], 'Exit code 3 when something does not fit.')

  const enable = withWorkspace(laws.command('enable'))
    .description('enable a draft for a case, in your name: from then on it starts clocks there')
    .argument('<id>', 'id of the draft')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--reason <text>', 'what was checked, and by whom')
    .option('--json', 'what was written as one JSON document')
    .action((law: string, options: Options) =>
      enterAct({ context, command: 'laws enable', options, act: { act: 'enable-law', law } }),
    )
  withExamples(enable, [
    'laws enable kr-network-act-48-3 --reason "Counsel compared it with the Act on 20 November" --case meridian',
  ])

  const designation = withWorkspace(laws.command('designation'))
    .description('say whether an authority has designated the operator; kept on this machine, in no case, never exported')
    .argument('<which>', designations.join(' or '))
    .argument('<answer>', 'yes or no')
    .option('--reason <text>', 'how it is known')
    .option('--json', 'what was kept as one JSON document')
    .action((which: string, answer: string, options: Options) => stateDesignation(context, { which, answer, options }))
  withExamples(designation, ['laws designation ncii yes --reason "Letter of the sector lead"'])
}

function stateDesignation(
  { world, terminal }: CommandContext,
  { which, answer, options }: { readonly which: string; readonly answer: string; readonly options: Options },
): void {
  const said = {
    designation: oneOf(which, designations, 'the designation'),
    answer: oneOf(answer, ['yes', 'no'], 'the answer'),
    by: actingPerson(world, options.as).name,
    reason: needed(options.reason, '--reason', 'say how it is known'),
    at: world.now(),
  }
  sayDesignation(options.workspace, said)
  if (options.json === true) printJson(terminal, said)
  else terminal.out('kept in private/designations.json of the workspace; it is part of no case and no export\n')
}

function printLaw(terminal: Terminal, law: LawReading): void {
  const width = Math.max(80, terminal.width)
  const say = (text: string, indent = ''): unknown => terminal.out(`${wrapped(oneLine(text), { width, indent })}\n`)
  say(`${law.title} (${law.id}, ${law.jurisdiction})`)
  say(law.standing)
  for (const one of law.about) say(one)
  for (const one of law.open) say(`Still to check: ${one}`)
  for (const rule of law.rules) {
    terminal.out('\n')
    say(rule.title)
    for (const one of rule.sentences) say(`- ${one}`, '  ')
    if (rule.fields.length > 0) say(`- The form asks for: ${rule.fields.join('; ')}.`, '  ')
    say(
      `- ${rule.source.how}: ${rule.source.text}${rule.source.url === '' ? '' : ` ${rule.source.url}`}, read ${rule.source.read}.`,
      '  ',
    )
  }
  if (law.always.length + law.notes.length > 0) terminal.out('\n')
  for (const one of law.always) say(`Always: ${one}`)
  for (const one of law.notes) say(`Note: ${one}`)
  say(law.disclaimer)
}
