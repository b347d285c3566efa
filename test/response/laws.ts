import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readLaws } from '../../src/response/index.ts'

const folder = path.resolve(import.meta.dirname, '../../data/laws')

/** The law files as they are shipped. */
export function lawFiles(): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }))
}

export const shipped = readLaws(lawFiles())
