import type { AssessedAssertion } from '../assessment/index.ts'
import type { Finding } from '../casefile/index.ts'
import type { Citing } from './cite-chip.ts'
import { markup, type Html } from './markup.ts'
import { missingList, partsOfClaims, saidBeside } from './report-parts.ts'
import { rulingMark, rulingOf, statusShape } from './report-status.ts'
import type { CaseView } from './view.ts'

/** What the case file holds of an assertion's answer, under the subjects it has had. */
export function assertionRuling(view: CaseView, one: AssessedAssertion): Finding | undefined {
  return rulingOf(view, [one.id, `assertion:${one.id}`, `assertion:${one.assertion}`])
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
          ><br />${rulingMark(assertionRuling(view, one))}
        </td>
        <td>
          <p>${cites.sentence(one.ground)}</p>
          ${restOf(one, cites)}${saidBeside(one.said ?? [], cites)}
        </td>
        <td>${settle(one, cites)}</td>
      </tr>`,
  )
  const state = `${view.assessment.assertions.length} assertions`
  return markup`<section id="assessment">
    <h2>The assessment <span class="state">${state}</span></h2>
    <p class="soft">A status is the machine's proposal until it is marked adopted by a named person. Open is a normal answer.</p>
    ${partsOfClaims(view, cites)}
    <h3>Sentence by sentence</h3>
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
  return markup`${missingList(one.missing)}${one.coverage.map((ground) => markup`<p class="soft">${cites.sentence(ground)}</p>`)}`
}
