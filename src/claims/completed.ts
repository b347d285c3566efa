import type { Unnumbered } from './assertion.ts'
import type { Unlisted } from './reading.ts'
import type { AssertionKind } from './thread.ts'

const kinds: Partial<Record<Unlisted['kind'], AssertionKind>> = {
  access: 'access',
  possession: 'data-taken',
  'third-party': 'third-party',
  capability: 'capability',
  defacement: 'defacement',
  'insider-help': 'method',
  denial: 'denial',
}

/** An assertion with the speaker that the readings of its sentence give its kind: `aware of claims that its data ...` is the claimant's. */
export function voiced(one: Unnumbered, readings: readonly Unlisted[]): Unnumbered {
  const same = readings.filter(
    (reading) => reading.kind !== 'unread' && reading.doubts === undefined && kinds[reading.kind] === one.kind,
  )
  const [first] = same
  return first === undefined || same.some((reading) => reading.by === one.by) ? one : { ...one, by: first.by }
}

/** An amount of data, or of a sample, is what the sentence says of data. */
const ofData: ReadonlySet<AssertionKind> = new Set(['data-taken', 'count'])

/**
 * Assertions that a sentence makes by its readings, of kinds that nothing in its post was found to assert: what the actor says in a post,
 * and what others deny, where nothing speaks against the reading. In: the readings and the assertions of the sentence, the kinds that
 * the post asserts anyhow, and whether it is the actor's post. A supplier is asserted beside a deed alone.
 */
export function completed(
  readings: readonly Unlisted[],
  context: { readonly asserted: readonly Unnumbered[]; readonly told: ReadonlySet<AssertionKind>; readonly own: boolean },
): Unnumbered[] {
  const found: Unnumbered[] = []
  for (const one of readings) {
    const kind = one.kind === 'unread' ? undefined : kinds[one.kind]
    if (kind === undefined || one.doubts !== undefined || context.told.has(kind)) continue
    if (kind === 'third-party' && !readings.some((other) => other.kind === 'access' || other.kind === 'possession')) continue
    if (kind === 'denial' ? one.by === 'actor' : one.by !== 'actor' || !context.own) continue
    const known = [...context.asserted, ...found].map((other) => other.kind)
    if (known.includes(kind) || (kind === 'data-taken' && known.some((other) => ofData.has(other)))) continue
    found.push({
      kind,
      by: one.by,
      text: one.text,
      ...(one.subject === undefined ? {} : { subject: one.subject }),
      ...(one.victim === undefined ? {} : { victim: one.victim }),
      ...(one.data === undefined || kind !== 'data-taken' ? {} : { data: one.data }),
      ...(kind === 'capability' ? { standing: 'threatened' as const } : {}),
      cite: one.cite,
    })
  }
  return found
}
