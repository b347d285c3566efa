import type { ByteSource, Locator } from '../../base/index.ts'
import { identify, recordFormatOf, type RecordFormat } from '../../formats/index.ts'

/** A file that the actor left behind, or a log whose command lines may hold queries. */
export interface LeftSource {
  readonly source: ByteSource
  readonly sha256: string
  /** Path inside the archive that the hash is of. */
  readonly member?: string
  /** Set for a log handed over for something else: only its command lines are read, and one without a query is not told. */
  readonly log?: true
  /** Machine it comes from, and zone of times that state none. */
  readonly host?: string
  readonly zone?: string
  /** Tables: the column of the subscriber under `subscriber`. */
  readonly map?: Readonly<Record<string, string>>
}

/** How what was left behind is read. */
export type LeftReading =
  | { readonly kind: 'history'; readonly of: 'shell' | 'client' }
  | { readonly kind: 'script'; readonly of: 'shell' | 'client' }
  | { readonly kind: 'command-lines' }
  | { readonly kind: 'table'; readonly format: RecordFormat }
  | { readonly kind: 'text' }
  | { readonly kind: 'none'; readonly seen: string }

/** A query that was asked, and where it stands; `time` is '' where none is recorded. */
export interface AskedQuery {
  readonly at: Locator
  readonly time: string
  readonly account: string
  readonly host: string
  readonly query: string
}

/** How a file is read: histories and scripts by name and content, all else by content. */
export async function leftReading(left: LeftSource): Promise<LeftReading> {
  if (left.log === true) return { kind: 'command-lines' }
  const seen = await identify(left.source)
  const name = (left.member ?? left.source.name).toLowerCase()
  if (seen.history !== undefined) return { kind: 'history', of: seen.history }
  const isText = seen.kind === 'text' || seen.kind === 'markdown' || seen.kind === 'csv'
  if (/\.(?:sql|ddl|hql|cql|pls|prc|js)$/.test(name) && (isText || seen.kind === 'sql-dump'))
    return { kind: 'script', of: 'client' }
  if (/\.(?:sh|bash|zsh|ksh|bat|cmd|ps1)$/.test(name) && isText) return { kind: 'script', of: 'shell' }
  if (seen.kind === 'log' || seen.kind === 'evtx' || seen.kind === 'access-log' || seen.kind === 'pgaudit')
    return { kind: 'command-lines' }
  if (seen.kind === 'text' || seen.kind === 'markdown') return { kind: 'text' }
  const format = recordFormatOf(seen.kind)
  return format === undefined ? { kind: 'none', seen: seen.seen } : { kind: 'table', format }
}

/** The login that a path of a home folder names; '' where it names none. */
export function accountOfPath(path: string): string {
  const slashed = path.replaceAll('\\', '/').toLowerCase()
  const home = /(?:^|\/)(?:home|users|documents and settings)\/([^/]{1,100})\//.exec(slashed)?.[1]
  if (home !== undefined) return home
  if (/(?:^|[/\]])root\/[^/]*$/.test(slashed)) return 'root'
  return /(?:^|\/)var\/lib\/(?:pgsql|postgresql)\//.test(slashed) ? 'postgres' : ''
}
