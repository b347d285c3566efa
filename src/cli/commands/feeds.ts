import {
  feedHits,
  feedWords,
  hitIntoCase,
  keepWord,
  lookAtFeed,
  unwatchFeed,
  watchedFeeds,
  watchFeed,
  type FeedHit,
  type FeedLook,
} from '../../app/index.ts'
import { placeText, printable } from '../../base/index.ts'
import { given, group, positiveNumber, usage, withExamples } from '../arguments.ts'
import { inWorkspace, placeOf, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine, wrapped } from '../layout.ts'
import { pause } from '../pause.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly json?: boolean
}

type Place = Parameters<typeof watchedFeeds>[0]

const kinds = { name: 'name', domain: 'domain', numbers: 'numbers' } as const

/** `feeds add|remove|list|word|words|look|hits|take`: public posts looked at for names, domains and numbers of ours and of our vendors. */
export const registerFeeds: Register = (program, context) => {
  const { terminal } = context
  const feeds = group(program, 'feeds', 'public posts looked at for our names, domains and numbers, and those of vendors')
  const print = (options: Options, value: object, text: string): void =>
    options.json === true ? printJson(terminal, value) : terminal.out(text)

  const add = withWorkspace(feeds.command('add'))
    .description('put feeds (RSS, Atom, JSON lists of trackers) or drop folders on the list; nothing is read')
    .argument('<source...>', 'addresses or folders')
    .option('--json', '{feeds} as one JSON document')
    .action((sources: string[], options: Options) => {
      const feeds = sources.map((source) => watchFeed(placeOf(options), source))
      print(options, { feeds }, feeds.map(({ source }) => `${printable(source)}\n`).join(''))
    })
  withExamples(add, ['feeds add https://tracker.example/recent.json https://news.example/security.rss', 'feeds add ./dropped'])

  const remove = withWorkspace(feeds.command('remove'))
    .description('take a feed off the list; its hits stay')
    .argument('<source>', 'its address or folder')
    .option('--json', '{removed} as one JSON document')
    .action((source: string, options: Options) => {
      if (!unwatchFeed(placeOf(options), source)) throw usage('no such feed is on the list', '"breachline feeds list" shows them')
      print(options, { removed: source }, `${printable(source)} is off the list\n`)
    })
  withExamples(remove, ['feeds remove https://news.example/security.rss'])

  const list = withWorkspace(feeds.command('list'))
    .description('the feeds of the list, when they were looked at, and what failed')
    .option('--json', '{feeds} as one JSON document')
    .action((options: Options) => {
      const all = watchedFeeds(placeOf(options))
      const rows = all.map(({ source, at, failures, why }) => [
        source,
        at ?? 'never',
        failures === 0 ? '' : `failed ${failures} times: ${why ?? ''}`,
      ])
      const none = 'no feed is on the list; "breachline feeds add SOURCE" puts one there\n'
      print(
        options,
        { feeds: all },
        all.length === 0 ? none : `${columns([['feed', 'looked at', ''], ...rows], terminal.width)}\n`,
      )
    })
  withExamples(list, ['feeds list'])

  const word = withWorkspace(feeds.command('word'))
    .description('add a word to look for: a name, an internet domain, or a range of phone numbers')
    .argument('<kind>', 'name, domain or numbers')
    .argument('<text>', 'the name, the domain, or 60123* or 60123000000-60123999999')
    .option('--country <code>', 'two letters: numbers without a country code are of this country')
    .option('--remove', 'take it away again')
    .option('--json', '{word} as one JSON document')
    .action((kind: string, text: string, options: Options & { country?: string; remove?: boolean }) => {
      const known = kinds[kind as keyof typeof kinds]
      if (known === undefined) throw usage(`"${printable(kind).slice(0, 40)}" is no kind of word`, 'name, domain or numbers')
      const { country, remove } = options
      const word = keepWord(placeOf(options), { kind: known, text, ...given('country', country), ...given('remove', remove) })
      print(
        options,
        { word },
        `${word.kind} ${printable(word.text)} ${remove === true ? 'is not looked for any more' : 'is looked for'}\n`,
      )
    })
  withExamples(word, ['feeds word name "Meridian Telekom"', 'feeds word domain meridian.example', 'feeds word numbers "60123*"'])

  const words = withWorkspace(feeds.command('words'))
    .description('all that is looked for: words that were added, and vendors and hosts of the inventory')
    .option('--json', '{words} as one JSON document')
    .action((options: Options) => {
      const all = feedWords(placeOf(options))
      const rows = all.map(({ kind, text, of }) => [kind, text, of])
      const none = 'nothing is looked for; "breachline feeds word name NAME" adds a word, an inventory adds vendors and hosts\n'
      print(
        options,
        { words: all },
        all.length === 0 ? none : `${columns([['kind', 'word', 'whose'], ...rows], terminal.width)}\n`,
      )
    })
  withExamples(words, ['feeds words --json'])

  const look = withWorkspace(feeds.command('look'))
    .description('look at the feeds once, or again and again: posts that bear a word are told once, and kept')
    .argument('[source...]', 'some of the list; all when none is named')
    .option('--every <minutes>', 'look again so often, until Ctrl-C; no server is asked more often than every 15 minutes')
    .option('--country <code>', 'two letters: phone numbers without a country code are of this country')
    .option('--zone <offset>', 'of times that state none, +08:00')
    .option('--json', '{looks} as one JSON document a round')
    .action(async (sources: string[], options: Options & { every?: string; country?: string; zone?: string }) => {
      const every = positiveNumber(options.every, '--every')
      await inWorkspace(context, { ...options, command: 'feeds look' }, async ({ workspace, signer }) => {
        for (;;) {
          const chosen = chosenOf(workspace, sources)
          const words = feedWords(workspace)
          if (words.length === 0)
            throw usage(
              'nothing is looked for',
              'add a word with "breachline feeds word name NAME", or an inventory with vendors',
            )
          const looks: FeedLook[] = []
          for (const feed of chosen) {
            context.signal.throwIfAborted()
            const { country, zone } = options
            const one = await lookAtFeed({
              workspace,
              signer,
              feed,
              words,
              signal: context.signal,
              ...given('country', country),
              ...given('zone', zone),
            })
            looks.push(one)
            if (options.json !== true) printLook(context, one)
          }
          if (options.json === true) printJson(terminal, { looks })
          if (every === undefined && looks.some(({ outcome }) => outcome === 'failed')) context.exit(4)
          if (every === undefined) return
          await pause(every * 60_000, context.signal)
          if (context.signal.aborted) return
        }
      })
    })
  withExamples(
    look,
    ['feeds look', 'feeds look --every 30 --country MY', 'feeds look ./dropped --json'],
    'Asks the servers of the list and nobody else, each at most every 15 minutes, and less often while it fails. A hit is a lead, not a breach.',
  )

  const hits = withWorkspace(feeds.command('hits'))
    .description('the hits so far')
    .option('--json', '{hits} as one JSON document')
    .action((options: Options) => {
      const all = feedHits(placeOf(options))
      if (options.json === true) return printJson(terminal, { hits: all })
      if (all.length === 0) return terminal.out('no hit so far\n')
      for (const hit of all) printHit(context, hit)
    })
  withExamples(hits, ['feeds hits'])

  const take = withWorkspace(feeds.command('take'))
    .description('take the file of a hit into a case, as part of the claim')
    .argument('<hit>', 'F1, F2, …')
    .requiredOption('--case <id>', 'the case')
    .option('--json', '{hit, exhibits} as one JSON document')
    .action(async (hit: string, options: Options & { case: string }) => {
      const taken = await inWorkspace(context, { ...options, command: 'feeds take' }, ({ workspace, signer }) =>
        hitIntoCase({ workspace, signer, caseId: options.case, hit, signal: context.signal }),
      )
      print(options, taken, `${taken.hit.id} is ${taken.exhibits.join(', ')} of the case\n`)
    })
  withExamples(take, ['feeds take F1 --case meridian'])
}

function chosenOf(workspace: Place, sources: readonly string[]): ReturnType<typeof watchedFeeds> {
  const all = watchedFeeds(workspace)
  if (sources.length > 0) return sources.map((source) => watchFeed(workspace, source))
  if (all.length === 0) throw usage('no feed is on the list', 'put one there with "breachline feeds add SOURCE"')
  return all
}

function printLook(context: CommandContext, { source, outcome, posts, hits, faults, why }: FeedLook): void {
  const { terminal } = context
  const said = {
    read: counted(posts, 'post'),
    unchanged: 'nothing new',
    'left-alone': 'left alone: it was asked within the last 15 minutes, or failed',
    failed: why ?? 'failed',
  }[outcome]
  const where = outcome === 'failed' ? terminal.err : terminal.out
  where(
    `${oneLine(source)}: ${oneLine(said)}${outcome === 'read' ? `, ${hits.length === 0 ? 'no hit' : counted(hits.length, 'file') + ' with hits'}` : ''}\n`,
  )
  for (const fault of faults) terminal.err(`  ${oneLine(`${placeText(fault.where)}: ${fault.what}; ${fault.todo}`)}\n`)
  for (const hit of hits) printHit(context, hit)
}

function printHit({ terminal }: CommandContext, { id, source, file, posts, at }: FeedHit): void {
  terminal.out(`${id}  ${oneLine(source)}${/^feed\.(?:xml|json)$/.test(file) ? '' : `, ${oneLine(file)}`}  ${at}\n`)
  for (const { author, channel, at: posted, reportedAt, met } of posts) {
    const time = posted ?? reportedAt
    const by = [author, channel, time === undefined ? undefined : `${posted === undefined ? 'not later than ' : ''}${time.at}`]
    const known = by.filter((one) => one !== undefined && one !== '')
    terminal.out(`  ${oneLine(known.length === 0 ? 'a post' : known.join(', '))}\n`)
    for (const { word, how, times, around } of met) {
      const what = `${word.text} (${word.of})${how === 'look-alike' ? ', in letters that look alike' : ''}${times === 1 ? '' : `, ${times} times`}: "${around}"`
      terminal.out(`${wrapped(`- ${what}`, { width: Math.min(120, terminal.width), indent: '    ' })}\n`)
    }
  }
}
