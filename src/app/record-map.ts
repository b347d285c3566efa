import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { UserError } from '../base/index.ts'

const schema = z.record(z.string().max(200), z.string().max(200))

/** Reads a `--map` file: JSON or TOML of names to names. Throws a `UserError` naming the file. */
export function readRecordMap(path: string): Readonly<Record<string, string>> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError({
      code: 'map-wrong',
      message: `${path} ${why}`,
      hint: 'write pairs such as {"cust_ref": "contract"} as JSON, or cust_ref = "contract" as TOML',
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
  return read.success ? read.data : refuse('holds something else than pairs of names')
}
