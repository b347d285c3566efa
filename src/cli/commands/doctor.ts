import { resolve } from 'node:path'
import { examine } from '../../app/index.ts'
import { exitCodes, printable } from '../../base/index.ts'
import { withExamples } from '../arguments.ts'
import type { Register } from '../command.ts'
import { printJson } from '../terminal.ts'

/** `doctor`: can this machine do the work? */
export const registerDoctor: Register = (program, context) => {
  const command = program
    .command('doctor')
    .description('look at what commands need: runtime, engine, disk, keys, page, browser, workspace')
    .option('--workspace <dir>', 'folder of cases, copies and lake', './breachline-data')
    .option('--json', '{ok, checks} as one JSON document')
    .action(async (options: { workspace: string; json?: boolean }) => {
      const checks = await examine({ workspace: resolve(options.workspace), world: context.world })
      const ok = checks.every((one) => one.ok || !one.needed)
      if (!ok) context.exit(exitCodes.environment)
      if (options.json === true) return printJson(context.terminal, { ok, checks })
      for (const one of checks) {
        const word = one.ok ? 'ok     ' : one.needed ? 'MISSING' : 'absent '
        context.terminal.out(`${word} ${one.name.padEnd(9)} ${printable(one.what)}\n`)
        if (one.todo !== undefined) context.terminal.out(`                  ${printable(one.todo)}\n`)
      }
    })
  withExamples(
    command,
    ['doctor', 'doctor --workspace ./breachline-data --json'],
    'Exit code 4 when something is missing that commands cannot do without.',
  )
}
