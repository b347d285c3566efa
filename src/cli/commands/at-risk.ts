import type { Command } from 'commander'
import { given, group, isoMoment, needed, oneOf, usage, withExamples } from '../arguments.ts'
import type { CommandContext, Register } from '../command.ts'
import { atRiskStep, enterAtRiskAct, onQueue, timed, when, type AtRiskOptions } from '../enter-at-risk.ts'
import { inErrand } from '../hand-over.ts'
import { printQueue } from '../print-at-risk.ts'
import { printJson } from '../terminal.ts'
import { registerTelling } from './at-risk-telling.ts'

/** `at-risk list|law|ask|answer|channel|eviction|release|brief|told|close`: persons whose records were read in secret, by pseudonym. */
export const registerAtRisk: Register = (program, context) => {
  const atRisk = group(
    program,
    'at-risk',
    'persons whose records were read in secret: who may be told, when, and how; by pseudonym',
  )
  const { terminal } = context
  const list = onQueue(atRisk.command('list'))
    .description('the queue: what stands against telling each; no number, no name')
    .action(async (options: AtRiskOptions) => {
      const queue = await inErrand(context, 'at-risk list', options, (errand, id) => errand.atRisk.state(id))
      if (options.json === true) printJson(terminal, queue)
      else printQueue(terminal, queue)
    })
  withExamples(
    list,
    ['at-risk list --case meridian', 'at-risk list --json'],
    'Persons come from findings of "lookups": records read again and again without a recorded reason. What is entered here stays in the\ncompartment of the disclosure desk: no report, page or export shows it.',
  )
  registerAuthority(atRisk, context)
  registerTelling(atRisk, context)
}

function registerAuthority(atRisk: Command, context: CommandContext): void {
  const law = atRiskStep(
    atRisk,
    'law',
    'say whether the law lets an authority be asked before persons are told',
    'why: which rule, who advised',
  )
    .argument('<answer>', 'yes, no or unknown')
    .action(async (answer: string, options: AtRiskOptions) => {
      const allows = oneOf(answer, ['yes', 'no', 'unknown'] as const, '<answer>')
      await enterAtRiskAct(context, options, { command: 'at-risk law', act: () => ({ act: 'law', allows }) })
    })
  withExamples(law, ['at-risk law yes --reason "Advice of counsel, 8 October" --case meridian'])

  const ask = timed(atRiskStep(atRisk, 'ask', 'an authority was asked whether they may be told', 'what was asked'))
    .argument('<person...>', 'pseudonyms, or all')
    .option('--authority <name>', 'which authority')
    .option('--by <channel>', 'by which channel')
    .action(async (names: string[], options: AtRiskOptions & { authority?: string; by?: string }) => {
      const hint = 'write: breachline at-risk ask all --authority "..." --by "in person" --reason "..."'
      const authority = needed(options.authority, '--authority', hint)
      const channel = needed(options.by, '--by', hint)
      const at = when(context, options)
      await enterAtRiskAct(context, options, {
        command: 'at-risk ask',
        names,
        act: (persons) => ({ act: 'ask', persons, authority, at, channel }),
      })
    })
  withExamples(ask, [
    'at-risk ask all --authority "Police, cyber crime unit" --by "in person" --reason "Pseudonyms only" --case meridian',
  ])

  const answer = timed(
    atRiskStep(atRisk, 'answer', 'the authority answered: go, delay (with its end) or none', 'the reason given'),
  )
    .argument('<answer>', 'go, delay or none')
    .argument('<person...>', 'pseudonyms, or all')
    .option('--authority <name>', 'which authority')
    .option('--until <time>', 'end of the delay, ISO 8601 with zone')
    .option('--ref <text>', "the authority's reference")
    .action(
      async (said: string, names: string[], options: AtRiskOptions & { authority?: string; until?: string; ref?: string }) => {
        const answered = oneOf(said, ['go', 'delay', 'none'] as const, '<answer>')
        const hint =
          'write: breachline at-risk answer delay P-3f9a1c2e77b0 --authority "..." --until 2026-10-20T00:00:00+08:00 --reason "..."'
        const authority = needed(options.authority, '--authority', hint)
        if (answered === 'delay') needed(options.until, '--until', hint)
        else if (options.until !== undefined) throw usage('--until goes with a delay', hint)
        const until = options.until === undefined ? undefined : isoMoment(options.until, '--until').at
        const at = when(context, options)
        await enterAtRiskAct(context, options, {
          command: 'at-risk answer',
          names,
          act: (persons) => ({
            act: 'authority-answer',
            persons,
            authority,
            at,
            answer: answered,
            ...given('until', until),
            ...given('ref', options.ref),
          }),
        })
      },
    )
  withExamples(answer, [
    'at-risk answer delay P-3f9a1c2e77b0 --authority "Police, cyber crime unit" --until 2026-10-20T00:00:00+08:00 --ref "CCU/118" --reason "Observation runs" --case meridian',
    'at-risk answer go all --authority "Police, cyber crime unit" --reason "Letter of 9 October"',
  ])
}
