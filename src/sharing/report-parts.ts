import type { AssessedPart, AssessedThread } from '../assessment/index.ts'
import type { Citing } from './cite-chip.ts'
import { markup, type Html } from './markup.ts'
import { rulingOf, rulingMark, statusShape } from './report-status.ts'
import type { CaseView } from './view.ts'

/** Every claim part by part, and what was handed over and does not fit; empty for answers kept before there were such parts. */
export function partsOfClaims(view: CaseView, cites: Citing): Html {
  const { threads = [], mismatches = [] } = view.assessment
  const misfits =
    mismatches.length === 0
      ? markup``
      : markup`<h3>Handed over, and does not fit claim or sample</h3>
          ${cites.sentences(mismatches)}`
  return markup`${threads.map((one) => threadParts(view, one, cites))}${misfits}`
}

function threadParts(view: CaseView, thread: AssessedThread, cites: Citing): Html {
  const name = thread.actor === '' ? 'The claim' : `The claim of ${thread.actor}`
  return markup`<h3>${name}, part by part</h3>
    <p>${cites.sentence(thread.summary)}</p>
    <table class="assess">
      <thead>
        <tr>
          <th>No.</th>
          <th>What is judged</th>
          <th>Status</th>
          <th>Grounds</th>
          <th>What would settle it</th>
        </tr>
      </thead>
      <tbody>
        ${thread.parts.map(
          (part, index) =>
            markup`<tr>
              <td>${index + 1}</td>
              <td>${part.proposition}<br /><span class="soft">${part.asserted.length === 0 ? 'implied, not said' : 'said'}</span></td>
              <td>
                <span class="status ${part.status}">${statusShape[part.status]} ${part.status}</span><br /><span class="soft"
                  >${part.strength === 'none' ? 'no evidence' : `evidence ${part.strength}`}</span
                ><br />${rulingMark(rulingOf(view, [part.id]))}
              </td>
              <td>
                ${part.restsOn === undefined ? '' : markup`<p>${part.restsOn}</p>`}
                <p>${cites.sentence(part.ground)}</p>
                ${side('For', part.for, part, cites)}${side('Against', part.against, part, cites)}${side('Beside', part.beside, part, cites)}
                ${saidBeside(part.said, cites)}
              </td>
              <td>${openDays(part)}${missingList(part.missing)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${thread.asks.length === 0 ? markup`` : markup`<h3>Whom to ask, by when</h3>${cites.sentences(thread.asks)}`}`
}

function openDays({ openDays: days }: AssessedPart): Html {
  if (days.length === 0) return markup``
  return markup`<p>Open for ${days.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ')}.</p>`
}

function side(name: string, sentences: AssessedPart['for'], part: AssessedPart, cites: Citing): Html {
  const rest = sentences.filter((one) => one.text !== part.ground.text)
  return rest.length === 0 ? markup`` : markup`<p class="soft">${name}</p>${cites.sentences(rest)}`
}

/** Statements as quotations with who made them: beside the evidence, never in it. */
export function saidBeside(said: AssessedPart['said'], cites: Citing): Html {
  if (said.length === 0) return markup``
  return markup`<p class="soft">Said, no evidence</p>
    <ul>
      ${said.map((one) => markup`<li>“${one.text}” <span class="soft">${one.name ?? one.by}</span> ${cites.chips([one.cite])}</li>`)}
    </ul>`
}

/** What is missing, as a list; nothing when nothing is. */
export function missingList(missing: readonly string[]): Html {
  return missing.length === 0
    ? markup``
    : markup`<ul>
        ${missing.map((text) => markup`<li>${text}</li>`)}
      </ul>`
}
