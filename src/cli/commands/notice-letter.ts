import type { Command } from 'commander'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseNotices } from '../../app/index.ts'
import { exitCodes } from '../../base/index.ts'
import { documentFormats, letterLanguages } from '../../response/index.ts'
import { given, isoMoment, needed, oneOf, usage, wholeNumber, withExamples } from '../arguments.ts'
import type { CommandContext } from '../command.ts'
import { printJson } from '../terminal.ts'
import { formatMeant, writeDocument } from '../write-document.ts'
import { ofDuty, onNotices, phaseOf, printCheck, stands, type NoticeOptions } from '../on-notices.ts'

interface Options extends NoticeOptions {
  readonly group?: string
  readonly data?: string
  readonly at?: string
  readonly ref?: string
  readonly anyway?: string
  readonly told?: string
}

const letterOptions = {
  group: 'letter of "breachline affected groups": only what those persons\' data was',
  data: 'kinds of data instead of a group, joined by commas, such as name,telephone',
} as const

/** `notice letter`, `notice file`: the communication to persons, and keeping what went out. */
export function registerLetters(notice: Command, context: CommandContext): void {
  const letter = ofDuty(notice.command('letter'))
    .description('the letter to the persons concerned, in plain language, with only what their data was')
    .option('--lang <lang>', letterLanguages.join(' or '), 'en')
    .option('--group <letter>', letterOptions.group)
    .option('--data <kinds>', letterOptions.data)
    .option('--format <format>', documentFormats.join(', '))
    .option('--out <file>', 'write it there; without --group or --data a folder for one letter per group')
    .option('--json', 'the letter with its checks as one JSON document')
    .action((duty: string, options: Options) =>
      onNotices(context, { ...options, command: 'notice letter' }, async (desk) => {
        const lang = oneOf(options.lang ?? 'en', letterLanguages, '--lang')
        const format = formatMeant(options.format, options.out)
        if (options.group === undefined && options.data === undefined) {
          if (options.out === undefined)
            throw usage('no group is named', 'give --group A (see "breachline affected groups"), --data, or --out FOLDER')
          mkdirSync(options.out, { recursive: true, mode: 0o700 })
          const made = []
          for (const one of await desk.groups()) {
            const each = await desk.letter({ duty, lang, items: one.items, format })
            const file = join(options.out, `letter-${one.group}-${lang}.${format === 'text' ? 'txt' : format}`)
            writeDocument(context, { bytes: each.bytes, format, file })
            made.push({ group: one.group, persons: one.persons, file, letter: each.letter })
          }
          if (options.json === true) printJson(context.terminal, { letters: made })
          if (made.some((one) => stands(one.letter))) context.exit(exitCodes.badInput)
          return
        }
        const items = await itemsOf(desk, options)
        const made = await desk.letter({ duty, lang, items, format })
        if (options.json === true) printJson(context.terminal, made.letter)
        if (options.json !== true || options.out !== undefined)
          writeDocument(context, { bytes: made.bytes, format, file: options.out })
        if (options.json !== true && options.out !== undefined) printCheck(context.terminal, made.letter)
        if (stands(made.letter)) context.exit(exitCodes.badInput)
      }),
    )
  withExamples(
    letter,
    [
      'notice letter my-pdpa-12b/data-subjects --lang ms --group A --out letter-A-ms.pdf --case meridian',
      'notice letter eu-gdpr-33-34/data-subjects --out letters --format docx --case meridian',
      'notice letter eu-gdpr-33-34/data-subjects --data name,telephone --case meridian',
    ],
    'Ends with 3 while the letter misses what the law asks for. The Malay letter takes only what was written in Malay ("notice say --lang ms").',
  )

  const file = ofDuty(notice.command('file'))
    .description('record that a notice or letter went out; keeps it as it did, with hash, time and your name')
    .option('--at <time>', 'when it went out, ISO 8601 with zone')
    .option('--reason <text>', 'who decided that it goes out')
    .option('--phase <phase>', 'initial, intermediate, final')
    .option('--ref <text>', 'reference of the authority, letter or receipt')
    .option('--anyway <text>', 'why it went out with points open or figures that differ')
    .option('--lang <lang>', `of a letter: ${letterLanguages.join(' or ')}`)
    .option('--group <letter>', letterOptions.group)
    .option('--data <kinds>', letterOptions.data)
    .option('--told <n>', 'of a letter: how many persons it went to; those of the group when absent')
    .option('--json', 'what is kept as one JSON document')
    .action((duty: string, options: Options) =>
      onNotices(context, { ...options, command: 'notice file' }, async (desk) => {
        const hint = 'write: breachline notice file DUTY --at 2026-10-08T11:40:00+08:00 --reason "..."'
        const of = options.group === undefined ? undefined : await groupOf(desk, options.group)
        const filed = await desk.file({
          duty,
          at: isoMoment(needed(options.at, '--at', hint), '--at').at,
          reason: needed(options.reason, '--reason', hint),
          ...phaseOf(options),
          ...given('ref', options.ref),
          ...given('anyway', options.anyway),
          ...given('lang', options.lang === undefined ? undefined : oneOf(options.lang, letterLanguages, '--lang')),
          ...given('items', of?.items ?? options.data?.split(',')),
          ...given('told', options.told === undefined ? of?.persons : wholeNumber(options.told, '--told')),
        })
        if (options.json === true) return printJson(context.terminal, filed)
        context.terminal.out(`${filed.number} kept by ${filed.decision}: SHA-256 ${filed.sha256}\n`)
      }),
    )
  withExamples(file, [
    'notice file my-pdpa-12b/commissioner --at 2026-10-08T11:40:00+08:00 --ref JPDP/2026/118 --reason "Sent by the DPO" --case meridian',
    'notice file my-pdpa-12b/data-subjects --lang ms --group A --at 2026-10-12T09:00:00+08:00 --reason "Posted" --case meridian',
  ])
}

async function itemsOf(desk: CaseNotices, options: Options): Promise<readonly string[]> {
  if (options.group === undefined) return (options.data ?? '').split(',').map((one) => one.trim())
  return (await groupOf(desk, options.group)).items
}

async function groupOf(
  desk: CaseNotices,
  name: string,
): Promise<{ readonly items: readonly string[]; readonly persons: number }> {
  const groups = await desk.groups()
  const found = groups.find((one) => one.group === name)
  if (found !== undefined) return found
  throw usage(`--group "${name}" is not known`, `groups: ${groups.map((one) => one.group).join(', ')}`)
}
