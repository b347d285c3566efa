import type { Entry, EntryKind, Registered, System, Vendor } from '../inventory/index.ts'
import type { Findings } from './findings.ts'

const sorted = new WeakMap<readonly Registered[], readonly Registered[]>()

/** Entries of one kind, in order of name. */
export function entriesOf<K extends EntryKind>(findings: Findings, kind: K): Registered<Extract<Entry, { kind: K }>>[] {
  const { inventory = [] } = findings
  const all = sorted.get(inventory) ?? inventory.toSorted((a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0))
  sorted.set(inventory, all)
  return all.filter((one): one is Registered<Extract<Entry, { kind: K }>> => one.kind === kind)
}

/** Systems of the estate that words name: by id, name or host; where none is, those of the kind that the words say. */
export function systemsNamed(findings: Findings, words: string): Registered<System>[] {
  const text = plain(words)
  const all = entriesOf(findings, 'system')
  const found = all.filter((one) => named(text, one, () => [one.id, one.name, ...one.hosts]))
  return found.length > 0 ? found : all.filter(({ type = '' }) => type.trim().length > 1 && text.includes(plain(type)))
}

/** Vendors that words name, by id, name, or the name of who works for them. */
export function vendorsNamed(findings: Findings, words: string): Registered<Vendor>[] {
  const text = plain(words)
  return entriesOf(findings, 'vendor').filter((one) => named(text, one, () => [one.id, one.name, ...(one.subProcessors ?? [])]))
}

/** The host's name without its domain, in lower case. */
export function shortHost(host: string): string {
  const name = host.trim().toLowerCase()
  return /^[\d.]+$/.test(name) ? name : (name.split('.')[0] ?? name)
}

const names = new WeakMap<Registered, readonly string[]>()

/** Does a text hold one of an entry's names as whole words? */
function named(text: string, entry: Registered, namesOf: () => readonly string[]): boolean {
  const known =
    names.get(entry) ??
    namesOf()
      .map(plain)
      .filter((name) => name.trim().length > 1)
  names.set(entry, known)
  return known.some((name) => text.includes(name))
}

function plain(text: string): string {
  return ` ${text
    .slice(0, 4_000)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}
