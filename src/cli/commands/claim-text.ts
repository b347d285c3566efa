import { momentText } from '../../base/index.ts'
import type { Clock, Deadline, Thread } from '../../claims/index.ts'
import { citeText, type Cite } from '../../evidence/index.ts'
import { counted, oneLine } from '../layout.ts'

/** A thread for the terminal: `readings` adds every reading, else only those that a person should look at. */
export function threadText(thread: Thread, options: { readonly readings: boolean }): string {
  const named = thread.victims.filter((one) => one.standing === 'named').map((one) => oneLine(one.name))
  const lines = [
    `${oneLine(thread.actor) || 'actor not named'}  about ${named.join(', ') || 'nobody named'}  (${counted(thread.posts.length, 'post')}, ${counted(thread.assertions.length, 'assertion')})`,
  ]
  const add = (name: string, text: string, cite: Cite): void => {
    lines.push(`  ${name.padEnd(22)} ${oneLine(text)}  [${oneLine(citeText(cite))}]`)
  }
  const earlier = thread.victims.filter((one) => one.standing === 'earlier').map((one) => oneLine(one.name))
  if (earlier.length > 0) lines.push(`  earlier victims named: ${earlier.join(', ')}`)
  for (const one of thread.sources ?? [])
    add(
      one.kind,
      `${one.name || 'without a name'}, ${counted(one.posts, 'part')}${one.first === undefined ? '' : `, first ${momentText(one.first)}`}`,
      one.cite,
    )
  for (const one of thread.posts) {
    const when = one.at ?? one.reportedAt
    const told = one.source === 'reported' ? 'reported' : one.repostOf === undefined ? 'posted' : 're-posted'
    const head = `${when === undefined ? 'time not known' : momentText(when)}${one.channel === '' ? '' : `, ${one.channel}`}`
    add(`post ${told}`, `${head}: "${one.text.slice(0, 120)}${one.text.length > 120 ? '...' : ''}"`, one.cite)
    for (const version of one.versions ?? []) add('  worded before', `"${version.text.slice(0, 120)}"`, version.cite)
  }
  for (const one of thread.assertions) add(`${one.id} ${one.by} ${one.kind}`, `"${one.text}"${amountOf(one)}`, one.cite)
  for (const one of thread.demands) add('demand', `"${one.text}"`, one.cite)
  addClocks(thread, add)
  for (const one of thread.statements)
    add(`statement ${one.by}`, `${one.name === undefined ? '' : `${one.name}: `}"${one.text}"`, one.cite)
  for (const one of thread.offers ?? []) add('put up for sale', `"${one.text}"`, one.cite)
  for (const one of thread.thirdParties) add('third party', one.name ?? one.text, one.cite)
  addCampaign(thread, add)
  for (const one of thread.abuse ?? []) add(`reported ${one.kind}`, `"${one.text}" (before the claim: ${one.predates})`, one.cite)
  for (const one of thread.links ?? [])
    if (one.disguise !== undefined) add('look-alike name', `${one.text} is ${one.host}: ${one.disguise}`, one.cite)
  addReadings(thread, options.readings, add)
  for (const list of thread.readiness ?? []) {
    lines.push(`  be ready: ${list.title} (${list.readings.join(', ')})`)
    for (const item of list.items) lines.push(`    [ ] ${item}`)
  }
  return lines.join('\n')
}

type Add = (name: string, text: string, cite: Cite) => void

function addClocks(thread: Thread, add: Add): void {
  const all: readonly (Clock | Deadline)[] = thread.clocks ?? thread.deadlines
  for (const one of all) {
    const when = one.every === undefined ? (one.at === undefined ? '' : ` (${momentText(one.at)})`) : ` (every ${one.every})`
    add(one.by === undefined ? 'deadline' : `deadline of ${one.by}`, `"${one.text}"${when}`, one.cite)
    for (const tick of 'ticks' in one ? one.ticks : [])
      add('  tick', `${momentText(tick.at)}: ${tick.happened}`, tick.cites[0] ?? one.cite)
  }
}

function addCampaign(thread: Thread, add: Add): void {
  for (const one of thread.campaign?.against ?? []) add('threat to a sector', `"${one.text}"`, one.cite)
  for (const victim of thread.campaign?.victims ?? []) {
    const [cite] = victim.cites
    if (cite === undefined) continue
    const ended = victim.ended.map((one) => one.kind).join(', ') || 'open'
    if ((thread.campaign?.victims.length ?? 0) > 1) add(`victim ${victim.standing}`, `${victim.name}: ${ended}`, cite)
    for (const party of victim.ours ?? [])
      add('in our inventory', `${victim.name} is ${party.name} (${party.entry}): ${party.relation}`, cite)
    for (const one of victim.listsUs ?? []) add('names us', `"${one.text}"`, one.cite)
  }
}

function addReadings(thread: Thread, all: boolean, add: Add): void {
  for (const one of thread.readings ?? []) {
    if (!all && one.doubts === undefined) continue
    const amount = one.quantity === undefined ? '' : ` ${one.quantity.toLocaleString('en-US')} ${one.unit ?? ''}`
    const doubts = one.doubts === undefined ? '' : ` - to be read by a person: ${one.doubts.join('; ')}`
    add(`${one.id} ${one.by} ${one.kind}`, `"${one.text}"${amount}${doubts}`, one.cite)
  }
}

function amountOf(one: Thread['assertions'][number]): string {
  if (one.quantity === undefined) return ''
  const qualifier = one.qualifier === undefined || one.qualifier === 'exactly' ? '' : `${one.qualifier} `
  return ` (${qualifier}${one.quantity.toLocaleString('en-US')} ${one.unit ?? ''})`.replace(' )', ')')
}
