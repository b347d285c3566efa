import type { Command } from 'commander'
import { channelKinds } from '../../response/index.ts'
import { given, oneOf, usage, withExamples } from '../arguments.ts'
import type { CommandContext } from '../command.ts'
import { atRiskStep, enterAtRiskAct, onQueue, timed, when, type AtRiskOptions } from '../enter-at-risk.ts'
import { inErrand } from '../hand-over.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

/** `at-risk channel|eviction|release|brief|told|close`: how, when and by whose release persons are told. */
export function registerTelling(atRisk: Command, context: CommandContext): void {
  const channel = atRiskStep(atRisk, 'channel', 'choose how they are reached: outside the systems concerned', 'why it is safe')
    .argument('<kind>', channelKinds.join(', '))
    .argument('<person...>', 'pseudonyms, or all')
    .option('--over <system>', 'system of the inventory that carries it')
    .option('--not-ours', 'no system of ours carries it')
    .action(async (name: string, names: string[], options: AtRiskOptions & { over?: string; notOurs?: boolean }) => {
      const kind = oneOf(name, channelKinds, '<kind>')
      if ((options.over === undefined) === (options.notOurs !== true))
        throw usage('what carries it is not said', 'give --over SYSTEM (of the inventory) or --not-ours')
      const system = options.over
      await enterAtRiskAct(context, options, {
        command: 'at-risk channel',
        names,
        act: (persons) => ({ act: 'channel', persons, kind, ...given('system', system) }),
      })
    })
  withExamples(channel, [
    'at-risk channel in-person all --not-ours --reason "By the data protection officer, at home" --case meridian',
    'at-risk channel letter P-3f9a1c2e77b0 --over print-room --reason "Never connected to the CRM"',
  ])

  const eviction = timed(
    atRiskStep(atRisk, 'eviction', 'say that the access is cut, or that none has to be waited for', 'how it is known'),
  )
    .argument('<state>', 'done or not-needed')
    .action(async (name: string, options: AtRiskOptions) => {
      const state = oneOf(name, ['done', 'not-needed'] as const, '<state>')
      const at = when(context, options)
      await enterAtRiskAct(context, options, { command: 'at-risk eviction', act: () => ({ act: 'eviction', state, at }) })
    })
  withExamples(
    eviction,
    ['at-risk eviction done --reason "All steps of the cut closed at 02:40" --case meridian'],
    'A playbook whose containment is closed says it by itself ("breachline playbook status").',
  )

  const release = atRiskStep(atRisk, 'release', 'release them to be told; two different persons must', 'why')
    .argument('<person...>', 'pseudonyms, or all')
    .action(async (names: string[], options: AtRiskOptions) => {
      await enterAtRiskAct(context, options, {
        command: 'at-risk release',
        names,
        act: (persons) => ({ act: 'release', persons }),
      })
    })
  withExamples(release, ['at-risk release P-3f9a1c2e77b0 --reason "Go of 9 October" --as "Farid Hamzah" --case meridian'])

  const brief = onQueue(atRisk.command('brief'))
    .description('what to say to a released person, and what may stand outside the message; reading it is recorded')
    .argument('<person>', 'pseudonym')
    .option('--out <file>', 'write it there instead of to stdout')
    .action(async (person: string, options: AtRiskOptions & { out?: string }) => {
      const made = await inErrand(context, 'at-risk brief', options, (errand, id) => errand.atRisk.brief(id, person))
      if (options.json === true) return printJson(context.terminal, made)
      const outside =
        made.outside.length === 0 ? '' : `\nOutside of the message:\n${made.outside.map((one) => `  ${one}\n`).join('')}`
      writeOut(context, { text: `${made.text}${outside}`, ...given('file', options.out) })
    })
  withExamples(brief, ['at-risk brief P-3f9a1c2e77b0 --case meridian'])

  const told = timed(
    atRiskStep(atRisk, 'told', 'they were told, or could not be reached', 'what was said, what they asked; no name'),
  )
    .argument('<person...>', 'pseudonyms')
    .option('--not-reached', 'it was tried')
    .action(async (names: string[], options: AtRiskOptions & { notReached?: boolean }) => {
      const at = when(context, options)
      const reached = options.notReached !== true
      await enterAtRiskAct(context, options, {
        command: 'at-risk told',
        names,
        act: (persons) => ({ act: 'told', persons, at, reached }),
      })
    })
  withExamples(told, ['at-risk told P-3f9a1c2e77b0 --reason "In person, by the data protection officer" --case meridian'])

  const close = atRiskStep(atRisk, 'close', 'take them out of the queue', 'why they are not at risk')
    .argument('<person...>', 'pseudonyms')
    .action(async (names: string[], options: AtRiskOptions) => {
      await enterAtRiskAct(context, options, { command: 'at-risk close', names, act: (persons) => ({ act: 'close', persons }) })
    })
  withExamples(close, ['at-risk close P-3f9a1c2e77b0 --reason "Test account of the billing team" --case meridian'])
}
