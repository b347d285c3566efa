export { findingId, type Finding, type FindingStatus, type Proposal } from './finding.ts'
