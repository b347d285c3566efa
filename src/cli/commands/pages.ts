import { comparePage, pageIntoCase, takePage, watchedPages, watchPage, type PageTaken } from '../../app/index.ts'
import { printable } from '../../base/index.ts'
import { given, group, isoMoment, usage, withExamples } from '../arguments.ts'
import { inWorkspace, placeOf, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, oneLine, wrapped } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly json?: boolean
}

/** `pages add|list|take|compare`: what became of pages of ours and of our vendors. */
export const registerPages: Register = (program, context) => {
  const { terminal } = context
  const pages = group(program, 'pages', 'pages of ours and of vendors, kept with their hash; changed, defaced or taken over')
  const add = withWorkspace(pages.command('add'))
    .description('put pages on the list; nothing is fetched')
    .argument('<url...>', 'addresses')
    .option('--json', '{pages} as one JSON document')
    .action((urls: string[], options: Options) => {
      const pages = urls.map((url) => watchPage(placeOf(options), url))
      if (options.json === true) return printJson(terminal, { pages })
      for (const { url } of pages) terminal.out(`${printable(url)}\n`)
    })
  withExamples(add, ['pages add https://www.meridian.example/ https://queue.meridian.example/'])

  const list = withWorkspace(pages.command('list'))
    .description('the pages of the list, and when they were taken')
    .option('--json', '{pages} as one JSON document')
    .action((options: Options) => {
      const all = watchedPages(placeOf(options))
      if (options.json === true) return printJson(terminal, { pages: all })
      if (all.length === 0) return terminal.out('no page is on the list; "breachline pages add URL" puts one there\n')
      const rows = all.map(({ url, taken }) => [
        url,
        String(taken.length),
        taken.at(-1)?.at ?? 'never',
        String(taken.at(-1)?.status ?? ''),
      ])
      terminal.out(`${columns([['page', 'taken', 'last', 'status'], ...rows], terminal.width)}\n`)
    })
  withExamples(list, ['pages list', 'pages list --json'])

  const take = withWorkspace(pages.command('take'))
    .description('fetch pages (all of the list when none is named), keep them, and say what became of them')
    .argument('[url...]', 'addresses')
    .option('--json', '{taken, failed} as one JSON document')
    .action(async (urls: string[], options: Options) => {
      await inWorkspace(context, { ...options, command: 'pages take' }, async ({ workspace, signer }) => {
        const all = urls.length > 0 ? urls : watchedPages(workspace).map(({ url }) => url)
        if (all.length === 0) throw usage('no page is on the list', 'name one, or put it there with "breachline pages add URL"')
        const taken: PageTaken[] = []
        const failed: { url: string; why: string }[] = []
        for (const url of all) {
          context.signal.throwIfAborted()
          try {
            const one = await takePage({ workspace, signer, url, signal: context.signal })
            taken.push(one)
            if (options.json !== true) print(context, one)
          } catch (error) {
            if (all.length === 1 || !(error instanceof Error)) throw error
            failed.push({ url, why: error.message })
            terminal.err(`${printable(url)}: ${printable(error.message)}\n`)
          }
        }
        if (options.json === true) printJson(terminal, { taken, failed })
        if (failed.length > 0) context.exit(4)
      })
    })
  withExamples(
    take,
    ['pages take', 'pages take https://queue.meridian.example/ --json'],
    'Fetches what you name and nothing else: one request a page, nothing of it is run. Take pages before you need them.',
  )

  const compare = withWorkspace(pages.command('compare'))
    .description('two states of a page side by side: the last two, or those of two moments')
    .argument('<url>', 'address of a page that was taken')
    .option('--from <time>', 'the state of this moment, ISO 8601 with zone')
    .option('--to <time>', 'and of this one; the last when absent')
    .option('--case <id>', 'put both into this case as exhibits, with a note')
    .option('--json', '{before, after, change} as one JSON document')
    .action(async (url: string, options: Options & { from?: string; to?: string; case?: string }) => {
      const moment = (text: string | undefined, name: string): string | undefined =>
        text === undefined ? undefined : isoMoment(text, name).at
      const compared = comparePage(placeOf(options), {
        url,
        ...given('from', moment(options.from, '--from')),
        ...given('to', moment(options.to, '--to')),
      })
      const { case: caseId } = options
      const kept =
        caseId === undefined
          ? undefined
          : await inWorkspace(context, { ...options, command: 'pages compare' }, ({ workspace, signer }) =>
              pageIntoCase({ workspace, signer, caseId, compared, signal: context.signal }),
            )
      if (options.json === true) return printJson(terminal, { ...compared, ...kept })
      terminal.out(`${printable(compared.after.url)}, ${compared.before.at} and ${compared.after.at}\n`)
      say(context, compared.change.kind, compared.change.reasons)
      if (kept !== undefined) terminal.out(`exhibits ${kept.exhibits.join(', ')}; ${kept.note} written\n`)
    })
  withExamples(compare, [
    'pages compare https://queue.meridian.example/',
    'pages compare https://queue.meridian.example/ --from 2026-01-06T00:00:00Z --case meridian',
  ])
}

function print(context: CommandContext, one: PageTaken): void {
  context.terminal.out(
    `${printable(one.url)}  ${one.status}  ${one.bytes} bytes${one.cut ? ' (cut)' : ''}  sha256 ${one.sha256.slice(0, 16)}\n`,
  )
  if (one.change === undefined) context.terminal.out('  taken for the first time\n')
  else say(context, `${one.change.kind} since ${one.change.since}`, one.change.reasons)
}

function say({ terminal }: CommandContext, what: string, reasons: readonly string[]): void {
  terminal.out(`  ${oneLine(what)}\n`)
  for (const reason of reasons)
    terminal.out(`${wrapped(`- ${reason}`, { width: Math.min(120, terminal.width), indent: '    ' })}\n`)
}
