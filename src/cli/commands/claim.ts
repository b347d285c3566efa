import { claimFiles } from '../../app/index.ts'
import { momentText } from '../../base/index.ts'
import type { Thread } from '../../claims/index.ts'
import { citeText } from '../../evidence/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import type { Register } from '../command.ts'
import { counted, oneLine } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

/** `claim read FILE...`: what is claimed, by whom, until when. */
export const registerClaim: Register = (program, context) => {
  const command = group(program, 'claim', 'what is claimed')
    .command('read')
    .description('read posts, articles, chat exports and screenshots into threads of assertions')
    .argument('<file...>', 'files or folders: HTML, text, Markdown, Telegram export, pictures')
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--json', '{threads, faults} as one JSON document')
    .action(async (paths: string[], options: { zone?: string; json?: boolean }) => {
      const answer = await watching(context, (watch) => claimFiles({ paths, ...given('zone', options.zone), watch }))
      if (options.json === true) return printJson(context.terminal, answer)
      for (const thread of answer.threads) context.terminal.out(`${threadText(thread)}\n`)
      if (answer.threads.length === 0) context.terminal.out('no claim found in these files\n')
      printFaults(context.terminal, answer.faults)
    })
  withExamples(
    command,
    ['claim read posts/ advisory.md', 'claim read result.json --zone +08:00 --json'],
    'Opens no workspace and stores nothing; cites are the path and the SHA-256 of the file.',
  )
}

function threadText(thread: Thread): string {
  const named = thread.victims.filter((one) => one.standing === 'named').map((one) => oneLine(one.name))
  const lines = [
    `${oneLine(thread.actor) || 'actor not named'}  about ${named.join(', ') || 'nobody named'}  (${counted(thread.posts.length, 'post')}, ${counted(thread.assertions.length, 'assertion')})`,
  ]
  const add = (name: string, text: string, cite: Thread['assertions'][number]['cite']): void => {
    lines.push(`  ${name.padEnd(22)} ${oneLine(text)}  [${oneLine(citeText(cite))}]`)
  }
  const earlier = thread.victims.filter((one) => one.standing === 'earlier').map((one) => oneLine(one.name))
  if (earlier.length > 0) lines.push(`  earlier victims named: ${earlier.join(', ')}`)
  for (const one of thread.posts) {
    const when = one.at ?? one.reportedAt
    const told = one.source === 'reported' ? 'reported' : 'posted'
    const head = `${when === undefined ? 'time not known' : momentText(when)}${one.channel === '' ? '' : `, ${one.channel}`}`
    add(`post ${told}`, `${head}: "${one.text.slice(0, 120)}${one.text.length > 120 ? '...' : ''}"`, one.cite)
  }
  for (const one of thread.assertions) add(`${one.id} ${one.by} ${one.kind}`, `"${one.text}"${amountOf(one)}`, one.cite)
  for (const one of thread.demands) add('demand', `"${one.text}"`, one.cite)
  for (const one of thread.deadlines) {
    const when = one.every === undefined ? (one.at === undefined ? '' : ` (${momentText(one.at)})`) : ` (every ${one.every})`
    add('deadline', `"${one.text}"${when}`, one.cite)
  }
  for (const one of thread.statements)
    add(`statement ${one.by}`, `${one.name === undefined ? '' : `${one.name}: `}"${one.text}"`, one.cite)
  for (const one of thread.offers ?? []) add('put up for sale', `"${one.text}"`, one.cite)
  for (const one of thread.thirdParties) add('third party', one.name ?? one.text, one.cite)
  return lines.join('\n')
}

function amountOf(one: Thread['assertions'][number]): string {
  if (one.quantity === undefined) return ''
  const qualifier = one.qualifier === undefined || one.qualifier === 'exactly' ? '' : `${one.qualifier} `
  return ` (${qualifier}${one.quantity.toLocaleString('en-US')} ${one.unit ?? ''})`.replace(' )', ')')
}
