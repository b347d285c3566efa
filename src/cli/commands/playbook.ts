import {
  importPlaybook,
  knownPlaybooks,
  playbookFlaws,
  playbookNamed,
  playbookText,
  type RunningPlaybook,
} from '../../app/index.ts'
import { exitCodes, printable } from '../../base/index.ts'
import { given, group, needed, oneOf, withExamples } from '../arguments.ts'
import {
  collected,
  splitAssignment,
  withWorkspace,
  type CommandContext,
  type Register,
  type WorkspaceOptions,
  placeOf,
} from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { columns, counted, oneLine, wrapped } from '../layout.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
}

/** `playbook list|show|lint|import|export` and, in a case, `start|status|approve|done`: what to do, step by step. */
export const registerPlaybook: Register = (program, context) => {
  const playbook = group(program, 'playbook', 'what to do, step by step: playbooks, and how far they are in a case')
  registerKnown(playbook, context)
  registerRunning(playbook, context)
}

type Group = ReturnType<typeof group>

function registerKnown(playbook: Group, context: CommandContext): void {
  const { terminal } = context
  const list = withWorkspace(playbook.command('list'))
    .description('the playbooks that can be started: shipped ones and those of the workspace')
    .option('--json', '{playbooks} as one JSON document')
    .action((options: Options) => {
      const playbooks = knownPlaybooks(placeOf(options))
      if (options.json === true) return printJson(terminal, { playbooks })
      terminal.out(
        `${columns([['playbook', 'steps', '', 'when'], ...playbooks.map((one) => [one.id, String(one.steps.length), one.own ? 'own' : '', one.when])], terminal.width)}\n`,
      )
    })
  withExamples(list, ['playbook list', 'playbook list --json'])

  const show = withWorkspace(playbook.command('show'))
    .description('the steps of a playbook: who, by when, after what, and what each leaves as evidence')
    .argument('<playbook>', 'its id, or the beginning of it')
    .option('--json', 'the playbook as one JSON document')
    .action((id: string, options: Options) => {
      const one = playbookNamed(placeOf(options), id)
      if (options.json === true) return printJson(terminal, one)
      const width = Math.min(120, terminal.width)
      terminal.out(`${oneLine(one.name)}\n${wrapped(one.when, { width, indent: '  ' })}\n`)
      for (const [at, step] of one.steps.entries()) {
        terminal.out(
          `\n${String(at + 1).padStart(2)}  ${step.id}  (${oneLine(step.who)}${step.within === undefined ? '' : `, within ${step.within}`}${step.disruptive ? ', two persons' : ''})\n`,
        )
        terminal.out(`${wrapped(step.do, { width, indent: '    ', hang: 0 })}\n`)
        terminal.out(`    leaves: ${oneLine(step.gives)}${step.after.length === 0 ? '' : `; after ${step.after.join(', ')}`}\n`)
      }
    })
  withExamples(show, ['playbook show claim-of-breach', 'playbook show vendor'])

  const lint = playbook
    .command('lint')
    .description('say what is wrong in a playbook, by line and field')
    .argument('<file>', 'YAML, or CACAO 2.0 in JSON')
    .option('--json', '{flaws[{line, field, what}]} as one JSON document')
    .action((file: string, options: { json?: boolean }) => {
      const flaws = playbookFlaws(file)
      if (flaws.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(terminal, { flaws })
      for (const { line, field, what } of flaws)
        terminal.out(`${printable(file)}:${line}${field === '' ? '' : ` ${field}`}: ${printable(what)}\n`)
      if (flaws.length === 0) terminal.out('nothing is wrong\n')
    })
  withExamples(lint, ['playbook lint our-own.yml', 'playbook lint theirs.json'])

  const take = withWorkspace(playbook.command('import'))
    .description("take a playbook into the workspace; commands of others' are shown, never run")
    .argument('<file>', 'YAML, or CACAO 2.0 in JSON')
    .option('--replace', 'in the place of one with the same id')
    .option('--json', '{id, remarks} as one JSON document')
    .action((file: string, options: Options & { replace?: boolean }) => {
      const { id, remarks } = importPlaybook(placeOf(options), { path: file, replace: options.replace === true })
      if (options.json === true) return printJson(terminal, { id, remarks })
      terminal.out(`${id} imported\n`)
      for (const one of remarks) terminal.err(`${printable(one)}\n`)
    })
  withExamples(take, ['playbook import our-own.yml', 'playbook import theirs.json --replace'])

  const write = withWorkspace(playbook.command('export'))
    .description('a playbook as CACAO 2.0 or YAML')
    .argument('<playbook>', 'its id, or the beginning of it')
    .option('--format <format>', 'cacao or yaml', 'cacao')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--json', 'as --format cacao')
    .action((id: string, options: Options & { format: string; out?: string }) => {
      const format = oneOf(options.json === true ? 'cacao' : options.format, ['cacao', 'yaml'] as const, '--format')
      const text = playbookText(playbookNamed(placeOf(options), id), { format, at: context.world.now() })
      writeOut(context, { text, ...given('file', options.out) })
    })
  withExamples(write, ['playbook export vendor-breach --out vendor-breach.cacao.json', 'playbook export insider --format yaml'])
}

function registerRunning(playbook: Group, context: CommandContext): void {
  const { terminal } = context
  const start = inCase(playbook.command('start'))
    .description('make a task of every step, with owner and due time, signed into the chain of custody')
    .argument('<playbook>', 'its id, or the beginning of it')
    .option('--owner <role=person>', 'who has a role, repeatable', collected, [])
    .action(async (id: string, options: Options & { owner: string[] }) => {
      const owners = Object.fromEntries(
        options.owner.map((text) => splitAssignment(text, '--owner')).map(({ name, value }) => [name, value]),
      )
      const made = await inErrand(context, 'playbook start', options, (errand, of) =>
        errand.playbooks.start(of, { playbook: id, owners }),
      )
      if (options.json === true) return printJson(terminal, made)
      terminal.out(`${made.playbook} started: ${counted(made.steps.length, 'step')}\n\n`)
      print(context, made)
    })
  withExamples(start, [
    'playbook start claim-of-breach --case meridian',
    'playbook start vendor-breach --owner "vendor manager=Aisha Rahman" --case meridian',
  ])

  const status = inCase(playbook.command('status'))
    .description('how far the playbooks of a case are')
    .action(async (options: Options) => {
      const running = await inErrand(context, 'playbook status', options, (errand, of) => errand.playbooks.state(of))
      if (options.json === true) return printJson(terminal, { running })
      if (running.length === 0)
        return terminal.out('no playbook was started in this case; "breachline playbook list" has those that can be\n')
      for (const one of running) print(context, one)
    })
  withExamples(status, ['playbook status --case meridian', 'playbook status --json'])

  const approve = inCase(playbook.command('approve'))
    .description('approve a step that changes or stops something in use, as a second person')
    .argument('<task>', 'its number, such as T6')
    .option('--reason <text>', 'why')
    .action(async (task: string, options: Options & { reason?: string }) => {
      const reason = needed(options.reason, '--reason', 'write: breachline playbook approve T6 --reason "..."')
      const made = await inErrand(context, 'playbook approve', options, (errand, of) =>
        errand.playbooks.approve(of, { task, reason }),
      )
      if (options.json === true) return printJson(terminal, made)
      terminal.out(`${made.number} recorded\n`)
    })
  withExamples(approve, ['playbook approve T6 --reason "Agreed with operations for 02:00" --as "Farid Hamzah" --case meridian'])

  const done = inCase(playbook.command('done'))
    .description('close a step with what came of it')
    .argument('<task>', 'its number, such as T2')
    .option('--outcome <text>', 'what came of it: where its evidence is, or why it was left out')
    .option('--anyway <reason>', 'close it before those it waits for, for this reason')
    .action(async (task: string, options: Options & { outcome?: string; anyway?: string }) => {
      const outcome = needed(options.outcome, '--outcome', 'write: breachline playbook done T2 --outcome "E1 to E5"')
      const step = await inErrand(context, 'playbook done', options, (errand, of) =>
        errand.playbooks.close(of, { task, outcome, ...given('anyway', options.anyway) }),
      )
      if (options.json === true) return printJson(terminal, step)
      terminal.out(`${step.task} closed: ${oneLine(step.closed?.outcome ?? '')}\n`)
    })
  withExamples(done, [
    'playbook done T2 --outcome "E1 to E5, hashes in the chain" --case meridian',
    'playbook done T9 --outcome "Nothing found" --anyway "Logs came early" --case meridian',
  ])
}

function print({ terminal }: CommandContext, one: RunningPlaybook): void {
  const open = one.steps.filter(({ closed }) => closed === undefined)
  terminal.out(
    `${oneLine(one.name)}: ${one.steps.length - open.length} of ${one.steps.length} closed, started ${one.startedAt.slice(0, 16)}Z by ${oneLine(one.startedBy)}\n`,
  )
  const rows = one.steps.map((step) => [
    step.closed === undefined ? (step.waitsFor.length > 0 ? '-' : '>') : 'x',
    step.task,
    step.step,
    step.owner,
    step.due === undefined ? '' : `${step.due.slice(0, 16)}Z${step.late ? ' LATE' : ''}`,
    [stateOf(step), step.closed === undefined ? step.text : ''].filter((text) => text !== '').join(': '),
  ])
  terminal.out(`${columns([['', 'task', 'step', 'owner', 'due', ''], ...rows], terminal.width)}\n\n`)
}

function stateOf(step: RunningPlaybook['steps'][number]): string {
  if (step.closed !== undefined) return step.closed.outcome
  const approved = step.approvedBy.length > 0 ? `approved by ${step.approvedBy.join(', ')}` : 'needs a second person'
  return [
    ...(step.waitsFor.length === 0 ? [] : [`waits for ${step.waitsFor.join(', ')}`]),
    ...(step.disruptive ? [approved] : []),
  ].join('; ')
}

function inCase(command: ReturnType<Group['command']>): typeof command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'as one JSON document')
}
