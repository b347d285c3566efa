import { UserError } from '../base/index.ts'
import { decide, type Decision } from '../casefile/index.ts'
import type { Signer } from '../evidence/index.ts'
import { recordsOf, type Story, type StoryChange } from '../intrusion/index.ts'
import type { CaseStore } from './case-store.ts'
import { lastAnswer } from './last-answer.ts'

/** What a person asks to change about the stories of a case; stories by their ids or unique beginnings. */
export type AskedChange = { readonly reason: string } & (
  | {
      readonly kind: 'cut'
      readonly story: string
      /** Steps by their numbers in the story, from 1. */
      readonly steps?: readonly number[]
      /** All steps on this host. */
      readonly host?: string
    }
  | { readonly kind: 'join'; readonly stories: readonly string[] }
)

/**
 * Cuts or joins stories by a decision of the signer; it holds at once, and when the case is investigated again. A `UserError`
 * where story, steps or host are not there, or nothing would be left of the story.
 */
export function changeStories(
  { store, signer, now }: { readonly store: CaseStore; readonly signer: Signer; readonly now: string },
  asked: AskedChange,
): Decision {
  const answer = lastAnswer(store).stories
  const stories = [...(answer?.stories ?? []), ...(answer?.leads ?? [])]
  const { text, about, change } = asked.kind === 'cut' ? cutOf(stories, asked) : joinOf(stories, asked.stories)
  const { kind, records } = change
  return decide(store.db, { kind: 'story', text, reason: asked.reason, about, change: { kind, records }, by: signer, at: now })
}

interface Worded {
  readonly text: string
  readonly about: readonly string[]
  readonly change: StoryChange
}

function cutOf(stories: readonly Story[], asked: Extract<AskedChange, { kind: 'cut' }>): Worded {
  const story = storyBy(stories, asked.story)
  const all = story.steps.map((_, at) => at + 1)
  const steps = all.filter((n) => asked.steps?.includes(n) === true || story.steps[n - 1]?.host === asked.host)
  const beyond = asked.steps?.find((n) => !all.includes(n))
  if (beyond !== undefined) throw wrong(`the story has no step ${beyond}`, `give steps from 1 to ${all.length}`)
  if (steps.length === 0)
    throw wrong(
      'no step of the story is named by that',
      `give --steps, or --host with one of: ${[...new Set(story.steps.map((step) => step.host))].slice(0, 20).join(', ')}`,
    )
  if (steps.length === all.length)
    throw wrong('these are all steps of the story', 'cut some of them, or reject the finding of the story')
  const hosts = [...new Set(steps.map((n) => story.steps[n - 1]?.host ?? ''))].toSorted()
  return {
    text: `Cut from the story "${story.title}": ${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')} on ${hosts.join(', ')}.`,
    about: [story.id],
    change: { kind: 'cut', records: recordsOf(story, steps) },
  }
}

function joinOf(stories: readonly Story[], ids: readonly string[]): Worded {
  const chosen = [...new Set(ids.map((id) => storyBy(stories, id)))]
  if (chosen.length < 2) throw wrong('one story cannot be joined with itself', 'give two stories or more')
  return {
    text: `One story: ${chosen.map((one) => `"${one.title}" (from ${one.from.slice(0, 16)})`).join(' and ')}.`,
    about: chosen.map((one) => one.id),
    change: { kind: 'join', records: chosen.flatMap((one) => recordsOf(one).slice(0, 1)) },
  }
}

function storyBy(stories: readonly Story[], id: string): Story {
  const [found, ...others] = stories.filter((one) => one.id === id || one.id.startsWith(id))
  if (found !== undefined && (others.length === 0 || found.id === id)) return found
  const hint = stories.length === 0 ? 'the case has no story' : `stories: ${stories.map((one) => one.id).join(', ')}`
  throw wrong(found === undefined ? `no story ${id}` : `several stories begin with ${id}`, hint)
}

function wrong(message: string, hint: string): UserError {
  return new UserError({ code: 'story-change', message, hint, exitCode: 2 })
}
