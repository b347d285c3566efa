import { z } from 'zod'
import { fault, limits, printable, type Fault } from '../../base/index.ts'
import type { Pap, Tlp } from '../redaction/share-view.ts'
import { levelOf } from './markings.ts'

/** An indicator as a peer wrote it; its pattern is not understood yet. */
export interface ReceivedPattern {
  readonly id: string
  readonly name: string
  readonly pattern: string
  readonly patternType: string
  /** Who says so, by name or id; since when, and under which markings. */
  readonly source: string
  readonly date: string
  readonly tlp?: Tlp
  readonly pap?: Pap
  readonly modified: string
  readonly revoked: boolean
}

/** What a bundle or a pull held. */
export interface ReceivedStix {
  readonly patterns: readonly ReceivedPattern[]
  /** By indicator: the last moment at which its sender says it was seen. */
  readonly lastSeen: ReadonlyMap<string, string>
  /** Objects by type, counted. */
  readonly counts: Readonly<Record<string, number>>
  readonly objects: number
  readonly faults: readonly Fault[]
}

const id = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z0-9-]{1,60}--[0-9a-fA-F-]{36}$/)
const head = z.object({ type: z.string().max(100), id })
const text = z.string().max(1_000)
const refs = z.array(id).max(50)
const indicator = z.object({
  name: text.optional(),
  pattern: z.string().min(1).max(limits.ruleBytes),
  pattern_type: z.string().max(50).default('stix'),
  valid_from: z.string().max(40).default(''),
  modified: z.string().max(40).default(''),
  created_by_ref: id.optional(),
  object_marking_refs: refs.default([]),
  revoked: z.boolean().default(false),
})
const identity = z.object({ name: text })
const sighting = z.object({
  sighting_of_ref: id,
  last_seen: z.iso.datetime({ offset: true }).max(40),
  revoked: z.boolean().default(false),
})
const marking = z.object({
  name: z.string().max(100).optional(),
  extensions: z.record(z.string().max(100), z.unknown()).optional(),
  definition: z.object({ tlp: z.unknown(), statement: z.unknown() }).partial().optional(),
})

const mostNames = 10_000

/**
 * Reads STIX objects one after the other. Of sightings the last moment is kept; relations and everything else are counted and let go, so that neither cycles nor
 * their number matter; what is kept is bounded. Nothing of a text is followed, fetched or run.
 */
export class StixReader {
  readonly #file: string
  readonly #names = new Map<string, string>()
  readonly #levels = new Map<string, { readonly tlp?: Tlp; readonly pap?: Pap }>()
  readonly #patterns = new Map<string, z.infer<typeof indicator> & { readonly id: string }>()
  readonly #lastSeen = new Map<string, string>()
  readonly #counts: Record<string, number> = Object.create(null) as Record<string, number>
  readonly #faults: Fault[] = []
  #objects = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Number of objects given so far. */
  get objects(): number {
    return this.#objects
  }

  /** Takes one object as JSON text. */
  add(json: string): void {
    this.#objects += 1
    let value: unknown
    try {
      value = JSON.parse(json)
    } catch {
      return this.fault('is no JSON')
    }
    const known = head.safeParse(value)
    if (!known.success) return this.fault('has no type and id as STIX 2.1 has them')
    const { type } = known.data
    if (Object.keys(this.#counts).length < 200 || type in this.#counts) this.#counts[type] = (this.#counts[type] ?? 0) + 1
    if (type === 'identity') {
      const read = identity.safeParse(value)
      if (read.success && this.#names.size < mostNames) this.#names.set(known.data.id, printable(read.data.name).slice(0, 200))
      else this.fault('is no identity as STIX 2.1 has it')
    } else if (type === 'marking-definition') {
      const read = marking.safeParse(value)
      if (read.success && this.#levels.size < mostNames)
        this.#levels.set(known.data.id, levelOf({ id: known.data.id, ...read.data }))
      else this.fault('is no marking as STIX 2.1 has it')
    } else if (type === 'indicator') {
      const read = indicator.safeParse(value)
      if (!read.success) return this.fault('is no indicator as STIX 2.1 has it')
      const before = this.#patterns.get(known.data.id)
      if (before === undefined && this.#patterns.size >= limits.sharedIndicators) return this.fault('is one indicator too many')
      if (before === undefined || before.modified < read.data.modified)
        this.#patterns.set(known.data.id, { ...read.data, id: known.data.id })
    } else if (type === 'sighting') this.#sighted(value)
  }

  /** Sightings without a last moment, and of other things than indicators, tell nothing that is used. */
  #sighted(value: unknown): void {
    const read = sighting.safeParse(value)
    if (!read.success || read.data.revoked || !read.data.sighting_of_ref.startsWith('indicator--')) return
    const { sighting_of_ref: of, last_seen: last } = read.data
    const before = this.#lastSeen.get(of)
    if (before === undefined && this.#lastSeen.size >= limits.sharedIndicators) return
    if (before === undefined || Date.parse(before) < Date.parse(last)) this.#lastSeen.set(of, last)
  }

  /** Notes that the object last given, or the one with this number, was passed over. */
  fault(why: string, n = this.#objects): void {
    if (this.#faults.length >= limits.faultsKept) return
    this.#faults.push(
      fault(
        'stix-object',
        `object ${n} ${why}`,
        { file: this.#file, record: n },
        'ask its sender to correct it; the rest was read',
        1,
      ),
    )
  }

  /** What was read; indicators by id. */
  done(): ReceivedStix {
    const patterns = [...this.#patterns.values()].map((one) => {
      const levels = one.object_marking_refs.map((ref) => this.#levels.get(ref) ?? levelOf({ id: ref }))
      const tlp = levels.find((level) => level.tlp !== undefined)?.tlp
      const pap = levels.find((level) => level.pap !== undefined)?.pap
      return {
        id: one.id,
        name: printable(one.name ?? '').slice(0, 200),
        pattern: one.pattern,
        patternType: one.pattern_type,
        source: one.created_by_ref === undefined ? '' : (this.#names.get(one.created_by_ref) ?? one.created_by_ref),
        date: /^\d{4}-\d{2}-\d{2}/.test(one.valid_from) ? printable(one.valid_from) : '',
        ...(tlp === undefined ? {} : { tlp }),
        ...(pap === undefined ? {} : { pap }),
        modified: printable(one.modified),
        revoked: one.revoked,
      }
    })
    return {
      patterns: patterns.sort((a, b) => (a.id < b.id ? -1 : 1)),
      lastSeen: this.#lastSeen,
      counts: { ...this.#counts },
      objects: this.#objects,
      faults: this.#faults,
    }
  }
}
