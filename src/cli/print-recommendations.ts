import { unreachable } from '../base/index.ts'
import type { Ground, TrackedRecommendation, TrackedRecommendations } from '../response/index.ts'
import { columns, counted, oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** Adopted ones, then what is proposed, then what was promised in public. */
export function printRecommendations(terminal: Terminal, state: TrackedRecommendations): void {
  const { recommendations } = state
  if (recommendations.length === 0)
    return terminal.out('nothing found in this case calls for a change; "breachline investigate" comes first\n')
  const rows = recommendations.map((one) => [
    one.number ?? '',
    one.id,
    `${one.state}${one.late ? ' LATE' : ''}${one.retestLate ? ' TEST LATE' : ''}`,
    one.owner,
    one.retestDue === undefined ? one.due : `test ${one.retestDue}`,
    onWhat(one),
    one.mitigations.map(({ id }) => id).join(' '),
  ])
  terminal.out(
    `${columns([['', 'recommendation', 'state', 'owner', 'by', 'rests on', 'mitigations'], ...rows], terminal.width)}\n`,
  )
  if (state.promises.length > 0) {
    terminal.out('\nPromised in public\n')
    printPromises(terminal, state)
  }
  const open = recommendations.filter((one) => one.state === 'proposed').length
  if (open > 0)
    terminal.out(
      `\n${counted(open, 'recommendation')} proposed: owner and day are offers until a named person adopts one ("recommend adopt")\n`,
    )
}

/** Promises with what stands behind each. */
export function printPromises(terminal: Terminal, { promises, recommendations }: TrackedRecommendations): void {
  const names = new Map(recommendations.map((one) => [one.id, one.number ?? one.id]))
  for (const one of promises) {
    const by = one.by.map((id) => names.get(id) ?? id).join(', ')
    terminal.out(`  ${one.id.slice(0, 14)}  ${one.state}${by === '' ? '' : ` (${oneLine(by)})`}\n`)
    terminal.out(`${wrapped(`${one.text} (${one.where})`, { width: Math.min(110, terminal.width), indent: '    ', hang: 0 })}\n`)
  }
}

/** One recommendation with everything that is known of it. */
export function printRecommendation(terminal: Terminal, one: TrackedRecommendation): void {
  const width = Math.min(110, terminal.width)
  const line = (label: string, text: string): void => {
    if (text !== '') terminal.out(`${wrapped(`${label}: ${text}`, { width, indent: '  ', hang: 2 })}\n`)
  }
  terminal.out(`${one.number === undefined ? '' : `${one.number}  `}${oneLine(one.id)}  (${stateWords(one)})\n`)
  terminal.out(`${wrapped(one.text, { width, indent: '  ', hang: 0 })}\n`)
  line('because', one.because)
  line('owner', one.owner)
  line('by', `${one.due}${one.state === 'proposed' ? ' (offered)' : ''}${one.late ? ', LATE' : ''}`)
  line('techniques', one.techniques.join(', '))
  for (const each of one.mitigations) line('mitigation', `${each.id} ${each.name} (answers ${each.answers.join(', ')})`)
  line('proof', one.proof)
  line('test again', `${one.retest.how} (${one.retest.days} days after)`)
  if (!one.rests) line('rests on', 'nothing that stands any more; it was adopted on')
  for (const [text, alike] of Map.groupBy(one.grounds, (ground) => ground.text)) line(groundNames(alike), text)
  if (one.ruled !== undefined) line(one.ruled.decision, `${one.ruled.by}, ${one.ruled.at.slice(0, 16)}Z: ${one.ruled.reason}`)
  if (one.done !== undefined)
    line('done', `${one.done.by}, ${one.done.at.slice(0, 16)}Z: ${one.done.proof} ${one.done.exhibits.join(', ')}`)
  if (one.retestDue !== undefined) line('to be tested by', `${one.retestDue}${one.retestLate ? ', LATE' : ''}`)
  for (const test of one.tests)
    line(
      `tested ${test.on}`,
      `${test.passed ? 'holds' : 'does not hold'}: ${test.found} (${test.by}) ${test.exhibits.join(', ')}`,
    )
}

/** Findings or gaps of one wording: up to three by name, the rest counted. */
function groundNames(alike: readonly Ground[]): string {
  const names = alike
    .slice(0, 3)
    .map((one) => one.finding?.slice(0, 14) ?? (one.gap === undefined ? `promise ${one.promise ?? ''}` : `gap ${one.gap}`))
  const states = [...new Set(alike.flatMap(({ status }) => status ?? []))].join(', ')
  return [...names, ...(alike.length > 3 ? [`${alike.length - 3} more`] : []), ...(states === '' ? [] : [`(${states})`])].join(
    ' ',
  )
}

function stateWords({ state }: TrackedRecommendation): string {
  switch (state) {
    case 'proposed':
      return 'proposed by rule, adopted by nobody'
    case 'adopted':
      return 'adopted'
    case 'done':
      return 'done, not tested again'
    case 'held':
      return 'done, tested again and held'
    case 'dropped':
      return 'not taken up'
    default:
      return unreachable(state)
  }
}

function onWhat({ grounds, rests }: TrackedRecommendation): string {
  const found = grounds.filter(({ finding }) => finding !== undefined)
  const [first] = found
  const gaps = grounds.length - found.length
  const texts = [
    ...(first === undefined
      ? []
      : [`${first.finding?.slice(0, 10) ?? ''}${found.length > 1 ? ` and ${found.length - 1} more` : ''}`]),
    ...(gaps === 0 ? [] : [counted(gaps, 'gap')]),
  ]
  return `${texts.join(', ')}${rests ? '' : ' (none stands any more)'}`
}
