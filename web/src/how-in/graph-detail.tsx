import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import type { GraphNode } from './graph-shape.ts'
import { numbersText } from './numbers-text.ts'

const most = 8

/** What is known of the chosen node, with cites that open the evidence; a host can be unfolded, and its steps shown alone. */
export function GraphDetail(props: {
  readonly story: Story
  readonly node: GraphNode
  readonly open: boolean
  onUnfold(): void
}): ReactElement {
  const { story, node } = props
  const { host } = node
  const whole = node.shape === 'compromised' || node.shape === 'touched' || node.shape === 'suspected'
  const unfold = node.folds && (
    <button type="button" aria-pressed={props.open} onClick={props.onUnfold}>
      {props.open ? 'Fold' : 'Unfold'}
    </button>
  )
  return (
    <section className="detail" aria-label="Chosen in the graph">
      <p aria-live="polite">
        <b className="mono">{node.label}</b>: {words[node.shape]}
        {whole && host !== undefined && `, ${stepsOn(story, host)}`}
      </p>
      <p className="acts">
        {unfold}{' '}
        {whole && host !== undefined && (
          <button type="button" onClick={() => amend({ host })}>
            Only its steps
          </button>
        )}
      </p>
      {whole && host !== undefined && <Moves story={story} host={host} />}
      {node.shape === 'outside' && story.initialAccess !== undefined && (
        <p>
          {story.initialAccess.text} <Cites cites={story.initialAccess.cites} />
        </p>
      )}
      {node.shape === 'tactic' && host !== undefined && <Steps story={story} host={host} label={node.label} id={node.id} />}
      {node.shape === 'data' && <Data story={story} id={node.id} />}
      {node.shape === 'account' && <Account story={story} name={node.id.slice('account:'.length)} />}
    </section>
  )
}

const words: Readonly<Record<GraphNode['shape'], string>> = {
  compromised: 'host, compromised',
  touched: 'host, touched',
  suspected: 'host, suspected',
  outside: 'where the first access came from',
  account: 'account used',
  data: 'data reached',
  tactic: 'steps of a tactic',
  more: 'hosts not drawn yet',
}

function stepsOn(story: Story, host: string): string {
  const steps = story.steps.flatMap((step, n) => (step.host === host ? [n + 1] : []))
  if (steps.length === 0) return 'no step on it'
  return `${steps.length === 1 ? 'step' : 'steps'} ${numbersText(steps, 6)}`
}

function Moves(props: { readonly story: Story; readonly host: string }): ReactElement {
  const moves = props.story.lateralMovement.filter((one) => one.from === props.host || one.to === props.host)
  if (moves.length === 0) return <p className="soft">No move to it or from it was seen.</p>
  return (
    <ul className="said small">
      {moves.slice(0, most).map((one, n) => (
        <li key={`${n} ${one.time}`}>
          <Instant at={one.time} /> {one.to === props.host ? `from ${one.from}` : `to ${one.to}`}
          {one.account !== '' && `, ${one.account}`}, {one.means} <Cites cites={one.cites} most={1} />
        </li>
      ))}
      {moves.length > most && <li>{moves.length - most} more in the table of moves</li>}
    </ul>
  )
}

function Steps(props: {
  readonly story: Story
  readonly host: string
  readonly label: string
  readonly id: string
}): ReactElement {
  const steps = props.story.steps
    .map((step, n) => ({ step, n: n + 1 }))
    .filter(({ step }) => step.host === props.host && props.id === `tactic:${JSON.stringify([props.host, step.tactic])}`)
  return (
    <ol className="said small">
      {steps.slice(0, most).map(({ step, n }) => (
        <li key={n} value={n}>
          {step.text} <Cites cites={step.cites} most={1} />
        </li>
      ))}
      {steps.length > most && <li value={steps[most]?.n}>and {steps.length - most} more in the table of steps</li>}
    </ol>
  )
}

function Data(props: { readonly story: Story; readonly id: string }): ReactElement | null {
  const one = props.story.reached[Number(props.id.slice('data:'.length))]
  if (one === undefined) return null
  return (
    <p>
      {one.data?.certainty ?? one.kind}: {one.text} <Cites cites={one.cites} most={2} />
    </p>
  )
}

function Account(props: { readonly story: Story; readonly name: string }): ReactElement {
  const known = props.story.accounts.find((one) => one.name === props.name)
  return (
    <p>
      <span className="mono">{props.name}</span>, {known === undefined ? 'named by moves or reads of this story' : known.status}{' '}
      {known !== undefined && <Cites cites={known.cites} most={3} />}
    </p>
  )
}
