import { locatorText, UserError, type Locator } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'

/** A place in a file that belongs to no case: `logs/a.evtx#record 12`, `logs.zip#inner/a.json#line 3`. */
export interface LoosePlace {
  readonly path: string
  readonly member?: string
  readonly at: Locator
}

/** The text of a cite of an exhibit that `--cite` takes again. */
export function loosePlaceText(cite: Extract<Cite, { kind: 'exhibit' }>): string {
  const at = locatorText(cite.at)
  return [cite.file, cite.member, at].filter((part) => part !== undefined && part !== '').join('#')
}

/** Reads `PATH#record N` (also `line`, `row`, and `PATH#MEMBER#record N`); a `UserError` says what is wrong. */
export function readLoosePlace(text: string): LoosePlace {
  const end = /^(.+)#(record|line|row) (\d{1,12})$/s.exec(text.trim())
  if (end === null)
    throw new UserError({
      code: 'usage',
      message: `"${text}" is no cite of a record`,
      hint: "write it as detect prints it: --cite 'logs/security.evtx#record 12'",
      exitCode: 2,
    })
  const [, file = '', kind, n] = end
  const at: Locator = { kind: kind as 'record' | 'line' | 'row', n: Number(n) }
  const hash = file.indexOf('#')
  return hash < 0 ? { path: file, at } : { path: file.slice(0, hash), member: file.slice(hash + 1), at }
}
