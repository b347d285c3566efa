import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'

const answers = { ours: 'a system of ours can show it', 'none of ours': 'none of our systems', open: 'open' } as const

/** Of which of our systems the pictures of the claim can be. */
export function Pictures(): ReactElement | null {
  const { pictures = [] } = useCase().view
  if (pictures.length === 0) return null
  return (
    <section>
      <h2>Of which system the pictures can be</h2>
      <p className="soft">
        Read by text recognition. That a system can show a picture does not say that the picture was taken there.
      </p>
      <ul>
        {pictures.map((one) => (
          <li key={one.file}>
            {one.file}: <strong>{answers[one.answer]}</strong>. {one.ground.text} <Cites cites={one.ground.cites} />
            {one.reasons.length === 0 ? null : (
              <details>
                <summary>
                  {one.reasons.length} {one.reasons.length === 1 ? 'reason' : 'reasons'}
                </summary>
                <ul>
                  {one.reasons.map((reason) => (
                    <li key={reason.text}>
                      {reason.text} <Cites cites={reason.cites} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
