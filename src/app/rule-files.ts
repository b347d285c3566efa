import { readdir, readFile, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { limits, UserError } from '../base/index.ts'
import { loadRules, type NotLoaded, type Rule } from '../sigma/index.ts'
import { packageRoot } from './package-root.ts'

/** Our own rules first, then every `.yml` and `.yaml` under the given folders or files. */
export async function readRules(
  directories: readonly string[],
): Promise<{ rules: readonly Rule[]; notLoaded: readonly NotLoaded[] }> {
  const own = join(packageRoot(), 'rules')
  const files: { name: string; text: string }[] = []
  for (const root of [own, ...directories]) {
    if (!existsSync(root))
      throw new UserError({ code: 'no-such-path', message: `${root} does not exist`, hint: 'give a folder of Sigma rules' })
    for (const path of await ruleFiles(root)) {
      if (files.length >= limits.rules)
        throw new UserError({
          code: 'too-many-rules',
          message: `more than ${limits.rules} rule files`,
          hint: 'give fewer folders',
        })
      const name = root === own ? join('rules', relative(own, path)) : path
      files.push({ name, text: await ruleText(path) })
    }
  }
  return loadRules(files)
}

async function ruleFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** A file above the limit is handed on cut: the loader then names it as too large. */
async function ruleText(path: string): Promise<string> {
  const bytes = await readFile(path)
  return bytes.subarray(0, limits.ruleBytes + 1).toString('utf8')
}
