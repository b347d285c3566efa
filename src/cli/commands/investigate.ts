import { caseDesk, investigate, roles, type Answer, type Role } from '../../app/index.ts'
import { UserError } from '../../base/index.ts'
import {
  collected,
  inWorkspace,
  splitAssignment,
  withWorkspace,
  type CommandContext,
  type Register,
  type WorkspaceOptions,
} from '../command.ts'
import { counted } from '../layout.ts'
import { passwordsOf, withPasswords, type PasswordOption } from '../password-option.ts'
import { printAnswer } from '../print-answer.ts'
import { printFaults, printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions, PasswordOption {
  readonly role: readonly string[]
  readonly case?: string
  readonly zone?: string
  readonly rules: readonly string[]
  readonly json?: boolean
}

/** `investigate PATH...`: the whole chain on the user's own files. */
export const registerInvestigate: Register = (program, context) => {
  withPasswords(withWorkspace(program.command('investigate')), '; they stay with your keys for this case')
    .description('answer the six questions from a folder of files')
    .argument('<path...>', 'folders or files: posts, screenshots, samples, logs, audit logs, copies')
    .option('--role <glob=role>', `what files are for, repeatable: ${roles.join(', ')}`, collected, [])
    .option('--case <id>', 'case to add to (made from the title when absent)')
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--rules <dir>', 'folder of Sigma rules beside our own, repeatable', collected, [])
    .option('--json', 'the whole answer as one JSON document')
    .addHelpText(
      'after',
      `
Formats are told by content. What tables of customers are for is never guessed: say it with --role or in
breachline-case.toml in the folder; a table that nobody assigned is read as a sample, and the answer says so.

Examples:
  breachline investigate ./incident
  breachline investigate ./incident --role 'extracts/*.csv=copy' --role 'audit/*.csv=audit' --zone +08:00
  breachline investigate ./incident --rules ./sigma/rules --json > answer.json
`,
    )
    .action(async (paths: string[], options: Options) => {
      const given = options.role
        .map((text) => splitAssignment(text, '--role'))
        .map(({ name, value }) => ({ glob: name, role: roleOf(value) }))
      await inWorkspace(context, { ...options, command: 'investigate' }, async ({ workspace, signer, watch }) => {
        const answer = await investigate({
          workspace,
          signer,
          paths,
          roles: given,
          rules: options.rules,
          ...(options.case === undefined ? {} : { caseId: options.case }),
          ...(options.zone === undefined ? {} : { zone: options.zone }),
          ...passwordsOf(options),
          watch,
        })
        if (options.json === true) printJson(context.terminal, answer)
        else {
          const { view } = await caseDesk(workspace, signer).page(answer.case.id)
          printAnswer(context.terminal, view)
          printRemarks(context, answer)
        }
      })
    })
}

/** What was assumed and what could not be read. */
function printRemarks({ terminal }: CommandContext, answer: Answer): void {
  for (const name of answer.assumedSamples)
    terminal.err(
      `${name} was read as a sample because nobody said what it is; say it with --role '${name}=copy' (or leak, audit, explain)\n`,
    )
  const { indicators } = answer
  if (indicators !== undefined)
    terminal.err(
      `${counted(indicators.indicators, 'kept indicator')} sought in these logs: ${indicators.indicators - indicators.notSeen.length} met, ${indicators.notSeen.length} not seen, which is not "clean" (breachline hunt --kept --case ${answer.case.id})\n`,
    )
  printFaults(terminal, answer.faults.kept, { total: answer.faults.total })
}

function roleOf(value: string): Role {
  const role = roles.find((one) => one === value)
  if (role !== undefined) return role
  throw new UserError({ code: 'usage', message: `"${value}" is no role`, hint: `use one of ${roles.join(', ')}`, exitCode: 2 })
}
