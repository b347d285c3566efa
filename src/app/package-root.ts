import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { invariant } from '../base/index.ts'

let found: string | undefined

/** Folder of the package, whether this runs from `src/` or from `dist/`. */
export function packageRoot(): string {
  if (found !== undefined) return found
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) {
    invariant(dirname(folder) !== folder, 'the package has a package.json')
    folder = dirname(folder)
  }
  found = folder
  return folder
}

/** Version of this release. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }
  return version
}
