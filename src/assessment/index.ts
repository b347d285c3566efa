export type { Affected, AffectedGroup, AssessedAssertion, Assessment, AssessmentStatus, Coverage } from './assessment.ts'
