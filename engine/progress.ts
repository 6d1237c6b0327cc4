/** Hears how far long work is: what is done now and, where that is known, how much of it. */
export type Progress = (stage: string, done?: number, of?: number) => void

/** For whoever does not ask. */
export const unheard: Progress = () => {}
