import type { ShownFlag } from '../app/index.ts'
import { minuteText, printable } from '../base/index.ts'
import { shortId, type Contradiction, type KeptStatement, type StatementCheck, type StatementDraft } from '../response/index.ts'
import { columns, counted, oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** What a check found: refused phrases with what they need, hidden characters, contradictions with both sentences, and what rests on nothing. */
export function printCheck(terminal: Terminal, check: StatementCheck): void {
  const width = Math.min(120, terminal.width)
  const line = (text: string, indent: string): void => terminal.out(`${wrapped(oneLine(text), { width, indent })}\n`)
  for (const { line: at, what } of check.hidden) terminal.out(`REFUSED line ${at}: ${printable(what)}; write the line anew\n`)
  for (const { phrase, words, line: at, sentence, needs, instead } of check.refusals) {
    terminal.out(`REFUSED line ${at}: "${printable(words)}" (${phrase})\n`)
    line(`"${sentence}"`, '  ')
    for (const { need, met, text } of needs) line(`${met ? 'has  ' : 'needs'} ${need}: ${text}`, '  ')
    line(`instead: ${instead}`, '  ')
    terminal.out('\n')
  }
  for (const { phrase, line: at } of check.allowed)
    terminal.out(`allowed line ${at}: ${phrase}, with coverage and an adopted finding\n`)
  for (const one of check.contradictions) printContradiction(terminal, one)
  if (check.toRead.length > 0) {
    terminal.out('Assures or denies in words that no phrase knows; read it against the findings:\n')
    for (const { line: at, sentence } of check.toRead) line(`line ${at}: "${sentence}"`, '  ')
  }
  const bare = check.rests.filter(({ findings }) => findings.length === 0)
  if (bare.length > 0) {
    terminal.out('Rest on no adopted finding:\n')
    for (const { line: at, sentence } of bare) line(`line ${at}: "${sentence}"`, '  ')
  }
  const verdict = check.ok ? 'no phrase is refused' : counted(check.refusals.length + check.hidden.length, 'refusal')
  terminal.out(`${counted(check.sentences, 'sentence')}: ${verdict}, ${counted(check.contradictions.length, 'contradiction')}\n`)
}

function printContradiction(terminal: Terminal, { kind, why, now, before }: Contradiction): void {
  const width = Math.min(120, terminal.width)
  terminal.out(`DIFFERS in ${kind}: ${printable(why)}\n`)
  terminal.out(`${wrapped(`line ${now.line}: "${oneLine(now.sentence)}"`, { width, indent: '  ' })}\n`)
  const when = before.at === '' ? '' : `, ${minuteText(before.at)}`
  terminal.out(
    `${wrapped(`${shortId(before.label)} (${before.kind}${when}): "${oneLine(before.sentence)}"`, { width, indent: '  ' })}\n\n`,
  )
}

/** A draft, and under it every sentence with what it rests on. */
export function printDraft(terminal: Terminal, draft: StatementDraft): void {
  const width = Math.min(100, terminal.width)
  terminal.out(
    `DRAFT, not released: ${draft.form === 'holding' ? 'holding statement' : 'next statement'} for ${draft.audience} (${draft.language})\n\n`,
  )
  for (const paragraph of draft.text.trimEnd().split('\n\n'))
    terminal.out(`${wrapped(printable(paragraph), { width, indent: '    ', hang: 0 })}\n\n`)
  terminal.out('What every sentence rests on:\n')
  for (const { text, findings, decisions, because } of draft.sentences) {
    const on = [...findings, ...decisions]
    const rest =
      on.length > 0
        ? `${on.slice(0, 4).map(shortId).join(', ')}${on.length > 4 ? ` and ${on.length - 4} more` : ''}`
        : (because ?? '')
    terminal.out(`${wrapped(`- ${oneLine(text)}`, { width, indent: '  ' })}\n      ${rest}\n`)
  }
  terminal.out('\n')
}

/** The statements of a case in a table, and under it those that findings contradict. */
export function printStatements(
  terminal: Terminal,
  { statements, flags }: { readonly statements: readonly KeptStatement[]; readonly flags: readonly ShownFlag[] },
): void {
  if (statements.length === 0) terminal.out('no statement was put up for sign-off or recorded in this case\n')
  else
    terminal.out(
      `${columns([['', 'for', 'lang', 'state', 'signed off', 'left', 'SHA-256'], ...statements.map(rowOf)], Math.max(100, terminal.width))}\n`,
    )
  for (const flag of flags) {
    const { statement, counsel, contradictions, withCounsel } = flag
    terminal.out('\n')
    if (withCounsel && contradictions.length === 0) {
      terminal.out(`${statement} has left and is with counsel: findings bear on it\n`)
      continue
    }
    const state =
      counsel === undefined
        ? `waits for counsel ("breachline statement counsel ${statement}")`
        : `${counsel.by} decided: ${counsel.outcome === 'correct' ? 'to be corrected' : 'it stands'} (${counsel.decision})`
    terminal.out(`${statement} has left, and findings contradict it; ${state}\n`)
    for (const one of contradictions.slice(0, 10)) printContradiction(terminal, one)
  }
}

/** One statement whole: where it stands, who signed, the text, what its sentences rest on. */
export function printStatement(terminal: Terminal, one: KeptStatement): void {
  terminal.out(`${one.id}  ${one.audience}, ${one.language}, ${one.state}\nSHA-256 ${one.sha256}\n`)
  terminal.out(`put up by ${oneLine(one.submitted.by)}, ${minuteText(one.submitted.at)} UTC (${one.submitted.decision})\n`)
  for (const { role, answer, by, at, reason, decision } of one.signOffs)
    terminal.out(
      `${role}: ${answer === 'yes' ? 'signed off' : 'REFUSED'} by ${oneLine(by)}, ${minuteText(at)} UTC (${decision}): ${oneLine(reason)}\n`,
    )
  if (one.missing.length > 0) terminal.out(`missing: ${one.missing.join(', ')}\n`)
  if (one.released !== undefined)
    terminal.out(
      `left ${minuteText(one.released.at)} UTC, to ${oneLine(one.released.to)}, by ${oneLine(one.released.by)} (${one.released.decision})\n`,
    )
  if (one.filed !== undefined)
    terminal.out(`left ${minuteText(one.filed.at)} UTC, to ${oneLine(one.filed.to)}, recorded by ${oneLine(one.filed.by)}\n`)
  terminal.out(`\n${printable(one.text).trimEnd()}\n`)
  if (one.rests.length === 0) return
  terminal.out('\n')
  for (const { sentence, findings, decisions } of one.rests)
    if (findings.length + decisions.length > 0)
      terminal.out(`${[...findings, ...decisions].map(shortId).join(', ')}: ${oneLine(sentence)}\n`)
}

function rowOf(one: KeptStatement): string[] {
  const left = one.released?.at ?? one.filed?.at
  return [
    one.id,
    one.audience,
    one.language,
    one.state,
    one.filed === undefined
      ? one.signOffs.map(({ role, answer }) => (answer === 'yes' ? role : `${role}: no`)).join(', ') || '-'
      : '-',
    left === undefined ? '-' : `${minuteText(left)} UTC`,
    one.sha256.slice(0, 12),
  ]
}
