import { answerWith, keptAnswer, lookupFiles, readRecordMap } from '../../app/index.ts'
import { exitCodes, printable, type Fault } from '../../base/index.ts'
import { citeText } from '../../evidence/index.ts'
import { bulkText, restsOnLeftAlone, type LookupReview } from '../../lookups/index.ts'
import { given, usage, wholeNumber, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { printLeftBehind } from './print-left-behind.ts'

interface Options extends WorkspaceOptions {
  readonly explanations: readonly string[]
  readonly leftBehind: readonly string[]
  readonly map?: string
  readonly base?: string
  readonly country?: string
  readonly zone?: string
  readonly logLinePrefix?: string
  readonly reidentify?: string
  readonly protected?: string
  readonly case?: string
  readonly again?: boolean
  readonly json?: boolean
}

type Shown = LookupReview & { readonly faults?: readonly Fault[] }

/** `lookups PATH...`: who read whose records without a reason. */
export const registerLookups: Register = (program, context) => {
  const command = withWorkspace(program.command('lookups'))
    .description('review who read whose records, against recorded reasons')
    .argument(
      '[path...]',
      'audit logs: access tables (CSV, JSON lines), audit logs of databases, requests, consoles, files; without one, see --case',
    )
    .option('--explanations <file>', 'recorded reasons, repeatable: subscriber,at,kind,account,team,ref', collected, [])
    .option(
      '--left-behind <file>',
      'what the actor left behind, repeatable: shell and client histories, scripts, recovered tables, texts and archives, or a folder of them',
      collected,
      [],
    )
    .option(
      '--map <file>',
      'JSON or TOML of our column name to theirs, such as {"account": "user_login"}; for requests the place of the subscriber',
    )
    .option('--base <n>', 'number of subscribers (from the inventory when absent)')
    .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
    .option('--zone <zone>', 'zone of times that state none, and of days, such as +08:00')
    .option('--log-line-prefix <prefix>', 'log_line_prefix of PostgreSQL logs')
    .option('--reidentify <purpose>', 'give the watched numbers themselves; the purpose is recorded in your name')
    .option('--protected <purpose>', 'mark the watched who are protected persons; the purpose is recorded in your name')
    .option('--case <id>', 'take the files into this case and investigate it anew')
    .option('--again', 'with --case: investigate the case anew with all it holds by now, such as what watch --audit kept')
    .option('--json', 'the review as one JSON document')
    .action(async (paths: string[], options: Options) => {
      if (paths.length === 0 && options.leftBehind.length === 0 && options.case === undefined)
        throw usage('no audit log given', 'give files: breachline lookups audit/crm.csv')
      const review = await reviewed(context, paths, options)
      if (review.accesses === 0 && review.leftBehind === undefined && (review.faults ?? []).length > 0)
        context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, review)
      print(context, review, options)
    })
  withExamples(
    command,
    [
      'lookups audit/crm.csv --explanations contacts.csv --base 200000 --country MY --zone +08:00',
      'lookups audit/crm.csv audit/cdr.log --explanations contacts.csv --json',
      'lookups audit/crm.csv --explanations contacts.csv --reidentify "warn the persons concerned, ticket 4711"',
      'lookups audit/crm.csv --left-behind host7/home --left-behind staging.zip --country MY',
      'lookups ranger.jsonl hlr-console.txt firewall.csv manifest.csv --country MY --zone +08:00',
      'lookups selfcare.log --map places.json --country MY',
      'lookups --explanations contacts-week-28.csv --case meridian-2026 --again',
    ],
    `Access tables have the columns ts,account,subscriber,system,operation,fields,window_from,window_to,ticket,source_host,rows,seq (the first
three are needed). For web access logs places.json says which part of a request is the subscriber:
{"subscriber": "/api/customers/{subscriber} /api/search?msisdn={subscriber}"}. docs/who-read.md lists the logs that are read. A source that does not say whose record was read is named, never counted as zero.`,
  )
}

async function reviewed(context: CommandContext, paths: readonly string[], options: Options): Promise<Shown> {
  const map = options.map === undefined ? undefined : readRecordMap(options.map)
  const purpose = options.reidentify?.trim()
  if (purpose !== undefined && purpose.length < 3)
    throw usage('--reidentify needs the purpose in words', 'say what the numbers are needed for')
  const protectedFor = options.protected?.trim()
  if (protectedFor !== undefined && protectedFor.length < 3)
    throw usage('--protected needs the purpose in words', 'say why it must be known who is protected')
  const base = options.base === undefined ? undefined : wholeNumber(options.base, '--base')
  const { case: caseId, explanations, leftBehind } = options
  if (options.again === true && caseId === undefined)
    throw usage('--again goes with --case', 'name the case: breachline lookups --case ID --again')
  return inWorkspace(context, { ...options, command: 'lookups' }, async (open) => {
    if (caseId === undefined)
      return lookupFiles({
        ...open,
        paths,
        explanations,
        leftBehind,
        ...given('map', map),
        ...given('base', base),
        ...given('country', options.country),
        ...given('zone', options.zone),
        ...given('logLinePrefix', options.logLinePrefix),
        ...given('reidentify', purpose),
        ...given('protectedFor', protectedFor),
      })
    if (protectedFor !== undefined)
      throw usage('--protected goes without --case', 'ask about a case with: breachline protected check --case ID --purpose TEXT')
    if (purpose !== undefined)
      throw usage(
        '--reidentify goes without --case',
        'give the audit logs themselves: breachline lookups FILE... --reidentify PURPOSE',
      )
    const rule = {
      ...(map === undefined ? {} : { map: { ...map } }),
      ...given('log_line_prefix', options.logLinePrefix),
    }
    const answer =
      paths.length === 0 && explanations.length === 0 && leftBehind.length === 0 && options.again !== true
        ? keptAnswer(open.workspace, caseId)
        : await answerWith({
            ...open,
            caseId,
            files: [
              ...(paths.length === 0 ? [] : [{ paths, role: 'audit' as const, rule }]),
              ...(explanations.length === 0 ? [] : [{ paths: explanations, role: 'explain' as const }]),
              ...(leftBehind.length === 0 ? [] : [{ paths: leftBehind, role: 'left-behind' as const, rule }]),
            ],
            ...given('zone', options.zone),
          })
    if (answer.lookups === null)
      throw usage(`the case "${caseId}" holds no audit log`, 'give audit logs: breachline lookups FILE... --case ID')
    return answer.lookups
  })
}

function namesAccounts({ accounts, bulk, busyDays = [], unjustified = [], decoys = [], leftBehind }: Shown): boolean {
  const left = (leftBehind?.findings ?? []).filter((one) => one.account !== '')
  return [accounts, bulk, busyDays, unjustified, decoys, left].some((list) => list.length > 0)
}

function print({ terminal }: CommandContext, review: Shown, options: Options): void {
  const onlyLeft = restsOnLeftAlone(review)
  if (!onlyLeft)
    terminal.out(
      `${counted(review.accesses, 'access', 'accesses')} to the records of ${counted(review.subscribers, 'subscriber')}, ${review.from.slice(0, 10)} to ${review.to.slice(0, 10)}\n`,
    )
  for (const one of review.notRecorded)
    terminal.out(
      `identifier not recorded for ${one.share === undefined ? '' : `${one.share} of `}reads on ${printable(one.source)} (${one.accesses}): ${oneLine(one.why)}\n`,
    )
  for (const one of review.decoys ?? [])
    terminal.out(
      `ALARM decoy read: ${printable(one.account)}${one.system === '' ? '' : ` in ${printable(one.system)}`}, ${counted(one.reads, 'read')} of ${counted(one.decoys, 'decoy')}, ${one.first.slice(0, 19)}Z to ${one.last.slice(0, 19)}Z  [${oneLine(one.cites[0] === undefined ? '' : citeText(one.cites[0]))}]\n`,
    )
  if (review.watched.length > 0) {
    const rows = review.watched.map((one) => [
      `  ${'value' in one ? String(one.value) : one.masked}${one.isProtected === true ? ' (protected)' : ''}`,
      one.subscriber.slice(0, 12),
      one.p,
      one.qValue,
      `${one.days} / ${one.explainedDays}`,
      one.accounts.join(' '),
      one.cites[0] === undefined ? '' : citeText(one.cites[0]),
    ])
    terminal.out(`\nread without a recorded reason beyond chance:\n`)
    terminal.out(
      `${columns([['  subscriber', 'token', 'p', 'q', 'days without / with reason', 'accounts', 'first record'], ...rows], 1_000)}\n`,
    )
  } else if (!onlyLeft) terminal.out('nobody was read without a recorded reason beyond chance\n')
  if (review.accounts.length > 0) {
    const rows = review.accounts.map((one) => [
      `  ${one.account}`,
      String(one.watched),
      String(one.unexplained),
      one.beyondChance === undefined ? one.kind : one.beyondChance ? 'yes' : 'no',
      one.qValue ?? '',
    ])
    terminal.out(
      `\n${columns([['  used account', 'watched read', 'reads without reason', 'beyond chance', 'q'], ...rows], terminal.width)}\n`,
    )
  }
  if (namesAccounts(review))
    terminal.out(
      `accounts stand as pseudonyms; their logins, for a personnel purpose: breachline personnel export --case ${options.case ?? 'ID'} --name-accounts PURPOSE\n`,
    )
  for (const one of review.bulk.slice(0, 20))
    terminal.out(
      `bulk: ${printable(one.account)} ${one.at.slice(0, 19)}Z ${printable(one.rows < 0 || one.file !== undefined ? bulkText(one) : counted(one.rows, 'row'))}  [${oneLine(one.cites[0] === undefined ? '' : citeText(one.cites[0]))}]\n`,
    )
  for (const one of (review.busyDays ?? []).slice(0, 20))
    terminal.out(
      `busy day: ${printable(one.account)} ${one.day}, ${counted(one.subscribers, 'subscriber')} (${one.usual} usual, q ${one.qValue})  [${oneLine(one.cites[0] === undefined ? '' : citeText(one.cites[0]))}]\n`,
    )
  if (review.leftBehind !== undefined) printLeftBehind(terminal, review.leftBehind)
  const unjustified = review.unjustified ?? []
  if (unjustified.length > 0) {
    terminal.out('\nreads without justification, by account (no search for an intruder):\n')
    for (const one of unjustified.slice(0, 20))
      terminal.out(
        `  ${printable(one.account)}${one.masked === undefined ? '' : ` ${one.masked}`}: ${oneLine(one.grounds[0]?.text ?? '')} q ${one.qValue}  [${oneLine(one.cites[0] === undefined ? '' : citeText(one.cites[0]))}]\n`,
      )
    if (unjustified.length > 20) terminal.out(`  ${unjustified.length - 20} more with --json\n`)
  }
  for (const text of [review.power?.text, review.globalAlarm?.text, review.permutation?.text])
    if (text !== undefined) terminal.out(`${oneLine(text)}\n`)
  if (review.releasedBy !== undefined)
    terminal.out(
      `shown is what ${oneLine(review.releasedBy)} released; for the rest: breachline disclosure hand-over${options.case === undefined ? '' : ` --case ${options.case}`}\n`,
    )
  for (const note of review.notes) terminal.out(`${oneLine(note.text)}\n`)
  printFaults(terminal, review.faults ?? [])
}
