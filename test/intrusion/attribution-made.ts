import { shippedGroups } from '../../bench/attribution.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { AttackGroups } from '../../src/intrusion/attribution/attack-groups.ts'
import type { Attribution } from '../../src/intrusion/attribution/attribution.ts'
import type { ObservedSoftware, ObservedTechnique } from '../../src/intrusion/attribution/observed.ts'

/** The table that is shipped. */
export const shipped = shippedGroups()

/** A place in an invented log. */
export const cite: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'invented.evtx', at: { kind: 'record', n: 7 } }

/** Techniques that were surely seen. */
export function techniques(...ids: readonly string[]): ObservedTechnique[] {
  return ids.map((id) => ({ id, observed: 1, cites: [cite] }))
}

export function software(...names: readonly string[]): ObservedSoftware[] {
  return names.map((name) => ({ name, cites: [cite] }))
}

export const softCell = 'Cybereason Soft Cell June 2019'

/** Techniques and software of ATT&CK's links that cite the public report on Soft Cell. */
export function softCellObserved(): { techniques: ObservedTechnique[]; software: ObservedSoftware[] } {
  const at = shipped.reports.findIndex((one) => one.name === softCell)
  const gallium = shipped.groups.find((one) => one.id === 'G0093')
  const cited = (links: AttackGroups['groups'][number]['techniques'] = {}): string[] =>
    Object.keys(links).filter((id) => links[id]?.includes(at))
  return { techniques: techniques(...cited(gallium?.techniques)), software: software(...cited(gallium?.software)) }
}

/** The sentences as one text. */
export function told({ text }: Attribution): string {
  return text.map((one) => one.text).join('\n')
}

const links = (...ids: readonly string[]): Record<string, readonly number[]> =>
  Object.fromEntries(ids.map((id) => [id, id === 'T9002' ? [0, 1] : [1]]))
const names = { techniques: ['T9001', 'T9001.001', 'T9001.002', 'T9002', 'T9003', 'T9004'], software: ['S9001', 'S9002'] }

/** Eight invented groups: Amber Heron has the most, Grey Tern little, the others share one technique. */
export const invented: AttackGroups = {
  attack: { version: '0', notice: 'invented' },
  reports: [
    { name: 'Invented One', url: 'https://www.example.com/one/', date: '2026-01-02' },
    { name: 'Invented Two', url: 'https://example.com/two', date: '' },
    { name: 'One Again', url: 'https://web.archive.org/web/20260103000000/http://example.com/one?from=mail', date: '' },
  ],
  techniques: names.techniques.map((id) => ({ id, name: `Name of ${id}`, groups: 0 })),
  software: names.software.map((id) => ({ id, name: `Tool ${id}`, aliases: ['Shared Name'], groups: 0 })),
  groups: [
    {
      id: 'G9001',
      name: 'Amber Heron',
      aliases: ['APT99'],
      techniques: links('T9001.001', 'T9002', 'T9003', 'T9004'),
      software: links('S9001'),
    },
    { id: 'G9002', name: 'Grey Tern', aliases: [], techniques: links('T9001', 'T9003'), software: {} },
    ...[3, 4, 5, 6, 7, 8].map((n) => ({
      id: `G900${n}`,
      name: `Invented ${n}`,
      aliases: [],
      techniques: links('T9003'),
      software: {},
    })),
  ],
  campaigns: [
    { id: 'C9001', name: 'Invented Campaign', groups: ['G9002'], reports: [0], techniques: { T9004: [0] }, software: {} },
    { id: 'C9002', name: 'Of Nobody', groups: [], reports: [1], techniques: { T9002: [1] }, software: {} },
  ],
  fit: { fitted: '2026-01-01', version: '0', campaigns: 1, temperature: 1, unknown: 0.1, shown: 0.2 },
  tools: [
    { id: 'S9001', images: ['heron.exe'], titles: ['Heron'] },
    { id: 'S9002', images: [], titles: ['Two Words'] },
  ],
  system: ['S9002'],
}
