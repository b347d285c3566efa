import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import type { Workspace } from './workspace.ts'

const document = z.strictObject({
  /** Networks of the operator and of its partners. */
  own_networks: z.array(z.string().max(64)).max(10_000).default([]),
  own_domains: z.array(z.string().max(253)).max(10_000).default([]),
  /** Words that never leave. */
  never: z.array(z.string().min(2).max(200)).max(10_000).default([]),
  /** What the operator calls itself among its peers; absent: "An operator". */
  name: z.string().max(64).optional(),
})

/** What a person stated in `sharing.toml` of the workspace about sharing; empty without the file. */
export type ShareSettings = z.infer<typeof document> & { readonly stated: boolean }

/** Reads `sharing.toml`; a `UserError` names what is wrong with it. */
export function readShareSettings(workspace: Pick<Workspace, 'path'>): ShareSettings {
  const path = workspace.path('sharing.toml')
  if (!existsSync(path)) return { ...document.parse({}), stated: false }
  const wrong = (message: string, cause?: unknown): UserError =>
    new UserError({
      code: 'sharing-settings',
      message: `${path}: ${message}`,
      hint: 'docs/telling-others.md lists every entry',
      cause,
    })
  let value: unknown
  try {
    value = parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw wrong('is not valid TOML', cause)
  }
  const result = document.safeParse(value)
  if (result.success) return { ...result.data, stated: true }
  const first = result.error.issues[0]
  throw wrong(`${first?.path.join('.') ?? ''}: ${first?.message ?? 'wrong'}`)
}
