import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'
import { parse } from 'smol-toml'

/** The file of settings in a case folder. */
export const settingsName = 'breachline-case.toml'

/** What the settings of a case folder say about one file; see docs/case-folder.md. */
export interface FileSettings {
  readonly role?: string
  readonly holder?: string
  readonly system?: string
  readonly as_of?: string
  readonly history?: boolean
  readonly name?: string
  readonly date?: string
  readonly host?: string
  readonly zone?: string
  readonly log_line_prefix?: string
}

/** The settings of a case folder. */
export interface CaseRules {
  readonly operator: string
  readonly country: string
  readonly zone: string
  readonly of: (name: string) => FileSettings
}

/** Reads `breachline-case.toml`; a folder without one says nothing about its files. */
export async function readCaseRules(folder: string): Promise<CaseRules> {
  const path = join(folder, settingsName)
  const document = (existsSync(path) ? parse(await readFile(path, 'utf8')) : {}) as {
    readonly case?: { readonly operator?: string; readonly country?: string; readonly zone?: string }
    readonly files?: readonly (FileSettings & { readonly glob: string })[]
  }
  const { operator = '', country = '', zone = '' } = document.case ?? {}
  return {
    operator,
    country,
    zone,
    of: (name) => Object.assign({}, ...(document.files ?? []).filter((one) => matchesGlob(name, one.glob))) as FileSettings,
  }
}
