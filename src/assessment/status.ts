/** What evidence says of one assertion. `open` is a normal answer. */
export type AssessmentStatus = 'supported' | 'contradicted' | 'open'
