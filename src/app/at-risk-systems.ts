import { findings } from '../casefile/index.ts'
import { listInventory } from '../inventory/index.ts'
import type { CaseStore } from './case-store.ts'
import { openInventory } from './estate.ts'
import { lastAnswer } from './last-answer.ts'
import type { Workspace } from './workspace.ts'

/** Systems of the inventory by id and by name, in lower case, and those that a message to persons at risk stays away from, with the reason. */
export function systemsOf(
  workspace: Pick<Workspace, 'path'>,
  store: CaseStore,
): { readonly known: ReadonlySet<string>; readonly compromised: ReadonlyMap<string, string> } {
  const db = openInventory(workspace, store.info())
  try {
    const systems = listInventory(db, 'system')
    const why = new Map<string, string>()
    const standing = findings(store.db, { withdrawn: false }).filter(({ status }) => status !== 'rejected')
    const stories = store.lastAnswer() === undefined ? [] : (lastAnswer(store).stories?.stories ?? [])
    const hosts = new Map<string, string>()
    for (const story of stories.filter(({ id }) => standing.some(({ subject }) => subject === `story:${id}`))) {
      for (const { data } of story.reached)
        if (data !== undefined) hosts.set(shortName(data.host), `data was reached on its host ${data.host}`)
      for (const { name, status } of story.hosts) hosts.set(shortName(name), `its host ${name} is ${status} in the story`)
    }
    const read = new Set(
      standing
        .filter(({ code }) => code === 'read-without-recorded-reason')
        .flatMap(({ cites }) => cites.flatMap((cite) => (cite.kind === 'exhibit' ? [cite.sha256] : []))),
    )
    for (const { sha256, rule } of store.given())
      if (read.has(sha256) && rule.system !== undefined)
        why.set(rule.system.toLowerCase(), 'records were read on it without a recorded reason')
    for (const one of systems) {
      const host = one.hosts.find((name) => hosts.has(shortName(name)))
      const because =
        (host === undefined ? undefined : hosts.get(shortName(host))) ??
        why.get(one.id.toLowerCase()) ??
        why.get(one.name.toLowerCase())
      if (because === undefined) continue
      why.set(one.id.toLowerCase(), because)
      why.set(one.name.toLowerCase(), because)
    }
    const known = new Set(systems.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]))
    return { known, compromised: why }
  } finally {
    db.close()
  }
}

function shortName(host: string): string {
  const name = host.trim().toLowerCase()
  return /^[\d.]+$/.test(name) ? name : (name.split('.')[0] ?? name)
}
