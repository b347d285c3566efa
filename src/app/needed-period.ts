import { parseIso } from '../base/index.ts'
import type { Answer } from './answer.ts'
import type { CaseInfo } from './case-store.ts'

/** Bits from which a story counts as an occurrence; weaker ones are leads. */
const tellingScore = 30

/** The days of which logs are needed, and why just these. */
export interface NeededPeriod {
  /** `YYYY-MM-DD` in UTC, both included. */
  readonly from: string
  readonly to: string
  readonly because: string
}

/**
 * The period that the claim needs logs of: from the earliest of the telling story's first step, the earliest day whose values a sample
 * agrees with, and the first post of an actor, until the case was opened. `from` and `to` given by a person win.
 * Undefined when none of them is known.
 */
export function neededPeriod(
  info: CaseInfo,
  answer: { readonly [K in 'threads' | 'provenance' | 'stories']: Answer[K] | undefined } & Partial<
    Pick<Answer, 'furtherSamples'>
  >,
  given: { readonly from?: string; readonly to?: string } = {},
): NeededPeriod | undefined {
  const to = given.to ?? (dayOf(info.openedAt) || undefined)
  const starts = (given.from === undefined ? startsOf(answer) : [{ day: given.from, why: 'as asked' }]).filter(
    ({ day }) => day !== '',
  )
  const [first] = starts.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  if (first === undefined || to === undefined || first.day > to) return undefined
  return {
    from: first.day,
    to,
    because: `from ${first.why} to ${given.to === undefined ? 'the opening of the case' : 'the day asked for'}`,
  }
}

function startsOf(answer: Parameters<typeof neededPeriod>[1]): { readonly day: string; readonly why: string }[] {
  const posts = (answer.threads ?? [])
    .flatMap((thread) => thread.posts)
    .filter((post) => post.source === 'actor')
    .flatMap((post) => (post.at === undefined ? [] : [dayOf(post.at.at)]))
    .sort()
  return [
    ...(answer.stories?.stories ?? [])
      .filter((story) => story.score >= tellingScore)
      .map((story) => ({ day: dayOf(story.from), why: 'the first step of the story' })),
    ...[answer.provenance, ...(answer.furtherSamples ?? [])].map((sample) => ({
      day: sample?.sources.find((one) => one.asOf !== undefined)?.asOf?.day ?? '',
      why: 'the day whose values the sample agrees with',
    })),
    { day: posts[0] ?? '', why: 'the first post' },
  ]
}

function dayOf(text: string): string {
  return parseIso(text)?.at.slice(0, 10) ?? ''
}
