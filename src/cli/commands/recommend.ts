import type { AskedRecommendAct } from '../../app/index.ts'
import { group, needed, oneOf, positiveNumber, utcDay, withExamples } from '../arguments.ts'
import { collected, type CommandContext, type Register } from '../command.ts'
import { enterRecommendAct, onRecommendations, type RecommendOptions } from '../enter-recommendation.ts'
import { inErrand } from '../hand-over.ts'
import { printRecommendation, printRecommendations } from '../print-recommendations.ts'
import { printJson } from '../terminal.ts'
import { registerPromises } from './recommend-promises.ts'

type Group = ReturnType<typeof group>

/** `recommend list|show|adopt|write|done|retest|drop`, and `promises|promise|cover`: what to change, who does it by when, and whether it holds. */
export const registerRecommend: Register = (program, context) => {
  const recommend = group(program, 'recommend', 'what to change after what was found: who, by when, done, tested again, promised')
  registerReading(recommend, context)
  registerTaking(recommend, context)
  registerPromises(recommend, context)
}

function registerReading(recommend: Group, context: CommandContext): void {
  const { terminal } = context
  const list = onRecommendations(recommend.command('list'))
    .description('what was adopted, then what is proposed; each rests on findings or gaps of coverage')
    .action(async (options: RecommendOptions) => {
      const state = await inErrand(context, 'recommend list', options, (errand, id) => errand.recommendations.state(id))
      if (options.json === true) return printJson(terminal, state)
      printRecommendations(terminal, state)
    })
  withExamples(list, ['recommend list --case meridian', 'recommend list --json'])

  const show = onRecommendations(recommend.command('show'))
    .description('one recommendation: why, mitigations, proof, re-test, what was done')
    .argument('<recommendation>', 'its number (R1) or id, or the beginning of it')
    .action(async (name: string, options: RecommendOptions) => {
      const state = await inErrand(context, 'recommend show', options, (errand, id) => errand.recommendations.state(id))
      const all = state.recommendations
      const one =
        all.find(({ id, number }) => id === name || number === name.toUpperCase()) ?? all.find(({ id }) => id.startsWith(name))
      if (one === undefined) needed(undefined, name, '"breachline recommend list" shows what there is')
      else if (options.json === true) printJson(terminal, one)
      else printRecommendation(terminal, one)
    })
  withExamples(show, ['recommend show R1 --case meridian', 'recommend show logs-off-the-host'])
}

function registerTaking(recommend: Group, context: CommandContext): void {
  const adopt = onRecommendations(recommend.command('adopt'))
    .description('take one up in your name, with who does it and by which day; again, to change them')
    .argument('<recommendation>', 'its number or id')
    .option('--owner <person>', 'who does it, by name')
    .option('--due <day>', 'by which day, such as 2026-11-30')
    .option('--reason <text>', 'why')
    .action(async (recommendation: string, options: RecommendOptions & { owner?: string; due?: string }) => {
      const hint = 'write: breachline recommend adopt R1 --owner "Aisha Rahman" --due 2026-11-30 --reason "..."'
      const owner = needed(options.owner, '--owner', hint)
      const due = utcDay(needed(options.due, '--due', hint), '--due')
      await enterRecommendAct(context, options, {
        command: 'recommend adopt',
        act: { act: 'adopt', recommendation, owner, due },
        hint,
      })
    })
  withExamples(adopt, [
    'recommend adopt logs-off-the-host --owner "Aisha Rahman" --due 2026-11-30 --reason "The log of a jump host was cleared" --case meridian',
  ])

  const write = onRecommendations(recommend.command('write'))
    .description('write and adopt one of your own; it rests on a finding or a gap, too')
    .argument('<id>', 'a name for it: a-z, 0-9, dashes')
    .option('--text <text>', 'what is to be done')
    .option('--on <ground>', 'finding (or the beginning of its id) or gap it rests on')
    .option('--owner <person>', 'who does it, by name')
    .option('--due <day>', 'by which day')
    .option('--proof <text>', 'what shows that it is done')
    .option('--retest <text>', 'how it is tested again')
    .option('--retest-days <n>', 'days after it is done', '30')
    .option('--technique <id>', 'technique of ATT&CK or FiGHT, repeatable', collected, [])
    .option('--mitigation <id>', 'mitigation of ATT&CK or FiGHT, repeatable', collected, [])
    .option('--reason <text>', 'why')
    .action(
      async (
        recommendation: string,
        options: RecommendOptions &
          Record<'text' | 'on' | 'owner' | 'due' | 'proof' | 'retest', string | undefined> & {
            retestDays: string
            technique: string[]
            mitigation: string[]
          },
      ) => {
        const hint = 'see breachline recommend write --help'
        const said = (name: 'text' | 'on' | 'owner' | 'due' | 'proof' | 'retest'): string =>
          needed(options[name], `--${name}`, hint)
        const act: AskedRecommendAct = {
          act: 'write',
          recommendation,
          text: said('text'),
          ground: said('on'),
          owner: said('owner'),
          due: utcDay(said('due'), '--due'),
          proof: said('proof'),
          retest: said('retest'),
          retestDays: positiveNumber(options.retestDays, '--retest-days') ?? 30,
          techniques: options.technique,
          mitigations: options.mitigation,
        }
        await enterRecommendAct(context, options, { command: 'recommend write', act, hint })
      },
    )
  withExamples(write, [
    'recommend write dealer-portal-off --text "Switch the old dealer portal off" --on F_1a2b --owner "Ben Osman" --due 2026-11-15 --proof "Name no longer resolves" --retest "Open it from outside" --technique T1190 --mitigation M1042 --reason "Nobody uses it" --case meridian',
  ])

  const done = onRecommendations(recommend.command('done'))
    .description('it is done: with its proof')
    .argument('<recommendation>', 'its number or id')
    .option('--proof <text>', 'what shows it, and where that lies')
    .option('--exhibit <number>', 'exhibit of the case that shows it, repeatable', collected, [])
    .option('--reason <text>', 'what was done')
    .action(async (recommendation: string, options: RecommendOptions & { proof?: string; exhibit: string[] }) => {
      const hint = 'write: breachline recommend done R1 --proof "..." --exhibit E12 --reason "..."'
      const proof = needed(options.proof, '--proof', hint)
      const act = { act: 'done', recommendation, proof, exhibits: options.exhibit } as const
      await enterRecommendAct(context, options, { command: 'recommend done', act, hint })
    })
  withExamples(done, [
    'recommend done R1 --proof "List of 38 hosts that send" --exhibit E12 --reason "Rolled out" --case meridian',
  ])

  const retest = onRecommendations(recommend.command('retest'))
    .description('what testing it again found; one that does not hold is open again')
    .argument('<recommendation>', 'its number or id')
    .argument('<result>', 'holds or fails')
    .option('--on <day>', 'day of the test; today when absent')
    .option('--found <text>', 'what was found')
    .option('--exhibit <number>', 'exhibit that shows it, repeatable', collected, [])
    .option('--reason <text>', 'how it was tested')
    .action(
      async (
        recommendation: string,
        result: string,
        options: RecommendOptions & { on?: string; found?: string; exhibit: string[] },
      ) => {
        const hint = 'write: breachline recommend retest R1 holds --found "..." --reason "..."'
        const act = {
          act: 'retest',
          recommendation,
          passed: oneOf(result, ['holds', 'fails'] as const, '<result>') === 'holds',
          on: utcDay(options.on ?? context.world.now().slice(0, 10), '--on'),
          found: needed(options.found, '--found', hint),
          exhibits: options.exhibit,
        } as const
        await enterRecommendAct(context, options, { command: 'recommend retest', act, hint })
      },
    )
  withExamples(retest, [
    'recommend retest R1 holds --found "Message after 40 seconds" --reason "Cleared the log of a test host" --case meridian',
  ])

  const drop = onRecommendations(recommend.command('drop'))
    .description('it is not taken up, for a reason')
    .argument('<recommendation>', 'its number or id')
    .option('--reason <text>', 'why')
    .action(async (recommendation: string, options: RecommendOptions) => {
      const hint = 'write: breachline recommend drop clocks-right --reason "..."'
      await enterRecommendAct(context, options, { command: 'recommend drop', act: { act: 'drop', recommendation }, hint })
    })
  withExamples(drop, ['recommend drop clocks-right --reason "The host was a test machine and is gone" --case meridian'])
}
