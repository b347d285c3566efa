import type { Story } from '../../../src/server/api.ts'

/** Enterprise tactics of ATT&CK in the order of the matrix. */
const order = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
]

/** A step with its number, from 1. */
export interface NumberedStep {
  readonly step: Story['steps'][number]
  readonly n: number
}

/** A tactic with the steps under it, in order of time, and their techniques. */
export interface TacticSteps {
  readonly id: string
  readonly name: string
  readonly steps: readonly NumberedStep[]
  readonly techniques: readonly string[]
}

/** All tactics of the matrix, and after them those that only the steps name. */
export function tacticsIn(steps: readonly NumberedStep[]): TacticSteps[] {
  const by = Map.groupBy(steps, ({ step }) => step.tactic)
  const others = [...by.keys()].filter((id) => !order.includes(id)).toSorted()
  return [...order, ...others].map((id) => {
    const own = by.get(id) ?? []
    return {
      id,
      name: tacticName(id),
      steps: own,
      techniques: [...new Set(own.flatMap(({ step }) => step.techniques))].toSorted(),
    }
  })
}

/** `lateral-movement` as `Lateral movement`. */
export function tacticName(id: string): string {
  const words = id.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
