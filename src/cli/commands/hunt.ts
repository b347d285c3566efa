import { readFileSync, statSync } from 'node:fs'
import {
  huntIndicators,
  huntRules,
  keepIndicators,
  keptIndicators,
  readIndicators,
  type HuntDetection,
  type HuntSummary,
} from '../../app/index.ts'
import { exitCodes, limits, printable, UserError } from '../../base/index.ts'
import { isoMoment, usage, wholeNumber, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted } from '../layout.ts'
import { printIndicators } from '../print-indicators.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly rules: readonly string[]
  readonly pipeline: readonly string[]
  readonly placeholders: readonly string[]
  readonly iocs?: string
  readonly keep?: boolean
  readonly kept?: boolean
  readonly from?: string
  readonly to?: string
  readonly most: string
  readonly json?: boolean
}

/** `hunt RULE...`, `hunt --iocs FILE`: rules and indicators over the lake. */
export const registerHunt: Register = (program, context) => {
  const command = withWorkspace(program.command('hunt'))
    .description('search the logs already loaded: by rule, or by indicators')
    .argument('[rule...]', 'id of a rule, its beginning, or its title; none with --rules means all of them')
    .option('--case <id>', 'only the logs of this case; all cases but exercises when absent')
    .option('--rules <dir>', 'folder or file of Sigma rules beside our own, repeatable', collected, [])
    .option('--pipeline <file>', 'processing pipeline that changes the rules before they run, repeatable', collected, [])
    .option('--placeholders <file>', 'YAML file of values for the placeholders of rules, repeatable', collected, [])
    .option('--iocs <file>', 'indicators: CSV, a list, a STIX 2.1 bundle, a MISP event, or text, defanged or not')
    .option('--keep', 'with --iocs: keep the indicators with the workspace; investigate and watch look for them from then on')
    .option('--kept', 'search for the indicators kept with the workspace')
    .option('--from <time>', 'only events from this moment on (ISO 8601 with zone)')
    .option('--to <time>', 'only events up to this moment')
    .option('--most <n>', 'stop after so many detections', '10000')
    .option(
      '--json',
      'rules: one JSON document per line, then {"summary": …}; indicators: {hits, notSeen, unreadable} as one document',
    )
    .action(async (named: string[], options: Options) => {
      const forIndicators = options.iocs !== undefined || options.kept === true
      if (forIndicators && (named.length > 0 || options.rules.length > 0))
        throw usage('rules and indicators are separate searches', 'run hunt twice')
      if (options.keep === true && options.iocs === undefined)
        throw usage('--keep goes with --iocs', 'give the file of indicators')
      if (!forIndicators && named.length === 0 && options.rules.length === 0)
        throw usage('nothing to hunt for', 'name a rule, or give --rules DIR, --iocs FILE or --kept')
      await (forIndicators ? indicators(context, options) : rules(context, named, options))
    })
  withExamples(
    command,
    [
      'hunt 5f92fff9 --case winter',
      'hunt --rules ./sigma/rules/windows --from 2026-10-01T00:00:00Z --json > found.ndjson',
      'hunt --iocs indicators.csv --keep',
      'hunt --kept --case winter --json',
    ],
    'A hit is a lead. "Not seen" is never "clean": for each indicator without a hit the sources and the period that were searched are listed, and which of them hold no values of its kind.',
  )
}

function bounds(options: Options): { readonly from?: string; readonly to?: string; readonly caseId?: string } {
  return {
    ...(options.case === undefined ? {} : { caseId: options.case }),
    ...(options.from === undefined ? {} : { from: isoMoment(options.from, '--from').at }),
    ...(options.to === undefined ? {} : { to: isoMoment(options.to, '--to').at }),
  }
}

async function rules(context: CommandContext, named: readonly string[], options: Options): Promise<void> {
  const { terminal } = context
  const most = wholeNumber(options.most, '--most')
  const first = new Map<string, { one: HuntDetection; count: number }>()
  const summary = await inWorkspace(context, { ...options, command: 'hunt' }, ({ workspace, watch }) =>
    huntRules({
      workspace,
      named,
      folders: options.rules,
      pipelines: options.pipeline,
      placeholders: options.placeholders,
      ...bounds(options),
      most,
      found(one) {
        if (options.json === true) {
          const { rule, title, level, tags, time, host, account, cite, place, fields, case: of } = one
          return terminal.out(
            `${JSON.stringify({ rule, title, level, tags, time, host, account, case: of, cite, place, fields })}\n`,
          )
        }
        first.set(one.rule, { one: first.get(one.rule)?.one ?? one, count: (first.get(one.rule)?.count ?? 0) + 1 })
      },
      watch,
    }),
  )
  if (options.json === true) return terminal.out(`${JSON.stringify({ summary })}\n`)
  const rows = [...first.values()].map(({ one, count }) => [one.level, String(count), one.rule, one.title, one.time, one.place])
  if (rows.length > 0) terminal.out(`${columns([['level', 'count', 'rule', 'title', 'first', 'record'], ...rows], 1_000)}\n\n`)
  terminal.out(`${summaryText(summary)}\n`)
}

function summaryText(summary: HuntSummary): string {
  const { detections, rules: count, candidates, searched, cut, notLoaded } = summary
  const events = searched.reduce((sum, one) => sum + one.events, 0)
  return [
    `${counted(detections, 'detection')} of ${counted(count, 'rule')} in ${counted(events, 'event')} of ${counted(searched.length, 'source')}; ${counted(candidates, 'candidate')} confirmed or not in memory`,
    ...(cut ? ['stopped at the most detections asked for (--most); there may be more'] : []),
    ...(notLoaded.length === 0
      ? []
      : [`${counted(notLoaded.length, 'rule document')} not loaded ("breachline rules lint" lists them)`]),
  ].join('\n')
}

async function indicators(context: CommandContext, options: Options): Promise<void> {
  const read = options.iocs === undefined ? { indicators: [], unreadable: [] } : readFile(options.iocs)
  const answer = await inWorkspace(context, { ...options, command: 'hunt' }, async ({ workspace, signer, watch }) => {
    const kept = options.keep === true ? keepIndicators(workspace, read.indicators, signer.name) : 0
    const wanted = options.kept === true ? [...keptIndicators(workspace), ...read.indicators] : read.indicators
    const unique = [...new Map(wanted.map((one) => [JSON.stringify([one.kind, one.value, one.source]), one])).values()]
    if (unique.length === 0)
      throw new UserError({
        code: 'no-indicators',
        message:
          options.iocs === undefined
            ? 'no indicators are kept with this workspace'
            : `no indicator was understood in ${options.iocs}`,
        hint: 'see docs/detection.md for the forms that are read',
      })
    const found = await huntIndicators({
      workspace,
      indicators: unique,
      ...bounds(options),
      orNone: options.keep === true,
      watch,
    })
    if (found.searched === 0)
      context.terminal.err(
        'nothing was searched: no logs are there yet; investigations and watch look for the indicators kept from now on\n',
      )
    return { kept, ...found }
  })
  const { hits, notSeen, more, kept, indicators: count } = answer
  if (read.unreadable.length > 0) context.exit(exitCodes.badInput)
  if (options.json === true)
    return printJson(context.terminal, { indicators: count, kept, hits, more, notSeen, unreadable: read.unreadable })
  printIndicators(context, answer)
  for (const { line, why } of read.unreadable.slice(0, 20))
    context.terminal.err(`${printable(options.iocs ?? '')}, line ${line}: ${printable(why)}\n`)
  if (read.unreadable.length > 20) context.terminal.err(`and ${read.unreadable.length - 20} more lines (--json)\n`)
  if (options.keep === true) context.terminal.out(`${counted(kept, 'indicator')} kept with the workspace\n`)
}

function readFile(path: string): ReturnType<typeof readIndicators> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined || !stat.isFile())
    throw new UserError({ code: 'no-such-path', message: `${path} is no file`, hint: 'give a file of indicators' })
  if (stat.size > limits.documentBytes)
    throw new UserError({
      code: 'file-too-large',
      message: `${path} is larger than ${limits.documentBytes} bytes`,
      hint: 'divide the file',
    })
  return readIndicators(readFileSync(path, 'utf8'), path.split('/').at(-1) ?? path)
}
