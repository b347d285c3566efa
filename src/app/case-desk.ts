import { decide, note, rule } from '../casefile/index.ts'
import type { Signer } from '../evidence/index.ts'
import { htmlReport } from '../sharing/index.ts'
import { caseView, leavingView } from './case-view.ts'
import { lastAnswer } from './last-answer.ts'
import { atCases } from './at-cases.ts'
import { caseIds, openCase } from './case-store.ts'
import type { Desk } from './desk.ts'
import { draftNotice } from './draft-notice.ts'
import { exportCase } from './export-case.ts'
import { exposureView } from './exposure-view.ts'
import { caseClock } from './due.ts'
import { dutiesDesk } from './due-desk.ts'
import { openCite } from './open-cite.ts'
import { atRiskDesk } from './at-risk-desk.ts'
import { intakeDesk } from './intake-desk.ts'
import { noticesDesk } from './notices-desk.ts'
import { playbookDesk } from './playbook-desk.ts'
import { recommendDesk } from './recommend-desk.ts'
import { requestDesk } from './request-desk.ts'
import { whatIsLostNext, writeLoss, writeRequest } from './preserve.ts'
import { changeStories } from './change-stories.ts'
import { storyDesk } from './story-view.ts'
import type { Workspace } from './workspace.ts'
import { shareCase } from './share-case.ts'
import { sharingOf } from './share-state.ts'
import { statementDesk } from './statement-desk.ts'
import { tellingDesk } from './telling-desk.ts'
import { reidentifyDesk } from './two-keys.ts'

/** The desk of a person over the cases of an open workspace. */
export function caseDesk(workspace: Workspace, signer: Signer): Desk {
  const now = workspace.world.now
  const act = { by: signer }
  const at = atCases(workspace, signer)
  const { withCase } = at
  return {
    actor: signer.name,
    key: signer.fingerprint,
    cases: () =>
      caseIds(workspace).map((id) => {
        const store = openCase(workspace, id)
        try {
          const { title, operator, generated } = store.info()
          const kept = store.lastAnswer()
          const headline = kept === undefined ? 'not investigated to the end yet' : lastAnswer(store).assessment.headline
          return { id, title, operator, generated, headline, at: kept?.at ?? '' }
        } finally {
          store.close()
        }
      }),
    page: (id) =>
      withCase(id, (store) => ({
        view: caseView(workspace, store, now()),
        now: caseClock(store.info(), now()),
        actor: signer.name,
        generated: store.info().generated,
      })),
    openCite: (id, cite, purpose) =>
      withCase(id, (store) => openCite({ workspace, store, cite, signer, ...(purpose === undefined ? {} : { purpose }) })),
    rule: (id, ruling) =>
      withCase(id, (store) =>
        rule(store.db, ruling.finding, { ...act, ruling: ruling.ruling, reason: ruling.reason, at: now() }),
      ),
    note: (id, one) => withCase(id, (store) => note(store.db, { ...act, kind: 'note', at: now(), ...one })),
    decide: (id, decision) => withCase(id, (store) => decide(store.db, { ...act, at: now(), ...decision })),
    stories: storyDesk(at),
    changeStories: (id, asked) => withCase(id, (store) => changeStories({ store, signer, now: now() }, asked)),
    report: (id) => withCase(id, (store) => htmlReport(leavingView(workspace, store, now()))),
    notice: (id, duty) => withCase(id, (store) => draftNotice(workspace, store, { duty, now: now() })),
    duties: dutiesDesk(at),
    playbooks: playbookDesk(at),
    statements: statementDesk(at),
    exposure: () => exposureView(workspace),
    recommendations: recommendDesk(at),
    requests: requestDesk(at),
    atRisk: atRiskDesk(at),
    notices: noticesDesk(workspace, signer),
    telling: tellingDesk(workspace, signer),
    reidentify: reidentifyDesk(workspace, signer),
    intake: intakeDesk(workspace, signer),
    leave: async (caseId, what) => exportCase({ workspace, signer, caseId, what }),
    lostNext: (id, period) => withCase(id, (store) => whatIsLostNext({ workspace, store, now: now() }, period)),
    preservation: (id, { source, period, record }) =>
      withCase(id, (store) =>
        writeRequest(
          { workspace, store, signer, now: now() },
          { source, record, ...(period === undefined ? {} : { asked: period }) },
        ),
      ),
    recordLoss: (id, loss) => withCase(id, (store) => writeLoss({ workspace, store, signer, now: now() }, loss)),
    sharing: (id) => withCase(id, (store) => sharingOf(workspace, store)),
    share: (caseId, { reason, format, publish, ...asked }) => {
      const more = { ...(reason === undefined ? {} : { reason }), ...(format === undefined ? {} : { format }) }
      return shareCase({ workspace, signer, caseId, asked, publish: publish === true, ...more, watch: {} })
    },
  }
}
