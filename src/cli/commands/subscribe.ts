import { readFileSync } from 'node:fs'
import type { SubscribeAnswer } from '../../app/index.ts'
import { exitCodes } from '../../base/index.ts'
import { given, positiveNumber, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { onErrand } from '../hand-over.ts'
import { counted, oneLine } from '../layout.ts'
import { pause } from '../pause.ts'
import { printMet } from '../print-met.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly tokenFile?: string
  readonly reportSightings?: string
  readonly case?: string
  readonly every?: string
  readonly json?: boolean
}

/** `subscribe URL`: pull what a peer published, search all logs for it at once, open a case where it hits. */
export const registerSubscribe: Register = (program, context) => {
  const command = withWorkspace(program.command('subscribe'))
    .description('pull what another operator published over TAXII 2.1, and search all logs for it at once')
    .argument('<url>', 'https://HOST/taxii2/, an API root, or one collection')
    .option('--token-file <file>', 'file with the token the peer gave; or BREACHLINE_TAXII_TOKEN')
    .option(
      '--report-sightings <reason>',
      'tell the peer which of its objects were seen here, now and at every later pull, for this reason',
    )
    .option('--case <id>', 'search only the logs of this case; needed for an exercise')
    .option('--every <minutes>', 'pull again so often, until Ctrl-C')
    .option('--json', 'one JSON document per pull')
    .action(async (url: string, options: Options) => {
      const every = positiveNumber(options.every, '--every')
      const token =
        options.tokenFile === undefined
          ? context.world.env['BREACHLINE_TAXII_TOKEN']
          : readFileSync(options.tokenFile, 'utf8').trim()
      await onErrand(context, { ...options, command: 'subscribe' }, async ({ intake }, watch) => {
        for (;;) {
          const answer = await intake.peer(
            {
              url,
              ...given('token', token),
              ...given('report', options.reportSightings),
              ...given('caseId', options.case),
            },
            watch,
          )
          if (options.json === true) printJson(context.terminal, answer)
          else print(context, answer)
          if (answer.cut !== undefined) context.exit(exitCodes.badInput)
          if (every === undefined || context.signal.aborted) return
          await pause(every * 60_000, context.signal)
          if (context.signal.aborted) return
        }
      })
    })
  withExamples(
    command,
    [
      'subscribe https://intel.peer.example/taxii2/ --token-file peer.token',
      'subscribe https://intel.peer.example/taxii2/ --token-file peer.token --report-sightings "Agreed among the operators on 1 October" --every 15',
    ],
    'Indicators and rules are kept with their source, date, TLP and PAP; investigate and watch look for the indicators from then on. Sightings leave only with --report-sightings.',
  )
}

function print({ terminal }: CommandContext, answer: SubscribeAnswer): void {
  terminal.out(`${oneLine(answer.collection)}: ${counted(answer.objects, 'object')} on ${counted(answer.pages, 'page')}\n`)
  if (answer.cut !== undefined) terminal.err(`the pull was cut: ${answer.cut}; it begins anew next time\n`)
  printMet(terminal, answer)
  if (answer.reported > 0) terminal.out(`${counted(answer.reported, 'sighting')} reported to the peer\n`)
  else if (answer.prepared > 0)
    terminal.out(`${counted(answer.prepared, 'sighting')} not reported: --report-sightings REASON tells the peer, in your name\n`)
}
