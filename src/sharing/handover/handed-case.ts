import { z } from 'zod'
import { fault, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'

/** Something that was looked at or is to be looked for, as the other tool writes it. */
export interface HandedObservable {
  /** Type in the words of the other tool. */
  readonly type: string
  readonly text: string
  readonly tlp?: string
  /** ISO 8601 UTC. */
  readonly date?: string
  /** Said to be bad, not merely seen. */
  readonly bad: boolean
  /** Place in the file: `iocs[3]`. */
  readonly place: string
}

/** A case of another tool, in words that any case can hold. */
export interface HandedCase {
  readonly tool: 'DFIR-IRIS' | 'TheHive'
  readonly title: string
  readonly description: string
  /** What happened or was written, each with its place in the file. */
  readonly entries: readonly {
    readonly kind: 'timeline' | 'note'
    readonly text: string
    readonly happened?: Moment
    readonly place: string
  }[]
  readonly tasks: readonly { readonly text: string; readonly due?: string; readonly closed?: string; readonly place: string }[]
  readonly observables: readonly HandedObservable[]
  readonly faults: readonly Fault[]
}

/** A text of such a case; absent and null are empty. */
export const handedText = z
  .string()
  .nullish()
  .transform((one) => one ?? '')
/** A list of such a case, its members as they are; absent and null are empty. */
export const handedList = z
  .array(z.unknown())
  .nullish()
  .transform((one) => one ?? [])

/** Entries of one kind that are taken from one case; further ones are a fault. */
const mostEntries = 20_000
/** Characters of one text; what is longer is cut and said. */
const mostText = 16_000

/** Gathers what a case of another tool holds; what does not fit is a fault with its place, and the rest is read. */
export class CaseGatherer {
  readonly entries: HandedCase['entries'][number][] = []
  readonly tasks: HandedCase['tasks'][number][] = []
  readonly observables: HandedObservable[] = []
  readonly faults: Fault[] = []
  readonly #file: string
  readonly #tool: HandedCase['tool']

  constructor(file: string, tool: HandedCase['tool']) {
    this.#file = file
    this.#tool = tool
  }

  /** Goes through a list of the file; `take` is given what fits the shape, and gives why it is not read. */
  each<T>(
    name: string,
    { list, shape }: { readonly list: readonly unknown[]; readonly shape: z.ZodType<T> },
    take: (one: T, place: string) => string | undefined,
  ): void {
    for (const [at, one] of list.slice(0, mostEntries).entries()) {
      const place = `${name}[${at}]`
      const parsed = shape.safeParse(one)
      const wrong = parsed.success ? take(parsed.data, place) : `is not as ${this.#tool} writes it`
      if (wrong !== undefined) this.fault(place, wrong)
    }
    if (list.length > mostEntries) this.fault(name, `holds ${list.length} entries, and ${mostEntries} are read`)
  }

  /** Notes what was passed over, or cut, at a place. */
  fault(place: string, why: string): void {
    if (this.faults.length >= limits.faultsKept) return
    this.faults.push(
      fault(
        'handed-case-entry',
        `${place} ${why}`,
        { file: this.#file, field: place },
        'Correct it where it comes from; the rest was read.',
        1,
      ),
    )
  }

  /** Lines as one text; empty ones are left out. */
  lines(parts: readonly string[], place: string): string {
    return this.text(parts.filter((part) => part.trim() !== '').join('\n'), place)
  }

  /** A text as it is kept: well-formed, of bounded length. */
  text(value: string, place: string): string {
    const whole = value.toWellFormed().replaceAll('\u0000', '').trim()
    if (whole.length <= mostText) return whole
    this.fault(place, `is longer than ${mostText} characters; its beginning is kept`)
    return `${whole.slice(0, mostText)} [...]`
  }
}

/** A time as such tools write it: `2026-10-06T09:12:00.000`, with a blank for the T, or milliseconds since 1970. `zone` counts where none stands in it. */
export function handedTime(value: string | number | null | undefined, zone: string): Moment | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'number') {
    const at = new Date(value)
    return Number.isNaN(at.getTime()) ? undefined : parseIso(at.toISOString())
  }
  return parseIso(
    value
      .trim()
      .replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T')
      .replace(/ ?([+-]\d{2}):?(\d{2})$/, '$1:$2'),
    zone,
  )
}
