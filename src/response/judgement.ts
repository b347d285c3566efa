/** Questions that a person answers with yes, no or unknown; thresholds rest on them, never on the machine's guess. */
export const judgementKeys = [
  'personal-data',
  'significant-harm',
  'sg-significant-harm',
  'risk-unlikely',
  'high-risk',
  'adverse-effect',
  'data-unintelligible',
  'harm-prevented',
  'within-organisation',
  'significant-incident',
  'ncii-incident',
  'network-security-compromise',
  'availability-impact',
  'relevant-impact',
  'serious-harm',
  'harm-likely',
  'public-impact',
  'material',
  'sensitive-data',
  'unlawful-purpose',
  'outside-intrusion',
  'secrecy-of-communications',
  'users-affected',
  'partner-affected',
  'policy-loss',
] as const

export type JudgementKey = (typeof judgementKeys)[number]

/** Each question in words, for thresholds and forms. */
export const judgementWords: Readonly<Record<JudgementKey, string>> = {
  'personal-data': 'personal data involved',
  'significant-harm': 'significant harm',
  'sg-significant-harm': 'significant harm (Singapore)',
  'risk-unlikely': 'risk to persons unlikely',
  'high-risk': 'high risk to persons',
  'adverse-effect': 'adverse effect likely',
  'data-unintelligible': 'data made unintelligible',
  'harm-prevented': 'harm made unlikely by what was done before or since',
  'within-organisation': 'only within the organisation',
  'significant-incident': 'significant incident',
  'ncii-incident': 'incident in respect of the critical infrastructure',
  'network-security-compromise': 'security compromise of the network or service',
  'availability-impact': 'significant impact on availability',
  'relevant-impact': 'relevant impact on availability, integrity, reliability or confidentiality',
  'serious-harm': 'serious harm likely',
  'harm-likely': 'harm to customers not ruled out',
  'public-impact': 'public services or the public interest seriously affected',
  material: 'material to investors',
  'sensitive-data': 'sensitive data involved',
  'unlawful-purpose': 'possibly done for an unlawful purpose',
  'outside-intrusion': 'by unlawful access from outside',
  'secrecy-of-communications': 'secrecy of communications touched',
  'users-affected': 'users of the service affected',
  'partner-affected': "the partner's data, systems or customers affected",
  'policy-loss': 'a loss or claim that the policy can cover',
}

/** What the operator is in the sense of a law; stated by the operator. */
export const roles = [
  'controller',
  'processor',
  'telecom-provider',
  'ncii-entity',
  'soci-entity',
  'essential-entity',
  'listed-company',
  'contract-party',
] as const

export type Role = (typeof roles)[number]

export const roleWords: Readonly<Record<Role, string>> = {
  controller: 'controller of personal data',
  processor: 'processor or intermediary for another controller',
  'telecom-provider': 'provider of public electronic communications',
  'ncii-entity': 'entity with national critical information infrastructure',
  'soci-entity': 'responsible entity for a critical infrastructure asset',
  'essential-entity': 'essential or important entity',
  'listed-company': 'listed company',
  'contract-party': 'party to the contract, licence or policy',
}

/** Designations by an authority. Whether one exists is asked for, kept on the machine, and never leaves it. */
export const designations = ['ncii', 'soci'] as const

export type Designation = (typeof designations)[number]

export const designationWords: Readonly<Record<Designation, { readonly role: Role; readonly question: string }>> = {
  ncii: {
    role: 'ncii-entity',
    question: 'Is the operator designated as an entity with national critical information infrastructure (Malaysia, Act 854)?',
  },
  soci: {
    role: 'soci-entity',
    question: 'Is the operator the responsible entity for a critical infrastructure asset (Australia, SOCI Act)?',
  },
}

/** Where a duty comes from. All but `law` are a person's own files: confidential, never exported. */
export const origins = ['law', 'licence', 'listing', 'contract', 'insurance'] as const

export type Origin = (typeof origins)[number]

export const originWords: Readonly<Record<Origin, string>> = {
  law: 'law',
  licence: 'licence condition',
  listing: 'listing rule',
  contract: 'contract',
  insurance: 'insurance policy',
}
