import { useLayoutEffect, useRef, type MouseEvent, type ReactElement, type ReactNode, type SyntheticEvent } from 'react'

/** A modal dialog of the browser: keeps the focus inside, Escape closes, focus returns to where it was. */
export function Modal(props: {
  readonly title: string
  readonly kind: 'drawer' | 'centre'
  onClose(): void
  readonly children: ReactNode
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  const cancel = (event: SyntheticEvent): void => {
    event.preventDefault()
    props.onClose()
  }
  const outside = (event: MouseEvent): void => {
    if (event.target === dialog.current) props.onClose()
  }
  return (
    <dialog ref={dialog} className={props.kind} aria-label={props.title} onCancel={cancel} onClick={outside}>
      <div className="inside">
        <div className="title">
          <h2>{props.title}</h2>
          <button type="button" className="plain" onClick={props.onClose}>
            Close <kbd>Esc</kbd>
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  )
}
