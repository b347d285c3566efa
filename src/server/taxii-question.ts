import type { ShelfQuestion } from '../app/index.ts'

/** What a request asked wrongly, as TAXII tells it. */
export class TaxiiProblem extends Error {
  readonly status: number
  readonly hint: string

  constructor(status: number, message: string, hint: string) {
    super(message)
    this.status = status
    this.hint = hint
  }
}

const mostPerPage = 1_000
const mostValues = 100
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/

/** The filters of a request: `added_after`, `limit`, `next`, `match[id|type|version|spec_version]`. Anything ill-formed is told. */
export function questionOf(
  queries: Readonly<Record<string, readonly string[]>>,
  fixed: { readonly object?: string; readonly versions?: readonly string[] } = {},
): ShelfQuestion {
  const one = (name: string): string | undefined => queries[name]?.[0]
  const list = (name: string, pattern: RegExp): readonly string[] | undefined => {
    const values = queries[`match[${name}]`]?.flatMap((text) => text.split(',')).map((text) => text.trim())
    if (values === undefined) return undefined
    if (values.length > mostValues || values.some((text) => !pattern.test(text)))
      throw new TaxiiProblem(400, `match[${name}] is not understood`, 'see section 3.4 of TAXII 2.1')
    return values
  }
  const limit = one('limit') ?? String(mostPerPage)
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new TaxiiProblem(400, 'limit is no number from 1', 'leave it out')
  const next = one('next') ?? '0'
  if (!/^\d{1,15}$/.test(next)) throw new TaxiiProblem(400, 'next is not one of ours', 'give it as the page before did')
  const addedAfter = one('added_after')
  if (addedAfter !== undefined && !timestamp.test(addedAfter))
    throw new TaxiiProblem(400, 'added_after is no time in UTC', 'write it as 2026-10-06T01:12:00.000Z')
  const id = /^[a-z][a-z0-9-]{1,60}--[0-9a-fA-F-]{36}$/
  if (fixed.object !== undefined && !id.test(fixed.object)) throw new TaxiiProblem(404, 'no such object', 'list the objects')
  const ids = fixed.object === undefined ? list('id', id) : [fixed.object]
  const types = list('type', /^[a-z0-9-]{3,60}$/)
  const specs = list('spec_version', /^\d\.\d$/)
  const versions = fixed.versions ?? list('version', /^(?:first|last|all|\d{4}-[\dT:.-]{5,30}Z)$/)
  return {
    after: Number(next),
    limit: Math.min(Number(limit), mostPerPage),
    ...(addedAfter === undefined ? {} : { addedAfter: sixDigits(addedAfter) }),
    ...(ids === undefined ? {} : { ids }),
    ...(types === undefined ? {} : { types }),
    ...(specs === undefined ? {} : { specs }),
    ...(versions === undefined ? {} : { versions }),
  }
}

/** The record of an object in a manifest. */
export function manifestEntry(one: { readonly id: string; readonly added: string; readonly version: string }): object {
  return { id: one.id, date_added: one.added, version: one.version, media_type: 'application/stix+json;version=2.1' }
}

/** Times are compared as text: all with six digits after the point. */
function sixDigits(time: string): string {
  const [whole = '', part = ''] = time.slice(0, -1).split('.')
  return `${whole}.${part.padEnd(6, '0')}Z`
}
