import type { ReactElement } from 'react'
import type { StatementDraft } from '../../../src/server/api.ts'
import { Row, Table } from '../parts/table.tsx'
import { Resting } from './resting.tsx'

const parts: Readonly<Record<StatementDraft['sentences'][number]['part'], string>> = {
  title: 'title',
  claim: 'what is claimed',
  known: 'known',
  unknown: 'not known',
  next: 'what comes',
}

/** Every sentence of a draft with the finding or decision it rests on. */
export function DraftSentences({ draft }: { readonly draft: StatementDraft }): ReactElement {
  const unknown = draft.sentences.filter(({ part }) => part === 'unknown').length
  return (
    <Table
      caption={`What the ${draft.form === 'holding' ? 'holding statement' : 'statement'} rests on; ${unknown} of ${draft.sentences.length} sentences name what is not known`}
      columns={['Part', { name: 'Sentence', width: 'widest' }, { name: 'Rests on', width: 'wide' }]}
    >
      {draft.sentences.map((one, at) => (
        <Row key={`${at} ${one.slot}`}>
          <td className="nowrap">{one.part === 'unknown' ? <strong>{parts[one.part]}</strong> : parts[one.part]}</td>
          <td>{one.text}</td>
          <td>
            <Resting findings={one.findings} /> {one.decisions.join(', ')}
            {one.because !== undefined && <span className="soft">{one.because}</span>}
          </td>
        </Row>
      ))}
    </Table>
  )
}
