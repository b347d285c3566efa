// Writes data/attack-visibility.json from a STIX bundle of Enterprise ATT&CK: node scripts/attack-visibility.ts BUNDLE.json.gz VERSION
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { callNames } from '../src/events/coverage-kinds.ts'
import { attackBundle } from './attack-bundle.ts'

interface Reference {
  readonly name: string
  readonly channel?: string
}

interface StixObject {
  readonly type: string
  readonly id: string
  readonly name?: string
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[]
  readonly kill_chain_phases?: readonly { readonly kill_chain_name: string; readonly phase_name: string }[]
  readonly relationship_type?: string
  readonly source_ref?: string
  readonly target_ref?: string
  readonly x_mitre_analytic_refs?: readonly string[]
  readonly x_mitre_log_source_references?: readonly Reference[]
}

const { standing, version } = attackBundle<StixObject>('attack-visibility.ts')
const byId = new Map(standing.map((one) => [one.id, one]))
const strategies = new Map<string, StixObject[]>()
for (const one of standing) {
  const strategy = byId.get(one.source_ref ?? '')
  if (one.type !== 'relationship' || one.relationship_type !== 'detects' || strategy === undefined) continue
  const technique = one.target_ref ?? ''
  strategies.set(technique, [...(strategies.get(technique) ?? []), strategy])
}

const callWords = new Set(callNames)

/** A log source with what is fact in its channel: event ids, system calls, names of Zeek logs. Sentences are left out. */
function sourceOf({ name, channel = '' }: Reference): string {
  const trimmed = name.trim()
  const ids =
    /^wineventlog:/i.test(trimmed) && /EventCode|Event ID|^\d/i.test(channel) ? (channel.match(/\b\d{1,5}\b/g) ?? []) : []
  const calls = trimmed.startsWith('auditd:') ? (channel.match(/[a-z_]{2,20}/g) ?? []).filter((word) => callWords.has(word)) : []
  const logs = (channel.match(/\b[a-z_]{2,20}\.log\b/g) ?? []).filter(() => /^NSM:/i.test(trimmed))
  const details = [...new Set([...ids, ...calls, ...logs])].sort()
  return [trimmed, ...details].join('|')
}

const techniques = standing
  .filter((one) => one.type === 'attack-pattern')
  .map((one) => ({
    id: one.external_references?.find((reference) => reference.source_name === 'mitre-attack')?.external_id ?? '',
    name: one.name ?? '',
    tactics: (one.kill_chain_phases ?? [])
      .filter((phase) => phase.kill_chain_name === 'mitre-attack')
      .map((phase) => phase.phase_name),
    analytics: (strategies.get(one.id) ?? [])
      .flatMap((strategy) => strategy.x_mitre_analytic_refs ?? [])
      .flatMap((ref) => {
        const sources = (byId.get(ref)?.x_mitre_log_source_references ?? []).map(sourceOf)
        return sources.length === 0 ? [] : [[...new Set(sources)].sort()]
      }),
  }))
  .filter((one) => one.id !== '')
  .sort((a, b) => (a.id < b.id ? -1 : 1))

const names = [...new Set(techniques.flatMap((one) => one.analytics.flat()))].sort()
const index = new Map(names.map((name, at) => [name, at]))
const lines = techniques.map((one) =>
  JSON.stringify({ ...one, analytics: one.analytics.map((sources) => sources.map((name) => index.get(name))) }),
)
const sources = names.map((text) => {
  const [name, ...details] = text.split('|')
  return JSON.stringify(details.length === 0 ? { name } : { name, details })
})
const text = `{
"attack": ${JSON.stringify({
  domain: 'enterprise-attack',
  version,
  notice: '© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
  terms: 'https://attack.mitre.org/resources/legal-and-branding/terms-of-use/',
})},
"logSources": [
${sources.join(',\n')}
],
"techniques": [
${lines.join(',\n')}
]
}
`
writeFileSync(join(import.meta.dirname, '..', 'data', 'attack-visibility.json'), text)
process.stdout.write(`${techniques.length} techniques, ${names.length} log sources\n`)
