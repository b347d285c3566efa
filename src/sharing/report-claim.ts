import { momentText } from '../base/index.ts'
import type { Post, Thread } from '../claims/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

const postsShown = 60
const doubtsShown = 40

/** What is claimed: per thread the posts, demands, deadlines, and what others said, kept apart. */
export function claimSection(view: CaseView, cites: Citing): Html {
  const state = view.threads.length === 0 ? 'no claim given' : counted(view.threads.length, 'thread')
  return markup`<section id="claimed">
    <h2>1 What is claimed? <span class="state">${state}</span></h2>
    ${view.threads.map((one) => thread(one, cites))} ${pictures(view.pictures ?? [], cites)}
  </section>`
}

const answers = { ours: 'a system of ours can show it', 'none of ours': 'none of our systems', open: 'open' } as const

function pictures(all: NonNullable<CaseView['pictures']>, cites: Citing): Html {
  if (all.length === 0) return markup``
  return markup`<h3>Of which system the pictures can be</h3>
    <p class="soft">Read by text recognition. That a system can show a picture does not say that the picture was taken there.</p>
    <ul>
      ${all.map(
        (one) =>
          markup`<li>${one.file}: <strong>${answers[one.answer]}</strong>. ${one.ground.text} ${cites.chips(one.ground.cites)}${
            one.reasons.length === 0
              ? ''
              : markup`<ul>
                  ${one.reasons.map((reason) => markup`<li>${reason.text} ${cites.chips(reason.cites)}</li>`)}
                </ul>`
          }</li>`,
      )}
    </ul>`
}

function thread(one: Thread, cites: Citing): Html {
  const victims = one.victims
    .map((victim) => `${victim.name}${victim.standing === 'earlier' ? ' (earlier victim)' : ''}`)
    .join(', ')
  const rest = one.posts.length - postsShown
  return markup`<h3>${one.actor === '' ? 'Unnamed actor' : one.actor}</h3>
    <p class="meta">
      About: ${victims === '' ? 'nobody named' : victims}. ${counted(one.posts.length, 'post')},
      ${counted(one.assertions.length, 'assertion')}, ${counted(one.demands.length, 'demand')},
      ${counted(one.deadlines.length, 'deadline')}.${(one.sources ?? []).length === 0 ? '' : ` From ${(one.sources ?? []).map((source) => `${source.name || 'a source without a name'} (${source.kind})`).join(', ')}.`}
    </p>
    <table>
      <thead>
        <tr>
          <th>When</th>
          <th>Where</th>
          <th>Words as posted</th>
        </tr>
      </thead>
      <tbody>
        ${one.posts.slice(0, postsShown).map(
          (post) =>
            markup`<tr>
              <td class="nowrap">${when(post)}</td>
              <td>${post.channel}${post.source === 'reported' ? markup`<br /><span class="soft">reported</span>` : ''}${post.repostOf === undefined ? '' : markup`<br /><span class="soft">re-post</span>`}${post.editedAt === undefined ? '' : markup`<br /><span class="soft">edited</span>`}</td>
              <td>
                <div class="words">${post.text}</div>
                ${cites.chips([post.cite])}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rest > 0 ? markup`<p class="soft">${counted(rest, 'further post')} not shown.</p>` : ''}
    ${list('Demands', one.demands, cites)} ${list('Put up for sale', one.offers ?? [], cites)}
    ${clocks(one, cites)} ${campaign(one, cites)} ${abuse(one, cites)} ${readiness(one, cites)} ${doubtful(one, cites)}
    ${
      one.statements.length === 0
        ? ''
        : markup`<h3>Said by others</h3>
            <ul>
              ${one.statements.map((said) => markup`<li>${said.name ?? said.by}: ${said.text} ${cites.chips([said.cite])}</li>`)}
            </ul>`
    }
    ${list('Third parties named', one.thirdParties, cites)}`
}

function when(post: Post): string {
  if (post.at !== undefined) return momentText(post.at)
  return post.reportedAt === undefined ? 'time not known' : `reported ${momentText(post.reportedAt)}`
}

function list(title: string, items: Thread['demands'], cites: Citing): Html {
  if (items.length === 0) return markup``
  return markup`<h3>${title}</h3>
    <ul>
      ${items.map((one) => markup`<li>${one.name === undefined ? '' : `${one.name}: `}${one.text} ${cites.chips([one.cite])}</li>`)}
    </ul>`
}

function clocks(one: Thread, cites: Citing): Html {
  const all = one.clocks ?? one.deadlines.map((deadline, index) => ({ id: `C${index + 1}`, ...deadline, ticks: [] }))
  if (all.length === 0) return markup``
  return markup`<h3>Deadlines</h3>
    <ul>
      ${all.map(
        (clock) =>
          markup`<li>
            ${clock.by === undefined ? '' : `Set by the ${clock.by}: `}${clock.text}${clock.at === undefined ? '' : ` (${momentText(clock.at)})`}${clock.every === undefined ? '' : ` (repeated, ${clock.every})`}
            ${cites.chips([clock.cite])}
            ${clock.ticks.length === 0 ? '' : markup`<ul>${clock.ticks.map((tick) => markup`<li>${momentText(tick.at)}: ${tick.happened} ${cites.chips(tick.cites.slice(0, 3))}</li>`)}</ul>`}
          </li>`,
      )}
    </ul>`
}

function campaign(one: Thread, cites: Citing): Html {
  const { against = [], victims = [] } = one.campaign ?? {}
  const related = victims.filter((victim) => victims.length > 1 || victim.ours !== undefined || victim.listsUs !== undefined)
  if (against.length === 0 && related.length === 0) return markup``
  return markup`<h3>Campaign</h3>
    <ul>
      ${against.map((said) => markup`<li>Against a sector or country: ${said.text} ${cites.chips([said.cite])}</li>`)}
      ${related.map(
        (victim) =>
          markup`<li>
            ${victim.name}: ${victim.ended.length === 0 ? 'open' : victim.ended.map((end) => end.kind).join(', ')}
            ${(victim.ours ?? []).map((party) => markup`<br />In our inventory: ${party.name} (${party.entry}), ${party.relation}.`)}
            ${(victim.listsUs ?? []).map((said) => markup`<br />Names us: ${said.text} ${cites.chips([said.cite])}`)}
            ${cites.chips(victim.cites.slice(0, 3))}
          </li>`,
      )}
    </ul>`
}

function abuse(one: Thread, cites: Citing): Html {
  if ((one.abuse ?? []).length === 0) return markup``
  return markup`<h3>Reported use of data</h3>
    <ul>
      ${(one.abuse ?? []).map((said) => markup`<li>${said.kind.replaceAll('-', ' ')}: ${said.text} (before the claim: ${said.predates}) ${cites.chips([said.cite])}</li>`)}
    </ul>`
}

function readiness(one: Thread, cites: Citing): Html {
  if ((one.readiness ?? []).length === 0) return markup``
  return markup`${(one.readiness ?? []).map(
    (check) =>
      markup`<h3>Be ready: ${check.title}</h3>
        <ul>
          ${check.items.map((item) => markup`<li>${item}</li>`)}
        </ul>
        <p>${cites.chips(check.cites.slice(0, 3))}</p>`,
  )}`
}

/** What a machine could not read for sure: nothing is dropped, and a person decides. */
function doubtful(one: Thread, cites: Citing): Html {
  const unsure = (one.readings ?? []).filter((reading) => reading.doubts !== undefined)
  if (unsure.length === 0) return markup``
  const shown = unsure.slice(0, doubtsShown)
  return markup`<h3>To be read by a person (${unsure.length})</h3>
    <ul>
      ${shown.map((reading) => markup`<li>${reading.id} ${reading.kind.replaceAll('-', ' ')}: ${reading.text} (${(reading.doubts ?? []).join('; ')}) ${cites.chips([reading.cite])}</li>`)}
    </ul>
    ${unsure.length > shown.length ? markup`<p class="soft">${counted(unsure.length - shown.length, 'further reading')} not shown.</p>` : ''}`
}
