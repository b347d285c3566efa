import { epochMs, parseIso } from '../../base/index.ts'
import type { LosingSource, LostNext } from '../../response/index.ts'
import { given, group, isoMoment, needed, utcDay, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { columns, oneLine, wrapped } from '../layout.ts'
import { printJson, type Terminal } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly from?: string
  readonly to?: string
  readonly at?: string
  readonly reason?: string
  readonly out?: string
  readonly draft?: boolean
  readonly json?: boolean
}

/** `preserve list|request|lost`: which logs are overwritten next, the request to keep them, and what is gone. */
export const registerPreserve: Register = (program, context) => {
  const preserve = group(program, 'preserve', 'logs that are overwritten next: list them, ask to keep them, record what is lost')
  const list = inCase(preserve.command('list'))
    .description('which log source of the inventory loses which needed day when; the next to go stands first')
    .option('--json', '{period, now, sources} as one JSON document')
    .action(async (options: Options) => {
      const next = await inErrand(context, 'preserve list', options, (errand, id) => errand.lostNext(id, periodOf(options)))
      if (options.json === true) return printJson(context.terminal, next)
      print(context.terminal, next)
    })
  withExamples(
    list,
    ['preserve list', 'preserve list --case meridian --from 2026-01-06 --to 2026-01-20 --json'],
    'Without --from the period begins with the first of: the first step of the story, the day whose values the sample agrees with, the first post.\nIt ends with the opening of the case. Retention comes from the inventory ("log_source").',
  )
  const request = inCase(preserve.command('request'))
    .description('write the request to the owner of a log source, and record it in your name')
    .argument('<source>', 'id of the log source in the inventory')
    .option('--out <file>', 'write the text there instead of to stdout')
    .option('--draft', 'do not record it')
    .option('--json', '{text, number} as one JSON document')
    .action(async (source: string, options: Options) => {
      const period = periodOf(options)
      const written = await inErrand(context, 'preserve request', options, (errand, id) =>
        errand.preservation(id, { source, period, record: options.draft !== true }),
      )
      if (options.json === true) return printJson(context.terminal, written)
      writeOut(context, { text: written.text, ...given('file', options.out) })
      if (written.number !== undefined) context.terminal.err(`${written.number} recorded\n`)
    })
  withExamples(
    request,
    ['preserve request vpn-2 --case meridian --out request-vpn-2.txt', 'preserve request vpn-2 --draft'],
    'The text names the source and the days, and nothing else of the case.',
  )
  const lost = inCase(preserve.command('lost'))
    .description('record that records of a log source are gone, in your name; without days those past their retention')
    .argument('<source>', 'id of the log source in the inventory')
    .option('--reason <text>', 'how it is known, and why')
    .option('--at <time>', 'when they went, ISO 8601 with zone; by retention when absent')
    .option('--json', 'the entry as one JSON document')
    .action(async (source: string, options: Options) => {
      const hint = 'write: breachline preserve lost vpn-2 --from 2026-01-06 --reason "Overwritten before the request arrived"'
      const loss = {
        source,
        ...periodOf(options),
        ...given('lostAt', options.at === undefined ? undefined : isoMoment(options.at, '--at').at),
        reason: needed(options.reason, '--reason', hint),
      }
      const written = await inErrand(context, 'preserve lost', options, (errand, id) => errand.recordLoss(id, loss))
      if (options.json === true) return printJson(context.terminal, written)
      context.terminal.out(`${written.number} recorded\n`)
    })
  withExamples(lost, [
    'preserve lost vpn-2 --from 2026-01-06 --to 2026-01-07 --reason "Overwritten before the request arrived" --case meridian',
  ])
}

function inCase(command: ReturnType<Parameters<Register>[0]['command']>): typeof command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--from <day>', 'first day (UTC), such as 2026-01-06')
    .option('--to <day>', 'last day (UTC)')
}

function periodOf({ from, to }: Options): { from?: string; to?: string } {
  return {
    ...given('from', from === undefined ? undefined : utcDay(from, '--from')),
    ...given('to', to === undefined ? undefined : utcDay(to, '--to')),
  }
}

function print(terminal: Terminal, { period, now, sources }: LostNext): void {
  const width = Math.max(80, terminal.width)
  if (period !== undefined) terminal.out(`Logs are needed from ${period.from} to ${period.to} (${period.because}).\n`)
  if (sources.length === 0) return terminal.out('the inventory names no log source\n')
  const rows = sources.map((one) => [
    one.source,
    one.host ?? '-',
    one.owner ?? 'unknown',
    one.retentionDays === undefined ? 'unknown' : `${one.retentionDays} d`,
    one.status,
    one.next?.day ?? '-',
    leftText(one, now),
    [...one.exhibits, ...one.unmeasured.map((name) => `${name}?`)].join(' ') || '-',
    [...one.requests, ...one.losses].map(({ number }) => number).join(' ') || '-',
  ])
  const head = ['source', 'host', 'owner', 'kept', 'status', 'next day', 'goes', 'held in', 'recorded']
  terminal.out(`${columns([head, ...rows], 1_000)}\n\n`)
  for (const { text } of sources) terminal.out(`${wrapped(`- ${oneLine(text)}`, { width, indent: '' })}\n`)
  if (sources.some((one) => one.unmeasured.length > 0))
    terminal.out('An exhibit with "?" is of that system; which days it holds was not measured.\n')
}

/** `in 5 h 20 min`, `now, gone in 3 h`, or nothing to lose. */
function leftText({ next }: LosingSource, now: string): string {
  const at = parseIso(now)
  if (next === undefined || at === undefined) return '-'
  const left = (until: string): string => {
    const minutes = Math.max(0, Math.floor((epochMs(until) - epochMs(at.at)) / 60_000))
    const days = Math.floor(minutes / 1_440)
    if (days > 0) return `${days} d ${Math.floor((minutes % 1_440) / 60)} h`
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  }
  return epochMs(next.begins) <= epochMs(at.at) ? `now, gone in ${left(next.gone)}` : `in ${left(next.begins)}`
}
