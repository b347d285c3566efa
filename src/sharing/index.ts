export { affectedCsv } from './affected-csv.ts'
export { redactHolders } from './redact-holders.ts'
export { htmlReport } from './report.ts'
export { terminalAssessment } from './terminal.ts'
export { asOfText, posteriorOf, propositionsText, ratioText } from './verdict-words.ts'
export type { CaseView, CustodyHead, ExhibitEntry, PersonEntry, PictureShownBy } from './view.ts'
export { contentOf } from './redaction/content-hash.ts'
export { lastLook } from './redaction/last-look.ts'
export { makeShareView, type ObservedValue } from './redaction/make-share-view.ts'
export type { OwnEstate } from './redaction/own-estate.ts'
export { gateFor, sharedKinds, type Gate, type SharedKind } from './redaction/shareable.ts'
export {
  papLevels,
  tlpLevels,
  type Pap,
  type ReleasedView,
  type SharedRule,
  type ShareView,
  type Tlp,
} from './redaction/share-view.ts'
export { storyText } from './redaction/tell-view.ts'
export { sharingNamespace, uuid5 } from './redaction/uuid.ts'
export { isCommonTool } from './exchange/common-tools.ts'
export { generalise, type RuleDraft } from './exchange/generalise.ts'
export type { StoryRecord } from './exchange/proposed-rule.ts'
export { shareFormats, writeShare, type ShareFormat } from './exchange/write-share.ts'
export { mispRules } from './misp/read-misp-rules.ts'
export { objectStream } from './exchange/object-stream.ts'
export { StixReader, type ReceivedPattern, type ReceivedStix } from './stix/read-stix.ts'
export type { HandedCase } from './handover/handed-case.ts'
export { readIris } from './handover/read-iris.ts'
export { readTheHive } from './handover/read-thehive.ts'
export { handoverFormats, writeHandover, type HandoverFormat } from './handover/write-handover.ts'
