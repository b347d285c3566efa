import { epochMs, parseIso } from '../base/index.ts'
import type { Post } from '../claims/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Findings } from './findings.ts'
import { auditLogs, logs, other } from './need.ts'
import { decided, leaning, open, type Asserted, type Weight } from './weight.ts'

/** "We defaced the page" (A11): two states of the page decide; a page changed as pages are does not exclude a change in between. */
export function weighDefacement(asserted: Asserted, findings: Findings): Weight {
  const needs = [other('a web capture of the page, with its time'), logs('logs of the web server of that page', asserted.subject)]
  const pages = findings.pages ?? []
  const changed = pages.find((one) => one.kind === 'defacement' || one.kind === 'takeover')
  if (changed !== undefined) {
    const what = changed.kind === 'takeover' ? 'was served by or led to somebody else' : 'was signed by somebody else'
    const text = `${changed.url} ${what} when it was taken at ${changed.at}: ${changed.reasons.join('; ')}.`
    return decided('supported', [{ text, cites: changed.cites }], { strength: 'strong' })
  }
  const [seen] = pages
  if (seen !== undefined) {
    const text = `${seen.url}, taken at ${seen.at}, shows no foreign signature; what it showed before that time is not known.`
    return leaning('against', [{ text, cites: seen.cites }], { strength: 'weak', needs })
  }
  return open(asserted, 'No copy of the page from that time has been handed over.', needs)
}

/** "It is for sale" (A11): the offer itself stands in a post at hand or is only reported; what is behind it is judged elsewhere. */
export function weighSale(asserted: Asserted, posts: readonly Post[]): Weight {
  const { cite } = asserted
  const own = posts.some(
    (post) =>
      post.source === 'actor' && post.cite.kind === 'exhibit' && cite.kind === 'exhibit' && post.cite.sha256 === cite.sha256,
  )
  if (!own)
    return open(asserted, 'That it is offered is reported; the offer itself is not at hand.', [
      other('a capture of the offer, with its time'),
    ])
  const text = 'The offer stands in a post at hand. That something is offered does not show that the seller has it.'
  return decided('supported', [{ text, cites: [cite] }], { strength: 'moderate' })
}

/** "Insiders helped" (A12): use of accounts can fit it and never shows it; open, about accounts alone. */
export function weighInsider(asserted: Asserted, findings: Findings): Weight {
  const needs = [
    auditLogs('audit logs of who read whose records, with reasons'),
    other('reasons for the reads named, from those responsible for the accounts'),
  ]
  const grounds: Sentence[] = [
    ...(findings.lookups?.accounts ?? [])
      .filter((one) => one.beyondChance === true)
      .slice(0, 5)
      .map((one) => ({
        text: `Account ${one.account} was used to read watched subscribers without a recorded reason more often than chance allows. That fits a stolen account as well.`,
        cites: one.cites ?? one.grounds.flatMap((ground) => ground.cites),
      })),
    ...(findings.lookups?.bulk ?? [])
      .filter((one) => one.rows > 0 && one.file === undefined)
      .slice(0, 3)
      .map((one) => ({
        text: `Account ${one.account} read ${one.rows.toLocaleString('en-US')} rows at once (${dayOf(one.at)}). That fits ordinary work and a stolen account as well.`,
        cites: one.cites,
      })),
  ]
  const [first, ...rest] = grounds
  if (first !== undefined) return leaning('for', [first, ...rest], { strength: 'weak', needs })
  return open(asserted, 'Nothing at hand shows or excludes help from inside.', needs)
}

function dayOf(text: string): string {
  const moment = parseIso(text)
  return moment === undefined ? text : new Date(epochMs(moment.at)).toISOString().slice(0, 10)
}
