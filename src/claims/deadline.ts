import { epochMs, isoMicros, type Moment } from '../base/index.ts'
import { dateIn } from './date.ts'
import { durationsIn } from './number.ts'
import type { Passage } from './passage.ts'
import type { Said } from './sentence.ts'
import type { Deadline } from './thread.ts'

const threat =
  /\b(?:expose|release|publish|leak|sell|pay|shut|delete|destroy|statement|respond|answer|contact|otherwise|or else|will|final|deadline|ultimatum|public|drop|dump|gave|time is|clock|countdown|must|demand\w*|wait\w*|until|left|if no|unless|have)\b/i

/**
 * Deadlines and recurring threats in a sentence of the actor. A span counts from the post's time when that is known; of a report
 * only the bound is known, and so of the deadline. A date without a year, or without a post to count from, gives no time.
 */
export function deadlinesIn(said: Said, passage: Passage, zone?: string): Deadline[] {
  const { flat } = said
  // A post may say no more than `48h.`
  const bare = /^\W*\d{1,3} ?(?:h|hrs?|hours|days?)\W*$/i.test(flat)
  if (!bare && !threat.test(flat)) return []
  const found: Deadline[] = []
  const from = passage.at ?? passage.reportedAt
  for (const span of durationsIn(flat)) {
    const before = flat.slice(0, span.start)
    if (/\bevery\s$/i.test(before)) found.push({ text: said.text, every: span.iso, ...(from ? { from } : {}), cite: said.cite })
    else if (
      bare ||
      /\b(?:within(?: the next)?|in(?: the next)?|after|have|has|you get|deadline(?: is|:)?|only|give you|gave (?:you|them)|remaining|next|(?:gave|gives|give) (?:\w+ ){1,3})\s?$/i.test(
        before,
      ) ||
      /^\S+\s\S+\s(?:left|remain|to (?:pay|respond|contact|answer|issue))\b/i.test(flat.slice(span.start))
    ) {
      const at = later(from, span.seconds)
      found.push({ text: said.text, ...(from ? { from } : {}), ...(at ? { at } : {}), cite: said.cite })
    }
  }
  const often = /\b(hourly|every hour|daily|every day|weekly|every week)\b/i.exec(flat)?.[1]?.toLowerCase()
  if (often !== undefined && found.length === 0) {
    const every = often.includes('hour') ? 'PT1H' : often.includes('week') ? 'P1W' : 'P1D'
    found.push({ text: said.text, every, ...(from ? { from } : {}), cite: said.cite })
  }
  const cue = /\b(?:by|until|till|before|deadline(?: is|:)?|on|no later than|not later than)\s(?:the\s)?/i
  const dated = dateIn(flat, zone)
  if (dated && cue.test(flat)) found.push({ text: said.text, at: endOfDay(dated), cite: said.cite })
  else if (
    found.length === 0 &&
    /\b(?:until|before|by|deadline(?: is|:)?)\s(?:next\s)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|midnight|noon)\b/i.test(
      flat,
    )
  )
    found.push({ text: said.text, cite: said.cite })
  return found
}

function later(from: Moment | undefined, seconds: number): Moment | undefined {
  if (!from) return undefined
  return {
    at: isoMicros(epochMs(from.at) + seconds * 1000, from.at.slice(23, 26)),
    zone: from.zone,
    ...(from.bound ? { bound: from.bound } : {}),
  }
}

function endOfDay(dated: { moment: Moment; day: boolean }): Moment {
  if (!dated.day) return dated.moment
  return { ...dated.moment, at: isoMicros(epochMs(dated.moment.at) + 86_399_000) }
}
