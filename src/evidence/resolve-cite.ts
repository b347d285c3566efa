import { locatorText, unreachable, UserError, type ByteSource, type Locator, type Watch } from '../base/index.ts'
import type { Cite } from './cite.ts'
import { custody } from './custody.ts'
import type { CustodyEntry } from './custody-entry.ts'
import { pick, pickBytes, wantedOf, type Excerpt } from './excerpt.ts'
import type { Exhibit } from './exhibit.ts'
import { exhibit as exhibitOf, openExhibit, type EvidenceStore } from './exhibits.ts'
import { piecesOf, withOriginalLines } from './pieces.ts'

/** What a cite opens. */
export type Resolved =
  | {
      readonly kind: 'exhibit'
      readonly exhibit: Exhibit
      /** Every custody entry about the exhibit, oldest first. */
      readonly custody: readonly CustodyEntry[]
      /** Absent when the place cannot be shown; `note` says why. */
      readonly excerpt?: Excerpt
      readonly note: string
    }
  /** Something that is not bytes of an exhibit: reference data, an inventory entry, a row of a copy, a finding, a decision. */
  | {
      readonly kind: 'record'
      readonly of: Exclude<Cite['kind'], 'exhibit'>
      readonly title: string
      readonly text: string
      readonly note: string
      readonly value?: unknown
    }
  | { readonly kind: 'unresolved'; readonly why: string; readonly todo: string }

/** What a resolver of another room gives for a cite it knows. */
export interface ResolvedRecord {
  readonly title: string
  readonly text: string
  readonly value?: unknown
  /** Anything the reader should know, such as a later revision. */
  readonly note?: string
}

type Resolver<K extends Cite['kind']> = (
  cite: Extract<Cite, { kind: K }>,
) => ResolvedRecord | undefined | Promise<ResolvedRecord | undefined>

/** What higher rooms contribute; a kind without its resolver stays unresolved and says so. */
export interface CiteResolvers {
  readonly reference?: Resolver<'reference'>
  readonly inventory?: Resolver<'inventory'>
  readonly copy?: Resolver<'copy'>
  readonly finding?: Resolver<'finding'>
  readonly decision?: Resolver<'decision'>
  /** Opens a member of an archive. */
  readonly member?: (source: ByteSource, member: string) => Promise<ByteSource | undefined>
  /** Tells the format of a member of an archive, by content. */
  readonly kindOf?: (source: ByteSource) => Promise<string>
  /** The `log_line_prefix` of a PostgreSQL log, where the case states one. */
  readonly logLinePrefix?: (exhibit: Exhibit) => string | undefined
  /** Cuts a format this room cannot (or should not) cut itself; asked first. */
  readonly decode?: (request: {
    readonly exhibit: Exhibit
    readonly source: ByteSource
    readonly at: Locator
  }) => Promise<Excerpt | undefined>
}

/**
 * Opens what a cite points to: for exhibits the original bytes at that place with the record before and after, and the
 * custody of the exhibit; for the other kinds what the resolver of the room in charge says. A cite that cannot be opened says
 * why and what to do; nothing is thrown for it.
 */
export async function resolveCite(
  store: EvidenceStore,
  cite: Cite,
  options: { readonly resolvers?: CiteResolvers; readonly watch?: Watch } = {},
): Promise<Resolved> {
  const resolvers = options.resolvers ?? {}
  switch (cite.kind) {
    case 'exhibit':
      return resolveExhibit(store, cite, { resolvers, ...(options.watch === undefined ? {} : { watch: options.watch }) })
    case 'reference':
      return record(cite, await resolvers.reference?.(cite), 'The reference data of that version is not installed.')
    case 'inventory':
      return record(cite, await resolvers.inventory?.(cite), 'The inventory has no such entry in that revision.')
    case 'copy':
      return record(cite, await resolvers.copy?.(cite), 'No copy or leak of that name is registered.')
    case 'finding':
      return record(cite, await resolvers.finding?.(cite), 'The case has no finding of that id.')
    case 'decision':
      return record(cite, await resolvers.decision?.(cite), 'The case has no decision of that id.')
    default:
      return unreachable(cite)
  }
}

function record(cite: Exclude<Cite, { kind: 'exhibit' }>, found: ResolvedRecord | undefined, why: string): Resolved {
  if (found === undefined) return { kind: 'unresolved', why, todo: 'Open the cite in the workspace that the case was made in.' }
  return { kind: 'record', of: cite.kind, title: found.title, text: found.text, note: found.note ?? '', value: found.value }
}

interface Options {
  readonly resolvers: CiteResolvers
  readonly watch?: Watch
}

async function resolveExhibit(
  store: EvidenceStore,
  cite: Extract<Cite, { kind: 'exhibit' }>,
  options: Options,
): Promise<Resolved> {
  const exhibit = exhibitOf(store.db, cite.sha256)
  if (exhibit === undefined)
    return {
      kind: 'unresolved',
      why: 'The case has no exhibit with these bytes.',
      todo: 'Add the file to the case (`breachline evidence add`), then open the cite again.',
    }
  const about = { kind: 'exhibit' as const, exhibit, custody: custody(store.db, exhibit.number) }
  try {
    const opened = await openMember({ source: await openExhibit(store, exhibit), exhibit, cite, resolvers: options.resolvers })
    if (opened === undefined) return { ...about, note: `The member of ${exhibit.number} cannot be opened.` }
    const excerpt = await excerptOf({ ...opened, exhibit, at: cite.at }, options)
    if (excerpt === undefined) return { ...about, note: `${exhibit.number} has no ${locatorText(cite.at)} that can be shown.` }
    return { ...about, excerpt, note: '' }
  } catch (error) {
    if (error instanceof UserError) return { ...about, note: `${error.message} ${error.hint}` }
    throw error
  }
}

async function openMember(options: {
  source: ByteSource
  exhibit: Exhibit
  cite: Extract<Cite, { kind: 'exhibit' }>
  resolvers: CiteResolvers
}): Promise<{ source: ByteSource; kind: string } | undefined> {
  const { source, exhibit, cite, resolvers } = options
  if (cite.member === undefined) return { source, kind: exhibit.kind }
  const member = await resolvers.member?.(source, cite.member)
  if (member === undefined) return undefined
  return { source: member, kind: (await resolvers.kindOf?.(member)) ?? 'unknown' }
}

async function excerptOf(
  place: { source: ByteSource; kind: string; exhibit: Exhibit; at: Locator },
  { resolvers, watch }: Options,
): Promise<Excerpt | undefined> {
  const { source, kind, exhibit, at } = place
  const decoded = await resolvers.decode?.({ exhibit, source, at })
  if (decoded !== undefined) return decoded
  const lines = wantedOf(at)
  if (lines !== undefined) {
    const prefix = resolvers.logLinePrefix?.(exhibit)
    const stream = piecesOf(source, {
      kind,
      unit: lines.unit,
      ...(prefix === undefined ? {} : { prefix }),
      ...(watch === undefined ? {} : { watch }),
    })
    const found = stream === undefined ? undefined : await pick(stream, lines)
    return found?.kind === 'pieces' && lines.unit === 'row' && !unwritten.has(kind) ? asWritten(source, found) : found
  }
  if (at.kind === 'region') return { kind: 'picture', x: at.x, y: at.y, width: at.width, height: at.height }
  return pickBytes(source, at.kind === 'bytes' ? at : { from: 0, to: source.size })
}

async function asWritten(source: ByteSource, found: Extract<Excerpt, { kind: 'pieces' }>): Promise<Excerpt> {
  const { before, at, after } = found
  const all = await withOriginalLines(source, [
    ...(before === undefined ? [] : [before]),
    ...at,
    ...(after === undefined ? [] : [after]),
  ])
  const rows = new Map(all.map((row) => [row.n, row]))
  return {
    ...found,
    ...(before === undefined ? {} : { before: rows.get(before.n) ?? before }),
    at: at.map((row) => rows.get(row.n) ?? row),
    ...(after === undefined ? {} : { after: rows.get(after.n) ?? after }),
  }
}

/** Kinds whose rows do not stand as lines of text in the file. */
const unwritten: ReadonlySet<string> = new Set(['sql-dump', 'xlsx', 'parquet'])
