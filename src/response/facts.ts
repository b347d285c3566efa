import { z } from 'zod'
import { limits, parseIso, sha256, UserError, type Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { factsSchema, type eventKinds, type StatedMoment } from './facts-schema.ts'
import type { FormKey } from './form-key.ts'
import type { HarmFacts } from './harm-facts.ts'
import type { Designation, JudgementKey, Role } from './judgement.ts'

type Answer = 'yes' | 'no' | 'unknown'

/** What the clocks are computed from: every item with its cites, every time with its zone. */
export interface Facts {
  readonly zone?: string
  readonly jurisdictions: readonly string[]
  readonly zones: Readonly<Record<string, string>>
  readonly roles: readonly Role[]
  /** Confidential. Absent: nobody said. */
  readonly designations?: Readonly<Partial<Record<Designation, Answer>>>
  /** Drafts of laws that a named person enabled. */
  readonly enabled?: readonly {
    readonly law: string
    readonly by: string
    readonly reason: string
    readonly cites: readonly Cite[]
  }[]
  readonly candidates: readonly Candidate[]
  readonly decisions: readonly AwarenessDecision[]
  readonly persons: Persons
  /** Later counts, each from its moment on. */
  readonly counts?: readonly (Persons & { readonly at: Moment })[]
  readonly judgements: Readonly<Partial<Record<JudgementKey, Judgement>>>
  readonly dataCategories: readonly string[]
  readonly harm?: HarmFacts
  readonly newFacts?: readonly { readonly at: Moment; readonly text: string; readonly cites: readonly Cite[] }[]
  readonly delays?: readonly GrantedDelay[]
  /** Duties that a named person decided not to fulfil by a notice. */
  readonly notNotified?: readonly {
    readonly duty: string
    readonly by: string
    readonly at: Moment
    readonly reason: string
    readonly cites: readonly Cite[]
  }[]
  readonly done: readonly { readonly duty: string; readonly at: Moment; readonly ref?: string; readonly cites: readonly Cite[] }[]
  readonly entries: Readonly<Partial<Record<FormKey, { readonly text: string; readonly cites: readonly Cite[] }>>>
}

export type EventKind = (typeof eventKinds)[number]

/** Persons affected: bounds, never rows. */
export interface Persons {
  readonly min?: number
  readonly max?: number
  readonly text?: string
  readonly cites: readonly Cite[]
}

/** A moment from which a clock could run; `learned` is when it became known, when that was later. */
export interface Candidate {
  readonly kind: EventKind
  readonly at: Moment
  readonly learned?: Moment
  readonly text: string
  readonly cites: readonly Cite[]
}

/** "We were aware at this moment": a person's decision with the reason; the last one of its kind counts. `made` is when it was decided. */
export interface AwarenessDecision {
  readonly kind: EventKind
  readonly at: Moment
  readonly made?: Moment
  readonly by: string
  readonly reason: string
  readonly cites: readonly Cite[]
}

/** A date that an authority put off. */
export interface GrantedDelay {
  readonly duty: string
  readonly until: Moment
  readonly granted: Moment
  readonly by: string
  readonly ref?: string
  readonly cites: readonly Cite[]
}

export interface Judgement {
  readonly answer: Answer
  readonly by?: string
  readonly reason?: string
  readonly at?: Moment
  readonly cites: readonly Cite[]
}

/** JSON Schema (2020-12) of the facts file, for `due --schema`. */
export function factsJsonSchema(): object {
  return z.toJSONSchema(factsSchema, { io: 'input' })
}

/**
 * Reads a facts file (JSON text). Items without cites cite the file itself by place. `zone` is the command's `--zone`,
 * which yields to the zone inside the file. Throws UserError naming the field that does not fit.
 */
export function readFacts(options: { readonly file: string; readonly text: string; readonly zone?: string }): Facts {
  const refuse = (message: string): never => {
    throw new UserError({
      code: 'facts-invalid',
      message: `${options.file}: ${message}`,
      hint: 'Run `breachline due --schema` for the form of the file.',
    })
  }
  if (options.text.length > limits.documentBytes) return refuse('larger than the limit')
  let raw: unknown
  try {
    raw = JSON.parse(options.text)
  } catch {
    return refuse('not JSON')
  }
  const parsed = factsSchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse(`field ${issue?.path.join('.') || '(whole)'}: ${issue?.message ?? 'does not fit'}`)
  }
  const facts = parsed.data
  const version = sha256(options.text).slice(0, 16)
  const cite = (key: string, given: readonly Cite[] | undefined): readonly Cite[] =>
    given !== undefined && given.length > 0 ? given : [{ kind: 'reference', file: options.file, version, key }]
  const assume = facts.zone ?? options.zone
  const momentOf = (value: StatedMoment, field: string): Moment => {
    const read = parseIso(typeof value === 'string' ? value : value.at, assume)
    if (read === undefined) return refuse(`field ${field}: not an ISO 8601 time`)
    if (typeof value === 'string') return read
    const { bound, text } = value
    return given({ at: read.at, zone: value.zone, bound, text })
  }
  /** Items of a list with their moments read and their cites filled in. */
  const items = <T extends { cites?: readonly Cite[] | undefined }, K extends keyof T & string>(
    name: string,
    list: readonly T[],
    times: readonly K[],
  ): (Omit<T, K | 'cites'> & { [key in K]: Moment } & { cites: readonly Cite[] })[] =>
    list.map((one, n) => {
      const moments = times.map((key) => [
        key,
        one[key] === undefined ? undefined : momentOf(one[key] as StatedMoment, `${name}.${n}.${key}`),
      ])
      return given({ ...one, ...Object.fromEntries(moments), cites: cite(`${name}/${n + 1}`, one.cites) }) as never
    })
  return {
    ...given({ zone: assume }),
    jurisdictions: facts.jurisdictions,
    zones: facts.zones ?? {},
    roles: facts.roles,
    designations: facts.designations,
    enabled: items('enabled', facts.enabled, []),
    candidates: items('candidates', facts.candidates, ['at', 'learned']) as Candidate[],
    decisions: items('decisions', facts.decisions, ['at', 'made']) as AwarenessDecision[],
    persons: given({ ...facts.persons, cites: cite('persons', facts.persons.cites) }) as Persons,
    counts: items('counts', facts.counts, ['at']) as (Persons & { at: Moment })[],
    judgements: Object.fromEntries(
      Object.entries(facts.judgements).map(([key, value]): [string, Judgement] => {
        const field = `judgements/${key}`
        if (typeof value === 'string') return [key, { answer: value, cites: cite(field, undefined) }]
        const at = value.at === undefined ? undefined : momentOf(value.at, `judgements.${key}.at`)
        return [key, given({ ...value, at, cites: cite(field, value.cites) }) as Judgement]
      }),
    ),
    dataCategories: facts.dataCategories,
    harm: facts.harm,
    newFacts: items('newFacts', facts.newFacts, ['at']),
    delays: items('delays', facts.delays, ['until', 'granted']) as GrantedDelay[],
    notNotified: items('notNotified', facts.notNotified, ['at']),
    done: items('done', facts.done, ['at']) as Facts['done'],
    entries: Object.fromEntries(
      Object.entries(facts.entries).map(([key, value]) => {
        const said = typeof value === 'string' ? { text: value, cites: undefined } : value
        return [key, { text: said.text, cites: cite(`entries/${key}`, said.cites) }]
      }),
    ),
  }
}

/** Without the members that are undefined. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}
