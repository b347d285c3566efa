import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { checkFormatName } from './format-name.ts'

/** What a file of a case folder is for. Roles of customer tables are stated, never guessed from content alone. */
export const roles = [
  'claim',
  'sample',
  'screenshot',
  'logs',
  'audit',
  'explain',
  // What the actor left behind: histories, scripts, and files recovered from their staging.
  'left-behind',
  'inventory',
  'copy',
  'leak',
  // Day one: a system's own table as of a day, compared and never registered; number ranges by operator.
  'table',
  'ranges',
] as const
export type Role = (typeof roles)[number]

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
const map = z.record(z.string(), z.string())

const rule = z.strictObject({
  glob: z.string().min(1).max(1000),
  role: z.enum(roles).optional(),
  /** Copies: who holds it, of which system, as of which day, with validity intervals or not. */
  holder: z.string().max(200).optional(),
  system: z.string().max(200).optional(),
  as_of: day.optional(),
  history: z.boolean().optional(),
  /** Earlier leaks: name and day they became known. */
  name: z.string().max(200).optional(),
  date: day.optional(),
  approved_by: z.string().max(200).optional(),
  /** Logs: host when the lines do not say it, zone and year when the times do not, prefix of PostgreSQL logs, format string of web server logs, name of the format where its content is taken for something else. */
  host: z.string().max(255).optional(),
  zone: z.string().max(64).optional(),
  log_line_prefix: z.string().max(200).optional(),
  log_format: z.string().max(2_000).optional(),
  format: z.string().max(64).optional(),
  year: z.int().min(1970).max(2199).optional(),
  /** Evidence that was handed over: by whom, and the day on which the server it is from was installed anew. */
  handed_by: z.string().max(200).optional(),
  installed: day.optional(),
  /** Column names of the file by the names Breachline uses. */
  map: map.optional(),
})

const document = z.strictObject({
  case: z
    .strictObject({
      id: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a case id is lower-case letters, digits and hyphens')
        .optional(),
      title: z.string().max(200).optional(),
      operator: z.string().max(200).optional(),
      zone: z.string().max(64).optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      jurisdictions: z.array(z.string().max(16)).max(60).optional(),
      roles: z.array(z.string().max(64)).max(20).optional(),
      opened: z.string().max(40).optional(),
      /** Name or address of the report that made the case public: no group's profile is weighed by it. */
      known_from: z.string().max(500).optional(),
      generated: z.boolean().optional(),
      /** Reports covering many persons may be read as scale: leave unset when nobody has judged. */
      significant_harm: z.enum(['yes', 'no', 'unknown']).optional(),
    })
    .optional(),
  files: z.array(rule).max(10_000).optional(),
})

/** One entry of `[[files]]`. */
export type FileRule = z.infer<typeof rule>
/** `breachline-case.toml`, checked; every member may be absent. */
export type CaseSettings = z.infer<typeof document>

export const caseSettingsName = 'breachline-case.toml'

/** Reads `breachline-case.toml` of a folder; an empty settings object when there is none. Throws a `UserError` naming the entry. */
export async function readCaseSettings(folder: string): Promise<CaseSettings> {
  const path = join(folder, caseSettingsName)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (text === undefined) return {}
  return parseCaseSettings(text, path)
}

/** The same from text; `path` names the file in messages. */
export function parseCaseSettings(text: string, path: string): CaseSettings {
  let raw: unknown
  try {
    raw = parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''
    throw new UserError({
      code: 'case-settings-syntax',
      message: `${path} is not valid TOML: ${why}`,
      hint: 'correct the line named above',
      cause,
    })
  }
  const result = document.safeParse(raw)
  if (result.success) {
    for (const [at, { format }] of (result.data.files ?? []).entries())
      if (format !== undefined) checkFormatName(format, `${path}: files.${at}.format`)
    return result.data
  }
  const first = result.error.issues[0]
  throw new UserError({
    code: 'case-settings-wrong',
    message: `${path}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'wrong'}`,
    hint: 'docs/case-folder.md lists every entry and its form',
  })
}
