import { momentText } from '../base/index.ts'
import { deadlineText, localText, type Deadline, type DueAnswer, type Duty } from '../response/index.ts'
import type { Citing } from './cite-chip.ts'
import { capital, counted } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

/** What is due: per law its clocks with thresholds and sources, the candidate moments side by side, and what does not apply. */
export function dueSection(view: CaseView, cites: Citing): Html {
  const { duties, notTriggered, asked, disclaimer } = view.due
  const overdue = duties.filter((one) => one.status === 'overdue' && one.notNotified === undefined).length
  const laws = [...new Set(duties.map((one) => one.law))]
  const state = `${counted(duties.length, 'duty', 'duties')}${overdue === 0 ? '' : `, ${overdue} overdue`}`
  const none = notTriggered.map((one) => markup`<li>${one.law}: ${one.why}</li>`)
  return markup`<section id="due">
    <h2>6 What is due? <span class="state">${state}</span></h2>
    <p class="soft">${disclaimer}</p>
    ${
      asked.length === 0
        ? ''
        : markup`<h3>Asked, never guessed</h3>
            <ul>
              ${asked.map((one) => markup`<li>${one.text}</li>`)}
            </ul>`
    }
    ${laws.map((law) =>
      lawTable({ duties: duties.filter((one) => one.law === law), zone: view.case.zone, cites }),
    )} ${openByTime(view.deadlines ?? [], view.case.zone)} ${moments(view.due, cites)}
    ${
      none.length === 0
        ? ''
        : markup`<h3>Not due on these facts</h3>
            <ul>
              ${none}
            </ul>`
    }
  </section>`
}

function lawTable(options: { readonly duties: readonly Duty[]; readonly zone: string; readonly cites: Citing }): Html {
  const { duties, zone, cites } = options
  const first = duties[0]
  if (first === undefined) return markup``
  const notes = (first.lawNotes ?? []).map((note) => markup`<li>${note}</li>`)
  return markup`<h3>${first.law}</h3>
    <table class="duties">
      <thead>
        <tr>
          <th>Duty</th>
          <th>State</th>
          <th>When</th>
          <th>Thresholds</th>
          <th>Source</th>
        </tr>
      </thead>
      <tbody>
        ${duties.map((one) => row({ duty: one, zone, cites }))}
      </tbody>
    </table>
    <ul class="soft small">
      ${notes}
    </ul>`
}

const shape: Readonly<Record<Duty['status'], string>> = { running: '○', overdue: '✕', waiting: '◌', done: '●' }

function row(options: { readonly duty: Duty; readonly zone: string; readonly cites: Citing }): Html {
  const { duty, zone, cites } = options
  const provisional = duty.start?.provisional === true && duty.status !== 'done'
  return markup`<tr>
    <td><b>${duty.step}</b><br />${duty.recipient}${duty.owedBy === undefined ? '' : markup`<p class="soft small">Owed by: ${duty.owedBy}</p>`}</td>
    <td>
      <span class="status ${duty.status}">${shape[duty.status]} ${duty.status}</span
      >${provisional ? markup`<br /><span class="mark proposed">provisional</span>` : ''}
    </td>
    <td>${duty.dueText}${against(duty)}${readings(duty, zone)}${(duty.notes ?? []).map((note) => markup`<p class="soft small">${note}</p>`)}</td>
    <td>${duty.thresholds.map((one) => markup`<p><span class="${one.met}">${capital(one.met)}</span>: ${one.text}</p>`)}${duty.exemptions.map((one) => markup`<p class="soft small">Falls away if: ${one.text}</p>`)}</td>
    <td class="small">
      ${duty.source.text}<br /><span class="soft">read ${duty.source.read}; ${duty.lawStatus}; from ${duty.effectiveFrom}</span>${duty.cite === undefined ? '' : markup`<br />${cites.chips([duty.cite])}`}
    </td>
  </tr>`
}

/** What people said would be done by a time: the earliest first. */
function openByTime(deadlines: readonly Deadline[], zone: string): Html | '' {
  if (deadlines.length === 0) return ''
  const late = deadlines.filter((one) => one.overdue).length
  return markup`<h3>Asked and taken up, open by its time <span class="state">${late === 0 ? '' : `${late} overdue`}</span></h3>
    <table>
      <thead>
        <tr>
          <th>No.</th>
          <th>What</th>
          <th>State</th>
          <th>By</th>
        </tr>
      </thead>
      <tbody>
        ${deadlines.map(
          (one) =>
            markup`<tr>
              <td class="nowrap">${one.id}</td>
              <td>${capital(deadlineText(one))}</td>
              <td><span class="status ${one.overdue ? 'overdue' : 'running'}">${one.overdue ? `${shape.overdue} overdue` : `${shape.running} running`}</span></td>
              <td class="nowrap">${localText(one.end, zone)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

/** A decision that no notice is given, beside the clock it does not stop. */
function against({ notNotified }: Duty): Html {
  if (notNotified === undefined) return markup``
  return markup`<p><b>No notice</b>, decided by ${notNotified.by}: ${notNotified.reason}</p>`
}

/** The same clock counted from the other moments that fit, so that nobody overlooks an earlier end. */
function readings(duty: Duty, zone: string): Html {
  const others = (duty.readings ?? []).filter((one) => one.event !== duty.start?.event && one.due !== undefined)
  if (others.length === 0 || duty.status === 'done') return markup``
  const shown = others
    .slice(0, 6)
    .map((one) => `${one.event}${one.contested ? ' (contested)' : ''}: ${localText(one.due ?? '', zone)}`)
  const rest = others.length > 6 ? `; and ${others.length - 6} more` : ''
  return markup`<p class="small">Counted from ${shown.join('; ')}${rest}.</p>`
}

function moments(answer: DueAnswer, cites: Citing): Html {
  const rows = answer.triggerEvents.map(
    (one) =>
      markup`<tr>
        <td class="nowrap">${one.id}</td>
        <td class="nowrap">${momentText(one.at)}</td>
        <td>
          ${one.kind}${one.earliest ? markup`<br /><span class="mark">earliest</span>` : ''}${one.decided ? markup`<br /><span class="mark adopted">decided</span>` : ''}
        </td>
        <td>${cites.sentence(one.ground)}</td>
      </tr>`,
  )
  return markup`<h3>Moments from which clocks could run</h3>
    <p class="soft">They stand side by side. When the operator was aware is decided by a named person, not here.</p>
    <table>
      <thead>
        <tr>
          <th>Id</th>
          <th>Moment</th>
          <th>Kind</th>
          <th>What it is</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`
}
