import { dueFile } from '../../app/index.ts'
import type { DueAnswer, Duty } from '../../response/index.ts'
import { factsJsonSchema } from '../../response/index.ts'
import { given, isoMoment, needed, withExamples } from '../arguments.ts'
import type { CommandContext, Register } from '../command.ts'
import { oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options {
  readonly facts?: string
  readonly schema?: boolean
  readonly now?: string
  readonly zone?: string
  readonly json?: boolean
}

/** `due --facts FILE`: duties and clocks from a file of facts. */
export const registerDue: Register = (program, context) => {
  const command = program
    .command('due')
    .description('what is due, to whom, by when, on a file of facts')
    .option('--facts <file>', 'facts as JSON')
    .option('--schema', 'print the JSON Schema of the facts file')
    .option('--now <time>', 'count from this moment (ISO 8601 with zone); now when absent')
    .option('--zone <zone>', 'zone of times in the file that state none')
    .option('--json', '{duties, notTriggered, triggerEvents, disclaimer} as one JSON document')
    .action((options: Options) => {
      if (options.schema === true) return printJson(context.terminal, factsJsonSchema())
      const file = needed(options.facts, '--facts', 'give a facts file; "breachline due --schema" prints its form')
      const now = options.now === undefined ? context.world.now() : isoMoment(options.now, '--now').at
      const answer = dueFile({ file, now, ...given('zone', options.zone) })
      if (options.json === true) printJson(context.terminal, answer)
      else print(context, answer)
    })
  withExamples(
    command,
    [
      'due --schema > facts.schema.json',
      'due --facts facts.json',
      'due --facts facts.json --now 2026-10-07T12:00:00+08:00 --json',
    ],
    'Opens neither workspace nor lake. The rules stand in data/laws, each with source, date and status. Not legal advice.',
  )
}

function print({ terminal }: CommandContext, answer: DueAnswer): void {
  for (const event of answer.triggerEvents) {
    const marks = [event.kind, ...(event.earliest ? ['earliest'] : []), ...(event.decided ? ['decided'] : [])]
    terminal.out(`${event.id}  ${event.at.at.slice(0, 16).replace('T', ' ')}Z  ${marks.join(', ')}: ${oneLine(event.text)}\n`)
  }
  if (answer.triggerEvents.length > 0) terminal.out('\n')
  const laws = new Map<string, Duty[]>()
  for (const duty of answer.duties) laws.set(duty.law, [...(laws.get(duty.law) ?? []), duty])
  for (const [law, duties] of laws) {
    terminal.out(`${oneLine(law)} (${duties[0]?.jurisdiction ?? ''}; ${oneLine(duties[0]?.lawStatus ?? '')})\n`)
    for (const duty of duties) terminal.out(`${dutyText(duty)}\n`)
    terminal.out(`  source: ${oneLine(duties[0]?.source.url ?? '')}, read ${duties[0]?.source.read ?? ''}\n\n`)
  }
  for (const one of answer.notTriggered) terminal.out(`not triggered: ${oneLine(one.law)}: ${oneLine(one.why)}\n`)
  terminal.out(`${answer.disclaimer}\n`)
}

function dutyText(duty: Duty): string {
  const open = duty.thresholds.filter((one) => one.met === 'unknown').map((one) => oneLine(one.text))
  const from =
    duty.start === undefined
      ? ''
      : `, from ${duty.start.event}${duty.start.provisional ? ' (provisional: nobody has decided)' : ''}`
  return [
    `  ${duty.status.padEnd(8)} ${oneLine(duty.step)} to ${oneLine(duty.recipient)}: ${duty.due === undefined ? oneLine(duty.dueText) : `${duty.due.slice(0, 16).replace('T', ' ')}Z (${oneLine(duty.dueText)})`}${from}`,
    ...(open.length === 0 ? [] : [`           not judged yet: ${open.join('; ')}`]),
  ].join('\n')
}
