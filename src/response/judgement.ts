/** Questions that a person answers with yes, no or unknown; thresholds rest on them, never on the machine's guess. */
export const judgementKeys = [
  'personal-data',
  'significant-harm',
  'risk-unlikely',
  'high-risk',
  'adverse-effect',
  'data-unintelligible',
  'significant-incident',
  'ncii-incident',
] as const

export type JudgementKey = (typeof judgementKeys)[number]

/** Each question in words, for thresholds and forms. */
export const judgementWords: Readonly<Record<JudgementKey, string>> = {
  'personal-data': 'personal data involved',
  'significant-harm': 'significant harm',
  'risk-unlikely': 'risk to persons unlikely',
  'high-risk': 'high risk to persons',
  'adverse-effect': 'adverse effect likely',
  'data-unintelligible': 'data made unintelligible',
  'significant-incident': 'significant incident',
  'ncii-incident': 'incident in respect of the critical infrastructure',
}

/** What the operator is in the sense of a law; stated by the operator. */
export const roles = ['controller', 'telecom-provider', 'ncii-entity', 'essential-entity'] as const

export type Role = (typeof roles)[number]

export const roleWords: Readonly<Record<Role, string>> = {
  controller: 'controller of personal data',
  'telecom-provider': 'provider of public electronic communications',
  'ncii-entity': 'entity with national critical information infrastructure',
  'essential-entity': 'essential or important entity',
}
