import type { AssertionKind, Reading, Speaker, Thread } from '../claims/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { PartKind, SaidBeside } from './assessment-part.ts'
import type { Asserted } from './weight.ts'

/** Which parts a reading or an assertion is about. A threat to publish says that there is something. */
const partsOf: Readonly<Record<Reading['kind'] | AssertionKind, readonly PartKind[]>> = {
  access: ['access'],
  method: ['access'],
  system: ['system'],
  possession: ['data', 'whose'],
  'data-taken': ['data', 'whose'],
  quantity: ['amount'],
  count: ['amount'],
  recency: ['age'],
  'third-party': ['third-party'],
  capability: ['disruption'],
  defacement: ['defacement'],
  sale: ['sale'],
  'insider-help': ['insider-help'],
  attribution: [],
  threat: ['data'],
  unread: [],
  denial: [],
}

/** Which parts the points of a statement are about. */
const pointParts: Readonly<Record<string, readonly PartKind[]>> = {
  'nothing-in-own-systems': ['access', 'system'],
  'third-party-incident': ['third-party', 'access'],
  'outside-own-network': ['system', 'third-party'],
  'working-with-vendor': ['third-party'],
}

const personal = /\b(?:personal (?:data|information)|PII|personally identif\w+|data peribadi)\b/i
const old = /\b(?:recycled|old|outdated|earlier leak|previously (?:leaked|published)|lama)\b/i
const aboutData = /\b(?:data|records?|samples?|leak(?:ed)?|databases?|rekod)\b/i
const aboutSystems = /\b(?:systems?|networks?|servers?|intrusions?|access|breach\w*|infrastructure|sistem|rangkaian)\b/i
const aboutVendors = /\b(?:vendors?|suppliers?|contractors?|third[- ]part(?:y|ies)|pembekal|kontraktor)\b/i
const insiders = new Set(['insiders', 'disgruntled-employees'])

/** What a sentence denies, by its words; all of access and data where they do not tell. */
function deniedParts(text: string): PartKind[] {
  const parts: PartKind[] = [
    ...(aboutSystems.test(text) ? (['access', 'system'] as const) : []),
    ...(aboutData.test(text) ? (['data', 'whose'] as const) : []),
    ...(aboutVendors.test(text) ? (['third-party'] as const) : []),
  ]
  return parts.length === 0 ? ['access', 'data'] : parts
}

/** What a vendor says of access and systems it says of its own: that is the part of a third party (A19). */
function partsFor(by: Speaker, parts: readonly PartKind[]): ReadonlySet<PartKind> {
  return new Set(by === 'vendor' ? parts.map((part) => (part === 'access' || part === 'system' ? 'third-party' : part)) : parts)
}

/** Something said that is about a part. */
interface Utterance extends Asserted {
  readonly by: Speaker
  readonly denies: boolean
  readonly parts: ReadonlySet<PartKind>
}

/** Everything a thread says, sentence by sentence, with the parts it is about: readings where there are any, assertions else. */
export function utterances(thread: Thread): Utterance[] {
  const said = (thread.readings?.length ?? 0) > 0 ? (thread.readings ?? []) : thread.assertions
  // What others say, and how they are read, has to be sure: it is quoted as theirs.
  const sure = said.filter((one) => one.by === 'actor' || !('doubts' in one) || (one.doubts?.length ?? 0) === 0)
  return sure.map((one) => ({
    ...one,
    denies: one.kind === 'denial',
    parts: partsFor(one.by, [
      ...(one.kind === 'denial' ? deniedParts(one.text) : partsOf[one.kind]),
      ...(one.kind === 'access' && one.subject !== undefined && one.by === 'actor' ? (['system'] as const) : []),
      ...('points' in one && (one.points ?? []).some((point) => insiders.has(point)) ? (['insider-help'] as const) : []),
      ...(one.quantity === undefined ? [] : (['amount'] as const)),
      ...(one.by === 'actor' && (one.data ?? []).length > 0 ? (['personal-data'] as const) : []),
      ...(one.by !== 'actor' && personal.test(one.text) ? (['personal-data'] as const) : []),
      ...(one.by !== 'actor' && old.test(one.text) ? (['age'] as const) : []),
    ]),
  }))
}

/** What victims, authorities, researchers and press say on a part (A2): quoted, with name and time where known; each sentence once. */
export function saidBeside(thread: Thread, part: PartKind): SaidBeside[] {
  const found = new Map<string, SaidBeside>()
  const add = (one: SaidBeside): void => {
    const key = `${one.by}\u0000${one.text}`
    if (!found.has(key)) found.set(key, one)
  }
  const denials = new Set(thread.readings?.filter((one) => one.kind === 'denial').map((one) => one.text))
  for (const one of thread.statements) {
    const parts = partsFor(one.by, [
      ...(one.points ?? []).flatMap((point) => pointParts[point] ?? []),
      ...(personal.test(one.text) ? (['personal-data'] as const) : []),
    ])
    if (!parts.has(part)) continue
    const denies = denials.has(one.text) || (one.points ?? []).includes('nothing-in-own-systems')
    add({
      by: one.by,
      ...(one.name === undefined ? {} : { name: one.name }),
      text: one.text,
      denies,
      cite: one.cite,
      ...timeOf(one),
    })
  }
  const times = new Map(thread.statements.map((one) => [placeOf(one.cite), one]))
  for (const { by, text, denies, parts, cite } of utterances(thread)) {
    if (by === 'actor' || !parts.has(part)) continue
    const stated = times.get(placeOf(cite))
    add({ by, ...(stated?.name === undefined ? {} : { name: stated.name }), text, denies, cite, ...timeOf(stated ?? {}) })
  }
  return [...found.values()]
}

function timeOf({ at }: Pick<SaidBeside, 'at'>): Pick<SaidBeside, 'at'> {
  return at === undefined ? {} : { at }
}

function placeOf(cite: Cite): string {
  return JSON.stringify(cite)
}
