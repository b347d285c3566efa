import type { Command } from 'commander'
import { exitCodes, UserError } from '../../base/index.ts'
import { audiences, versionsText, type StatementCheck } from '../../response/index.ts'
import { given, group, isoMoment, withExamples } from '../arguments.ts'
import type { CommandContext, Register } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { printCheck, printDraft, printStatement, printStatements } from '../print-statement.ts'
import { audienceOf, statementCommand, statementText, type StatementOptions } from '../statement-input.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'
import { registerStatementActs } from './statement-acts.ts'

/** `statement draft|check|submit|sign|release|filed|list|show|counsel|changes`: what may be said, by whom it is signed off, and what was said. */
export const registerStatement: Register = (program, context) => {
  const statement = group(program, 'statement', 'what may be said: drafts, checked phrases, sign-off, what was released')
  registerTexts(statement, context)
  registerStatementActs(statement, context)
  registerKept(statement, context)
}

function registerTexts(statement: Command, context: CommandContext): void {
  const { terminal } = context
  const draft = statementCommand(statement.command('draft'))
    .description(
      'the holding statement, or the next one, from adopted findings: what is known, what is not, each sentence with what it rests on',
    )
    .option('--audience <who>', audiences.join(', '))
    .option('--language <language>', 'en or ms', 'en')
    .option('--next <time>', 'when the next statement comes, ISO 8601 with zone')
    .option('--submit', 'put it up for sign-off')
    .option('--out <file>', 'write the bare text there, to be edited')
    .action(async (options: StatementOptions & { next?: string; submit?: boolean; out?: string }) => {
      const asked = {
        audience: audienceOf(options),
        language: options.language,
        ...given('nextAt', options.next === undefined ? undefined : isoMoment(options.next, '--next').at),
        ...given('submit', options.submit),
      }
      const made = await inErrand(context, 'statement draft', options, (errand, id) => errand.statements.draft(id, asked))
      setExit(context, made.check)
      if (options.out !== undefined) writeOut(context, { text: made.draft.text, file: options.out })
      if (options.json === true) return printJson(terminal, made)
      printDraft(terminal, made.draft)
      printCheck(terminal, made.check)
      if (made.statement !== undefined)
        terminal.out(`${made.statement.id} is put up for sign-off: ${made.statement.missing.join(', ')}\n`)
    })
  withExamples(
    draft,
    [
      'statement draft --audience press --case meridian',
      'statement draft --audience customers --language ms --next 2026-10-07T18:00:00+08:00 --submit',
      'statement draft --audience staff --out staff.txt',
    ],
    'Proposed findings never stand in a draft. It names no holder, vendor, host, account or person.',
  )

  const check = statementCommand(statement.command('check'))
    .description(
      'check any text: phrases that need coverage and an adopted finding, hidden characters, contradictions with what was said and found',
    )
    .argument('<file>', 'plain text, UTF-8; "-" reads stdin')
    .action(async (file: string, options: StatementOptions) => {
      const text = statementText(file)
      const found = await inErrand(context, 'statement check', options, (errand, id) => errand.statements.check(id, text))
      setExit(context, found)
      if (options.json === true) printJson(terminal, found)
      else printCheck(terminal, found)
    })
  withExamples(
    check,
    ['statement check agency-draft.txt --case meridian', 'statement check - --json < draft.txt'],
    'Ends with 3 where something is refused, with 10 where nothing is refused but the text differs from what was said or found.',
  )
}

function registerKept(statement: Command, context: CommandContext): void {
  const { terminal } = context
  const list = statementCommand(statement.command('list'))
    .description('statements of a case: state, sign-offs, what left; and those that findings contradict')
    .action(async (options: StatementOptions) => {
      const found = await inErrand(context, 'statement list', options, (errand, id) => errand.statements.list(id))
      if (options.json === true) printJson(terminal, found)
      else printStatements(terminal, found)
    })
  withExamples(list, ['statement list --case meridian', 'statement list --json'])

  const show = statementCommand(statement.command('show'))
    .description('one statement: its text as kept, hash, who signed, what its sentences rest on')
    .argument('<statement>', 'its number, such as S1')
    .action(async (name: string, options: StatementOptions) => {
      const { statements } = await inErrand(context, 'statement show', options, (errand, id) => errand.statements.list(id))
      const one = statements.find(({ id }) => id.toLowerCase() === name.toLowerCase())
      if (one === undefined)
        throw new UserError({
          code: 'statement-unknown',
          message: `the case has no statement "${name}"`,
          hint:
            statements.length === 0
              ? 'put one up with "breachline statement draft --submit"'
              : `known: ${statements.map(({ id }) => id).join(', ')}`,
        })
      if (options.json === true) printJson(terminal, one)
      else printStatement(terminal, one)
    })
  withExamples(show, ['statement show S1 --case meridian'])

  const changes = statementCommand(statement.command('changes'))
    .description('versions of the assessment: what changed from run to run, and which evidence is new')
    .option('--since <time>', 'only versions after this moment, ISO 8601 with zone')
    .action(async (options: StatementOptions & { since?: string }) => {
      const since = options.since === undefined ? undefined : isoMoment(options.since, '--since').at
      const versions = await inErrand(context, 'statement changes', options, (errand, id) => errand.statements.changes(id, since))
      if (options.json === true) return printJson(terminal, { versions })
      if (versions.length === 0) return terminal.out('no run of the analysis changed anything in this time\n')
      terminal.out(`${versionsText(versions).join('\n').trimStart()}\n`)
    })
  withExamples(changes, ['statement changes --case meridian', 'statement changes --since 2026-10-06T18:00:00+08:00 --json'])
}

function setExit(context: CommandContext, check: StatementCheck): void {
  if (!check.ok) context.exit(exitCodes.badInput)
  else if (check.contradictions.length > 0) context.exit(exitCodes.findings)
}
