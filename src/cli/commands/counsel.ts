import { openCounselCase, privilegeLog, shareExhibits, type Withheld } from '../../app/index.ts'
import { csvCell, printable } from '../../base/index.ts'
import { given, group, isoMoment, needed, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { counted } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly json?: boolean
}

/** `counsel open|share|log`: a case at counsel's direction beside an ordinary one. */
export const registerCounsel: Register = (program, context) => {
  const { terminal } = context
  const counsel = group(program, 'counsel', "a case at counsel's direction, kept beside an ordinary one")

  const open = withWorkspace(counsel.command('open'))
    .description("open a case at counsel's direction beside an ordinary case; no exhibit is shared yet")
    .argument('<case>', 'the ordinary case')
    .option('--instructed-by <name>', 'who instructs: name and firm or office')
    .option('--purpose <text>', 'for what purpose, in the words of the instruction')
    .option('--instructed-at <time>', 'when, ISO 8601 with zone; now when absent')
    .option('--id <id>', 'id of the new case; CASE-counsel when absent')
    .option('--json', 'the case as one JSON document')
    .action(
      async (of: string, options: Options & Partial<Record<'instructedBy' | 'purpose' | 'instructedAt' | 'id', string>>) => {
        const write =
          'write: breachline counsel open meridian --instructed-by "N. Rahim, Rahim & Partners" --purpose "Advice on liability"'
        const instructedBy = needed(options.instructedBy, '--instructed-by', write)
        const purpose = needed(options.purpose, '--purpose', write)
        const { instructedAt } = options
        const made = await inWorkspace(context, { ...options, command: 'counsel open' }, ({ workspace, signer }) =>
          Promise.resolve(
            openCounselCase({
              workspace,
              signer,
              of,
              ...given('id', options.id),
              instructed: {
                instructedBy,
                purpose,
                instructedAt: instructedAt === undefined ? context.world.now() : isoMoment(instructedAt, '--instructed-at').at,
              },
            }),
          ),
        )
        if (options.json === true) return printJson(terminal, made)
        terminal.out(`${made.id}\n`)
      },
    )
  withExamples(
    open,
    ['counsel open meridian --instructed-by "N. Rahim, Rahim & Partners" --purpose "Advice on liability to subscribers"'],
    'A label creates no privilege, and facts are not privileged: take advice before you rely on it.',
  )

  const share = withWorkspace(counsel.command('share'))
    .description('share exhibits between the two cases, by hash; notes, decisions, drafts and findings never')
    .argument('<from>', 'the case that holds them')
    .argument('<to>', 'the case beside it')
    .argument('[exhibit...]', 'E1, E2, …; all when none is named')
    .option('--reason <text>', 'why; stands in the chain of custody of both')
    .option('--json', '{shared, known} as one JSON document')
    .action(async (from: string, to: string, exhibits: string[], options: Options & { reason?: string }) => {
      const reason = needed(
        options.reason,
        '--reason',
        'write: breachline counsel share meridian meridian-counsel --reason "For advice"',
      )
      const done = await inWorkspace(context, { ...options, command: 'counsel share' }, ({ workspace, signer }) =>
        shareExhibits({ workspace, signer, from, to, exhibits, reason }),
      )
      if (options.json === true) return printJson(terminal, done)
      for (const one of done.shared)
        terminal.out(`${one.from} is ${one.to} there  ${one.sha256.slice(0, 16)}  ${printable(one.name)}\n`)
      if (done.known > 0) terminal.err(`${counted(done.known, 'exhibit was', 'exhibits were')} there already\n`)
    })
  withExamples(share, ['counsel share meridian meridian-counsel E1 E4 --reason "For advice on liability"'])

  const log = withWorkspace(counsel.command('log'))
    .description('the privilege log: every note and decision of the case with date and author, without a word of its text')
    .argument('<case>', "the case at counsel's direction")
    .option('--json', '{withheld} as one JSON document')
    .action(async (id: string, options: Options) => {
      const withheld = await inWorkspace(context, { ...options, command: 'counsel log' }, ({ workspace, signer }) =>
        Promise.resolve(privilegeLog({ workspace, signer, caseId: id })),
      )
      if (options.json === true) return printJson(terminal, { withheld })
      terminal.out(csvOf(withheld))
    })
  withExamples(log, ['counsel log meridian-counsel > privilege-log.csv'], 'That the log was made stands in the chain of custody.')
}

function csvOf(withheld: readonly Withheld[]): string {
  const rows = withheld.map(({ number, kind, at, by, about, instructedBy, purpose }) => [
    number,
    kind,
    at,
    by,
    about.join(' '),
    instructedBy,
    purpose,
  ])
  return [['number', 'kind', 'made_at', 'author', 'about_exhibits', 'instructed_by', 'purpose'], ...rows]
    .map((row) => `${row.map((cell) => csvCell(printable(cell))).join(',')}\r\n`)
    .join('')
}
