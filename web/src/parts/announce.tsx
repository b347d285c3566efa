import type { ReactElement } from 'react'

/** The place where what was done is said to those who do not see it. */
export function Announced(): ReactElement {
  return <p id="announced" className="aloud" role="status" />
}

/** Says that something was done. */
export function announce(text: string): void {
  const place = document.querySelector('#announced')
  if (place !== null) place.textContent = text
}
