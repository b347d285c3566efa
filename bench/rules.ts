import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../src/base/index.ts'
import { loadRules, type RuleFile } from '../src/sigma/index.ts'

/** Reads the rules of one folder or file, and nothing else; `own` stands for the product's own rules. */
export async function rulesOf(place: string): Promise<ReturnType<typeof loadRules>> {
  const root = place === 'own' ? join(import.meta.dirname, '..', 'rules') : place
  if (!existsSync(root))
    throw new UserError({
      code: 'no-such-path',
      message: `${place} does not exist`,
      hint: 'give a folder of Sigma rules, or own',
    })
  const files: RuleFile[] = []
  for (const path of await ruleFiles(root)) files.push({ name: path, text: await readFile(path, 'utf8') })
  return loadRules(files)
}

async function ruleFiles(root: string): Promise<string[]> {
  if (!(await stat(root)).isDirectory()) return [root]
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
