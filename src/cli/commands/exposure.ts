import { exposureOf, type ExposureAnswer } from '../../app/index.ts'
import { exitCodes } from '../../base/index.ts'
import { given, usage, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { counted, oneLine, wrapped } from '../layout.ts'
import { printIndicators } from '../print-indicators.ts'
import { printFaults, printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly checklist?: string
  readonly all?: boolean
  readonly json?: boolean
}

/** `exposure FILE...`: which known holes stand open in the estate. */
export const registerExposure: Register = (program, context) => {
  const command = withWorkspace(program.command('exposure'))
    .description('hold the inventory against advisories: which known holes stand open, the most pressing first')
    .argument('[file...]', 'the KEV catalogue of CISA, CSAF advisories, STIX bundles, or texts with CVE ids')
    .option('--checklist <file>', 'an advisory: only the CVEs it names, one by one, and its indicators looked for in the logs')
    .option('--all', 'every hole; the first 30 when absent')
    .option('--json', '{open, excluded, unmatched, unnamed, sources, checklist} as one JSON document')
    .action(async (files: string[], options: Options) => {
      if (files.length === 0 && options.checklist === undefined)
        throw usage('no advisories given', 'give known_exploited_vulnerabilities.json, CSAF advisories, or --checklist FILE')
      const answer = await inWorkspace(context, { ...options, command: 'exposure' }, ({ workspace, watch }) =>
        exposureOf({ workspace, paths: files, ...given('checklist', options.checklist), watch }),
      )
      if (answer.faults.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, answer)
      print(context, answer, options.all === true ? Infinity : 30)
      printFaults(context.terminal, answer.faults)
    })
  withExamples(
    command,
    [
      'exposure known_exploited_vulnerabilities.json',
      'exposure known_exploited_vulnerabilities.json vendor-csaf.json --json',
      'exposure known_exploited_vulnerabilities.json --checklist national-centre-advisory.txt',
    ],
    'Products come from the inventory ("inventory import products.csv", a bill of materials, a scan by nmap). What no source names was not compared: not listed is not safe.',
  )
}

function print(context: CommandContext, answer: ExposureAnswer, most: number): void {
  const { terminal } = context
  const { open, excluded, unmatched, unnamed, sources, checklist } = answer
  const sure = open.filter(({ status }) => status === 'affected')
  if (checklist !== undefined) {
    terminal.out(`${oneLine(checklist.source.name)} names ${counted(checklist.cves.length, 'CVE')}:\n`)
    for (const one of checklist.cves) terminal.out(`  [ ] ${one.cve}  ${checked(one, answer.products)}\n`)
    terminal.out('\n')
  }
  terminal.out(
    `${counted(sure.length, 'hole')} in ${counted(new Set(sure.map(({ product }) => product)).size, 'product')}, ${open.length - sure.length} to check, ${excluded.length} ruled out by version; ${counted(answer.products, 'product')} of the inventory compared with ${counted(answer.advisories, 'entry', 'entries')} of ${sources.map(({ name, date }) => `${oneLine(name)}${date === undefined ? '' : ` (${date})`}`).join(', ')}\n`,
  )
  for (const holes of byProduct(open.slice(0, most))) printProduct(context, holes)
  if (open.length > most) terminal.out(`\nand ${open.length - most} more (--all, --json)\n`)
  for (const one of unmatched.slice(0, 20)) terminal.out(`\n${one.cve}: no source at hand says which products it concerns\n`)
  if (unnamed.length > 0)
    terminal.out(
      `\n${counted(unnamed.length, 'product')} without vendor, CPE or package URL, met only where the vendor stands in the name: ${unnamed.slice(0, 5).map(oneLine).join(', ')}${unnamed.length > 5 ? ', …' : ''}\n`,
    )
  terminal.out('\nWhat no source names was not compared: not listed is not safe.\n')
  if (checklist?.indicators !== undefined) {
    terminal.out(`\nindicators of ${oneLine(checklist.source.name)}:\n`)
    if (checklist.indicators.searched === 0) terminal.out('nothing was searched: no logs are loaded yet\n')
    else printIndicators(context, checklist.indicators)
  }
}

type Hole = ExposureAnswer['open'][number]

/** Holes of one product together, in the order of each product's first. */
function byProduct(open: readonly Hole[]): readonly (readonly Hole[])[] {
  const groups = new Map<string, Hole[]>()
  for (const one of open) groups.set(one.product, [...(groups.get(one.product) ?? []), one])
  return [...groups.values()]
}

function printProduct({ terminal }: CommandContext, holes: readonly Hole[]): void {
  const [first] = holes
  if (first === undefined) return
  const say = (text: string, indent: string): void =>
    terminal.out(`${wrapped(text, { width: Math.min(terminal.width, 120), indent, hang: 4 })}\n`)
  terminal.out(`\n${place(first)}\n`)
  say(
    `${first.exposedBy.length === 0 ? 'not stated to be reachable from outside' : `reachable from outside: ${first.exposedBy.slice(0, 3).join(', ')}`}; ${first.path.length === 0 ? 'no way to personal data is stated' : `leads to ${first.data.join(', ')}: ${first.path.join(' > ')}`}`,
    '  ',
  )
  for (const one of holes) {
    const marks = [
      one.exploited ? 'exploited' : '',
      one.ransomware ? 'ransomware' : '',
      one.due === undefined ? '' : `due ${one.due}`,
    ]
    const told = marks.filter((text) => text !== '').join(', ')
    const title = one.title === one.cve ? '' : `  ${one.title}`
    say(`${one.status === 'affected' ? 'OPEN ' : 'CHECK'} ${one.cve}${told === '' ? '' : ` [${told}]`}${title}`, '  ')
    for (const ground of one.grounds)
      say(`${ground.source.name}, entry ${ground.entry}: ${ground.why} (matched by ${ground.basis})`, '        ')
  }
  for (const action of [...new Set(holes.flatMap(({ actions }) => actions))].slice(0, 3)) say(`to do: ${action}`, '  ')
}

type Item = NonNullable<ExposureAnswer['checklist']>['cves'][number]

function checked({ open, excluded, named }: Item, products: number): string {
  if (!named) return 'no source at hand says which products it concerns'
  if (open > 0) return `${counted(open, 'product')} to look at, below${excluded > 0 ? `; ${excluded} ruled out by version` : ''}`
  return excluded > 0
    ? `${counted(excluded, 'product')} named, ruled out by version`
    : `names none of the ${counted(products, 'product')} of the inventory`
}

function place(one: ExposureAnswer['open'][number]): string {
  const at = [
    one.host === undefined ? '' : `on ${oneLine(one.host)}`,
    one.system === undefined ? '' : `system ${oneLine(one.system)}`,
    one.holder === undefined ? '' : `run by ${oneLine(one.holder)}`,
  ]
  const where = at.filter((text) => text !== '').join(', ')
  return `${oneLine(one.name)}${one.version === undefined ? '' : ` ${oneLine(one.version)}`}${where === '' ? '' : ` (${where})`}`
}
