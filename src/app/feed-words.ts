import { existsSync, readFileSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import { watchWord, type WatchWord } from '../claims/index.ts'
import { listInventory } from '../inventory/index.ts'
import { claimParties } from './claim-parties.ts'
import { openInventory } from './estate.ts'
import { writeWhole } from './vendor-check-files.ts'
import type { Workspace } from './workspace.ts'

type Place = Pick<Workspace, 'path'>

/** Words that a person added, kept with the workspace. */
function keptWords(workspace: Place): readonly WatchWord[] {
  const file = workspace.path('feed-words.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as WatchWord[]) : []
}

/** Adds a word, or with `remove` takes it away. Throws a `UserError` (usage) for a word that cannot be looked for. */
export function keepWord(
  workspace: Place,
  given: { readonly kind: WatchWord['kind']; readonly text: string; readonly country?: string; readonly remove?: boolean },
): WatchWord {
  const word = watchWord(given.kind, given.text, {
    of: 'ours',
    ...(given.country === undefined ? {} : { country: given.country }),
  })
  const others = keptWords(workspace).filter(({ kind, text }) => kind !== word.kind || text !== word.text)
  const words = given.remove === true ? others : [...others, word]
  writeWhole(workspace.path('feed-words.json'), `${JSON.stringify(words, undefined, 2)}\n`)
  return word
}

/** All words looked for: those that persons added, then names of vendors and their suppliers and host names of the inventory. */
export function feedWords(workspace: Place): readonly WatchWord[] {
  const words = new Map(keptWords(workspace).map((word) => [`${word.kind} ${word.text.toLowerCase()}`, word]))
  const add = (kind: WatchWord['kind'], text: string, of: string): void => {
    const key = `${kind} ${text.toLowerCase()}`
    if (words.has(key)) return
    try {
      words.set(key, watchWord(kind, text, { of }))
    } catch (error) {
      // A short name of the inventory cannot be looked for.
      if (!(error instanceof UserError)) throw error
    }
  }
  const db = openInventory(workspace)
  try {
    const entries = listInventory(db)
    for (const { name, entry, relation } of claimParties(entries)) if (relation !== 'system of ours') add('name', name, entry)
    for (const entry of entries) {
      const hosts = entry.kind === 'system' ? entry.hosts : entry.kind === 'endpoint' ? [entry.host] : []
      for (const host of hosts) if (/[a-z]\.[a-z]/i.test(host)) add('domain', host, entry.entry)
    }
  } finally {
    db.close()
  }
  return [...words.values()]
}
