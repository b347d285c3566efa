// Flows over all rooms: opening a workspace, taking evidence in, answering, and what a person can do with a case.
export { caseDesk } from './case-desk.ts'
export type { Answer, SampleVerdict } from './answer.ts'
export { roles, type Role } from './case-settings.ts'
export type { Desk, OpenedCite } from './desk.ts'
export { investigate, rebuild } from './investigate.ts'
export { actingPerson, keyDirectory } from './keys.ts'
export { packageRoot, packageVersion } from './package-root.ts'
export { openWorkspace, type Workspace, type World } from './workspace.ts'
