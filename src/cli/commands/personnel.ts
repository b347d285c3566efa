import { exportPersonnel, type PersonnelExport } from '../../app/index.ts'
import { csvCell } from '../../base/index.ts'
import { given, group, needed, usage, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly nameAccounts?: string
  readonly out?: string
  readonly json?: boolean
}

/** `personnel export`: what internal investigators are given about accounts. */
export const registerPersonnel: Register = (program, context) => {
  const personnel = group(
    program,
    'personnel',
    'the personnel compartment: accounts that were flagged, for internal investigators',
  )
  const command = withWorkspace(personnel.command('export'))
    .description('flagged accounts of a case as pseudonyms, with citations, as CSV')
    .option('--case <id>', 'the case')
    .option('--name-accounts <purpose>', 'the logins beside their pseudonyms, for this personnel purpose; recorded in your name')
    .option('--out <file>', 'write it there instead of to stdout')
    .option('--json', '{case, remarks, exhibits, rows} as one JSON document')
    .action(async (options: Options) => {
      const caseId = needed(options.case, '--case', 'name the case: personnel export --case meridian')
      const purpose = options.nameAccounts?.trim()
      if (purpose !== undefined && purpose.length < 3)
        throw usage('--name-accounts needs the purpose in words', 'say what the logins are needed for')
      const exported = await inWorkspace(context, { ...options, command: 'personnel export' }, ({ workspace, signer }) =>
        exportPersonnel({ workspace, signer, caseId, ...given('purpose', purpose) }),
      )
      if (exported === undefined)
        throw usage(`the case "${caseId}" holds no audit log`, 'give audit logs: breachline lookups FILE... --case ID')
      if (options.json === true) return printJson(context.terminal, exported)
      writeOut(context, { text: csvOf(exported), ...given('file', options.out) })
    })
  withExamples(
    command,
    [
      'personnel export --case meridian --out accounts.csv',
      'personnel export --case meridian --name-accounts "interview, works council informed" --out named.csv',
    ],
    'An account is a login, not a person. The export holds figures and citations and no sentences; queues stay apart.',
  )
}

function csvOf(exported: PersonnelExport): string {
  const named = exported.rows.some((one) => one.login !== undefined)
  const head = ['queue', 'account', ...(named ? ['login'] : []), 'what', 'subscriber', 'from', 'to', 'count', 'q', 'citations']
  const lines = exported.rows.map((one) => [
    one.queue,
    one.account,
    ...(named ? [one.login ?? ''] : []),
    one.what,
    one.subscriber,
    one.from,
    one.to,
    String(one.count),
    one.q,
    one.citations.join('; '),
  ])
  const files = exported.exhibits.map((one) => ['exhibit', one.id, one.file, one.sha256])
  return [head, ...lines, [], ...files, ...exported.remarks.map((text) => ['remark', text])]
    .map((cells) => cells.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n')
}
