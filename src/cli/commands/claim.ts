import { claimFiles } from '../../app/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import type { Register } from '../command.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'
import { threadText } from './claim-text.ts'

/** `claim read FILE...`: what is claimed, by whom, until when. */
export const registerClaim: Register = (program, context) => {
  const command = group(program, 'claim', 'what is claimed')
    .command('read')
    .description('read posts, articles, mails, feeds, chat exports and screenshots into threads of assertions')
    .argument(
      '<file...>',
      'files or folders: text, Markdown, HTML, forum page, mail (.eml), Telegram export, RSS or Atom, list of a leak-site tracker, WARC, PDF, picture',
    )
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--inventory <file>', 'inventory.toml: earlier victims are compared with our vendors and systems')
    .option('--operator <name>', 'our own name: words that list us as a customer are found by it')
    .option('--readings', 'print every reading, not only those that a person should look at')
    .option('--json', '{threads, faults} as one JSON document')
    .action(
      async (
        paths: string[],
        options: { zone?: string; inventory?: string; operator?: string; readings?: boolean; json?: boolean },
      ) => {
        const answer = await watching(context, (watch) =>
          claimFiles({
            paths,
            ...given('zone', options.zone),
            ...given('inventory', options.inventory),
            ...given('operator', options.operator),
            watch,
          }),
        )
        if (options.json === true) return printJson(context.terminal, answer)
        for (const thread of answer.threads)
          context.terminal.out(`${threadText(thread, { readings: options.readings === true })}\n`)
        if (answer.threads.length === 0) context.terminal.out('no claim found in these files\n')
        printFaults(context.terminal, answer.faults)
      },
    )
  withExamples(
    command,
    [
      'claim read posts/ advisory.md',
      'claim read note.eml posts.json --inventory inventory.toml',
      'claim read result.json --zone +08:00 --json',
    ],
    'Opens no workspace and stores nothing; cites are the path and the SHA-256 of the file. Links of posts are printed so that nobody can follow them by a click.',
  )
}
