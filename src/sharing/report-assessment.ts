import type { AssessedAssertion, AssessmentStatus } from '../assessment/index.ts'
import type { Finding } from '../casefile/index.ts'
import type { Citing } from './cite-chip.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

/** Shape and word for a status: never colour alone. */
export const statusShape: Readonly<Record<AssessmentStatus, string>> = { supported: '●', contradicted: '✕', open: '○' }

/** The finding in the case file that carries this assertion's answer, if any. */
export function rulingOf(view: CaseView, one: AssessedAssertion): Finding | undefined {
  const subjects = [one.id, `assertion:${one.id}`, `assertion:${one.assertion}`]
  return view.findings.find(
    (finding) => finding.kind === 'assessment' && finding.withdrawn !== true && subjects.includes(finding.subject),
  )
}

/** `proposed`, `adopted by A. Rahman`, ... as a mark; empty text without a finding. */
function rulingMark(finding: Finding | undefined): Html {
  if (finding === undefined) return markup``
  const by = finding.ruling === undefined ? '' : ` by ${finding.ruling.by}`
  const word = `${finding.status}${finding.status === 'proposed' ? '' : by}`
  return markup`<span class="mark ${finding.status}">${word}</span>`
}

/** One row per assertion: words as posted, status, deciding ground, what would settle it. */
export function assessmentSection(view: CaseView, cites: Citing): Html {
  const rows = view.assessment.assertions.map(
    (one) =>
      markup`<tr>
        <td class="nowrap">${one.assertion}<br /><span class="soft">${one.by}</span></td>
        <td>
          <div class="words">${one.words}</div>
          ${cites.chips([one.cite])}
        </td>
        <td>
          <span class="status ${one.status}">${statusShape[one.status]} ${one.status}</span
          ><br />${rulingMark(rulingOf(view, one))}
        </td>
        <td>
          <p>${cites.sentence(one.ground)}</p>
          ${restOf(one, cites)}
        </td>
        <td>${settle(one, cites)}</td>
      </tr>`,
  )
  const state = `${view.assessment.assertions.length} assertions`
  return markup`<section id="assessment">
    <h2>The assessment <span class="state">${state}</span></h2>
    <p class="soft">A status is the machine's proposal until it is marked adopted by a named person. Open is a normal answer.</p>
    <table class="assess">
      <thead>
        <tr>
          <th>Id</th>
          <th>Words as posted</th>
          <th>Status</th>
          <th>Deciding ground</th>
          <th>What would settle it; coverage</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`
}

function restOf(one: AssessedAssertion, cites: Citing): Html {
  const rest = one.grounds.filter((ground) => ground.text !== one.ground.text)
  return cites.sentences(rest)
}

function settle(one: AssessedAssertion, cites: Citing): Html {
  const missing =
    one.missing.length === 0
      ? markup``
      : markup`<ul>
          ${one.missing.map((text) => markup`<li>${text}</li>`)}
        </ul>`
  return markup`${missing}${one.coverage.map((ground) => markup`<p class="soft">${cites.sentence(ground)}</p>`)}`
}
