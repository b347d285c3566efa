import { useCallback, type ReactElement } from 'react'
import type { TrackedRecommendation, TrackedRecommendations } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'
import { Row, Table } from '../parts/table.tsx'
import { RecommendationAct } from './recommendation-act.tsx'
import { RecommendationState } from './recommendation-state.tsx'

/** What to change: what people adopted, what is proposed, and what was promised in public. */
export function Recommendations(): ReactElement | null {
  const { id } = useCase()
  const { answer, failure, reload } = useAnswer(
    useCallback((signal) => read<TrackedRecommendations>(casePath(id, 'recommendations'), signal), [id]),
  )
  if (failure !== undefined) return <p className="wrong">{failure.message}</p>
  if (answer === undefined) return null
  const { recommendations, promises } = answer
  return (
    <section aria-label="What to change">
      <h2>What to change</h2>
      {recommendations.length === 0 && <p className="soft">Nothing found in this case calls for a change yet.</p>}
      {recommendations.length > 0 && (
        <Table
          caption={`Recommendations (${recommendations.length})`}
          columns={['No.', { name: 'Recommendation', width: 'widest' }, 'Owner', 'State', 'Act']}
        >
          {recommendations.map((one) => (
            <Row key={one.id}>
              <td className="nowrap">
                <code>{one.number ?? ''}</code>
              </td>
              <td>
                <div className="written">{one.text}</div>
                <p className="soft small">{one.id}</p>
                <Why one={one} />
              </td>
              <td>{one.owner}</td>
              <td>
                <RecommendationState one={one} />
              </td>
              <td>
                <RecommendationAct one={one} reload={reload} />
              </td>
            </Row>
          ))}
        </Table>
      )}
      {promises.length > 0 && (
        <Table caption={`Promised in public (${promises.length})`} columns={['Promise', 'Kept by', 'State']}>
          {promises.map((one) => (
            <Row key={one.id}>
              <td>
                <div className="written">{one.text}</div>
                <p className="soft small">{one.where}</p>
                <Cites cites={one.cites} />
              </td>
              <td>{one.by.join(', ') || 'nothing yet'}</td>
              <td>
                <strong className={one.state === 'late' || one.state === 'untracked' ? 'wrong' : undefined}>{one.state}</strong>
              </td>
            </Row>
          ))}
        </Table>
      )}
    </section>
  )
}

function Why({ one }: { readonly one: TrackedRecommendation }): ReactElement {
  const texts = [...new Set(one.grounds.map(({ text }) => text))]
  return (
    <details>
      <summary>
        Rests on {one.grounds.length} {one.grounds.length === 1 ? 'ground' : 'grounds'}
        {one.rests ? '' : ', none of which stands any more'}
      </summary>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            {text} <Cites cites={one.grounds.filter((ground) => ground.text === text).flatMap(({ cites }) => cites)} />
          </li>
        ))}
      </ul>
      {one.mitigations.length > 0 && (
        <p className="small">
          {one.mitigations.map(({ id, name, answers }) => `${id} ${name} (${answers.join(', ')})`).join('; ')}
        </p>
      )}
      <p className="soft small">Proof: {one.proof}</p>
      <p className="soft small">Test again: {one.retest.how}</p>
    </details>
  )
}
