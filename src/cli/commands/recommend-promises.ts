import type { Command } from 'commander'
import { needed, utcDay, withExamples } from '../arguments.ts'
import type { CommandContext } from '../command.ts'
import { enterRecommendAct, onRecommendations, type RecommendOptions } from '../enter-recommendation.ts'
import { inErrand } from '../hand-over.ts'
import { printPromises } from '../print-recommendations.ts'
import { printJson } from '../terminal.ts'

/** `recommend promises|promise|cover`: measures promised in public, and what keeps them. */
export function registerPromises(recommend: Command, context: CommandContext): void {
  const { terminal } = context
  const promises = onRecommendations(recommend.command('promises'))
    .description('measures promised in public, and what stands behind each')
    .action(async (options: RecommendOptions) => {
      const state = await inErrand(context, 'recommend promises', options, (errand, id) => errand.recommendations.state(id))
      if (options.json === true) return printJson(terminal, { promises: state.promises })
      if (state.promises.length === 0) terminal.out('no public promise is known; enter one with "breachline recommend promise"\n')
      else printPromises(terminal, state)
    })
  withExamples(promises, ['recommend promises --case meridian'])

  const promise = onRecommendations(recommend.command('promise'))
    .description('enter a measure that was promised in public')
    .argument('<text>', 'the words as they were said')
    .option('--where <text>', 'in what it was said')
    .option('--on <day>', 'day on which it was said')
    .option('--reason <text>', 'who enters it, and why')
    .action(async (text: string, options: RecommendOptions & { where?: string; on?: string }) => {
      const hint = 'write: breachline recommend promise "..." --where "press release" --on 2026-10-08 --reason "..."'
      const where = needed(options.where, '--where', hint)
      const on = utcDay(needed(options.on, '--on', hint), '--on')
      await enterRecommendAct(context, options, { command: 'recommend promise', act: { act: 'promise', text, where, on }, hint })
    })
  withExamples(promise, [
    'recommend promise "We are putting additional security measures in place" --where "press release" --on 2026-10-08 --reason "Released by communications" --case meridian',
  ])

  const cover = onRecommendations(recommend.command('cover'))
    .description('say which adopted recommendations keep a promise')
    .argument('<promise>', 'its id: D5, or the finding that quotes it')
    .argument('<recommendation...>', 'numbers or ids')
    .option('--reason <text>', 'why these')
    .action(async (name: string, recommendations: string[], options: RecommendOptions) => {
      const hint = 'write: breachline recommend cover D5 R1 R3 --reason "..."'
      await enterRecommendAct(context, options, {
        command: 'recommend cover',
        act: { act: 'cover', promise: name, recommendations },
        hint,
      })
    })
  withExamples(cover, ['recommend cover D5 R1 R3 --reason "These are the measures meant" --case meridian'])
}
