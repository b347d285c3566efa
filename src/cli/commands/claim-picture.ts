import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inventoryEntries, pictureFiles, type PictureFile } from '../../app/index.ts'
import { citeText } from '../../evidence/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import type { Register } from '../command.ts'
import { counted, oneLine } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

/** `claim picture FILE...`: what screenshots show, and which of our systems can show it. */
export const registerClaimPicture: Register = (program, context) => {
  const command = group(program, 'claim', 'what is claimed')
    .command('picture')
    .description(
      'read screenshots: hosts, labels, users, clock; which systems and copies can show them, none of ours, seen before',
    )
    .argument('<file...>', 'pictures: PNG, JPEG, GIF, WebP, TIFF')
    .option('--inventory <file>', 'inventory.toml with systems, their hosts and screen_labels')
    .option(
      '--workspace <dir>',
      'compare with its inventory, registered copies and earlier pictures, and remember these ones there',
    )
    .option('--as-labels', 'of pictures of our own pages: print their labels as a screen_labels line for inventory.toml')
    .option('--json', '{pictures, faults} as one JSON document')
    .action(async (paths: string[], options: { inventory?: string; workspace?: string; asLabels?: boolean; json?: boolean }) => {
      const workspace = options.workspace === undefined ? undefined : resolve(context.cwd, options.workspace)
      const kept = workspace !== undefined && options.inventory === undefined && existsSync(join(workspace, 'inventory.db'))
      const answer = await watching(context, (watch) =>
        pictureFiles({
          paths,
          ...given('inventory', options.inventory),
          ...(kept ? { entries: inventoryEntries({ path: (...parts) => join(workspace, ...parts) }) } : {}),
          ...given('workspace', workspace),
          at: context.world.now(),
          watch,
        }),
      )
      if (options.json === true) printJson(context.terminal, answer)
      else if (options.asLabels === true) context.terminal.out(`${labelsLine(answer.pictures)}\n`)
      else for (const one of answer.pictures) context.terminal.out(`${pictureText(one)}\n`)
      if (options.json !== true) printFaults(context.terminal, answer.faults)
      if (answer.pictures.length === 0) context.exit(3)
    })
  withExamples(
    command,
    [
      'claim picture screenshot.png --inventory inventory.toml',
      'claim picture photos/*.jpg --workspace ./breachline-data',
      'claim picture our-own-page.png --as-labels',
      'claim picture screenshot.png --json',
    ],
    'Works offline. Without --workspace nothing is stored. Cells of data are told by their shape alone (x = letter, 9 = digit); numbers and addresses of mail are starred out.\nThat a system can show something does not say that the picture was taken on it.',
  )
}

function hostText({ text, known, read }: PictureFile['shown']['hosts'][number]): string {
  if (known !== undefined && known !== text) return `${text} (= ${known})`
  return read === undefined ? text : `${text} (read as ${read})`
}

/** Labels of all pictures, each once, as one line of TOML. */
function labelsLine(pictures: readonly PictureFile[]): string {
  const labels = pictures.flatMap(({ shown }) => [...(shown.title === undefined ? [] : [shown.title]), ...shown.labels])
  const texts = [...new Set(labels.filter((one) => one.certainty >= 60).map((one) => oneLine(one.text)))].sort()
  return `screen_labels = ${JSON.stringify(texts)}`
}

function pictureText(one: PictureFile): string {
  const { shown } = one
  const lines = [`${oneLine(one.file)}  ${one.format}, ${one.width} x ${one.height}, read with certainty ${one.certainty} of 100`]
  const add = (name: string, text: string): void => {
    if (text !== '') lines.push(`  ${name.padEnd(14)} ${oneLine(text)}`)
  }
  add('answer', `${one.answer.kind}: ${one.answer.text}`)
  for (const system of one.systems.slice(0, 8)) {
    add(system.can, system.name)
    if (system.can !== 'cannot show')
      for (const reason of system.reasons)
        lines.push(
          `    ${oneLine(reason.text)}${reason.cites
            .slice(0, 2)
            .map((cite) => `  [${oneLine(citeText(cite))}]`)
            .join('')}`,
        )
  }
  if (one.systems.length > 8) lines.push(`  and ${one.systems.length - 8} more systems; --json lists them`)
  for (const copy of one.copies.filter((each) => each.can === 'can show'))
    add('copy', `${copy.copy} of ${copy.system}, held by ${copy.holder}: ${copy.reasons[0]?.text ?? ''}`)
  add('title', shown.title?.text ?? '')
  add('programs', shown.programs.map((each) => each.text).join(', '))
  add(
    'hosts',
    shown.hosts
      .filter((each) => each.kind !== 'url')
      .map(hostText)
      .join(', '),
  )
  add(
    'addresses',
    shown.hosts
      .filter((each) => each.kind === 'url')
      .map((each) => each.text.replace(/^http/, 'hxxp').replaceAll('.', '[.]'))
      .join(', '),
  )
  add('users', shown.users.map((each) => each.text).join(', '))
  add(
    'columns',
    shown.labels
      .filter((each) => each.as === 'column')
      .map((each) => each.text)
      .join(', '),
  )
  add(
    'labels',
    shown.labels
      .filter((each) => each.as !== 'column')
      .map((each) => each.text)
      .join(', '),
  )
  add(
    'data',
    shown.values.length === 0
      ? ''
      : `${counted(shown.values.length, 'value')}, such as ${[...new Set(shown.values.map((each) => each.text))].slice(0, 6).join(', ')}`,
  )
  add('clock', shown.clock === undefined ? '' : `${shown.clock.text} (as drawn; zone not known)`)
  for (const mark of one.marks) add(`file: ${mark.what}`, `${mark.text} (${mark.from})`)
  add(
    'editing',
    one.editing.kind === 'no mark'
      ? 'no mark in the file, which says nothing: messengers remove marks'
      : one.editing.reasons.join(' '),
  )
  for (const before of one.seen)
    add(
      'seen before',
      `${before.file}, kept ${before.at}: ${before.same ? 'the same bytes' : `${before.bits} of 64 bits differ`}`,
    )
  return lines.join('\n')
}
