import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readCalendars, readLaws } from '../../src/response/index.ts'

const data = path.resolve(import.meta.dirname, '../../data')

function filesOf(folder: string): { name: string; text: string }[] {
  return readdirSync(path.join(data, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(path.join(data, folder, name), 'utf8') }))
}

/** The law files as they are shipped. */
export function lawFiles(): { name: string; text: string }[] {
  return filesOf('laws')
}

export const shipped = readLaws(lawFiles())
export const shippedCalendars = readCalendars(filesOf('holidays'))
