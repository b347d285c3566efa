import type { Persons } from './facts.ts'
import type { DataKind, HarmFacts } from './harm-facts.ts'

/** ENISA's severity of a personal data breach (working document of 2013): SE = DPC x EI + CB, each part with its reasons. */
export interface Severity {
  /** Lowest and highest score that what is stated allows; undefined while the kinds of data are not stated. */
  readonly score?: readonly [number, number]
  readonly bands: readonly ('low' | 'medium' | 'high' | 'very high')[]
  readonly parts: readonly string[]
  /** What would narrow the score. */
  readonly missing: readonly string[]
  /** Marked beside the score: more than 100 persons; data unintelligible. */
  readonly flags: readonly string[]
}

const contexts: readonly { readonly base: number; readonly name: string; readonly kinds: readonly DataKind[] }[] = [
  { base: 4, name: 'sensitive', kinds: ['health', 'belief-or-opinion', 'sex-life', 'biometric', 'criminal-record'] },
  { base: 3, name: 'financial', kinds: ['financial', 'payment-instrument'] },
  { base: 2, name: 'behavioural', kinds: ['traffic', 'location', 'content'] },
]

const identification = { negligible: 0.25, limited: 0.5, significant: 0.75, maximum: 1 } as const
const losses = { none: 0, 'known-recipients': 0.25, recoverable: 0.25, 'unknown-recipients': 0.5, unrecoverable: 0.5 } as const

/** Computes the severity with bounds for everything that nobody stated. */
export function severityOf(harm: HarmFacts, persons: Persons): Severity {
  const flags = [
    ...((persons.min ?? 0) > 100 ? ['more than 100 persons'] : []),
    ...(harm.unintelligible === 'yes' ? ['data stated to be unintelligible'] : []),
  ]
  if (harm.data === undefined || harm.data.length === 0)
    return { bands: [], parts: [], missing: ['The kinds of data are not stated.'], flags }
  const missing: string[] = []
  const context = contextOf(harm.data, harm)
  const ease = harm.identifiable === undefined || harm.identifiable === 'unknown' ? undefined : identification[harm.identifiable]
  if (ease === undefined) missing.push('How easily a person is recognised from the data is not stated (0.25 to 1).')
  const [easeLow, easeHigh] = ease === undefined ? [0.25, 1] : [ease, ease]
  const circumstances = (['confidentiality', 'integrity', 'availability'] as const).map((name) => {
    const said = harm[name]
    if (said === undefined || said === 'unknown') {
      missing.push(`Loss of ${name} is not stated (0 to 0.5).`)
      return { name, low: 0, high: 0.5 }
    }
    return { name, low: losses[said], high: losses[said] }
  })
  const malice = harm.malicious === 'yes' ? [0.5, 0.5] : harm.malicious === 'no' ? [0, 0] : [0, 0.5]
  if (harm.malicious === undefined || harm.malicious === 'unknown')
    missing.push('Whether it was done on purpose is not stated (0 or 0.5).')
  const sum = (key: 'low' | 'high'): number => circumstances.reduce((total, one) => total + one[key], 0)
  const low = context.dpc * easeLow + sum('low') + (malice[0] ?? 0)
  const high = context.dpc * easeHigh + sum('high') + (malice[1] ?? 0)
  return {
    score: [low, high],
    bands: [...new Set([bandOf(low), bandOf(high)])],
    parts: [
      `DPC ${context.dpc}: ${context.why}`,
      `EI ${range(easeLow, easeHigh)}`,
      `CB ${range(sum('low') + (malice[0] ?? 0), sum('high') + (malice[1] ?? 0))}: ${circumstances.map((one) => `${one.name} ${range(one.low, one.high)}`).join(', ')}, malice ${range(malice[0] ?? 0, malice[1] ?? 0)}`,
    ],
    missing,
    flags,
  }
}

/** The score of the gravest kind; a week of call history counts 2, a year of it 3 (telecom examples of the annex). */
function contextOf(data: readonly DataKind[], harm: HarmFacts): { readonly dpc: number; readonly why: string } {
  const found = contexts.find((one) => data.some((kind) => one.kinds.includes(kind)))
  if (found === undefined) return { dpc: 1, why: 'simple data' }
  const shown = data.filter((kind) => found.kinds.includes(kind)).join(', ')
  if (found.name !== 'behavioural') return { dpc: found.base, why: `${found.name} data (${shown})` }
  if (harm.period === 'years') return { dpc: 3, why: `behavioural data (${shown}) over years: a profile, one more` }
  return { dpc: 2, why: `behavioural data (${shown})` }
}

function bandOf(score: number): Severity['bands'][number] {
  if (score < 2) return 'low'
  if (score < 3) return 'medium'
  return score < 4 ? 'high' : 'very high'
}

function range(low: number, high: number): string {
  return low === high ? String(low) : `${low} to ${high}`
}
