import { caseIds, closeCase, forgetCasePasswords } from '../../app/index.ts'
import { group, needed, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { onlyCase } from '../hand-over.ts'
import { counted } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly reason?: string
  readonly json?: boolean
}

/** `case forget-passwords`, `case close`: passwords of encrypted archives do not outlast their use. */
export const registerCaseClose: Register = (program, context) => {
  const cases = group(program, 'case', 'the cases of the workspace')
  const forget = withWorkspace(cases.command('forget-passwords'))
    .description('remove the passwords of encrypted archives kept for a case; recorded in its custody')
    .argument('[id]', 'the case; may be left out when there is only one')
    .option('--json', '{case, forgotten} as one JSON document; null when the list could not be read')
    .action(async (id: string | undefined, options: Options) => {
      const done = await inWorkspace(context, { ...options, command: 'case forget-passwords' }, ({ workspace, signer }) =>
        Promise.resolve(forgetCasePasswords({ workspace, signer, caseId: onlyCase(caseIds(workspace), id) })),
      )
      if (options.json === true) return printJson(context.terminal, done)
      context.terminal.out(`${done.case}: ${forgottenText(done.forgotten)}\n`)
    })
  withExamples(
    forget,
    ['case forget-passwords', 'case forget-passwords meridian'],
    'Cites of members of encrypted archives then open no longer; investigate again with --password-file to keep them once more.',
  )

  const close = withWorkspace(cases.command('close'))
    .description('close a case: recorded in its custody with the reason; the passwords kept for it are removed')
    .argument('[id]', 'the case; may be left out when there is only one')
    .option('--reason <text>', 'why')
    .option('--json', '{case, at, forgotten} as one JSON document')
    .action(async (id: string | undefined, options: Options) => {
      const reason = needed(
        options.reason,
        '--reason',
        'write: breachline case close meridian --reason "Reported and handed over"',
      )
      const done = await inWorkspace(context, { ...options, command: 'case close' }, ({ workspace, signer }) =>
        Promise.resolve(closeCase({ workspace, signer, caseId: onlyCase(caseIds(workspace), id), reason })),
      )
      if (options.json === true) return printJson(context.terminal, done)
      context.terminal.out(`${done.case}: closed; ${forgottenText(done.forgotten)}\n`)
    })
  withExamples(
    close,
    ['case close meridian --reason "Reported and handed over"'],
    'Nothing but the passwords is removed: the case can be read, reported and investigated further.',
  )
}

function forgottenText(forgotten: number | null): string {
  if (forgotten === null) return 'a list of passwords that could not be read was removed'
  return forgotten === 0 ? 'no password was kept' : `${counted(forgotten, 'password')} forgotten`
}
