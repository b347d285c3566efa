import type { ReactElement } from 'react'
import { pages } from '../address/address.ts'
import { Modal } from '../parts/modal.tsx'

const keys: readonly (readonly [string, string])[] = [
  ['1 ... 9  0', 'page by its number in the rail'],
  ['j  k', 'next row, previous row'],
  ['Enter', 'open the first cite of the row'],
  ['a  r  p', 'adopt, reject, park the finding of the row; sign off or refuse its statement'],
  ['n  x', 'write a note on the step of the row, mark it for cutting'],
  ['← → ↑ ↓', 'in the timeline and the graph, with the focus on them'],
  ['/', 'go to the filter of the page'],
  ['Esc', 'close the drawer or the form, leave the filter'],
  ['?', 'this list'],
]

/** The list of keys, with the switch for those who speak to their machine or press keys by accident. */
export function KeysHelp(props: { readonly letters: boolean; onLetters(on: boolean): void; onClose(): void }): ReactElement {
  return (
    <Modal title="Keys" kind="centre" onClose={props.onClose}>
      <dl className="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
        {pages.map((one) => (
          <div key={one.name}>
            <dt>
              <kbd>g {one.letter}</kbd>
            </dt>
            <dd>{one.title}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input type="checkbox" checked={props.letters} onChange={(event) => props.onLetters(event.target.checked)} /> Letters and
        digits act as keys
      </label>
    </Modal>
  )
}
