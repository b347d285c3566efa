import { useCallback, useRef, useState, type ReactElement } from 'react'
import type { StatementList } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { FiledForm } from './filed-form.tsx'
import { Flags } from './flags.tsx'
import { KeptTable } from './kept-table.tsx'
import { Versions } from './versions.tsx'
import { WriteStatement } from './write-statement.tsx'
import './statements.css'

/** What may be said: drafts with what they rest on, checked phrases, sign-off by three roles, what was released, and what findings contradict. */
export function StatementsPage(): ReactElement {
  const { id, view } = useCase()
  const { answer, failure, reload } = useAnswer(
    useCallback((signal) => read<StatementList>(casePath(id, 'statements'), signal), [id]),
  )
  const [text, setText] = useState('')
  const write = useRef<HTMLTextAreaElement>(null)
  const take = (words: string): void => {
    setText(words)
    write.current?.focus()
  }
  return (
    <>
      <PageHead title="What may be said?" state={pageState('statements', view)}>
        Statements are drafted from adopted findings alone and name what is not known. Nothing leaves without three signatures
        over the same text: legal, privacy, communications.
      </PageHead>
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {answer !== undefined && (
        <>
          <Flags flags={answer.flags} mayDecide={answer.signsFor.includes('legal')} reload={reload} />
          <WriteStatement languages={answer.languages} text={text} onText={setText} field={write} reload={reload} />
          <KeptTable statements={answer.statements} signsFor={answer.signsFor} onTake={take} reload={reload} />
          <FiledForm languages={answer.languages} reload={reload} />
          <Versions />
        </>
      )}
    </>
  )
}
