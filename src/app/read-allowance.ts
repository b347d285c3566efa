import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { markGroupsOf, type Allowance } from '../marks/index.ts'

const schema = z.record(z.string().max(200), z.array(z.string().max(40)).max(20))

/** Reads what a recipient's manifest allows: JSON or TOML of column name to forms of marks. Throws a `UserError` naming the file. */
export function readAllowance(path: string): Allowance {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError({
      code: 'allowance-wrong',
      message: `${path} ${why}`,
      hint: 'write pairs such as {"address": ["spacing", "punctuation"]} as JSON, or address = ["spacing"] as TOML',
      ...(cause === undefined ? {} : { cause }),
    })
  }
  const text = readFileSync(path, 'utf8')
  let raw: unknown
  try {
    raw = /^\s*\{/.test(text) ? (JSON.parse(text) as unknown) : parse(text)
  } catch (cause) {
    return refuse('is neither valid JSON nor TOML', cause)
  }
  const read = schema.safeParse(raw)
  if (!read.success) return refuse('holds something else than lists of forms by column')
  return Object.fromEntries(Object.entries(read.data).map(([column, names]) => [column, markGroupsOf(names)]))
}
