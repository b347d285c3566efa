import { caseIds, exportCase, type Export } from '../../app/index.ts'
import { given, group, oneOf, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { onlyCase } from '../hand-over.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly out?: string
  readonly json?: boolean
}

/** `report`, `notice`, `affected export`: what leaves a case; each is recorded in the chain of custody by its hash. */
export const registerReport: Register = (program, context) => {
  const report = withWorkspace(program.command('report'))
    .description('the case as one self-contained document')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--format <format>', 'html or json', 'html')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--release-holders', 'name the holders of copies; without it they are "Holder A", "Holder B"')
    .option('--json', 'the same as --format json')
    .action(async (options: Options & { format: string; releaseHolders?: boolean }) => {
      const format = options.json === true ? 'json' : oneOf(options.format, ['html', 'json'] as const, '--format')
      await leave(
        context,
        { ...options, command: 'report' },
        { kind: 'report', format, releaseHolders: options.releaseHolders === true },
      )
    })
  withExamples(
    report,
    [
      'report --case meridian --out report.html',
      'report --case meridian --format json --out report.json',
      'report --case meridian --release-holders --out for-counsel.html',
    ],
    'States what persons adopted and marks what is only proposed. The custody head in it is the one before the report was made.',
  )
  const notice = withWorkspace(program.command('notice'))
    .description('the draft notice of a duty as Markdown: adopted findings filled in, what is missing marked')
    .argument('<duty>', 'id of the duty, such as my-pdpa-12b/commissioner')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--json', '{duty, markdown} as one JSON document')
    .action(async (duty: string, options: Options) => {
      await leave(context, { ...options, command: 'notice' }, { kind: 'notice', duty })
    })
  withExamples(
    notice,
    ['notice my-pdpa-12b/commissioner --case meridian', 'notice eu-gdpr-33-34/authority --case meridian --out draft.md'],
    'A draft, not sent, not legal advice. Proposed findings never fill a field; they are listed apart.',
  )
  const affected = withWorkspace(group(program, 'affected', 'who is affected, counted').command('export'))
    .description('the counts of affected persons as CSV; no cell runs as a formula, small counts are suppressed')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--json', 'not offered: the counts stand under "affected" in "breachline report --format json"')
    .action(async (options: Options) => {
      await leave(context, { ...options, command: 'affected export' }, { kind: 'affected' })
    })
  withExamples(affected, ['affected export --case meridian --out affected.csv'])
}

async function leave(context: CommandContext, options: Options & { readonly command: string }, what: Export): Promise<void> {
  const text = await inWorkspace(context, options, ({ workspace, signer }) =>
    Promise.resolve(exportCase({ workspace, signer, caseId: onlyCase(caseIds(workspace), options.case), what })),
  )
  const shown =
    what.kind === 'notice' && options.json === true
      ? `${JSON.stringify({ duty: what.duty, markdown: text }, undefined, 2)}\n`
      : text
  writeOut(context, { text: shown, ...given('file', options.out) })
}
