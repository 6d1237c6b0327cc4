import type { Progress } from '../engine/progress'
import { unheard } from '../engine/progress'
import { hasStatus, status } from './output'

/** So many milliseconds people wait without a word, and so many a line stands before another. */
const [patience, pace] = [500, 100]

/**
 * Does long work and shows how far it is, with the time, in one line on standard error that is gone at the end. Only a terminal has it, and
 * only where the work takes longer than one likes to wait.
 */
export async function withProgress<T>(work: (progress: Progress) => Promise<T>): Promise<T> {
  if (!hasStatus()) return work(unheard)
  const begin = performance.now()
  let [line, drawn] = ['', begin]
  const draw = (): void => {
    const now = performance.now()
    if (now - begin < patience || now - drawn < pace) return
    drawn = now
    status(`${line}  ${((now - begin) / 1000).toFixed(1)} s`)
  }
  // Engines that run elsewhere say nothing on the way.
  const timer = setInterval(draw, pace)
  try {
    return await work((stage, done, of) => {
      line = of === undefined ? stage : `${stage} ${done} of ${of}`
      draw()
    })
  } finally {
    clearInterval(timer)
    status('')
  }
}
