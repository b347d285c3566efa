import { detectFiles, explainRecord, type DetectSummary, type ExplainedRecord, type FoundDetection } from '../../app/index.ts'
import { exitCodes, placeText, printable, UserError } from '../../base/index.ts'
import { given, oneOf, positiveNumber, usage, withExamples } from '../arguments.ts'
import { collected, type CommandContext, type Register } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const
type Level = (typeof levels)[number]

interface Options {
  readonly rules: readonly string[]
  readonly pipeline: readonly string[]
  readonly placeholders: readonly string[]
  readonly onlyRules: readonly string[]
  readonly zone?: string
  readonly year?: string
  readonly logFormat?: string
  readonly format?: string
  readonly threads?: string
  readonly json?: boolean
  readonly failOn?: string
  readonly explain?: string
  readonly cite?: string
}

/** `detect PATH...`: Sigma rules over logs. */
export const registerDetect: Register = (program, context) => {
  const command = program
    .command('detect')
    .description('run Sigma rules over logs; nothing is stored')
    .argument('[path...]', 'logs or folders of logs (docs/detection.md lists what is read), also in ZIP, gzip or 7z')
    .option('--rules <dir>', 'folder or file of Sigma rules beside our own, repeatable', collected, [])
    .option('--only-rules <dir>', 'as --rules, without our own, repeatable', collected, [])
    .option('--pipeline <file>', 'processing pipeline that changes the rules before they run, repeatable', collected, [])
    .option('--placeholders <file>', 'YAML file of values for the placeholders of rules, repeatable', collected, [])
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--year <year>', 'year of the first record, for logs whose times state none')
    .option('--log-format <format>', 'format string of a web server: read the files as its access logs')
    .option(
      '--format <name>',
      'read the files as this source or by this reader, whatever they look like; a wrong name lists near ones (exit 2)',
    )
    .option('--threads <count>', 'threads to use (default: one for each core); the answer is the same')
    .option('--fail-on <level>', `exit 10 when a detection is at or above: ${levels.join(', ')}`)
    .option('--explain <rule>', 'why this rule or correlation (id or its beginning) matches the record of --cite, or does not')
    .option('--cite <place>', "record for --explain, as detect prints it: 'logs/security.evtx#record 12'")
    .option('--json', 'one JSON document per line: detections, then {"summary": …}')
    .action(async (paths: string[], options: Options) => {
      if (options.explain !== undefined || options.cite !== undefined) return explained(context, paths, options)
      if (paths.length === 0) throw usage('no logs given', 'give files or folders: breachline detect ./logs')
      const bar = options.failOn === undefined ? undefined : oneOf(options.failOn, levels, '--fail-on')
      const summary = await run(context, paths, options)
      if (bar !== undefined && reaches(summary, bar)) context.exit(exitCodes.findings)
    })
  withExamples(
    command,
    [
      'detect ./logs',
      'detect ./logs --rules ./sigma/rules --json > detections.ndjson',
      'detect ./logs --fail-on high',
      'detect ./asa-of-march.txt --format cisco-asa',
      'detect ./logs --rules ./sigma/rules --pipeline ecs.yml --placeholders our-servers.yml',
      "detect --explain 5f92fff9 --cite 'logs/security.evtx#record 12'",
    ],
    `Detections come in the order of path, record and rule id; those of correlations follow at the end in order of time. A cite is the file's path and SHA-256 and the place in it; the field
"place" is the same as text, for --cite. Files that are no logs are skipped and listed in the summary.`,
  )
}

/** Which rules run, and what changes them. */
function rulesOf({
  rules,
  onlyRules,
  pipeline,
  placeholders,
}: Options): Pick<Parameters<typeof detectFiles>[0], 'rules' | 'pipelines' | 'placeholders' | 'onlyGiven'> {
  return { rules: [...rules, ...onlyRules], onlyGiven: onlyRules.length > 0, pipelines: pipeline, placeholders }
}

/** What the logs do not say themselves. */
function readingOf(options: Options): Pick<Parameters<typeof detectFiles>[0], 'zone' | 'year' | 'logFormat' | 'format'> {
  const year = positiveNumber(options.year, '--year')
  if (year !== undefined && (year < 1970 || year > 2199))
    throw usage(`--year ${year} is no year of a log`, 'give a year such as 2026')
  return {
    ...given('zone', options.zone),
    ...given('year', year),
    ...given('logFormat', options.logFormat),
    ...given('format', options.format),
  }
}

async function run(context: CommandContext, paths: readonly string[], options: Options): Promise<DetectSummary> {
  const { terminal } = context
  const json = options.json === true
  const rules = new Map<string, { first: FoundDetection; count: number }>()
  const started = performance.now()
  const summary = await watching(context, (watch) =>
    detectFiles({
      paths,
      ...rulesOf(options),
      ...readingOf(options),
      ...given('threads', positiveNumber(options.threads, '--threads')),
      found(detection) {
        if (json) return terminal.out(`${JSON.stringify(lineOf(detection))}\n`)
        const known = rules.get(detection.rule)
        if (known === undefined) rules.set(detection.rule, { first: detection, count: 1 })
        else known.count += 1
      },
      watch,
    }),
  )
  const seconds = Number(((performance.now() - started) / 1000).toFixed(3))
  if (json) terminal.out(`${JSON.stringify({ summary: { ...summary, seconds } })}\n`)
  else printTable(context, { rules: [...rules.values()], summary, seconds })
  if (summary.files === 0) {
    const [first] = summary.faultList
    throw new UserError({
      code: 'nothing-to-read',
      message: first === undefined ? 'no log among the files given' : `${placeText(first.where)}: ${first.what}`,
      hint: first?.todo ?? 'logs are EVTX, JSON lines, web access logs and PostgreSQL logs, told by content',
    })
  }
  return summary
}

function lineOf({ rule, title, level, tags, time, host, account, cite, place, fields, correlation }: FoundDetection): object {
  return { rule, title, level, tags, time, host, account, cite, place, fields, ...given('correlation', correlation) }
}

function printTable(
  { terminal }: CommandContext,
  found: { rules: readonly { first: FoundDetection; count: number }[]; summary: DetectSummary; seconds: number },
): void {
  const { summary } = found
  const rank = (level: Level): number => levels.indexOf(level)
  const sorted = found.rules.toSorted(
    (a, b) => rank(b.first.level) - rank(a.first.level) || b.count - a.count || (a.first.rule < b.first.rule ? -1 : 1),
  )
  if (sorted.length > 0) {
    const rows = sorted.map(({ first, count }) => [first.level, String(count), first.rule, first.title, first.place])
    terminal.out(`${columns([['level', 'count', 'rule', 'title', 'first record'], ...rows], 1_000)}\n\n`)
  }
  const { detections, events, recovered, files, loaded, correlations, filters, notLoaded, bytes } = summary
  terminal.out(
    `${counted(detections, 'detection')} in ${counted(events, 'event')} of ${counted(files, 'file')} (${(bytes / 1e6).toFixed(1)} MB) with ${counted(loaded, 'rule')}${correlations === 0 ? '' : ` and ${counted(correlations, 'correlation')}`}${filters === 0 ? '' : `, ${counted(filters, 'filter')}`}, ${found.seconds} s\n`,
  )
  if (recovered > 0)
    terminal.err(
      `${counted(recovered, 'record')} beside them recovered from slack (of an earlier use of the log, or not yet counted in it); each says "recovered"\n`,
    )
  if (notLoaded.length > 0) terminal.err(`${counted(notLoaded.length, 'rule')} not loaded; first: ${reasonOf(notLoaded[0])}\n`)
  if (summary.skipped.length > 0) {
    const [first] = summary.skipped
    terminal.err(
      `${counted(summary.skipped.length, 'file')} skipped, no log: ${printable(first?.file ?? '')} (${printable(first?.seen ?? '')})${summary.skipped.length > 1 ? ', …' : ''}\n`,
    )
  }
  printFaults(terminal, summary.faultList, { most: 5, total: summary.faults })
}

function reasonOf(one: DetectSummary['notLoaded'][number] | undefined): string {
  return one === undefined ? '' : printable(`${one.file}, line ${one.line}: ${one.why}`)
}

function reaches(summary: DetectSummary, bar: Level): boolean {
  return levels.slice(levels.indexOf(bar)).some((level) => (summary.byLevel[level] ?? 0) > 0)
}

async function explained(context: CommandContext, paths: readonly string[], options: Options): Promise<void> {
  const { explain: rule, cite } = options
  if (rule === undefined || cite === undefined)
    throw usage('--explain and --cite go together', "write: breachline detect --explain RULE --cite 'FILE#record N'")
  const answer = await watching(context, (watch) =>
    explainRecord({
      rule,
      cite,
      paths,
      ...rulesOf(options),
      ...readingOf(options),
      watch,
    }),
  )
  if (options.json === true) return printJson(context.terminal, answer)
  const { terminal } = context
  const fields = Object.entries(answer.record).filter(([, value]) => value !== '')
  terminal.out(`${printable(answer.place)}  ${answer.time} ${printable(answer.host)}\n`)
  terminal.out(
    `${columns(
      fields.map(([name, value]) => [`  ${name}`, value]),
      400,
    )}\n\n`,
  )
  terminal.out(`${printable(answer.rule.title)} (${answer.rule.id}, ${answer.rule.level}, ${printable(answer.rule.file)})\n`)
  terminal.out(`${tree(answer.explanation, 0).join('\n')}\n`)
}

function tree(one: ExplainedRecord['explanation'], depth: number): string[] {
  const values = Object.entries(one.fields).map(([name, value]) => `${name} = ${oneLine(value).slice(0, 200)}`)
  const line = `${'  '.repeat(depth)}${one.holds ? 'yes' : 'no '} ${oneLine(one.what).slice(0, 300)}${values.length === 0 ? '' : `   [${values.join('; ')}]`}`
  return [line, ...one.of.flatMap((part) => tree(part, depth + 1))]
}
