import type { Story } from '../intrusion/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted, figure, instant, size } from './figures.ts'
import { markup, type Html } from './markup.ts'
import { movesPart } from './report-moves.ts'
import { planPart } from './report-plan.ts'
import { waysPart } from './report-ways.ts'
import type { CaseView } from './view.ts'

const [storiesShown, stepsShown] = [5, 60]

/** How they got in: the stories, strongest first, as numbered steps in order of time. */
export function storySection(view: CaseView, cites: Citing): Html {
  const answer = view.stories
  const heading = (state: string): Html => markup`<h2>3 How did they get in? <span class="state">${state}</span></h2>`
  if (answer === undefined)
    return markup`<section id="in">
      ${heading('not looked at')}
      <p>No logs were given. Nothing is said about the way in.</p>
    </section>`
  const none =
    answer.stories.length === 0
      ? markup`<p>No story joins the detections. That is no proof of absence; see what was not covered.</p>`
      : ''
  const rest = answer.stories.length - storiesShown
  return markup`<section id="in">
    ${heading(counted(answer.stories.length, 'story', 'stories'))}
    <p class="meta">
      ${counted(answer.events, 'event')} read, ${counted(answer.detections, 'detection')}, ${figure(answer.unjoined)} of them in
      no story.
    </p>
    ${none} ${answer.stories.slice(0, storiesShown).map((one) => story(one, cites))}
    ${rest > 0 ? markup`<p class="soft">${counted(rest, 'weaker story', 'weaker stories')} not shown.</p>` : ''}
  </section>`
}

function story(one: Story, cites: Citing): Html {
  const rest = one.steps.length - stepsShown
  return markup`<h3>${one.title}</h3>
    <p class="meta">
      ${instant(one.from)} to ${instant(one.to)}. ${one.score.toFixed(1)} bits of evidence joined; ranks stories, is no
      probability.
    </p>
    ${waysPart(one, cites)}
    <p>Hosts: ${one.hosts.map((host) => markup`${host.name} <span class="mark">${host.status}</span> `)}</p>
    <p>Accounts: ${one.accounts.map((account) => markup`${account.name} <span class="mark">${account.status}</span> `)}</p>
    <table>
      <thead>
        <tr>
          <th class="n">No.</th>
          <th>Time</th>
          <th>Host</th>
          <th>Step</th>
          <th>Technique</th>
        </tr>
      </thead>
      <tbody>
        ${one.steps.slice(0, stepsShown).map(
          (step, n) =>
            markup`<tr>
              <td class="n">${n + 1}</td>
              <td class="nowrap">${instant(step.time)}</td>
              <td>${step.host}</td>
              <td>${step.text} ${cites.chips(step.cites, 3)}</td>
              <td>
                ${step.tactic}${step.techniques.length === 0 ? '' : markup`<br /><span class="soft">${step.techniques.join(', ')}</span>`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rest > 0 ? markup`<p class="soft">${counted(rest, 'further step')} not shown.</p>` : ''} ${movesPart(one, cites)}
    ${
      one.reached.length === 0
        ? ''
        : markup`<p>Reached:</p>
            <ul>
              ${one.reached.map((item) => markup`<li>${item.text}${item.bytes === undefined ? '' : ` (${size(item.bytes)})`}${amounts(item.data)} ${cites.chips(item.cites)}</li>`)}
            </ul>`
    }
    ${
      one.gaps.length === 0
        ? ''
        : markup`<p>Where the logs are silent:</p>
            ${cites.sentences(one.gaps)}`
    }
    ${one.containment === undefined ? '' : planPart(one.containment, cites)}`
}

/** How sure, how much and which categories, as far as records tell. */
function amounts(data: Story['reached'][number]['data']): Html | '' {
  if (data === undefined) return ''
  const categories = data.categories.length === 0 ? 'categories not known' : data.categories.join(', ')
  return markup`<br /><span class="soft">${data.certainty}; ${bounds(data.rows, 'rows')}; ${bounds(data.bytes, 'bytes')}; ${categories}</span>`
}

type Bounds = NonNullable<NonNullable<Story['reached'][number]['data']>['rows']>

/** In the words the story tells them with, and where they come from. */
function bounds(of: Bounds | undefined, kind: 'rows' | 'bytes'): string {
  return of === undefined ? `${kind} not recorded` : `${kind}: ${of.words ?? 'bounds known'} (${of.basis})`
}
