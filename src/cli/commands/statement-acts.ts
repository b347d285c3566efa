import type { Command } from 'commander'
import { audiences, signRoles } from '../../response/index.ts'
import { given, isoMoment, needed, oneOf, withExamples } from '../arguments.ts'
import type { CommandContext } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { printCheck } from '../print-statement.ts'
import { audienceOf, statementCommand, statementText, type StatementOptions } from '../statement-input.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

/** `statement submit|sign|release|filed|counsel`: what named persons do with a statement, each signed. */
export function registerStatementActs(statement: Command, context: CommandContext): void {
  const { terminal } = context
  const submit = statementCommand(statement.command('submit'))
    .description('put a text up for sign-off; one with a refused phrase is not taken')
    .argument('<file>', 'plain text, UTF-8; "-" reads stdin')
    .option('--audience <who>', audiences.join(', '))
    .option('--language <language>', 'en or ms', 'en')
    .action(async (file: string, options: StatementOptions) => {
      const asked = { text: statementText(file), audience: audienceOf(options), language: options.language }
      const made = await inErrand(context, 'statement submit', options, (errand, id) => errand.statements.submit(id, asked))
      if (options.json === true) return printJson(terminal, made)
      printCheck(terminal, made.check)
      terminal.out(`${made.statement.id} is put up for sign-off: ${made.statement.missing.join(', ')}\n`)
    })
  withExamples(submit, ['statement submit edited.txt --audience press --case meridian'])

  const sign = statementCommand(statement.command('sign'))
    .description(
      'sign a statement off, or refuse it, for legal, privacy or communications: three persons whose keys carry these roles',
    )
    .argument('<statement>', 'its number, such as S1')
    .option('--for <role>', signRoles.join(', '))
    .option('--refuse', 'it must not leave as it is')
    .option('--reason <text>', 'why')
    .action(async (name: string, options: StatementOptions & { for?: string; refuse?: boolean }) => {
      const role = oneOf(
        needed(options.for, '--for', `write: breachline statement sign ${name} --for legal --reason "..."`),
        signRoles,
        '--for',
      )
      const reason = needed(options.reason, '--reason', 'say why in a sentence: it is kept with the decision')
      const answer = options.refuse === true ? 'no' : 'yes'
      const made = await inErrand(context, 'statement sign', options, (errand, id) =>
        errand.statements.signOff(id, { statement: name, role, answer, reason }),
      )
      if (options.json === true) return printJson(terminal, made)
      terminal.out(
        `${made.id} ${answer === 'yes' ? 'signed off' : 'refused'} for ${role}; ${made.missing.length === 0 ? 'it may leave' : `missing: ${made.missing.join(', ')}`}\n`,
      )
    })
  withExamples(sign, [
    'statement sign S1 --for legal --reason "Facts as adopted, nothing promised" --as "Priya Nair" --case meridian',
    'statement sign S1 --for privacy --refuse --reason "Names a number that is not adopted" --as "Farid Hamzah"',
  ])

  const release = statementCommand(statement.command('release'))
    .description('let a statement leave: needs three sign-offs, and is checked once more; text, hash and time are kept')
    .argument('<statement>', 'its number, such as S1')
    .option('--to <whom>', 'to whom or where it goes')
    .option('--reason <text>', 'why now')
    .option('--correcting <text>', 'why it differs from what was said or found before')
    .option('--out <file>', 'write the text there instead of to stdout')
    .action(async (name: string, options: StatementOptions & { correcting?: string; out?: string }) => {
      const hint = `write: breachline statement release ${name} --to "press list" --reason "..."`
      const asked = {
        statement: name,
        to: needed(options.to, '--to', hint),
        reason: needed(options.reason, '--reason', hint),
        ...given('correcting', options.correcting),
      }
      const made = await inErrand(context, 'statement release', options, (errand, id) => errand.statements.release(id, asked))
      if (options.json === true) return printJson(terminal, made)
      writeOut(context, { text: made.text, ...given('file', options.out) })
      terminal.err(`${made.id} released, SHA-256 ${made.sha256}\n`)
    })
  withExamples(release, [
    'statement release S1 --to "Press list, website" --reason "Deadline of the claim at 18:00" --case meridian',
  ])

  const filed = statementCommand(statement.command('filed'))
    .description('record a statement or filing that has left already, so that later ones are held against it')
    .argument('<file>', 'its text; "-" reads stdin')
    .option('--audience <who>', audiences.join(', '))
    .option('--language <language>', 'en or ms', 'en')
    .option('--at <time>', 'when it left, ISO 8601 with zone')
    .option('--to <whom>', 'to whom it went')
    .option('--reason <text>', 'how it is known')
    .action(async (file: string, options: StatementOptions & { at?: string }) => {
      const hint =
        'write: breachline statement filed notice.txt --audience regulator --at TIME --to "Commissioner" --reason "..."'
      const asked = {
        text: statementText(file),
        audience: audienceOf(options),
        language: options.language,
        at: isoMoment(needed(options.at, '--at', hint), '--at').at,
        to: needed(options.to, '--to', hint),
        reason: needed(options.reason, '--reason', hint),
      }
      const made = await inErrand(context, 'statement filed', options, (errand, id) => errand.statements.filed(id, asked))
      if (options.json === true) printJson(terminal, made)
      else terminal.out(`${made.id} recorded, SHA-256 ${made.sha256}\n`)
    })
  withExamples(filed, [
    'statement filed first-notice.txt --audience regulator --at 2026-10-08T11:40:00+08:00 --to "Commissioner" --reason "Sent by the DPO" --case meridian',
  ])

  const counsel = statementCommand(statement.command('counsel'))
    .description('counsel decides what becomes of a statement that findings contradict; others see the sentences after that')
    .argument('<statement>', 'its number, such as S1, or Q and six digits for what the sources quote')
    .option('--decide <outcome>', 'correct or stands')
    .option('--reason <text>', 'why')
    .action(async (name: string, options: StatementOptions & { decide?: string }) => {
      const hint = `write: breachline statement counsel ${name} --decide correct --reason "..."`
      const outcome = oneOf(needed(options.decide, '--decide', hint), ['correct', 'stands'] as const, '--decide')
      const reason = needed(options.reason, '--reason', hint)
      const made = await inErrand(context, 'statement counsel', options, (errand, id) =>
        errand.statements.counsel(id, { statement: name, outcome, reason }),
      )
      if (options.json === true) printJson(terminal, made)
      else terminal.out(`${made.number} recorded\n`)
    })
  withExamples(counsel, [
    'statement counsel S1 --decide correct --reason "Logs of 1 July came in" --as "Priya Nair" --case meridian',
  ])
}
