import { momentText } from '../base/index.ts'
import type { Post, Thread } from '../claims/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

const postsShown = 60

/** What is claimed: per thread the posts, demands, deadlines, and what others said, kept apart. */
export function claimSection(view: CaseView, cites: Citing): Html {
  const state = view.threads.length === 0 ? 'no claim given' : counted(view.threads.length, 'thread')
  return markup`<section id="claimed">
    <h2>1 What is claimed? <span class="state">${state}</span></h2>
    ${view.threads.map((one) => thread(one, cites))}
  </section>`
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
      ${counted(one.deadlines.length, 'deadline')}.
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
              <td>${post.channel}${post.source === 'reported' ? markup`<br /><span class="soft">reported</span>` : ''}</td>
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
    ${
      one.deadlines.length === 0
        ? ''
        : markup`<h3>Deadlines</h3>
            <ul>
              ${one.deadlines.map((deadline) => markup`<li>${deadline.text}${deadline.at === undefined ? '' : ` (${momentText(deadline.at)})`}${deadline.every === undefined ? '' : ` (repeated, ${deadline.every})`} ${cites.chips([deadline.cite])}</li>`)}
            </ul>`
    }
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
