import { existsSync } from 'node:fs'
import { actingPerson, readRecordMap, watchSources, type WatchEntry, type WatchSummary } from '../../app/index.ts'
import { exitCodes, locatorText, placeText, printable, UserError } from '../../base/index.ts'
import { given, oneOf, positiveNumber, usage, wholeNumber, withExamples } from '../arguments.ts'
import { collected, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { counted, oneLine } from '../layout.ts'
import { printFaults } from '../terminal.ts'

const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const

/** The port that senders use by habit needs rights; this one does not. */
const usualPort = 5514

interface Options extends WorkspaceOptions {
  readonly rules: readonly string[]
  readonly onlyRules: readonly string[]
  readonly pipeline: readonly string[]
  readonly placeholders: readonly string[]
  readonly case?: string
  readonly audit?: boolean
  readonly map?: string
  readonly logLinePrefix?: string
  readonly syslog?: string | true
  readonly zone?: string
  readonly year?: string
  readonly once?: boolean
  readonly segmentBytes?: string
  readonly segmentSeconds?: string
  readonly failOn?: string
  readonly json?: boolean
}

/** `watch SOURCE...`: Sigma rules over logs while they are written. */
export const registerWatch: Register = (program, context) => {
  const command = withWorkspace(
    program
      .command('watch')
      .description('run Sigma rules over logs while they are written')
      .argument('[source...]', 'logs, also such as do not exist yet, or folders of logs')
      .option('--syslog [port]', `receive syslog on 127.0.0.1, UDP and TCP (port ${usualPort} when none is given)`)
      .option('--rules <dir>', 'folder or file of Sigma rules beside our own, repeatable', collected, [])
      .option('--only-rules <dir>', 'as --rules, without our own, repeatable', collected, [])
      .option('--pipeline <file>', 'processing pipeline that changes the rules before they run, repeatable', collected, [])
      .option('--placeholders <file>', 'YAML file of values for the placeholders of rules, repeatable', collected, [])
      .option('--case <id>', 'take what was read into this case: each closed segment becomes an exhibit')
      .option(
        '--audit',
        'the sources tell who read whose records: their segments are audit logs of the case, tables (CSV) among them',
      )
      .option('--map <file>', 'with --audit: JSON or TOML of our column name to theirs')
      .option('--log-line-prefix <prefix>', 'with --audit: log_line_prefix of PostgreSQL logs')
      .option('--zone <zone>', 'zone of times that state none, such as +08:00')
      .option('--year <year>', 'year of the first record, for logs whose times state none')
      .option('--once', 'read what is there and was not read yet, and end')
      .option('--segment-bytes <count>', 'close a segment at this size (default: 64 MiB)')
      .option('--segment-seconds <count>', 'close a segment at this age (default: 600)')
      .option('--fail-on <level>', `exit 10 when a detection is at or above: ${levels.join(', ')}`)
      .option('--json', 'one JSON document per line: detections and closed segments, then {"summary": …}'),
  ).action(async (sources: string[], options: Options) => follow(context, sources, options))
  withExamples(
    command,
    [
      'watch /var/log/nginx/access.log',
      'watch /var/log/auth.log ./collected --rules ./sigma/rules --json',
      'watch --syslog 5514 --case meridian-2026',
      'watch ./logs --once --fail-on high',
      'watch ./audit --audit --case meridian-2026',
    ],
    `Follows files through rotation until Ctrl-C (exit 130). Every detection is written to a journal (run/watch/journal.jsonl in the workspace, cases/ID/watch/journal.jsonl with
--case) before it is printed; started again, also after a crash, it goes on where it stopped and tells nothing twice. See docs/watching.md.`,
  )
}

async function follow(context: CommandContext, sources: readonly string[], options: Options): Promise<void> {
  const { terminal, world, signal } = context
  if (sources.length === 0 && options.syslog === undefined)
    throw usage('nothing to follow', 'give logs or folders, or --syslog: breachline watch /var/log/auth.log')
  for (const path of sources.filter((one) => !existsSync(one))) {
    if (options.once === true)
      throw new UserError({ code: 'no-such-path', message: `${path} does not exist`, hint: 'give an existing file or folder' })
    terminal.err(`${printable(path)} is not there yet; it is followed from its beginning once it appears\n`)
  }
  if (options.audit === true && options.case === undefined)
    throw usage('--audit goes with --case', 'name the case that reviews them: breachline watch ./audit --audit --case ID')
  if (options.audit !== true && (options.map !== undefined || options.logLinePrefix !== undefined))
    throw usage('--map and --log-line-prefix go with --audit', 'breachline watch ./audit --audit --map FILE --case ID')
  const map = options.map === undefined ? undefined : { ...readRecordMap(options.map) }
  const bar = options.failOn === undefined ? undefined : oneOf(options.failOn, levels, '--fail-on')
  const json = options.json === true
  const port = options.syslog === undefined ? undefined : portOf(options.syslog)
  const segmentMs = positiveNumber(options.segmentSeconds, '--segment-seconds')
  const summary = await watchSources({
    paths: sources,
    rules: [...options.rules, ...options.onlyRules],
    onlyGiven: options.onlyRules.length > 0,
    pipelines: options.pipeline,
    placeholders: options.placeholders,
    ...given('syslog', port),
    ...given('zone', options.zone),
    ...given('year', positiveNumber(options.year, '--year')),
    ...given('segmentBytes', positiveNumber(options.segmentBytes, '--segment-bytes')),
    ...given('segmentMs', segmentMs === undefined ? undefined : segmentMs * 1_000),
    workspace: options.workspace,
    ...(options.case === undefined ? {} : { case: { id: options.case, signer: actingPerson(world, options.as) } }),
    ...(options.audit === true ? { audit: { ...given('map', map), ...given('log_line_prefix', options.logLinePrefix) } } : {}),
    world,
    once: options.once === true,
    told: (entry) => terminal.out(json ? `${JSON.stringify(entry)}\n` : textOf(entry)),
    warn: (one) => terminal.err(`${oneLine(placeText(one.where))}: ${oneLine(one.what)}; ${oneLine(one.todo)}\n`),
    ready: (open) =>
      terminal.err(
        `following ${counted(sources.length, 'source')}${open === undefined ? '' : ` and syslog on 127.0.0.1:${open}`}; Ctrl-C ends\n`,
      ),
    signal,
  })
  if (json) terminal.out(`${JSON.stringify({ summary })}\n`)
  else printSummary(context, summary)
  if (bar !== undefined && levels.slice(levels.indexOf(bar)).some((level) => (summary.byLevel[level] ?? 0) > 0))
    context.exit(exitCodes.findings)
}

function portOf(text: string | true): number {
  const port = text === true ? usualPort : wholeNumber(text, '--syslog')
  if (port > 65_535) throw usage(`--syslog ${port} is no port`, 'give a number up to 65535')
  return port
}

function textOf(entry: WatchEntry): string {
  if (entry.kind === 'segment') {
    const kept = entry.exhibit === undefined ? '' : ` as ${entry.exhibit}`
    return `closed  ${oneLine(entry.source)} segment ${entry.segment}${kept}: bytes ${entry.from}-${entry.to}, sha256 ${entry.sha256}\n`
  }
  if (entry.kind === 'indicator') return leadText(entry)
  const { level, time, title, host, source, line, segment, at } = entry
  const place = placeOf({ source, segment, line, at })
  return `${level.padEnd(13)} ${time || 'no time'} ${oneLine(host)} ${oneLine(title)} (${entry.rule}) at ${oneLine(place)}\n`
}

function placeOf({
  source,
  segment,
  line,
  at,
}: Pick<WatchEntry & { kind: 'detection' }, 'source' | 'segment' | 'at'> & { readonly line: number | undefined }): string {
  return line === undefined ? `${source} segment ${segment} ${locatorText(at)}` : `${source} line ${line}`
}

/** An indicator with who says so, since when, and how far that may travel. */
function leadText({ indicator, field, time, host, source, segment, at, line }: WatchEntry & { kind: 'indicator' }): string {
  const { value, kind, source: from, date, tlp, pap } = indicator
  const marks = [
    from,
    ...(date === undefined ? [] : [date]),
    ...(tlp === undefined ? [] : [`TLP:${tlp.toUpperCase()}`]),
    ...(pap === undefined ? [] : [`PAP:${pap.toUpperCase()}`]),
  ]
  const place = placeOf({ source, segment, line, at })
  return `${'lead'.padEnd(13)} ${time || 'no time'} ${oneLine(host)} ${kind} ${oneLine(value)} in ${oneLine(field)} (${oneLine(marks.join(', '))}) at ${oneLine(place)}\n`
}

function printSummary({ terminal }: CommandContext, summary: WatchSummary): void {
  const { detections, correlations, events, bytes, sources, segments, syslog, indicators, leads, hitsForgotten } = summary
  terminal.err(
    `${counted(detections, 'detection')}${correlations === 0 ? '' : ` and ${counted(correlations, 'correlation')}`} in ${counted(events, 'event')} of ${counted(sources, 'source')} (${(bytes / 1e6).toFixed(1)} MB), ${counted(segments, 'segment')} closed\n`,
  )
  if (syslog !== undefined && syslog.lost + syslog.tooLong > 0)
    terminal.err(`syslog: ${counted(syslog.lost, 'datagram')} lost, ${counted(syslog.tooLong, 'message')} too long\n`)
  if (indicators > 0)
    terminal.err(
      `${counted(leads, 'lead')} of ${counted(indicators, 'kept indicator')}; not seen does not mean clean: only what was read here was searched\n`,
    )
  if (hitsForgotten > 0) terminal.err(`${counted(hitsForgotten, 'hit')} forgotten before their correlations were judged\n`)
  printFaults(terminal, summary.faultList, { most: 5, total: summary.faults })
}
