import { contentId, UserError } from '../base/index.ts'
import { note, notes } from '../casefile/index.ts'
import { recordsOf, waysOf, type Story, type StoryWays } from '../intrusion/index.ts'
import type { AtCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { lastAnswer } from './last-answer.ts'
import { RecentAnswers } from './story-view-recent.ts'
import { caseLoads, type CaseLoads } from './story-view-loads.ts'
import { bucketsOf, countDensity, type DensityAsked, type StoryDensity } from './story-view-density.ts'
import { firstEvents, type EventsAsked, type StoryEvents } from './story-view-events.ts'
import type { Engine } from '../store/index.ts'

/** What the page shows of one story beside the story itself. */
export interface StoryView {
  readonly ways: StoryWays
  /** Notes about the story by their numbers (`N3`), with the steps they are about; none = the whole story. */
  readonly notes: readonly { readonly note: string; readonly steps: readonly number[] }[]
}

/** What a person writes about a story, or about one of its steps (from 1). */
export interface StoryNote {
  readonly story: string
  readonly step?: number
  readonly text: string
}

/** What the page asks about stories. Everything is bounded, whatever the number of events. */
export interface StoryDesk {
  view(caseId: string, story: string): Promise<StoryView>
  density(caseId: string, asked: DensityAsked): Promise<StoryDensity>
  events(caseId: string, asked: EventsAsked): Promise<StoryEvents>
  /** Starts the engine and finds the events of a case, before anything is asked of them. */
  warm(caseId: string): void
  annotate(caseId: string, asked: StoryNote): Promise<{ readonly id: string; readonly number: string }>
}

/** Records that a note about a whole story names: enough to know the story again. */
const recordsNamed = 40

/** The stories of an open workspace as the page asks about them. `withCase` opens a case and closes it again. */
export function storyDesk({ workspace, signer, withCase }: AtCases): StoryDesk {
  const known = new RecentAnswers<CaseLoads>(8)
  const densities = new RecentAnswers<StoryDensity>(100)
  /** The events of a case as of its last investigation: after another one they are looked for anew. */
  async function eventsOf(caseId: string): Promise<{ readonly key: string; readonly of: CaseLoads; readonly engine: Engine }> {
    const { at, given } = await withCase(caseId, (store) => ({ at: store.lastAnswer()?.at ?? '', given: store.given() }))
    const { engine } = await workspace.lake()
    const key = `${caseId} ${at}`
    return { key, engine, of: await known.get(key, () => caseLoads(engine, given)) }
  }
  return {
    view: (caseId, id) =>
      withCase(caseId, (store) => {
        const story = storyOf(store, id)
        return { ways: waysOf(story), notes: notesOn(store, story) }
      }),
    async density(caseId, asked) {
      const { key, of, engine } = await eventsOf(caseId)
      const question = JSON.stringify([key, bucketsOf(asked), asked.hosts])
      return densities.get(question, () => countDensity(engine, of.loads, asked))
    },
    async events(caseId, asked) {
      const { of, engine } = await eventsOf(caseId)
      return firstEvents({ engine, ...of }, asked)
    },
    warm: (caseId) => void eventsOf(caseId).catch(() => {}),
    annotate: (caseId, { story: id, step, text }) =>
      withCase(caseId, (store) => {
        const story = storyOf(store, id)
        if (step !== undefined && story.steps[step - 1] === undefined)
          throw new UserError({
            code: 'story-note',
            message: `the story has no step ${step}`,
            hint: `give a step from 1 to ${story.steps.length}, or none`,
            exitCode: 2,
          })
        const records =
          step === undefined ? recordsOf(story).slice(0, recordsNamed) : [stepKey(story, step), ...recordsOf(story, [step])]
        return note(store.db, {
          kind: 'note',
          text,
          about: [story.id, ...records],
          by: signer,
          at: workspace.world.now(),
        })
      }),
  }
}

/**
 * Notes hold on to records, so that they are found when the story was cut, joined or told anew. Of several steps on the same records a note is about the
 * one whose words it names, while there is such a step.
 */
function notesOn(store: CaseStore, story: Story): StoryView['notes'] {
  const steps = story.steps.map((_, at) => ({ n: at + 1, key: stepKey(story, at + 1), own: new Set(recordsOf(story, [at + 1])) }))
  return notes(store.db, { compartments: ['general'] }).flatMap(({ number, about }) => {
    const records = about.filter((one) => one.startsWith('R_'))
    const ofStep = about.some((one) => one.startsWith('P_'))
    const named = steps.filter((one) => about.includes(one.key))
    const resting = steps.filter((one) => records.some((record) => one.own.has(record)))
    const here = named.length > 0 || resting.length > 0 || about.includes(story.id)
    return here ? [{ note: number, steps: ofStep ? (named.length > 0 ? named : resting).map((one) => one.n) : [] }] : []
  })
}

/** What names a step among those on the same records: its words. */
function stepKey(story: Story, n: number): string {
  return contentId('P', story.steps[n - 1]?.text ?? '')
}

function storyOf(store: CaseStore, id: string): Story {
  const { stories } = lastAnswer(store)
  const found = [...(stories?.stories ?? []), ...(stories?.leads ?? [])].find((one) => one.id === id)
  if (found !== undefined) return found
  throw new UserError({
    code: 'story-unknown',
    message: 'the case has no such story now',
    hint: 'it was cut, joined or told anew; reload the page',
  })
}
