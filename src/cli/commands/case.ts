import {
  addEvidence,
  caseIds,
  citeFromText,
  findingByPrefix,
  newCase,
  roles,
  type CaseLedger,
  type OpenedCite,
} from '../../app/index.ts'
import { parseIso, printable, UserError } from '../../base/index.ts'
import { citeText } from '../../evidence/index.ts'
import type { Finding } from '../../casefile/index.ts'
import type { CaseView } from '../../sharing/index.ts'
import { given, group, needed, oneOf, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import type { Errand } from '../errand.ts'
import { caseMeant, onErrand, onlyCase } from '../hand-over.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printAnswer } from '../print-answer.ts'
import { printParts } from '../print-parts.ts'
import { printFaults, printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly json?: boolean
}

interface ShowOptions extends Options {
  readonly cite?: string
  readonly finding?: string
  readonly parts?: boolean
  readonly purpose?: string
}

interface AddOptions extends Options {
  readonly case?: string
  readonly role?: string
  readonly reference?: boolean
  readonly handedBy?: string
  readonly installed?: string
  readonly host?: string
}

/** `case list`, `case show`, `case new`, `evidence add`. */
export const registerCase: Register = (program, context) => {
  const cases = group(program, 'case', 'the cases of the workspace')
  const list = withWorkspace(cases.command('list'))
    .description('the cases of the workspace')
    .option('--json', '{cases} as one JSON document')
    .action(async (options: Options) => {
      const found = await onErrand(context, { ...options, command: 'case list' }, (errand) => errand.cases())
      if (options.json === true) return printJson(context.terminal, { cases: found })
      if (found.length === 0) return context.terminal.out('no case in this workspace\n')
      for (const one of found)
        context.terminal.out(
          `${one.id}  ${oneLine(one.title)}${one.generated ? ' (generated)' : ''}\n  ${oneLine(one.headline)}\n`,
        )
    })
  withExamples(list, ['case list', 'case list --json'])

  const show = withWorkspace(cases.command('show'))
    .description('where a case stands; or the original behind a cite; or a finding with its grounds')
    .argument('[id]', 'the case; may be left out when there is only one')
    .option('--cite <cite>', 'cite as printed: "E3 row 412", "E3 record 12", "E5", "D1"')
    .option('--finding <id>', 'a finding, by the beginning of its id')
    .option('--parts', 'the claim part by part: grounds, statements beside, what would settle it, whom to ask by when')
    .option('--purpose <text>', 'with --cite: show personal values, for this purpose; recorded in your name')
    .option('--json', 'the case, the opened cite or the finding as one JSON document')
    .action(async (id: string | undefined, options: ShowOptions) => {
      await onErrand(context, { ...options, command: 'case show' }, async (errand) => {
        await showCase(context, { errand, id: await caseMeant(errand, id), options })
      })
    })
  withExamples(
    show,
    [
      'case show',
      'case show meridian --parts',
      'case show meridian --cite "E3 row 412"',
      'case show meridian --finding F_1a2b --json',
    ],
    'Personal values behind a cite come masked until --purpose says what they are needed for.',
  )

  const make = withWorkspace(cases.command('new'))
    .description('open an empty case')
    .option('--title <text>', 'title of the case')
    .option('--id <id>', 'lower-case letters, digits and hyphens (made from the title when absent)')
    .option('--operator <name>', 'whose case it is')
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--country <code>', 'country of the operator, such as MY')
    .option('--jurisdictions <codes>', 'where duties may arise, such as MY,EU')
    .option('--json', 'the case as one JSON document')
    .action(
      async (
        options: Options & Record<'title' | 'id' | 'operator' | 'zone' | 'country' | 'jurisdictions', string | undefined>,
      ) => {
        const title = needed(options.title, '--title', 'write: breachline case new --title "Claim of 28 January"')
        const { operator, zone, country, jurisdictions } = options
        const info = {
          title,
          ...given('operator', operator),
          ...given('zone', zone),
          ...given('country', country),
          ...given(
            'jurisdictions',
            jurisdictions?.split(',').map((one) => one.trim().toUpperCase()),
          ),
        }
        const made = await inWorkspace(context, { ...options, command: 'case new' }, ({ workspace, signer }) =>
          Promise.resolve(newCase({ workspace, signer, ...given('id', options.id), info })),
        )
        if (options.json === true) return printJson(context.terminal, made)
        context.terminal.out(`${made.id}\n`)
      },
    )
  withExamples(make, [
    'case new --title "Claim of 28 January"',
    'case new --title "Claim" --operator "Meridian Telekom" --country MY --zone +08:00',
  ])

  const add = withWorkspace(group(program, 'evidence', 'exhibits of a case').command('add'))
    .description('take files into a case as exhibits, with hash, acquisition record and custody entry')
    .argument('<file...>', 'files or folders')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--role <role>', `what the files are for: ${roles.join(', ')}`)
    .option('--reference', 'keep hash and path only, no copy')
    .option('--handed-by <name>', 'who handed the files over as evidence')
    .option('--installed <day>', 'the day the server they are from was installed anew, YYYY-MM-DD')
    .option('--host <name>', 'the host they are from, where their lines do not say it')
    .option('--json', '{added, known, faults} as one JSON document')
    .action(async (paths: string[], options: AddOptions) => {
      const role = options.role === undefined ? undefined : oneOf(options.role, roles, '--role')
      const { handedBy, installed, host } = options
      if (installed !== undefined && (installed.length !== 10 || parseIso(installed) === undefined))
        throw new UserError({
          code: 'usage',
          message: `"${installed}" is no day`,
          hint: 'write --installed 2026-10-09',
          exitCode: 2,
        })
      const result = await inWorkspace(context, { ...options, command: 'evidence add' }, (open) =>
        addEvidence({
          ...open,
          paths,
          caseId: onlyCase(caseIds(open.workspace), options.case),
          reference: options.reference === true,
          ...given('role', role),
          said: { ...given('handed_by', handedBy), ...given('installed', installed), ...given('host', host) },
        }),
      )
      if (options.json === true) return printJson(context.terminal, result)
      const rows = [...result.added, ...result.known].map((one) => [
        one.number,
        one.kind,
        one.role,
        one.mode,
        one.sha256.slice(0, 16),
        one.name,
      ])
      context.terminal.out(`${columns(rows, 1_000)}\n`)
      if (result.known.length > 0)
        context.terminal.err(`${counted(result.known.length, 'file was', 'files were')} in the case already\n`)
      printFaults(context.terminal, result.faults)
    })
  withExamples(
    add,
    [
      'evidence add logs/*.evtx --case meridian',
      'evidence add pam-01.zip --role logs --handed-by "Northline Print" --installed 2026-10-09',
      'evidence add big.sql --role copy --reference --case meridian',
    ],
    'What is added counts at the next "breachline investigate ... --case ID" or "breachline rebuild ID".',
  )
}

async function showCase(context: CommandContext, asked: { errand: Errand; id: string; options: ShowOptions }): Promise<void> {
  const { errand, id, options } = asked
  const { terminal } = context
  const known = await viewOrLedger(errand, id)
  const names =
    'view' in known
      ? { exhibits: known.view.exhibits, decisions: known.view.decisions, findings: known.view.findings }
      : { exhibits: known.ledger.exhibits, decisions: [], findings: [] }
  if (options.finding !== undefined) {
    const one = findingByPrefix(options.finding, names.findings)
    if (options.json === true) return printJson(terminal, one)
    return terminal.out(`${findingText(one, nameOf(names.exhibits))}\n`)
  }
  if (options.cite !== undefined) {
    const opened = await errand.openCite(id, citeFromText(options.cite, names), options.purpose)
    if (options.json === true) return printJson(terminal, opened)
    return terminal.out(openedText(opened))
  }
  if (options.parts === true && 'view' in known) {
    const { threads = [], mismatches = [] } = known.view.assessment
    return options.json === true ? printJson(terminal, { threads, mismatches }) : printParts(terminal, known.view)
  }
  if (options.json === true) return printJson(terminal, 'view' in known ? known.view : known.ledger)
  if ('view' in known) return showView(context, known.view)
  terminal.out(`${ledgerText(known.ledger)}\n`)
}

async function viewOrLedger(errand: Errand, id: string): Promise<{ view: CaseView } | { ledger: CaseLedger }> {
  try {
    return { view: (await errand.page(id)).view }
  } catch (error) {
    if (error instanceof UserError && error.code === 'not-investigated' && errand.ledger !== undefined)
      return { ledger: errand.ledger(id) }
    throw error
  }
}

function showView(context: CommandContext, view: CaseView): void {
  const { terminal } = context
  printAnswer(terminal, view)
  terminal.out(`\nFindings (adopt, reject or park each by the beginning of its id)\n`)
  terminal.out(`${findingLines(view.findings, Math.max(80, terminal.width))}\n`)
  terminal.out(
    `\nExhibits\n${columns(
      view.exhibits.map((one) => [`  ${one.id}`, one.kind, one.held, one.file]),
      Math.max(80, terminal.width),
    )}\n`,
  )
  for (const one of [...view.decisions, ...view.notes])
    terminal.out(
      `${one.id} ${one.at.slice(0, 16)}Z ${printable(one.by)}: ${oneLine(one.text)}${one.reason === undefined ? '' : ` (${oneLine(one.reason)})`}\n`,
    )
  terminal.out(
    `Custody head ${view.custody.entries}:${view.custody.head}${view.custody.key === undefined ? '' : `:${view.custody.key}`}\n`,
  )
}

const kindOrder: readonly Finding['kind'][] = [
  'assessment',
  'provenance',
  'story',
  'lookup',
  'affected',
  'due',
  'coverage',
  'claim',
]
const shownOfKind = 10

/** The findings by question, the first ones of each. */
function findingLines(all: readonly Finding[], width: number): string {
  const rows = kindOrder.flatMap((kind) => {
    const found = all.filter((one) => one.kind === kind && one.withdrawn !== true)
    const shown = found.slice(0, shownOfKind).map((one) => [`  ${one.id.slice(0, 12)}`, one.status, kind, one.text])
    const rest = found.length - shown.length
    return rest > 0 ? [...shown, ['', '', kind, `and ${rest} more; --json lists them`]] : shown
  })
  return columns(rows, width)
}

function findingText(one: Finding, exhibitName: (sha256: string) => string | undefined): string {
  const cites = (all: Finding['cites']): string =>
    all
      .slice(0, 8)
      .map((cite) => oneLine(citeText(cite, exhibitName)))
      .join('; ')
  return [
    `${one.id}  ${one.status}${one.withdrawn === true ? ', withdrawn' : ''}`,
    `${oneLine(one.text)}${one.confidence === undefined ? '' : `  (confidence ${one.confidence})`}`,
    `  ${one.kind}, ${oneLine(one.subject)}, by ${one.producer}, ${one.at}`,
    `  cites: ${cites(one.cites) || 'none'}`,
    ...one.grounds.map((ground) => `  - ${oneLine(ground.text)} [${cites(ground.cites)}]`),
    ...(one.ruling === undefined
      ? []
      : [`  ${one.status} by ${printable(one.ruling.by)}, ${one.ruling.at}: ${oneLine(one.ruling.reason)}`]),
  ].join('\n')
}

function openedText(opened: OpenedCite): string {
  const lines = [printable(opened.label)]
  const { exhibit } = opened
  if (exhibit !== undefined) {
    lines.push(
      `  ${exhibit.number} ${printable(exhibit.name)}, ${exhibit.kind}, ${exhibit.size.toLocaleString('en-US')} bytes, ${exhibit.mode}`,
    )
    lines.push(`  SHA-256 ${exhibit.sha256}`, `  acquired ${oneLine(exhibit.acquired)}`)
  }
  for (const one of opened.lines)
    lines.push(`${one.cited ? '>' : ' '} ${one.label === '' ? '' : `${one.label}: `}${printable(one.text)}`)
  if (opened.picture !== undefined) lines.push('  (a picture: open it on the page, or in the report)')
  for (const one of opened.custody) lines.push(`  custody ${one.seq} ${one.at} ${one.act} by ${printable(one.by)}`)
  if (opened.note !== undefined && opened.note !== '') lines.push(`  ${oneLine(opened.note)}`)
  return `${lines.join('\n')}\n`
}

function ledgerText(ledger: CaseLedger): string {
  return [
    `${ledger.case.id}  ${oneLine(ledger.case.title)}: not investigated yet`,
    ...ledger.exhibits.map((one) => `  ${one.id}  ${one.kind}  ${one.role}  ${one.held}  ${printable(one.file)}`),
    ...[...ledger.decisions, ...ledger.notes].map(
      (one) => `  ${one.id} ${one.at.slice(0, 16)}Z ${printable(one.by)}: ${oneLine(one.text)}`,
    ),
    `  next: breachline investigate FOLDER --case ${ledger.case.id}, or breachline rebuild ${ledger.case.id}`,
  ].join('\n')
}

function nameOf(exhibits: readonly { readonly id: string; readonly sha256: string }[]): (sha256: string) => string | undefined {
  const names = new Map(exhibits.map((one) => [one.sha256, one.id]))
  return (sha256) => names.get(sha256)
}
