import { placeText } from '../base/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted, size } from './figures.ts'
import { lostNextPart, sourceRows, visibilityPart } from './report-coverage.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

const faultsShown = 100

/** What the evidence covers, where it is silent, and what could not be read: the other half of every "not found". */
export function coverageSection(view: CaseView, cites: Citing): Html {
  const { gaps } = view.coverage
  const { kept, total } = view.faults
  return markup`<section id="coverage">
    <h2>What was not covered <span class="state">${counted(gaps.length, 'gap')}, ${counted(total, 'fault')}</span></h2>
    <p>"Not found" speaks only of the sources and periods below.</p>
    ${
      gaps.length === 0
        ? ''
        : markup`<h3>Gaps</h3>
            ${cites.sentences(gaps)}`
    }
    ${lostNextPart(view)}
    <h3>Sources read</h3>
    ${sourceRows(view, cites)} ${visibilityPart(view)}
    ${
      total === 0
        ? ''
        : markup`<h3>What could not be read</h3>
            <table>
              <thead>
                <tr>
                  <th>Where</th>
                  <th>What</th>
                  <th>What to do</th>
                </tr>
              </thead>
              <tbody>
                ${kept.slice(0, faultsShown).map(
                  (one) =>
                    markup`<tr>
                      <td>${placeText(one.where)}</td>
                      <td>
                        ${one.what}${one.lost === undefined ? '' : ` (${counted(one.lost, 'record')} lost)`}<br /><code
                          >${one.code}</code
                        >
                      </td>
                      <td>${one.todo}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
            ${total > faultsShown ? markup`<p class="soft">${counted(total - Math.min(faultsShown, kept.length), 'further fault')} counted, not shown.</p>` : ''}`
    }
  </section>`
}

/** Every exhibit with its hash; cites on the page lead here. */
export function exhibitSection(view: CaseView): Html {
  return markup`<section id="exhibits">
    <h2>Exhibits <span class="state">${counted(view.exhibits.length, 'exhibit')}</span></h2>
    <table>
      <thead>
        <tr>
          <th>Id</th>
          <th>File and SHA-256</th>
          <th>Kind</th>
          <th class="n">Size</th>
          <th>Held</th>
          <th>Acquired</th>
        </tr>
      </thead>
      <tbody>
        ${view.exhibits.map(
          (one) =>
            markup`<tr id="${one.id}">
              <td class="nowrap">${one.id}</td>
              <td>${one.file}<br /><span class="hash soft">${one.sha256}</span></td>
              <td>${one.kind}</td>
              <td class="n">${size(one.bytes)}</td>
              <td>${one.held}</td>
              <td>${one.acquired}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

/** Head of the chain of custody, and what verifying it proves. */
export function custodySection(view: CaseView): Html {
  const { custody } = view
  return markup`<section id="custody">
    <h2>Chain of custody <span class="state">${counted(custody.entries, 'entry', 'entries')}</span></h2>
    <p>
      Head <code>${custody.head}</code>${custody.key === undefined ? '' : markup`<br />signed with key <code>${custody.key}</code>`}
    </p>
    <p>Check with <code>breachline verify ${view.case.id} --head ${custody.head}</code></p>
    <ul>
      ${custody.proves.map((one) => markup`<li>${one}</li>`)}
    </ul>
  </section>`
}
