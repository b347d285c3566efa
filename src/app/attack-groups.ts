import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAttackGroups, type AttackGroups } from '../intrusion/index.ts'
import { packageRoot } from './package-root.ts'

/** The shipped table of ATT&CK's groups with the constants of attribution. */
export function attackGroups(): AttackGroups {
  const read = (name: string): string => readFileSync(join(packageRoot(), 'data', name), 'utf8')
  return readAttackGroups({
    groups: read('attack-groups.json'),
    fit: read('attack-groups-fit.json'),
    tools: read('attack-tools.json'),
  })
}

/** What a cite of ATT&CK's groups stands for: a group, a technique or program in its profile with the reports it rests on, or a constant. */
export function attackReference(file: string, key: string): { readonly title: string; readonly text: string } | undefined {
  const table = attackGroups()
  const from = `MITRE ATT&CK ${table.attack.version}. ${table.attack.notice}`
  if (file.endsWith('-fit.json')) return { title: `Constant ${key}`, text: `${JSON.stringify(table.fit, undefined, 2)}\n${from}` }
  const [id = '', item] = key.split('/')
  const group = table.groups.find((one) => one.id === id)
  if (group === undefined) return key === 'groups' ? { title: `${table.groups.length} groups`, text: from } : undefined
  const named = [group.name, ...group.aliases].join(', ')
  if (item === undefined) return { title: `Group ${id}`, text: `${named}\n${from}` }
  const places = group.techniques[item] ?? group.software[item]
  const entry = [...table.techniques, ...table.software].find((one) => one.id === item)
  if (places === undefined || entry === undefined) return undefined
  const reports = places.flatMap((at) => table.reports[at] ?? []).map((one) => `${one.name} ${one.date} ${one.url}`.trim())
  return { title: `${entry.name} (${item}) in the profile of ${group.name}`, text: [...reports, from].join('\n') }
}
