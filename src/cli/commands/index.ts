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
import { registerDuty } from './duty.ts'
import { registerExposure } from './exposure.ts'
import { registerHunt } from './hunt.ts'
import { registerImport } from './import-shared.ts'
import { registerInventory } from './inventory.ts'
import { registerInvestigate } from './investigate.ts'
import { registerLaws } from './laws.ts'
import { registerLookups } from './lookups.ts'
import { registerPeer } from './peer.ts'
import { registerPages } from './pages.ts'
import { registerPeople } from './people.ts'
import { registerPlaybook } from './playbook.ts'
import { registerPreserve } from './preserve.ts'
import { registerProvenance } from './provenance.ts'
import { registerReport } from './report.ts'
import { registerRules } from './rules.ts'
import { registerServe } from './serve.ts'
import { registerShare } from './share.ts'
import { registerStory } from './story.ts'
import { registerSubscribe } from './subscribe.ts'
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
  registerDuty,
  registerLaws,
  registerInventory,
  registerExposure,
  registerPages,
  registerPreserve,
  registerPlaybook,
  registerCase,
  registerCaseClose,
  registerActs,
  registerReport,
  registerShare,
  registerPeer,
  registerSubscribe,
  registerImport,
  registerVendorCheck,
  registerVerify,
  registerPeople,
  registerRules,
  registerDrill,
  registerDoctor,
]
