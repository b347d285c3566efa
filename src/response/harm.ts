import type { Facts } from './facts.ts'
import type { DataKind, HarmFacts } from './harm-facts.ts'
import type { JudgementKey } from './judgement.ts'
import { severityOf, type Severity } from './severity.ts'
import { personsText, personsNow } from './threshold.ts'

/** What the rules propose for one question of one regime; a named person decides, with reasons. */
export interface HarmProposal {
  readonly judgement: JudgementKey
  /** `GDPR and UK GDPR, articles 33 and 34`. */
  readonly regime: string
  readonly proposed: 'yes' | 'no' | 'unknown'
  /** Why, each from a rule or a fact; what is missing when unknown. */
  readonly reasons: readonly string[]
  /** Where the rule comes from. */
  readonly source: string
  /** What a person decided, when somebody has. */
  readonly decided?: { readonly answer: 'yes' | 'no' | 'unknown'; readonly by: string; readonly reason: string }
}

export interface HarmAssessment {
  readonly severity: Severity
  readonly proposals: readonly HarmProposal[]
  readonly disclaimer: string
}

const gdpr = 'GDPR and UK GDPR, articles 33 and 34'
const sensitive: readonly DataKind[] = ['health', 'belief-or-opinion', 'sex-life', 'biometric', 'criminal-record']
const money: readonly DataKind[] = ['financial', 'payment-instrument']
const identity: readonly DataKind[] = ['name', 'identity-number', 'identity-document', 'date-of-birth']
const account: readonly DataKind[] = ['contact', 'contract', 'device-and-line', 'sim-secret', 'credentials']

/**
 * Proposals for the harm questions of each regime, from the kinds of data and what happened to them. "No" is proposed only where a rule
 * says so; what nobody stated leaves the proposal open. Nothing here decides.
 */
export function assessHarm(facts: Facts): HarmAssessment {
  const harm = facts.harm ?? {}
  const severity = severityOf(harm, personsNow(facts))
  const proposals = [risk(harm, severity), highRisk(harm, severity), adverse(harm), significant(harm), significantSg(harm)]
  return {
    severity,
    proposals: proposals.map((one) => {
      const judged = facts.judgements[one.judgement]
      if (judged?.by === undefined) return one
      return { ...one, decided: { answer: judged.answer, by: judged.by, reason: judged.reason ?? '' } }
    }),
    disclaimer: `Proposed by rule, for a named person to decide. Persons affected: ${personsText(personsNow(facts))}. ENISA's scale is an aid of 2013, not law.`,
  }
}

function risk(harm: HarmFacts, severity: Severity): HarmProposal {
  const base = { judgement: 'risk-unlikely' as const, regime: gdpr, source: 'Article 33(1): notify unless a risk is unlikely' }
  if (harm.data === undefined) return { ...base, proposed: 'unknown', reasons: ['The kinds of data are not stated.'] }
  if (harm.unintelligible === 'yes')
    return {
      ...base,
      proposed: 'unknown',
      reasons: [
        'The data are stated to be unintelligible: whether a risk remains (key, strength, loss of availability) is for a person.',
      ],
    }
  const why = [
    ...(harm.malicious === 'yes' ? ['It was done on purpose.'] : []),
    ...(harm.public === 'yes' ? ['The data are published or on offer.'] : []),
    ...(severity.score !== undefined && severity.score[0] >= 2
      ? [`ENISA severity at least ${severity.score[0].toFixed(2)}.`]
      : []),
  ]
  return why.length > 0
    ? { ...base, proposed: 'no', reasons: why }
    : { ...base, proposed: 'unknown', reasons: ['Nothing stated shows a risk, and nothing stated rules one out.'] }
}

function highRisk(harm: HarmFacts, severity: Severity): HarmProposal {
  const base = {
    judgement: 'high-risk' as const,
    regime: gdpr,
    source: 'Article 34(1), with the severity scale of ENISA (2013) beside it',
  }
  const { score } = severity
  if (harm.data === undefined || score === undefined) return { ...base, proposed: 'unknown', reasons: severity.missing }
  if (harm.unintelligible === 'yes')
    return {
      ...base,
      proposed: 'unknown',
      reasons: ['The data are stated to be unintelligible; article 34(3)(a) then asks whether the measures hold.'],
    }
  const words = `ENISA severity ${score[0] === score[1] ? score[0].toFixed(2) : `${score[0].toFixed(2)} to ${score[1].toFixed(2)}`} (3 and more is high)`
  const kinds = harm.data.filter((one) => sensitive.includes(one))
  if (score[0] >= 3 || kinds.length > 0)
    return {
      ...base,
      proposed: 'yes',
      reasons: [words, ...(kinds.length === 0 ? [] : [`Special kinds of data: ${kinds.join(', ')}.`])],
    }
  return {
    ...base,
    proposed: 'unknown',
    reasons: [`${words}; below that the scale alone rules nothing out.`, ...severity.missing],
  }
}

function adverse(harm: HarmFacts): HarmProposal {
  const base = {
    judgement: 'adverse-effect' as const,
    regime: 'Regulation 611/2013 and PECR regulation 5A',
    source:
      'Factors of Regulation 611/2013, as Lexology and irelandip.com give them: nature of the data, consequences, circumstances such as theft',
  }
  if (harm.data === undefined) return { ...base, proposed: 'unknown', reasons: ['The kinds of data are not stated.'] }
  const named = harm.data.filter((one) => ['location', 'traffic', 'content', ...money, ...sensitive].includes(one))
  const why = [
    ...(named.length === 0 ? [] : [`Data named as factors: ${named.join(', ')}.`]),
    ...(harm.malicious === 'yes' ? ['The data were stolen.'] : []),
  ]
  return why.length > 0
    ? { ...base, proposed: 'yes', reasons: why }
    : { ...base, proposed: 'unknown', reasons: ['None of the factors named is stated; the list is not closed.'] }
}

function significant(harm: HarmFacts): HarmProposal {
  const base = {
    judgement: 'significant-harm' as const,
    regime: 'PDPA section 12B (Malaysia)',
    source: "The Commissioner's guideline of 2025, as CMS Law-Now and DLA Piper give it",
  }
  if (harm.data === undefined) return { ...base, proposed: 'unknown', reasons: ['The kinds of data are not stated.'] }
  const has = (kinds: readonly DataKind[]): DataKind[] => (harm.data ?? []).filter((one) => kinds.includes(one))
  const why = [
    ...(has(money).length > 0 ? [`Financial loss is possible: ${has(money).join(', ')}.`] : []),
    ...(has(sensitive).length > 0 ? [`Sensitive personal data: ${has(sensitive).join(', ')}.`] : []),
    ...(has(['sim-secret', 'credentials']).length > 0
      ? [`May be misused for illegal purposes: ${has(['sim-secret', 'credentials']).join(', ')} open accounts or lines.`]
      : []),
    ...(has(identity).length > 0 && has(account).length > 0
      ? [`Identity fraud by combination: ${[...has(identity), ...has(account)].join(', ')}.`]
      : []),
    ...(has(['location']).length > 0 && harm.vulnerable === 'yes'
      ? ['Physical harm is possible: location of persons in need of protection.']
      : []),
  ]
  return why.length > 0
    ? { ...base, proposed: 'yes', reasons: why }
    : {
        ...base,
        proposed: 'unknown',
        reasons: ['None of the criteria is met by the kinds of data stated; misuse is for a person to weigh.'],
      }
}

function significantSg(harm: HarmFacts): HarmProposal {
  const base = {
    judgement: 'sg-significant-harm' as const,
    regime: 'PDPA sections 26B to 26D (Singapore)',
    source: 'S 64/2021, regulation 3, read in part: deemed significant harm',
  }
  if (harm.data === undefined) return { ...base, proposed: 'unknown', reasons: ['The kinds of data are not stated.'] }
  const named = harm.data.filter((one) => ['name', 'identity-number', 'identity-document'].includes(one))
  const listed = harm.data.filter((one) => money.includes(one) || one === 'health')
  const why = [
    ...(named.length > 0 && listed.length > 0
      ? [`Deemed: ${named.join(', ')} together with ${listed.join(', ')} (to be held against the Schedule).`]
      : []),
    ...(harm.data.includes('credentials') && harm.data.includes('contract')
      ? ['Deemed: an account identifier together with what opens the account.']
      : []),
  ]
  return why.length > 0
    ? { ...base, proposed: 'yes', reasons: why }
    : { ...base, proposed: 'unknown', reasons: ['No deemed case is stated; other significant harm is for a person to weigh.'] }
}
