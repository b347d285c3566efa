import { rulesLint, rulesTest, type RulesLint, type RulesTest } from '../../app/index.ts'
import { exitCodes, printable } from '../../base/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import { collected, type CommandContext, type Register } from '../command.ts'
import { counted } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options {
  readonly placeholders: readonly string[]
  readonly examples?: string
  readonly json?: boolean
}

/** `rules lint DIR`, `rules test DIR`. */
export const registerRules: Register = (program, context) => {
  const rules = group(program, 'rules', 'Sigma rules')
  const lint = rules
    .command('lint')
    .description('which rules load, why the others do not, and what else is to be said about them')
    .argument('<dir>', 'folder or file of Sigma rules')
    .option('--placeholders <file>', 'YAML file of values for the placeholders of rules, repeatable', collected, [])
    .option('--json', '{loaded, notLoaded, notes} as one JSON document')
    .action(async (directory: string, options: Options) => {
      const found = await rulesLint(directory, options.placeholders)
      if (found.notLoaded.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) printJson(context.terminal, found)
      else printLint(context, found)
    })
  withExamples(
    lint,
    ['rules lint ./sigma/rules', 'rules lint one.yml --json'],
    'Exit code 3 when a rule does not load. A rule whose id our own rules carry already counts as not loaded. Notes do not change the exit code.',
  )

  const test = rules
    .command('test')
    .description('run rules on the examples kept for them')
    .argument('<dir>', 'folder or file of Sigma rules')
    .option('--examples <dir>', 'folder of examples, one folder a rule file; beside the rules when absent')
    .option('--placeholders <file>', 'YAML file of values for the placeholders of rules, repeatable', collected, [])
    .option('--json', '{rules, notLoaded, passed, failed, without} as one JSON document')
    .action(async (directory: string, options: Options) => {
      const told = await rulesTest({
        folder: directory,
        placeholders: options.placeholders,
        ...given('examples', options.examples),
      })
      if (told.failed > 0 || told.notLoaded.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) printJson(context.terminal, told)
      else printTest(context, told)
    })
  withExamples(
    test,
    ['rules test ./our-rules', 'rules test ./our-rules --examples ./our-examples --json'],
    'For own.yml the examples are own/positive.json and own/negative.json. Exit code 3 when a rule fails or does not load.',
  )
}

function printLint({ terminal }: CommandContext, { loaded, notLoaded, notes }: RulesLint): void {
  for (const one of notLoaded) terminal.out(`${printable(one.file)}:${one.line}: not loaded: ${printable(one.why)}\n`)
  for (const one of notes) terminal.out(`${printable(one.file)}:${one.line}: ${one.kind}: ${printable(one.why)}\n`)
  const kinds = [...new Set(notes.map((one) => one.kind))].sort()
  const counts = kinds.map((kind) => `${kind} ${notes.filter((one) => one.kind === kind).length}`)
  terminal.out(
    `${counted(loaded, 'rule')} loaded, ${notLoaded.length} not${counts.length === 0 ? '' : `; notes: ${counts.join(', ')}`}\n`,
  )
}

function printTest({ terminal }: CommandContext, { rules, notLoaded, passed, failed, without }: RulesTest): void {
  for (const one of notLoaded) terminal.out(`${printable(one.file)}:${one.line}: not loaded: ${printable(one.why)}\n`)
  for (const one of rules) {
    const says = one.result === 'none' ? 'no examples' : `${one.result} (${one.positive} positive, ${one.negative} negative)`
    terminal.out(`${says.padEnd(36)} ${one.rule}  ${printable(one.title)}\n`)
    for (const why of one.why) terminal.out(`     ${printable(why)}\n`)
  }
  terminal.out(`${passed} passed, ${failed} failed, ${without} without examples\n`)
}
