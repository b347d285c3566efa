import { z } from 'zod'
import { TaxiiProblem } from './taxii-question.ts'

const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/)
const idOf = (type: string): z.ZodString => z.string().regex(new RegExp(`^${type}--[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}$`))
/** Nothing but what a sighting needs: no words of a peer come in. */
const sighting = z.strictObject({
  type: z.literal('sighting'),
  spec_version: z.literal('2.1'),
  id: idOf('sighting'),
  created_by_ref: idOf('identity').optional(),
  created: time,
  modified: time,
  sighting_of_ref: idOf('indicator'),
  count: z.int().min(0).max(999_999_999).optional(),
  first_seen: time.optional(),
  last_seen: time.optional(),
  where_sighted_refs: z.array(idOf('identity')).max(5).optional(),
  object_marking_refs: z.array(idOf('marking-definition')).max(5).optional(),
})
const envelope = z.looseObject({ objects: z.array(z.unknown()).min(1).max(10_000) })

/** The sightings of a report, and the ids of what is none (`unknown` where there is no id). */
export function reportOf(text: string): {
  readonly sightings: readonly {
    readonly id: string
    readonly modified: string
    readonly sightingOf: string
    readonly body: string
  }[]
  readonly wrong: readonly string[]
} {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new TaxiiProblem(422, 'the report is no JSON', 'send an envelope with objects')
  }
  const read = envelope.safeParse(value)
  if (!read.success)
    throw new TaxiiProblem(422, 'the report is no envelope with objects', 'send {"objects": [...]}, at most 10000')
  const wrong: string[] = []
  const sightings = read.data.objects.flatMap((one) => {
    const fits = sighting.safeParse(one)
    if (fits.success) {
      const { id, modified, sighting_of_ref: sightingOf } = fits.data
      return [{ id, modified, sightingOf, body: JSON.stringify(fits.data) }]
    }
    const id = z.object({ id: z.string().regex(/^[a-z][a-z0-9-]{1,60}--[0-9a-fA-F-]{36}$/) }).safeParse(one)
    wrong.push(id.success ? id.data.id : 'unknown')
    return []
  })
  return { sightings, wrong }
}
