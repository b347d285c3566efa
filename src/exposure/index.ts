export type { Advisory, AdvisorySource } from './advisory.ts'
export { exposure, type Exposure, type OpenHole } from './exposure.ts'
export { readAdvisories, type ReadAdvisories } from './read-advisories.ts'
