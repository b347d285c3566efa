import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { readSettingsFile } from './settings-file.ts'

const schema = z.record(z.string().max(200), z.string().max(200))

/** Reads a `--map` file: JSON or TOML of names to names. Throws a `UserError` naming the file. */
export function readRecordMap(path: string): Readonly<Record<string, string>> {
  const read = readSettingsFile(path, schema, 'pairs of names')
  if (read.kind === 'read') return read.value
  throw new UserError({
    code: 'map-wrong',
    message: `${path} ${read.why}`,
    hint: 'write pairs such as {"cust_ref": "contract"} as JSON, or cust_ref = "contract" as TOML',
    cause: read.cause,
  })
}
