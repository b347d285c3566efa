import type { ReactElement, ReactNode } from 'react'
import type { Cite, OpenedCite } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'
import { figure, size } from '../text/figures.ts'
import { Picture } from './picture.tsx'

/** What stands behind a cite: the place itself with its surroundings, the exhibit, its chain of custody. */
export function Opened(props: { readonly cite: Cite; readonly opened: OpenedCite; readonly unmask: ReactNode }): ReactElement {
  const { exhibit, lines, picture, custody, note } = props.opened
  return (
    <>
      {note !== undefined && <p className="box">{note}</p>}
      {lines.length > 0 && (
        <section aria-label="Original" className="original" tabIndex={0}>
          {lines.map((line, n) => (
            <div key={`${n} ${line.label}`} className={line.cited ? 'line cited' : 'line'}>
              <span className="label">
                {line.label}
                {line.cited && <span className="aloud"> (cited)</span>}
              </span>
              <span className="text">{line.text}</span>
            </div>
          ))}
        </section>
      )}
      {picture?.startsWith('data:image/') === true && <Picture src={picture} cite={props.cite} />}
      {lines.length === 0 && picture === undefined && note === undefined && <p>The place is empty.</p>}
      {props.unmask}
      {exhibit !== undefined && (
        <dl className="facts">
          <dt>Exhibit</dt>
          <dd>
            {exhibit.number}, {exhibit.name}
          </dd>
          <dt>Kind</dt>
          <dd>{exhibit.kind}</dd>
          <dt>SHA-256</dt>
          <dd className="hash">{exhibit.sha256}</dd>
          <dt>Size</dt>
          <dd>
            {size(exhibit.size)} ({figure(exhibit.size)} bytes), {exhibit.mode}
          </dd>
          <dt>Acquired</dt>
          <dd>{exhibit.acquired}</dd>
        </dl>
      )}
      {custody.length > 0 && (
        <>
          <h3>Chain of custody</h3>
          <ol className="custody">
            {custody.map((one) => (
              <li key={one.seq}>
                <span className="seq">{one.seq}</span>
                <span>
                  {one.act}, {one.by}, <Instant at={one.at} />
                  <br />
                  <span className="hash soft">{one.hash}</span>
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
