import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { UserError } from '../base/index.ts'

const document = z.strictObject({
  /** Re-identification: by one person, or asked by one key and approved by another. */
  reidentify: z.enum(['one', 'two']).optional(),
  engine: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      user: z.string().optional(),
      /** Name of the environment variable that holds the password; the password itself never stands in the file. */
      password_env: z.string().optional(),
      database: z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,62}$/)
        .default('breachline'),
    })
    .optional(),
})

/** Where the lake's ClickHouse server is, from `breachline.toml` of the workspace; undefined = embedded. */
export function readLakeSettings(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): { url: string; user?: string; password?: string; database: string } | undefined {
  const engine = readSettings(path)?.engine
  if (engine === undefined) return undefined
  const password = engine.password_env === undefined ? undefined : env[engine.password_env]
  return {
    url: engine.url,
    database: engine.database,
    ...(engine.user === undefined ? {} : { user: engine.user }),
    ...(password === undefined ? {} : { password }),
  }
}

/** The policy of the workspace on naming persons: `one` unless its `breachline.toml` says `reidentify = "two"`. */
export function reidentifyPolicy(path: string): 'one' | 'two' {
  return readSettings(path)?.reidentify ?? 'one'
}

function readSettings(path: string): z.infer<typeof document> | undefined {
  if (!existsSync(path)) return undefined
  const result = document.safeParse(parseToml(path))
  if (result.success) return result.data
  const first = result.error.issues[0]
  throw new UserError({
    code: 'workspace-settings-wrong',
    message: `${path}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'wrong'}`,
    hint: 'docs/workspace.md lists every entry',
  })
}

function parseToml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new UserError({
      code: 'workspace-settings-syntax',
      message: `${path} is not valid TOML`,
      hint: 'correct it, or remove it',
      cause,
    })
  }
}
