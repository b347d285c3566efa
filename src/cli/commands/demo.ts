import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { caseDesk, investigate } from '../../app/index.ts'
import { writeDrill } from '../../drill/index.ts'
import { wholeNumber } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { printAnswer } from '../print-answer.ts'
import { printFaults, printJson } from '../terminal.ts'
import { serveUntilStopped } from './serve.ts'

interface Options extends WorkspaceOptions {
  readonly seed: string
  readonly size: string
  readonly serve: boolean
  readonly json?: boolean
}

/** `demo`: a generated breach, investigated and shown. */
export const registerDemo: Register = (program, context) => {
  withWorkspace(program.command('demo'))
    .description('generate the demo case, investigate it, show the answer')
    .option('--seed <n>', 'seed of the generated breach', '1')
    .option('--size <n>', 'subscribers of the invented operator', '200000')
    .option('--no-serve', 'do not serve the page afterwards')
    .option('--json', 'the whole answer as one JSON document (serves nothing)')
    .addHelpText(
      'after',
      '\nEverything in the demo is generated: operator, vendors, persons, numbers.\n\nExamples:\n  breachline demo\n  breachline demo --no-serve --seed 7\n',
    )
    .action(async (options: Options) => {
      const seed = wholeNumber(options.seed, '--seed')
      const size = wholeNumber(options.size, '--size')
      await inWorkspace(context, { ...options, command: 'demo' }, async ({ workspace, signer, watch }) => {
        const out = workspace.path('demo', `seed-${seed}-size-${size}`)
        if (!isWhole(out)) {
          rmSync(out, { recursive: true, force: true })
          await writeDrill({ scenario: 'demo', seed, size, out, watch })
        }
        const answer = await investigate({ workspace, signer, paths: [join(out, 'case')], roles: [], rules: [], watch })
        if (options.json === true) return printJson(context.terminal, answer)
        const { view } = await caseDesk(workspace, signer).page(answer.case.id)
        printAnswer(context.terminal, view)
        printFaults(context.terminal, answer.faults.kept, { most: 3, total: answer.faults.total })
        context.terminal.out(
          `\nGenerated case: ${join(out, 'case')}   how well the answer fits: breachline drill score ${out} --workspace ${options.workspace}\n`,
        )
        if (options.serve) await serveUntilStopped(context, { workspace, signer, port: 0 })
      })
    })
}

/** The truth is written last: a folder that has it was written to the end. */
function isWhole(out: string): boolean {
  const truth = join(out, 'truth.json')
  return existsSync(truth) && readFileSync(truth, 'utf8').trimEnd().endsWith('}')
}
