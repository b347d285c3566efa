import { resolve, sep } from 'node:path'
import { readRules } from '../../app/index.ts'
import { exitCodes, printable } from '../../base/index.ts'
import { group, withExamples } from '../arguments.ts'
import type { Register } from '../command.ts'
import { counted } from '../layout.ts'
import { printJson } from '../terminal.ts'

/** `rules lint DIR`: which rules load, and why the others do not. */
export const registerRules: Register = (program, context) => {
  const command = group(program, 'rules', 'Sigma rules')
    .command('lint')
    .description('which rules load, and why the others do not')
    .argument('<dir>', 'folder or file of Sigma rules')
    .option('--json', '{loaded, notLoaded} as one JSON document')
    .action(async (directory: string, options: { json?: boolean }) => {
      const read = await readRules([directory])
      const root = resolve(directory)
      const inside = (file: string): boolean => resolve(file) === root || resolve(file).startsWith(`${root}${sep}`)
      const loaded = read.rules.filter((one) => inside(one.file)).length
      const notLoaded = read.notLoaded.filter((one) => inside(one.file))
      if (notLoaded.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, { loaded, notLoaded })
      for (const one of notLoaded) context.terminal.out(`${printable(one.file)}:${one.line}: ${printable(one.why)}\n`)
      context.terminal.out(`${counted(loaded, 'rule')} loaded, ${notLoaded.length} not\n`)
    })
  withExamples(
    command,
    ['rules lint ./sigma/rules', 'rules lint one.yml --json'],
    'Exit code 3 when a rule does not load. A rule whose id our own rules carry already counts as not loaded.',
  )
}
