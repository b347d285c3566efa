import type { Register } from '../command.ts'
import { registerActs } from './acts.ts'
import { registerAffected } from './affected.ts'
import { registerAtRisk } from './at-risk.ts'
import { registerCanProduce } from './can-produce.ts'
import { registerCase } from './case.ts'
import { registerCaseClose } from './case-close.ts'
import { registerClaim } from './claim.ts'
import { registerClaimPicture } from './claim-picture.ts'
import { registerCopies } from './copy.ts'
import { registerCopyMarks } from './copy-marks.ts'
import { registerCounsel } from './counsel.ts'
import { registerCoverage } from './coverage.ts'
import { registerDemo } from './demo.ts'
import { registerDecoys } from './decoys.ts'
import { registerDetect } from './detect.ts'
import { registerDisclosure } from './disclosure.ts'
import { registerDisclosureDesk } from './disclosure-desk.ts'
import { registerDoctor } from './doctor.ts'
import { registerDrill } from './drill.ts'
import { registerDue } from './due.ts'
import { registerDuty } from './duty.ts'
import { registerExposure } from './exposure.ts'
import { registerHandover } from './handover.ts'
import { registerHunt } from './hunt.ts'
import { registerImport } from './import-shared.ts'
import { registerInventory } from './inventory.ts'
import { registerInvestigate } from './investigate.ts'
import { registerLaws } from './laws.ts'
import { registerLookups } from './lookups.ts'
import { registerPeer } from './peer.ts'
import { registerNotice } from './notice.ts'
import { registerFeeds } from './feeds.ts'
import { registerPages } from './pages.ts'
import { registerProtected } from './protected.ts'
import { registerPeople } from './people.ts'
import { registerPersonnel } from './personnel.ts'
import { registerPlaybook } from './playbook.ts'
import { registerPreserve } from './preserve.ts'
import { registerProvenance } from './provenance.ts'
import { registerReidentify } from './reidentify.ts'
import { registerRecommend } from './recommend.ts'
import { registerReport } from './report.ts'
import { registerRequest } from './request.ts'
import { registerRules } from './rules.ts'
import { registerServe } from './serve.ts'
import { registerShare } from './share.ts'
import { registerStatement } from './statement.ts'
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
  registerClaimPicture,
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
  registerDisclosure,
  registerDisclosureDesk,
  registerProtected,
  registerReidentify,
  registerDecoys,
  registerPersonnel,
  registerDue,
  registerDuty,
  registerNotice,
  registerAffected,
  registerLaws,
  registerInventory,
  registerExposure,
  registerFeeds,
  registerPages,
  registerPreserve,
  registerPlaybook,
  registerRecommend,
  registerRequest,
  registerAtRisk,
  registerCase,
  registerCaseClose,
  registerCounsel,
  registerActs,
  registerReport,
  registerHandover,
  registerStatement,
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
