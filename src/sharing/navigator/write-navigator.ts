import type { ReleasedView } from '../redaction/share-view.ts'
import { summaryOf } from '../redaction/tell-view.ts'

/** The view as a layer of the ATT&CK Navigator, format 4.5: techniques by how many steps show them. */
export function writeNavigator(view: ReleasedView, attackVersion: string): Readonly<Record<string, unknown>> {
  const found = new Map<string, { techniqueID: string; tactic: string; steps: number[] }>()
  for (const step of view.behaviours)
    for (const { scheme, id } of step.techniques) {
      if (scheme !== 'attack') continue
      const key = `${id} ${step.tactic}`
      const one = found.get(key) ?? { techniqueID: id, tactic: step.tactic, steps: [] }
      one.steps.push(step.n)
      found.set(key, one)
    }
  const most = Math.max(1, ...[...found.values()].map((one) => one.steps.length))
  return {
    name: 'Intrusion at an operator',
    versions: { attack: String(Math.floor(Number(attackVersion))), navigator: '4.9.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: summaryOf(view),
    sorting: 3,
    gradient: { colors: ['#ffffff', '#3a6ea5'], minValue: 0, maxValue: most },
    legendItems: [],
    metadata: [
      { name: 'TLP', value: view.tlp.toUpperCase() },
      { name: 'PAP', value: view.pap.toUpperCase() },
      { name: 'released', value: view.released },
    ],
    hideDisabled: false,
    techniques: [...found.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { techniqueID, tactic, steps }]) => ({
        techniqueID,
        tactic,
        score: steps.length,
        comment: `${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}`,
        enabled: true,
        metadata: [],
        showSubtechniques: techniqueID.includes('.'),
      })),
  }
}
