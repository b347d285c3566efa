import { z } from 'zod'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'must be a-z, 0-9 and dashes, at most 80')
const text = z.string().trim().min(1, 'must not be empty').max(2_000, 'is longer than 2,000 characters')
/** ISO 8601 duration in days, hours and minutes: `P1D`, `PT4H`, `P1DT12H`. */
const duration = z
  .string()
  .regex(/^P(?=[\dT])(?:\d{1,3}D)?(?:T(?=\d)(?:\d{1,3}H)?(?:\d{1,3}M)?)?$/, 'must be a duration such as PT4H or P1D')

export const playbookSchema = z.strictObject({
  id: name,
  name: text,
  /** When it is taken up. */
  when: text,
  steps: z
    .array(
      z.strictObject({
        id: name,
        /** What is to be done, in a sentence or two. */
        do: text,
        /** Role that does it, unless a person is named when it starts. */
        who: text,
        /** Time for it, from the start of the playbook. */
        within: duration.optional(),
        /** What it leaves as evidence. */
        gives: text,
        /** Steps that must be closed before. */
        after: z.array(name).max(100).default([]),
        /** Changes or stops something in use: a second person approves. */
        disruptive: z.boolean().default(false),
        /** Stands for the steps of the containment plan of a story, where the case has one. */
        expands: z.enum(['containment'], 'must be containment').optional(),
      }),
    )
    .min(1, 'must hold a step')
    .max(500, 'has more than 500 steps'),
})

/** What to do when something of a kind has happened, step by step. */
export type Playbook = z.infer<typeof playbookSchema>

export type PlaybookStep = Playbook['steps'][number]

/** Minutes of an ISO 8601 duration in days, hours and minutes. */
export function minutesOf(text: string): number {
  const [, days = '0', hours = '0', minutes = '0'] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? []
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes)
}

/**
 * The steps in an order that keeps `after`, those without an order as written; and the steps of a circle, or `after` that names nobody, as flaws:
 * path and words.
 */
export function orderedSteps(steps: readonly PlaybookStep[]): {
  readonly ordered: readonly PlaybookStep[]
  readonly flaws: readonly { readonly path: readonly (string | number)[]; readonly what: string }[]
} {
  const ids = new Set(steps.map(({ id }) => id))
  const flaws = steps.flatMap((step, at) => [
    ...(steps.findIndex(({ id }) => id === step.id) < at
      ? [{ path: ['steps', at, 'id'], what: `the step "${step.id}" stands twice` }]
      : []),
    ...step.after.flatMap((id, place) =>
      ids.has(id) ? [] : [{ path: ['steps', at, 'after', place], what: `names no step: "${id}"` }],
    ),
  ])
  if (flaws.length > 0) return { ordered: [], flaws }
  const done = new Set<string>()
  const ordered: PlaybookStep[] = []
  let left = [...steps]
  while (left.length > 0) {
    const next = left.find(({ after }) => after.every((id) => done.has(id)))
    if (next === undefined)
      return {
        ordered: [],
        flaws: [
          {
            path: ['steps', steps.indexOf(left[0] as PlaybookStep), 'after'],
            what: `waits for itself: ${left.map(({ id }) => id).join(', ')}`,
          },
        ],
      }
    done.add(next.id)
    ordered.push(next)
    left = left.filter((one) => one !== next)
  }
  return { ordered, flaws: [] }
}
