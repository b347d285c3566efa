// Writes data/recommendations/mitigations.json: node scripts/mitigations.ts ATTACK-BUNDLE.json.gz VERSION FIGHT.yaml FIGHT-VERSION
// Names of ATT&CK's mitigations come from data/recommendations/attack-mitigation-names.json: the bundle holds the links alone.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { attackBundle } from './attack-bundle.ts'

interface StixObject {
  readonly type: string
  readonly id: string
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[]
  readonly relationship_type?: string
  readonly source_ref?: string
  readonly target_ref?: string
}

const folder = join(import.meta.dirname, '..', 'data', 'recommendations')
const { standing, version } = attackBundle<StixObject>('mitigations.ts')
const [fightFile, fightVersion] = process.argv.slice(4)
if (fightFile === undefined || fightVersion === undefined) throw new Error('give FIGHT.yaml and its version too')
const {
  mitigations: names,
  notice,
  terms,
} = JSON.parse(readFileSync(join(folder, 'attack-mitigation-names.json'), 'utf8')) as {
  mitigations: readonly { readonly stix: string; readonly id: string; readonly name: string }[]
  notice: string
  terms: string
}
const ids = new Map(names.map((one) => [one.stix, one.id]))
const techniques = new Map(
  standing
    .filter(({ type }) => type === 'attack-pattern')
    .map((one) => [
      one.id,
      one.external_references?.find(({ source_name }) => source_name === 'mitre-attack')?.external_id ?? '',
    ]),
)
const attack = new Map<string, Set<string>>()
const unnamed = new Set<string>()
for (const one of standing) {
  const technique = techniques.get(one.target_ref ?? '')
  if (one.relationship_type !== 'mitigates' || technique === undefined || technique === '') continue
  const id = ids.get(one.source_ref ?? '')
  if (id === undefined) unnamed.add(one.source_ref ?? '')
  else attack.set(technique, (attack.get(technique) ?? new Set()).add(id))
}
if (unnamed.size > 0) throw new Error(`mitigations without a name: ${[...unnamed].join(', ')}`)

const fight = parse(readFileSync(fightFile, 'utf8'), { maxAliasCount: -1 }) as {
  mitigations: readonly { readonly id: string; readonly name: string; readonly techniques: readonly string[] }[]
}
const sorted = <T extends { readonly id: string }>(all: readonly T[]): T[] => all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
const lines = (all: readonly unknown[]): string => all.map((one) => JSON.stringify(one)).join(',\n')
const text = `{
"attack": ${JSON.stringify({ version, notice, terms })},
"fight": ${JSON.stringify({ version: fightVersion, source: 'https://github.com/mitre/FiGHT', licence: 'Apache-2.0' })},
"mitigations": [
${lines([...sorted(names).map(({ id, name }) => ({ id, name })), ...sorted(fight.mitigations).map(({ id, name }) => ({ id, name }))])}
],
"attackTechniques": [
${lines(sorted([...attack].map(([id, by]) => ({ id, by: [...by].sort() }))))}
],
"fightMitigates": [
${lines(sorted(fight.mitigations).map((one) => ({ id: one.id, techniques: [...one.techniques].sort() })))}
]
}
`
writeFileSync(join(folder, 'mitigations.json'), text)
process.stdout.write(`${names.length} and ${fight.mitigations.length} mitigations, ${attack.size} techniques of ATT&CK\n`)
