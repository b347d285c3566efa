import type { ContainmentPlan } from '../intrusion/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted } from './figures.ts'
import { markup, type Html } from './markup.ts'

const phases: readonly (readonly [phase: ContainmentPlan['steps'][number]['phase'], words: string])[] = [
  ['prepare', 'Prepare'],
  ['preserve', 'Keep evidence first'],
  ['cut', 'Cut together, in one window'],
  ['reset', 'Reset what is known to others'],
  ['rebuild', 'Rebuild'],
]

/** Acts of a phase that are printed; a story over hundreds of hosts has more. */
const actsShown = 150

/** How to end it: what is open, then what to do in its order, each tied to what it removes and the steps it rests on; what to watch. */
export function planPart(plan: ContainmentPlan, cites: Citing): Html {
  const open = plan.open.length === 0 ? '' : markup`<p>Open before anything is cut:</p>${cites.sentences(plan.open)}`
  const watch = plan.watch.length === 0 ? '' : markup`<p>Watch afterwards:</p>${cites.sentences(plan.watch)}`
  return markup`<h4>Containment plan</h4>
    <p class="meta">Made from this story as it stands. Nothing is done by itself; whoever runs the systems decides.</p>
    ${open}
    <table>
      <thead>
        <tr>
          <th class="n">No.</th>
          <th>What to do</th>
          <th>Removes</th>
          <th>After</th>
          <th>Rests on steps</th>
        </tr>
      </thead>
      ${phases.map(([phase, words]) => phaseRows(plan, { phase, words, cites }))}
    </table>
    ${watch}`
}

function phaseRows(
  plan: ContainmentPlan,
  { phase, words, cites }: { readonly phase: (typeof phases)[number][0]; readonly words: string; readonly cites: Citing },
): Html | '' {
  const steps = plan.steps.filter((one) => one.phase === phase)
  if (steps.length === 0) return ''
  const rest = steps.length - actsShown
  return markup`<tbody>
      <tr>
        <th colspan="5" scope="rowgroup">${words}</th>
      </tr>
      ${steps.slice(0, actsShown).map(
        (one) =>
          markup`<tr>
            <td class="n">${one.n}</td>
            <td>${one.text} ${cites.chips(one.cites, 2)}</td>
            <td>${one.removes === undefined ? '' : `${one.removes.kind} ${one.removes.name}`}</td>
            <td>${some(one.after)}</td>
            <td>${some(one.steps)}${one.rests === 'suspected' ? markup` <span class="mark">suspected</span>` : ''}</td>
          </tr>`,
      )}
      ${rest > 0 ? markup`<tr><td colspan="5">${counted(rest, 'further act')} not shown.</td></tr>` : ''}
    </tbody>`
}

function some(numbers: readonly number[]): string {
  return numbers.length > 8 ? `${numbers.slice(0, 8).join(', ')} and ${numbers.length - 8} more` : numbers.join(', ')
}
