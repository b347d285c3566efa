import { percent } from '../../base/index.ts'
import type { SampleVerdict } from '../../app/index.ts'
import { citeText, type Sentence } from '../../evidence/index.ts'
import { asOfText, posteriorOf, propositionsText, ratioText } from '../../sharing/index.ts'
import { columns, counted, oneLine, wrapped } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

/** Copies shown in the table of answers; `--json` has all. */
const mostCopies = 8
const mostColumns = 40

/**
 * Prints a verdict in the order in which it is read: what it says, how sure that is and against what, the answers side by side, the
 * grounds, what would change it, what no sample can show, what every column was taken for. Words are broken at the terminal's width.
 */
export function printVerdict(terminal: Terminal, one: SampleVerdict): void {
  const width = Math.max(60, Math.min(terminal.width, 120))
  const say = (text: string, indent: string): void => terminal.out(`${wrapped(text, { width, indent })}\n`)
  const list = (title: string, lines: readonly string[]): void => {
    if (lines.length === 0) return
    terminal.out(`\n${title}\n`)
    for (const line of lines) say(`- ${line}`, '  ')
  }

  say(`${one.sample}: ${one.statement}`, '')
  terminal.out('\n')
  const fact = (name: string, text: string): void =>
    terminal.out(`${wrapped(`${name.padEnd(10)} ${text}`, { width, indent: '  ', hang: 11 })}\n`)
  const posterior = posteriorOf(one)
  if (one.propositions !== undefined) fact('ratio', propositionsText(one.propositions))
  fact('posterior', `${posterior === undefined ? 'no answer reaches 90 %' : percent(posterior)}. ${one.prior}`)
  fact('as of', asOfText(one) ?? 'nothing in the sample dates it')
  fact('rows', rowsText(one))
  fact('made of', `${kindsText(one)} (sums to 100 %)`)
  printAnswers(terminal, one)
  list('Grounds', one.grounds.map(groundText))
  list(
    'Signs beside the comparison (log10 LR; above 0 for rows of a real base, below 0 for invention)',
    (one.signs ?? []).map((sign) => `${sign.log10LR > 0 ? '+' : ''}${sign.log10LR.toFixed(1)}  ${sign.sentence.text}`),
  )
  list('What would change this', one.wouldChange ?? [])
  list('What a sample cannot show', one.cannotShow ?? [])
  printColumns(terminal, one)
  terminal.out('\n')
  say(one.calibration, '  ')
}

function rowsText(one: SampleVerdict): string {
  const { padding } = one
  return [
    `${counted(one.rows, 'row')} in the file, ${one.read.toLocaleString('en-US')} read, ${one.identified.toLocaleString('en-US')} with an identifier`,
    ...(one.compared === undefined ? [] : [`${one.compared.toLocaleString('en-US')} of them compared`]),
    ...(one.persons === undefined ? [] : [counted(one.persons, 'person')]),
    ...(one.repeated === undefined || one.repeated === 0 ? [] : [`${counted(one.repeated, 'row')} repeated, weighed once`]),
    ...(padding.elsewhere === undefined || padding.elsewhere === 0
      ? []
      : [
          `${counted(padding.elsewhere, 'row')} from elsewhere${padding.rows === 0 ? '' : `, ${padding.rows} of them from ${padding.leak === undefined ? 'known leaks' : padding.leak}`}`,
        ]),
  ].join('; ')
}

function kindsText({ kind }: SampleVerdict): string {
  return Object.entries(kind)
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', ')
}

function printAnswers(terminal: Terminal, one: SampleVerdict): void {
  const cut = one.compared !== undefined
  const sources = one.sources
    .slice(0, mostCopies)
    .map((source) => [
      `  ${source.copy}`,
      source.holder,
      source.system,
      percent(source.posterior),
      ratioText(source.log10LR),
      `${source.rowsInside} / ${source.rowsAgreeing}${cut ? ` / ${source.rowsMet ?? 'not counted'}` : ''}`,
      source.cutDay ?? source.asOf?.day ?? '',
    ])
  const others = [
    ['  a copy not registered', '', '', percent(one.unknownCopy)],
    ...one.knownLeaks.map((leak) => [`  ${leak.leak}`, 'known leak', '', percent(leak.posterior), '', percent(leak.containment)]),
    ['  invention or a list of logins', '', '', percent(one.fabricated)],
  ]
  const head = [
    '  copy',
    'holder',
    'system',
    'posterior',
    'log10 LR',
    `rows inside / agreeing${cut ? ' / met of all read' : ''}`,
    'day',
  ]
  terminal.out(`\nThe answers side by side (posteriors sum to 100 %; log10 LR against the best other answer)\n`)
  terminal.out(`${columns([head, ...sources, ...others], 1_000)}\n`)
  if (one.sources.length > mostCopies)
    terminal.out(`  and ${counted(one.sources.length - mostCopies, 'further copy', 'further copies')} (--json)\n`)
}

function groundText({ text, cites }: Sentence): string {
  const shown = cites.slice(0, 3).map((cite) => citeText(cite))
  return shown.length === 0 ? text : `${text} [${shown.join('; ')}]`
}

function printColumns(terminal: Terminal, one: SampleVerdict): void {
  if (one.columns.length === 0) return
  const rows = one.columns.slice(0, mostColumns).map(({ name, meaning, why }) => [`  ${oneLine(name)}`, meaning, why ?? ''])
  terminal.out('\nWhat every column was taken for; correct it with --map\n')
  terminal.out(`${columns([['  column', 'taken for', 'because'], ...rows], 1_000)}\n`)
  if (one.columns.length > mostColumns) terminal.out(`  and ${one.columns.length - mostColumns} more (--json)\n`)
}
