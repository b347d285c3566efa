import { z } from 'zod'
import { fault, parseIso, placeText, printable, type Fault } from '../base/index.ts'
import { objectKinds, sensitivities } from './data-object.ts'
import type { Entry, EntryKind } from './entry.ts'
import { objectRemarks, type RawEntry } from './object-remarks.ts'

const word = z.string().trim().min(1, 'must not be empty').max(500, 'is longer than 500 characters')
const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, dots, dashes or underscores, at most 100, no spaces')
const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parseIso(text) !== undefined, 'must be a day such as 2025-03-31')
const count = z.number().int('must be a whole number').min(0, 'must not be negative').max(1e12, 'is too large')
const words = z.array(word).max(10_000, 'has more than 10,000 items')

/** Fields of every kind of entry, by the names a file uses. `kind` of a file is `type` inside: `kind` tells entries apart. */
const schemas = {
  system: z.object({
    id,
    name: word.optional(),
    kind: word.optional(),
    hosts: words.default([]),
    internet_facing: z.boolean().default(false),
    data: words.default([]),
    vendor: word.optional(),
    reaches: words.optional(),
    screen_labels: words.optional(),
  }),
  vendor: z.object({
    id,
    name: word.optional(),
    status: z.enum(['active', 'ended'], 'must be "active" or "ended"').default('active'),
    ended: day.optional(),
    services: words.default([]),
    accounts: words.optional(),
    access: words.optional(),
    networks: words.optional(),
    sub_processors: words.optional(),
    evidence_days: count.optional(),
  }),
  copy: z.object({
    id,
    holder: word,
    system: word.optional(),
    cut: day.optional(),
    fields: words.default([]),
    rows: count.optional(),
  }),
  log_source: z.object({
    id,
    host: word.optional(),
    system: word.optional(),
    kind: word.optional(),
    retention_days: z
      .number()
      .int('must be a whole number of days')
      .min(0, 'must not be negative')
      .max(36_525, 'is over 100 years')
      .optional(),
    owner: word.optional(),
  }),
  subscriber_base: z.object({ id: id.default('all'), count, as_of: day.optional() }),
  leaver: z.object({ id: id.optional(), account: word, left: day, systems: words.default([]) }),
  object: z.object({
    id,
    name: word.optional(),
    system: word.optional(),
    hosts: words.optional(),
    kind: z.enum(objectKinds, `must be one of ${objectKinds.join(', ')}`),
    patterns: words.optional(),
    data: words.default([]),
    sensitivity: z.enum(sensitivities, `must be one of ${sensitivities.join(', ')}`).optional(),
    rows: count.optional(),
    bytes: z.number().int('must be a whole number').min(0, 'must not be negative').max(1e15, 'is too large').optional(),
  }),
  product: z.object({
    id,
    name: word,
    vendor: word.optional(),
    version: word.optional(),
    cpe: z
      .string()
      .trim()
      .regex(/^cpe:(?:2\.3:|\/)[aoh*-]/i, 'must be a CPE such as cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*')
      .max(500)
      .optional(),
    purl: z
      .string()
      .trim()
      .regex(/^pkg:[A-Za-z]/, 'must be a package URL such as pkg:npm/name@1.0')
      .max(1_000)
      .optional(),
    system: word.optional(),
    host: word.optional(),
  }),
  endpoint: z.object({
    id,
    host: word,
    port: z.number().int('must be a whole number').min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535').optional(),
    protocol: word.optional(),
    service: word.optional(),
    product: word.optional(),
    version: word.optional(),
    cpe: word.optional(),
    seen: day.optional(),
  }),
} satisfies Record<EntryKind, z.ZodObject>

/** The kinds of entry, in the order in which they are listed. */
export const entryKinds = Object.keys(schemas) as readonly EntryKind[]

/** The fields of a kind, by the names a file uses, with how a cell of text is read. */
export function fieldsOf(kind: EntryKind): ReadonlyMap<string, 'text' | 'list' | 'number' | 'boolean'> {
  return new Map(Object.entries(schemas[kind].shape).map(([name, schema]) => [name, formOf(schema)]))
}

/** Checked entries; `faults` name entry and field of what is wrong, `remarks` what was ignored or looks odd. */
export interface CheckedEntries {
  readonly entries: readonly Entry[]
  readonly faults: readonly Fault[]
  readonly remarks: readonly Fault[]
}

/** Checks raw entries one by one. With any fault nothing should be imported. */
export function checkEntries(raws: readonly RawEntry[]): CheckedEntries {
  const entries: Entry[] = []
  const faults: Fault[] = []
  const remarks: Fault[] = []
  const seen = new Map<string, RawEntry>()
  for (const raw of raws) {
    const parsed = schemas[raw.kind].safeParse(raw.fields)
    remarks.push(...unknownFields(raw))
    if (!parsed.success) {
      for (const issue of parsed.error.issues) faults.push(wrong(raw, issue))
      continue
    }
    const entry = entryOf(raw.kind, parsed.data)
    const name = `${entry.kind}:${entry.id.toLowerCase()}`
    const earlier = seen.get(name)
    if (earlier !== undefined) {
      const what = `${entryWords(raw)} stands twice, first at ${placeText(earlier.place)}`
      faults.push(
        fault('inventory-twice', what, { ...raw.place, field: 'id' }, 'Give each entry an id of its own, or remove one.'),
      )
      continue
    }
    seen.set(name, raw)
    entries.push(entry)
    if (entry.kind === 'vendor' && (entry.status === 'ended') !== (entry.ended !== undefined)) {
      const what = `${entryWords(raw)}: status and end day do not go together`
      const todo = 'An ended vendor has status = "ended" and the day in ended; an active one has neither.'
      remarks.push(fault('inventory-vendor-status', what, { ...raw.place, field: 'ended' }, todo, 0))
    }
  }
  remarks.push(...objectRemarks(raws))
  return { entries, faults, remarks }
}

/** The fields of an entry under the names a file uses, in the file's order; what is absent or empty is left out. */
export function fieldsForFile(entry: Entry): Record<string, unknown> {
  const values = entry as unknown as Record<string, unknown>
  const fields = [...fieldsOf(entry.kind).keys()].map((name): [string, unknown] => [name, values[innerName(name)]])
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)))
}

function entryOf(kind: EntryKind, data: Readonly<Record<string, unknown>>): Entry {
  const named: Record<string, unknown> = { kind }
  for (const [name, value] of Object.entries(data)) if (value !== undefined) named[innerName(name)] = value
  if ((kind === 'system' || kind === 'vendor' || kind === 'object') && named['name'] === undefined) named['name'] = named['id']
  if (kind === 'leaver' && named['id'] === undefined) named['id'] = String(data['account']).replaceAll(/[^A-Za-z0-9._-]/g, '_')
  // The schema of `kind` has checked every field; names and optionality match the interfaces of `entry.ts`.
  return named as unknown as Entry
}

function innerName(name: string): string {
  if (name === 'kind') return 'type'
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function unknownFields(raw: RawEntry): Fault[] {
  const known = fieldsOf(raw.kind)
  return Object.keys(raw.fields)
    .filter((name) => !known.has(name))
    .map((name) =>
      fault(
        'inventory-unknown-field',
        `${entryWords(raw)} has a field that is not read`,
        { ...raw.place, field: printable(name).slice(0, 100) },
        `Fields of a ${raw.kind}: ${[...known.keys()].join(', ')}.`,
        0,
      ),
    )
}

function wrong(raw: RawEntry, issue: z.core.$ZodIssue): Fault {
  const [name = ''] = issue.path
  const missing = issue.code === 'invalid_type' && raw.fields[String(name)] === undefined
  const said = issue.code === 'invalid_type' ? `must be ${typeWords[issue.expected] ?? issue.expected}` : issue.message
  const what = `${entryWords(raw)}: ${String(name)} ${missing ? 'is missing' : said}`
  return fault(
    'inventory-field',
    what,
    { ...raw.place, field: issue.path.map(String).join('.') },
    'Correct the field; nothing was imported.',
  )
}

const typeWords: Readonly<Record<string, string>> = {
  int: 'a whole number',
  string: 'text in quotes',
  number: 'a number without quotes',
  boolean: 'true or false, without quotes',
  array: 'a list, such as ["a", "b"]',
}

/** `system "crm"`, or the place where the entry has no usable id. */
function entryWords(raw: RawEntry): string {
  const name = raw.fields['id'] ?? raw.fields['account']
  const known = typeof name === 'string' && raw.kind !== 'leaver' ? ` "${printable(name).slice(0, 100)}"` : ''
  return `${raw.kind}${known}`
}

function formOf(schema: unknown): 'text' | 'list' | 'number' | 'boolean' {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap()
  if (inner instanceof z.ZodArray) return 'list'
  if (inner instanceof z.ZodNumber) return 'number'
  return inner instanceof z.ZodBoolean ? 'boolean' : 'text'
}
