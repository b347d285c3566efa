import { exitCodes } from '../../base/index.ts'
import { documentFormats, letterLanguages, letterParts, phases } from '../../response/index.ts'
import { group, needed, oneOf, withExamples } from '../arguments.ts'
import { withWorkspace, type Register } from '../command.ts'
import { columns } from '../layout.ts'
import { ofDuty, onNotices, phaseOf, printCheck, stands, type NoticeOptions } from '../on-notices.ts'
import { printJson } from '../terminal.ts'
import { formatMeant, writeDocument } from '../write-document.ts'
import { registerLetters } from './notice-letter.ts'

/** `notice draft|check|say|letter|file|list|show`: what goes to authorities and to the persons concerned, drafted, checked and kept as filed. */
export const registerNotice: Register = (program, context) => {
  const notice = group(program, 'notice', 'notices to authorities and letters to the persons concerned: draft, check, file, keep')
  const draft = ofDuty(notice.command('draft', { isDefault: true }))
    .description('the notice of a duty: fields in the order of the form, each with what it rests on, or what would answer it')
    .option('--phase <phase>', `${phases.join(', ')}; the first notice when nothing was filed, else an intermediate one`)
    .option('--format <format>', `${documentFormats.join(', ')}; by the ending of --out when absent`)
    .option('--out <file>', 'write it there; a PDF or DOCX needs it')
    .option('--json', 'the notice with its checks as one JSON document')
    .action((duty: string, options: NoticeOptions) =>
      onNotices(context, { ...options, command: 'notice draft' }, async (desk) => {
        const format = formatMeant(options.format, options.out)
        const made = await desk.draft({ duty, format, ...phaseOf(options) })
        if (options.json === true) printJson(context.terminal, made.notice)
        if (options.json !== true || options.out !== undefined)
          writeDocument(context, { bytes: made.bytes, format, file: options.out })
      }),
    )
  withExamples(
    draft,
    [
      'notice draft my-pdpa-12b/commissioner --case meridian',
      'notice draft eu-611-2013/authority-first --case meridian --out first.pdf',
      'notice draft my-pdpa-12b/commissioner-further --phase final --out final.docx',
    ],
    'A draft, not sent, not legal advice. Proposed findings never answer a field; they are listed apart. A later notice says what changed.',
  )

  const check = ofDuty(notice.command('check'))
    .description(
      'what a notice still misses, and what does not fit together in it or with notices filed before; ends with 3 when anything stands',
    )
    .option('--phase <phase>', phases.join(', '))
    .option('--json', '{points[], contradictions[]} as one JSON document')
    .action((duty: string, options: NoticeOptions) =>
      onNotices(context, { ...options, command: 'notice check' }, async (desk) => {
        const { notice: made } = await desk.draft({ duty, format: 'text', ...phaseOf(options) })
        if (options.json === true)
          printJson(context.terminal, { points: made.points, contradictions: made.contradictions, changes: made.changes })
        else printCheck(context.terminal, made)
        if (stands(made)) context.exit(exitCodes.badInput)
      }),
    )
  withExamples(check, ['notice check eu-gdpr-33-34/authority --phase final --case meridian'])

  const say = withWorkspace(notice.command('say'))
    .description('write a part of the letters to the persons concerned, in the language of the letter')
    .argument('<part>', letterParts.join(', '))
    .argument('<text>', 'what the letter says there, in plain words')
    .option('--lang <lang>', letterLanguages.join(' or '), 'en')
    .option('--reason <text>', 'who agreed to it, and why so')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'the decision as one JSON document')
    .action((part: string, text: string, options: NoticeOptions) =>
      onNotices(context, { ...options, command: 'notice say' }, async (desk) => {
        const reason = needed(options.reason, '--reason', 'write: breachline notice say summary "..." --lang ms --reason "..."')
        const said = {
          part: oneOf(part, letterParts, 'the part'),
          lang: oneOf(options.lang ?? 'en', letterLanguages, '--lang'),
          text: needed(text, 'the text', 'say it in plain words'),
        }
        const { number } = await desk.say(said, reason)
        if (options.json === true) printJson(context.terminal, { number, ...said })
        else context.terminal.out(`${number} recorded\n`)
      }),
    )
  withExamples(say, [
    'notice say summary "Somebody copied a list of customers from a company that works for us." --reason "Agreed with the DPO" --case meridian',
    'notice say summary "Senarai pelanggan telah disalin daripada syarikat yang bekerja untuk kami." --lang ms --reason "Dibaca oleh DPO" --case meridian',
  ])

  registerLetters(notice, context)

  const list = withWorkspace(notice.command('list'))
    .description('what was filed in a case, and whether it is kept as it went out')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', '{notices[]} as one JSON document')
    .action((options: NoticeOptions) =>
      onNotices(context, { ...options, command: 'notice list' }, async (desk) => {
        const notices = await desk.list()
        if (options.json === true) printJson(context.terminal, { notices })
        else if (notices.length === 0) context.terminal.out('nothing was filed yet\n')
        else
          context.terminal.out(
            `${columns(
              notices.map((one) => [
                one.number,
                one.at,
                one.phase,
                one.duty,
                one.recipient,
                one.ref ?? '-',
                one.by,
                one.whole ? 'as filed' : 'CHANGED',
              ]),
              1_000,
            )}\n`,
          )
      }),
    )
  withExamples(list, ['notice list --case meridian'])

  const show = withWorkspace(notice.command('show'))
    .description('a notice or letter as it was filed')
    .argument('<number>', 'such as notice-1')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--format <format>', documentFormats.join(', '))
    .option('--out <file>', 'write it there')
    .option('--json', 'what is kept of it as one JSON document')
    .action((number: string, options: NoticeOptions) =>
      onNotices(context, { ...options, command: 'notice show' }, async (desk) => {
        const format = formatMeant(options.format, options.out)
        const bytes = await desk.show(number, format)
        if (options.json === true)
          printJson(
            context.terminal,
            (await desk.list()).find((one) => one.number === number),
          )
        else writeDocument(context, { bytes, format, file: options.out })
      }),
    )
  withExamples(show, ['notice show notice-1 --case meridian', 'notice show notice-1 --out as-filed.pdf'])
}
