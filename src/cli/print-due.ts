import { deadlineText, type Deadline, type DueAnswer, type Duty, type HarmAssessment } from '../response/index.ts'
import { oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** Clocks on the terminal: what is asked first, the moments, the duties of each law, requests and recommendations open by their time, and what does not apply. */
export function printDue(terminal: Terminal, answer: DueAnswer & { readonly deadlines?: readonly Deadline[] }): void {
  const width = Math.max(80, terminal.width)
  const say = (text: string, indent = ''): unknown => terminal.out(`${wrapped(oneLine(text), { width, indent })}\n`)
  for (const one of answer.asked) say(`asked: ${one.text} [${one.field}]`)
  if (answer.asked.length > 0) terminal.out('\n')
  for (const event of answer.triggerEvents) {
    const marks = [event.kind, ...(event.earliest ? ['earliest'] : []), ...(event.decided ? ['decided'] : [])]
    const zone = event.at.zone === 'unknown' ? ' (zone asked for)' : 'Z'
    say(`${event.id}  ${event.at.at.slice(0, 16).replace('T', ' ')}${zone}  ${marks.join(', ')}: ${oneLine(event.text)}`)
  }
  if (answer.triggerEvents.length > 0) terminal.out('\n')
  const laws = new Map<string, Duty[]>()
  for (const duty of answer.duties) laws.set(duty.law, [...(laws.get(duty.law) ?? []), duty])
  for (const [law, duties] of laws) {
    const [first] = duties
    say(
      `${law} (${first?.jurisdiction ?? ''}; ${first?.lawStatus ?? ''}${first?.confidential === true ? '; never exported' : ''})`,
    )
    for (const duty of duties) printDuty(duty, say)
    say(
      `source: ${first?.source.text ?? ''}${first?.source.url === '' ? '' : ` ${first?.source.url ?? ''}`}, read ${first?.source.read ?? ''}`,
      '  ',
    )
    terminal.out('\n')
  }
  const { deadlines = [] } = answer
  if (deadlines.length > 0) say('Asked and taken up, open by its time')
  for (const one of deadlines)
    say(
      `${(one.overdue ? 'overdue' : 'running').padEnd(8)} ${one.id}: ${deadlineText(one)}: ${one.end.slice(0, 16).replace('T', ' ')}Z`,
      '  ',
    )
  if (deadlines.length > 0) terminal.out('\n')
  for (const one of answer.notTriggered) say(`not triggered: ${one.law}: ${one.why}`)
  say(answer.disclaimer)
}

function printDuty(duty: Duty, say: (text: string, indent?: string) => unknown): void {
  const owed = duty.owedBy === undefined ? '' : ` [owed by: ${duty.owedBy}]`
  const when = duty.due === undefined ? duty.dueText : `${duty.due.slice(0, 16).replace('T', ' ')}Z (${duty.dueText})`
  const from =
    duty.start === undefined
      ? ''
      : `, from ${duty.start.event}${duty.start.provisional ? ' (provisional: nobody has decided)' : ''}`
  say(`${duty.status.padEnd(8)} ${duty.id}: ${duty.step} to ${duty.recipient}: ${when}${from}${owed}`, '  ')
  if (duty.notNotified !== undefined)
    say(`no notice, decided by ${duty.notNotified.by}: ${duty.notNotified.reason}`, '           ')
  if (duty.holidays !== undefined) say(`holidays: ${duty.holidays}`, '           ')
  const open = duty.thresholds.filter((one) => one.met === 'unknown').map((one) => one.text)
  if (open.length > 0) say(`not judged yet: ${open.join('; ')}`, '           ')
  if (duty.exemptions.length > 0) say(`falls away if: ${duty.exemptions.map((one) => one.text).join('; or ')}`, '           ')
}

/** Harm per regime: what the rules propose, why, and what was decided. */
export function printHarm(terminal: Terminal, harm: HarmAssessment): void {
  const width = Math.max(80, terminal.width)
  const say = (text: string, indent = ''): unknown => terminal.out(`${wrapped(oneLine(text), { width, indent })}\n`)
  const { severity } = harm
  say(
    severity.score === undefined
      ? `ENISA severity: not computed. ${severity.missing.join(' ')}`
      : `ENISA severity: ${severity.score.map((one) => one.toFixed(2)).join(' to ')} (${severity.bands.join(' to ')})${severity.flags.length === 0 ? '' : `; ${severity.flags.join('; ')}`}`,
  )
  for (const part of severity.parts) say(part, '  ')
  if (severity.score !== undefined) for (const one of severity.missing) say(`missing: ${one}`, '  ')
  for (const one of harm.proposals) {
    say(`${one.judgement} (${one.regime}): proposed ${one.proposed}`)
    for (const reason of one.reasons) say(reason, '  ')
    say(`rule: ${one.source}`, '  ')
    say(
      one.decided === undefined
        ? `not decided: breachline duty judge ${one.judgement} yes|no --reason "..."`
        : `decided ${one.decided.answer} by ${one.decided.by}: ${one.decided.reason}`,
      '  ',
    )
  }
  say(harm.disclaimer)
}
