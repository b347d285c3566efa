import type { Register } from '../command.ts'
import { registerActs } from './acts.ts'
import { registerCanProduce } from './can-produce.ts'
import { registerCase } from './case.ts'
import { registerCaseClose } from './case-close.ts'
import { registerClaim } from './claim.ts'
import { registerCopies } from './copy.ts'
import { registerCopyMarks } from './copy-marks.ts'
import { registerCoverage } from './coverage.ts'
import { registerDemo } from './demo.ts'
import { registerDetect } from './detect.ts'
import { registerDoctor } from './doctor.ts'
import { registerDrill } from './drill.ts'
import { registerDue } from './due.ts'
import { registerExposure } from './exposure.ts'
import { registerHunt } from './hunt.ts'
import { registerInventory } from './inventory.ts'
import { registerInvestigate } from './investigate.ts'
import { registerLookups } from './lookups.ts'
import { registerPeople } from './people.ts'
import { registerPreserve } from './preserve.ts'
import { registerProvenance } from './provenance.ts'
import { registerReport } from './report.ts'
import { registerRules } from './rules.ts'
import { registerServe } from './serve.ts'
import { registerStory } from './story.ts'
import { registerVendorCheck } from './vendor-check.ts'
import { registerVerify } from './verify.ts'
import { registerWatch } from './watch.ts'

/** Every command, in the order of the help. */
export const commands: readonly Register[] = [
  registerDemo,
  registerInvestigate,
  registerServe,
  registerClaim,
  registerProvenance,
  registerCanProduce,
  registerCopies,
  registerCopyMarks,
  registerDetect,
  registerWatch,
  registerHunt,
  registerCoverage,
  registerStory,
  registerLookups,
  registerDue,
  registerInventory,
  registerExposure,
  registerPreserve,
  registerCase,
  registerCaseClose,
  registerActs,
  registerReport,
  registerVendorCheck,
  registerVerify,
  registerPeople,
  registerRules,
  registerDrill,
  registerDoctor,
]
