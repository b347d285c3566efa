import { changeProtected, keptAnswer, protectedAmong, protectedUses } from '../../app/index.ts'
import { group, needed, usage, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly purpose?: string
  readonly country?: string
  readonly case?: string
  readonly json?: boolean
}

const why = 'say what it is for: it is signed into the acts of the workspace'

/** `protected add|remove|check|uses`: persons whose records deserve more, kept as keyed tokens and never printed. */
export const registerProtected: Register = (program, context) => {
  const list = group(program, 'protected', 'protected persons: kept as keyed tokens, every use signed, never printed')
  for (const change of ['add', 'remove'] as const) {
    const command = withWorkspace(list.command(change))
      .description(
        change === 'add' ? 'add the persons of a file; delete the file afterwards' : 'take the persons of a file from the list',
      )
      .argument('<file>', 'one telephone number, IMSI, address or contract number a line')
      .option('--purpose <text>', 'why; recorded in your name')
      .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
      .option('--json', '{read} as one JSON document')
      .action(async (file: string, options: Options) => {
        const purpose = needed(options.purpose, '--purpose', why)
        const done = await inWorkspace(context, { ...options, command: `protected ${change}` }, ({ workspace, signer }) =>
          changeProtected({ workspace, signer, purpose, file, country: options.country ?? '', change }),
        )
        if (options.json === true) return printJson(context.terminal, done)
        context.terminal.out(`${counted(done.read, 'identifier')} read; the list itself is never shown\n`)
      })
    withExamples(command, [`protected ${change} persons.txt --country MY --purpose "list of the security council, revision 4"`])
  }
  const check = withWorkspace(list.command('check'))
    .description('which of the watched subscribers of a case are protected persons')
    .option('--case <id>', 'the case')
    .option('--purpose <text>', 'why; recorded in your name before anything is answered')
    .option('--json', '{protected, of} as one JSON document')
    .action(async (options: Options) => {
      const purpose = needed(options.purpose, '--purpose', why)
      const caseId = needed(options.case, '--case', 'name the case: protected check --case meridian --purpose TEXT')
      const answer = await inWorkspace(context, { ...options, command: 'protected check' }, ({ workspace, signer }) => {
        const review = keptAnswer(workspace, caseId).lookups
        if (review === null)
          throw usage(`the case "${caseId}" holds no audit log`, 'give audit logs: breachline lookups FILE... --case ID')
        const flagged = review.watched.map((one) => one.subscriber)
        return Promise.resolve({
          protected: [...protectedAmong({ workspace, signer, purpose, flagged })].sort(),
          of: flagged.length,
        })
      })
      if (options.json === true) return printJson(context.terminal, answer)
      context.terminal.out(`${answer.protected.length} of ${counted(answer.of, 'watched subscriber')} are protected\n`)
      for (const token of answer.protected) context.terminal.out(`  ${token.slice(0, 12)}\n`)
    })
  withExamples(
    check,
    ['protected check --case meridian --purpose "whom to warn first"'],
    'Only pseudonyms of a review can be asked about: there is no way to ask about a number.',
  )
  const uses = withWorkspace(list.command('uses'))
    .description('who used the list, when and why')
    .option('--json', '{uses} as one JSON document')
    .action(async (options: Options) => {
      const all = await inWorkspace(context, { ...options, command: 'protected uses' }, ({ workspace }) =>
        Promise.resolve(protectedUses(workspace)),
      )
      if (options.json === true) return printJson(context.terminal, { uses: all })
      if (all.length === 0) return context.terminal.out('nobody has used the list\n')
      context.terminal.out(
        `${columns(
          all.map((one) => [
            one.at,
            oneLine(one.by),
            one.fingerprint.slice(0, 16),
            one.act,
            String(one.persons),
            oneLine(one.purpose),
          ]),
          1_000,
        )}\n`,
      )
    })
  withExamples(uses, ['protected uses --json'])
}
