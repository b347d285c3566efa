import type { SharedCase } from '../../app/index.ts'
import { papLevels, shareFormats, storyText, tlpLevels } from '../../sharing/index.ts'
import { given, oneOf, usage, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { caseMeant, onErrand } from '../hand-over.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly story?: string
  readonly format?: string
  readonly tlp: string
  readonly pap: string
  readonly release?: string
  readonly publish?: boolean
  readonly out?: string
  readonly json?: boolean
}

/** `share`: what other operators may know of a case; shown first, released by a named person, then written or published. */
export const registerShare: Register = (program, context) => {
  const share = withWorkspace(program.command('share'))
    .description('tell other operators: behaviours, indicators and rules, without anything that names us or others')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--story <id>', 'the story, by its id or the beginning of it; the strongest adopted one when absent')
    .option('--format <format>', shareFormats.join(', '))
    .option('--tlp <level>', `Traffic Light Protocol 2.0: ${tlpLevels.join(', ')}`, 'amber')
    .option('--pap <level>', `Permissible Actions Protocol: ${papLevels.join(', ')}`, 'amber')
    .option('--release <reason>', 'release exactly this content, by a decision in your name, for this reason')
    .option('--publish', 'put it into the TAXII collection that "serve" offers to peers')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--json', 'what would leave, or left, as one JSON document')
    .action(async (options: Options) => {
      const format = options.format === undefined ? undefined : oneOf(options.format, shareFormats, '--format')
      if (options.out !== undefined && format === undefined)
        throw usage('--out needs --format', `give one of ${shareFormats.join(', ')}`)
      const asked = {
        tlp: oneOf(options.tlp, tlpLevels, '--tlp'),
        pap: oneOf(options.pap, papLevels, '--pap'),
        ...given('story', options.story),
      }
      const shared = await onErrand(context, { ...options, command: 'share' }, async (errand) =>
        errand.share(await caseMeant(errand, options.case), {
          ...asked,
          ...given('format', format),
          ...given('reason', options.release),
          ...given('publish', options.publish),
        }),
      )
      if (shared.text !== undefined && options.json !== true)
        writeOut(context, { text: shared.text, ...given('file', options.out) })
      else if (options.json === true) printJson(context.terminal, shared)
      else print(context, shared)
      if (shared.published !== undefined)
        context.terminal.err(`${counted(shared.published, 'object')} new in the collection for peers\n`)
    })
  withExamples(
    share,
    [
      'share --case meridian',
      'share --case meridian --release "Agreed with the CISO; peers are at risk" --format stix --out meridian.stix.json',
      'share --case meridian --format misp --tlp amber --out meridian.misp.json',
      'share --case meridian --publish',
    ],
    'Without --format or --publish nothing leaves: the content is shown. A release holds for exactly that content and its markings.',
  )
}

function print({ terminal }: CommandContext, { view, content, release, remarks }: SharedCase): void {
  terminal.out(`${storyText(view)}\n\n`)
  if (view.indicators.length > 0) {
    const rows = view.indicators.map((one) => [
      one.kind,
      one.value,
      String(one.count),
      one.first.slice(0, 16),
      one.last.slice(0, 16),
    ])
    terminal.out(
      `${columns([['indicator', 'value', 'records', 'first', 'last'], ...rows.map((row) => row.map(oneLine))], 1_000)}\n\n`,
    )
  }
  for (const rule of view.rules)
    terminal.out(
      `rule  ${oneLine(rule.title)}: ${counted(rule.found, 'record')} of the story, none of ${rule.triedOn} other events\n`,
    )
  for (const { reason, count } of view.withheld) terminal.out(`kept in  ${count}: ${reason}\n`)
  for (const remark of remarks) terminal.out(`note  ${remark}\n`)
  terminal.out(`\n${content}, TLP:${view.tlp.toUpperCase()}, PAP:${view.pap.toUpperCase()}: `)
  terminal.out(
    release === undefined
      ? 'not released. Nothing left.\n'
      : `released by ${oneLine(release.by)} (${release.decision}, ${release.at.slice(0, 16)}Z).\n`,
  )
}
