import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { markGroupsOf, type Allowance } from '../marks/index.ts'
import { readSettingsFile } from './settings-file.ts'

const schema = z.record(z.string().max(200), z.array(z.string().max(40)).max(20))

/** Reads what a recipient's manifest allows: JSON or TOML of column name to forms of marks. Throws a `UserError` naming the file. */
export function readAllowance(path: string): Allowance {
  const read = readSettingsFile(path, schema, 'lists of forms by column')
  if (read.kind === 'read')
    return Object.fromEntries(Object.entries(read.value).map(([column, names]) => [column, markGroupsOf(names)]))
  throw new UserError({
    code: 'allowance-wrong',
    message: `${path} ${read.why}`,
    hint: 'write pairs such as {"address": ["spacing", "punctuation"]} as JSON, or address = ["spacing"] as TOML',
    cause: read.cause,
  })
}
