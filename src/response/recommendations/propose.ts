import type { Mitigation, MitigationTable } from './mitigations.ts'
import { daysOf, type RecommendationRule } from './rule.ts'
import type { Ground, Signal } from './signal.ts'

/** What the machine proposes: a recommendation with all that it rests on. A named person adopts it or not. */
export interface ProposedRecommendation {
  /** `logs-off-the-host`, `logs-kept-longer/vpn-gateway`: the same findings and rules give the same id. */
  readonly id: string
  readonly text: string
  readonly because: string
  /** Role, or who is known to own what it is about. */
  readonly owner: string
  /** Days that are offered, from adoption. */
  readonly days: number
  readonly proof: string
  readonly retest: { readonly how: string; readonly days: number }
  readonly techniques: readonly string[]
  /** Those that answer one of the techniques. */
  readonly mitigations: readonly Mitigation[]
  /** Never empty. */
  readonly grounds: readonly Ground[]
}

/** Recommendations that rules give on signals, in the order of the rules; a rule that finds nothing to rest on gives none. */
export function proposeRecommendations(
  rules: readonly RecommendationRule[],
  signals: readonly Signal[],
  table: MitigationTable,
): readonly ProposedRecommendation[] {
  return rules.flatMap((rule) => {
    const met = signals.filter((signal) => meets(rule, signal))
    if (met.length === 0) return []
    const groups = rule.per === 'case' ? [met] : [...Map.groupBy(met, ({ subject }) => subject).values()]
    return groups.map((group) => proposed(rule, group, table))
  })
}

function meets({ when }: RecommendationRule, signal: Signal): boolean {
  return (
    when.signal.includes(signal.name) &&
    (when.marks === undefined || when.marks.some((one) => signal.marks.includes(one))) &&
    (when.techniques === undefined || signal.techniques.some((one) => when.techniques?.some((wanted) => isOf(one, wanted))))
  )
}

function proposed(rule: RecommendationRule, group: readonly Signal[], table: MitigationTable): ProposedRecommendation {
  const shown = new Set(group.flatMap(({ techniques }) => techniques))
  // What the story shows of the rule's techniques; a finding that names none (records read, a gap) leaves all of them.
  const seen = rule.techniques.filter((one) => [...shown].some((each) => isOf(each, one)))
  const techniques = seen.length === 0 ? rule.techniques : [...seen, ...rule.techniques.filter((one) => one.startsWith('FGT'))]
  const owner = group.length === 1 ? group[0]?.owner : undefined
  return {
    id: rule.per === 'case' ? rule.id : `${rule.id}/${group[0]?.subject ?? ''}`,
    text: rule.do,
    because: rule.because,
    owner: owner ?? rule.owner,
    days: daysOf(rule.within),
    proof: rule.proof,
    retest: { how: rule.retest.how, days: daysOf(rule.retest.after) },
    techniques,
    mitigations: rule.mitigations
      .flatMap((id) => table.mitigation(id, techniques) ?? [])
      .filter(({ answers }) => answers.length > 0),
    grounds: group.map(({ ground }) => ground),
  }
}

/** A technique is of another when it is it, or a part of it. */
function isOf(technique: string, wanted: string): boolean {
  return technique === wanted || technique.startsWith(`${wanted}.`)
}
