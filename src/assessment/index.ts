// The only room that sees both rivers. How each kind of assertion is weighed stays inside, one file per kind.
export type {
  Affected,
  AffectedGroup,
  AssessedAssertion,
  Assessment,
  AssessmentStatus,
  Coverage,
  CoverageRow,
} from './assessment.ts'
export { countAffected } from './affected.ts'
export { proposeAssessment } from './propose.ts'
export { assess } from './weigh.ts'
export type { Findings } from './weight.ts'
