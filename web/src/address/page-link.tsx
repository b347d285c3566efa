import type { MouseEvent, ReactElement, ReactNode } from 'react'
import { writeAddress, type Address } from './address.ts'
import { go } from './use-address.ts'

/** A link inside the page: works as a link (open in a new tab), goes without loading anew. */
export function PageLink(props: {
  readonly to: Address
  readonly current?: boolean
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(props.to)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }))
    scrollTo(0, 0)
  }
  return (
    <a
      href={writeAddress(props.to)}
      className={props.className}
      aria-current={props.current === true ? 'page' : undefined}
      onClick={follow}
    >
      {props.children}
    </a>
  )
}
