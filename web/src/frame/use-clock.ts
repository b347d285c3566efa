import { useEffect, useState } from 'react'
import { epoch } from '../text/times.ts'
import { useCase } from './case-context.ts'

/** Now on the machine that serves, in epoch milliseconds; moves on every ten seconds. */
export function useClock(): number {
  const { page, receivedAt } = useCase()
  const now = (): number => epoch(page.now) + (performance.now() - receivedAt)
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 10_000)
    return () => clearInterval(timer)
  }, [])
  return now()
}
