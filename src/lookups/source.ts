import type { ByteSource, Watch } from '../base/index.ts'
import type { RecordFormat } from '../formats/index.ts'
import type { TokenKey } from '../persons/index.ts'

/** An exhibit with logged accesses to records. */
export interface AuditSource {
  readonly source: ByteSource
  readonly sha256: string
  /** Path inside the archive that the hash is of. */
  readonly member?: string
  /** `events`: a log that the events room reads, or commands of a console. */
  readonly format: 'pgaudit' | 'events' | RecordFormat
  /**
   * Tables: our column name to theirs (`{ account: 'user_login' }`). Logs of requests: `subscriber`, where requests name one. Logs of files: `file`, patterns of paths.
   * Consoles: `command:NAME` and `parameter:NAME`.
   */
  readonly map?: Readonly<Record<string, string>>
  /** Machine the log comes from, for records that do not state one. */
  readonly host?: string
  /** System, for records that do not state one. */
  readonly system?: string
  readonly logLinePrefix?: string
  /** Zone of times that state none. */
  readonly zone?: string
}

/** An exhibit with recorded reasons: `subscriber,at,kind,account,team,ref`. */
export interface ReasonSource {
  readonly source: ByteSource
  readonly sha256: string
  /** Path inside the archive that the hash is of. */
  readonly member?: string
  readonly format: RecordFormat
  readonly map?: Readonly<Record<string, string>>
  readonly zone?: string
}

/** How identifiers become tokens, and which day a time belongs to. */
export interface ReadingContext {
  readonly key: TokenKey
  /** ISO 3166 code of the operator's country, for telephone numbers written the national way. */
  readonly country?: string
  /** Zone of the case: days begin at its midnight. An offset such as `+08:00`. */
  readonly zone?: string
  readonly watch?: Watch
}

/** What rows of the lake call their source: the hash, with the member where one archive holds several. */
export function sourceKey(source: { readonly sha256: string; readonly member?: string }): string {
  return source.member === undefined ? source.sha256 : `${source.sha256}/${source.member}`
}
