import { existsSync } from 'node:fs'
import { dueFile, harmFile } from '../../app/index.ts'
import { factsJsonSchema } from '../../response/index.ts'
import { given, isoMoment, usage, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { caseMeant, onErrand } from '../hand-over.ts'
import { printDue, printHarm } from '../print-due.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly facts?: string
  readonly schema?: boolean
  readonly now?: string
  readonly at?: string
  readonly zone?: string
  readonly holidays?: readonly string[]
  readonly harm?: boolean
  readonly ics?: string
  readonly confidential?: boolean
  readonly json?: boolean
}

/** `due`: duties and clocks of a case, or of a file of facts. */
export const registerDue: Register = (program, context) => {
  const due = withWorkspace(program.command('due'))
    .description('what is due, to whom, by when: in a case, or on a file of facts')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--facts <file>', 'facts as JSON, instead of a case')
    .option('--schema', 'print the JSON Schema of the facts file')
    .option('--at <time>', 'time travel: what was known and due at this moment (ISO 8601 with zone)')
    .option('--now <time>', 'with --facts: count from this moment with all facts; now when absent')
    .option('--zone <zone>', 'with --facts: zone of times in the file that state none')
    .option('--holidays <file...>', 'with --facts: own lists of holidays, before the shipped ones of the same id and years')
    .option('--harm', 'the assessment of harm per regime instead of the clocks')
    .option('--ics <file>', 'write the dated clocks as an iCalendar file ("-": to stdout)')
    .option('--confidential', 'with --ics: with duties that rest on a designation or on own files')
    .option('--json', '{duties, notTriggered, asked, triggerEvents, deadlines, disclaimer} as one JSON document')
    .action(async (options: Options) => {
      if (options.schema === true) return printJson(context.terminal, factsJsonSchema())
      const at = options.at === undefined ? undefined : isoMoment(options.at, '--at').at
      if (options.facts !== undefined) {
        if (options.ics !== undefined) throw usage('--ics needs a case', 'leave out --facts')
        const now = options.now === undefined ? context.world.now() : isoMoment(options.now, '--now').at
        const asked = {
          file: options.facts,
          now,
          ...given('at', at),
          ...given('zone', options.zone),
          ...given('holidays', options.holidays),
        }
        return options.harm === true ? show(harmFile(asked), printHarm) : show(dueFile(asked), printDue)
      }
      if (options.now !== undefined) throw usage('--now goes with --facts', 'use --at for a case')
      if (options.holidays !== undefined)
        throw usage('--holidays goes with --facts', 'for a case put the file into private/calendars of the workspace')
      if (!existsSync(options.workspace))
        throw usage(
          `--facts is missing, and there is no workspace at ${options.workspace}`,
          'give a facts file ("breachline due --schema" prints its form), or name the workspace with --workspace DIR',
        )
      await onErrand(context, { ...options, command: 'due' }, async (errand) => {
        const id = await caseMeant(errand, options.case)
        if (options.ics !== undefined) {
          const text = await errand.duties.ics(id, options.confidential === true)
          return writeOut(context, { text, ...given('file', options.ics === '-' ? undefined : options.ics) })
        }
        const found = await errand.duties.due(id, at)
        for (const one of found.faults) context.terminal.err(`${one.where.file}: ${one.what}\n`)
        if (options.harm === true) show(found.harm, printHarm)
        else show({ ...found.due, ...given('deadlines', found.deadlines) }, printDue)
      })

      function show<T>(answer: T, print: (terminal: typeof context.terminal, answer: T) => void): void {
        if (options.json === true) printJson(context.terminal, answer)
        else print(context.terminal, answer)
      }
    })
  withExamples(
    due,
    [
      'due --case meridian',
      'due --case meridian --at 2026-10-06T12:00:00+08:00',
      'due --case meridian --harm',
      'due --case meridian --ics clocks.ics',
      'due --facts facts.json --at 2026-10-07T12:00:00+08:00 --json',
    ],
    'With --facts it opens neither workspace nor lake. The rules stand in data/laws ("breachline laws show ID"). Not legal advice.',
  )
}
